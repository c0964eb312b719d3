/** A stack export through the command line: the same file, every command that reads one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assemble } from '../src/inventory/assemble.ts';
import { estateOfRecording, type Recording } from '../src/inventory/pulumi/index.ts';
import { readStack } from '../src/inventory/pulumi/stack/index.ts';
import { brokenShop } from '../src/inventory/pulumi/stack/testing/broken-shop.ts';
import { exportOf } from '../src/inventory/pulumi/stack/testing/export.ts';
import { record } from '../src/program/record/record.ts';
import { rules } from '../src/rules/catalog/index.ts';
import { audit } from '../src/rules/run.ts';
import { emptyFolder, root, run } from './cli.ts';

function fileOf(recording: Recording): string {
  const file = join(emptyFolder(), 'stack.json');
  writeFileSync(file, JSON.stringify(exportOf(recording), null, 2));
  return file;
}

describe('a stack export', () => {
  const file = fileOf(brokenShop);

  it('is audited: what is wrong is found and fails, with its line', async () => {
    const { code, out } = await run(['audit', file, '--json']);
    expect(code).toBe(1);
    const { findings } = JSON.parse(out);
    const open = findings.find(
      ({ rule, state }: { rule: string; state: string }) => rule === 'group-open-to-the-world' && state === 'fail',
    );
    expect(JSON.stringify(open.proof)).toMatch(/stack\.json:\d+/);
    expect(findings.some(({ state }: { state: string }) => state === 'pass')).toBe(false);
  });

  it('can be asked, planned and drawn', async () => {
    expect(
      (await run(['reach', file, '--from', 'internet', '--to', 'shop-mysql', '--port', 'tcp/3306'])).out,
    ).toContain('YES');
    const plan = await run(['plan', file]);
    expect(plan.err).toBe('');
    expect([0, 1, 3]).toContain(plan.code);
    const drawing = join(emptyFolder(), 'shop.svg');
    expect((await run(['draw', file, '-o', drawing])).code).toBe(0);
    expect(readFileSync(drawing, 'utf8')).toContain('shop-mysql');
  });

  it('that is cut off or holds something else is refused in words', async () => {
    const folder = emptyFolder();
    const half = join(folder, 'half.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(half, text.slice(0, text.lastIndexOf('arn:aws:rds') + 5));
    const wrong = join(folder, 'wrong.json');
    writeFileSync(wrong, '{"version":3,"deployment":{"resources":{}}}');
    expect(await run(['audit', half])).toMatchObject({ code: 2, out: '' });
    expect((await run(['audit', half])).err).toContain('ends in the middle');
    expect((await run(['audit', wrong])).err).toContain('/deployment/resources');
  });
});

it('of the sound shop has no failure that its program has not, and is no sounder than it', async () => {
  const recording = await record(join(root, 'examples/sound-shop'), {
    stack: 'prod',
    config: { masterPassword: 'not-a-real-one' },
  });
  const content = exportOf(recording);
  const { entries, notices, collectedAt } = readStack('stack.json', content, JSON.stringify(content, null, 2));
  const of = (findings: ReturnType<typeof audit>, state: string): readonly string[] =>
    findings
      .filter((one) => one.state === state)
      .flatMap(({ rule, resources }) => resources.map(({ id }) => `${rule} ${id}`))
      .sort();
  const told = audit(assemble(entries, notices, collectedAt), rules);
  const recorded = audit(estateOfRecording(recording, collectedAt), rules);
  expect(of(told, 'fail')).toEqual(of(recorded, 'fail'));
  expect(of(told, 'pass').filter((one) => !of(recorded, 'pass').includes(one))).toEqual([]);
});
