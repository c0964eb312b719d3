/** The command itself: where it takes the proof from, and what its exit codes say. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Terminal } from './command.ts';
import { guard } from './commands/guard.ts';

const at = (name: string): string => new URL(`../program/guard/scenarios/${name}`, import.meta.url).pathname;
const preview = (name: string): string => readFileSync(at(name), 'utf8');

async function run(
  input: string | undefined,
  options: Readonly<Record<string, unknown>>,
  args: readonly string[] = [],
) {
  let out = '';
  const terminal: Terminal = {
    out: (text) => {
      out += text;
    },
    err: () => {},
    width: 100,
    colour: false,
    unicode: true,
    input: async () => input,
    today: () => '2026-01-01',
    environment: {},
  };
  const code = await guard.run(args, options, terminal);
  return { code, out };
}
const PROVEN = { plan: at('proven.json') };

describe('underpin guard', () => {
  it('is content with what is proven', async () => {
    expect(await run(preview('exact.json'), { ...PROVEN, step: 'groups-beside' })).toMatchObject({ code: 0 });
    expect(await run(preview('events.jsonl'), { ...PROVEN, step: 'groups-beside' })).toMatchObject({ code: 0 });
  });

  it('refuses with exit 1, and says on stdout one JSON object and nothing else', async () => {
    const { code, out } = await run(preview('drift.json'), { ...PROVEN, step: 'groups-beside', json: true });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: expect.any(Number),
      command: 'guard',
      step: 'groups-beside',
      verdict: 'refused',
      refused: [{ code: 'extra', resource: 'aws:ec2/vpc:Vpc::shop' }],
    });
  });

  it('tells exit 3 from exit 0 where the preview hides what it would do', async () => {
    const hidden = JSON.parse(preview('exact.json'));
    delete hidden.steps[2].newState;
    const { code, out } = await run(JSON.stringify(hidden), { ...PROVEN, step: 'groups-beside' });
    expect([code, out]).toEqual([3, expect.stringContaining('does not tell')]);
  });

  it('knows another name of the stack only when it is told', async () => {
    const other = preview('exact.json').replaceAll('urn:pulumi:live::', 'urn:pulumi:blue::');
    expect(await run(other, { ...PROVEN, step: 'groups-beside' })).toMatchObject({ code: 1 });
    expect(await run(other, { ...PROVEN, step: 'groups-beside', stack: 'blue' })).toMatchObject({ code: 0 });
  });

  it.each([
    ['no preview', undefined, 'groups-beside', 'no preview is given'],
    ['a cut preview', preview('truncated.json'), 'groups-beside', 'cut off'],
    ['an unknown step, with the right names', preview('exact.json'), 'group-beside', 'has no step "group-beside"'],
  ])('cannot work with %s', async (_, input, step, message) => {
    await expect(run(input, { ...PROVEN, step })).rejects.toThrow(message);
  });

  it('lists the steps that there are', async () => {
    const error = await run(preview('exact.json'), { ...PROVEN, step: 'x' }).catch((one) => one);
    expect(error.place.expected).toBe('one of: adopt, groups-beside, watched');
  });
});

describe('where the proof comes from', () => {
  const before = process.cwd();
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'underpin-guard-'));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });

  it('is the project’s own folder', async () => {
    await expect(run(preview('exact.json'), { step: 'groups-beside' })).rejects.toThrow('no proven.json');
    copyFileSync(at('proven.json'), 'proven.json');
    expect(await run(preview('exact.json'), { step: 'groups-beside' })).toMatchObject({ code: 0 });
  });

  it.each([
    ['the parameters of a template', { parameter: ['DbPassword'] }, '"DbPassword" is not a setting'],
    ['logs as evidence', { evidence: ['no-such-log'] }, 'no-such-log'],
  ])('is an input with %s', async (_, options, message) => {
    const template = new URL('../../scenarios/doors/cloudformation/shop.yaml', import.meta.url).pathname;
    const refused = await run(preview('exact.json'), { step: 'adopt', ...options }, [template]).catch((one) => one);
    expect(`${refused.message} ${refused.place?.file}`).toContain(message);
  });

  it.each([
    ['no JSON', 'steps: []', 'cannot be read'],
    ['another format', '{"format": "underpin-proven/9"}', 'its format is "underpin-proven/9"'],
    ['none at all', '[]', 'its format is not told'],
    [
      'an operation that there is not',
      '{"format":"underpin-proven/1","providers":[],"steps":[{"name":"a","operations":[{"op":"x","type":"a","name":"b"}]}]}',
      'Invalid',
    ],
  ])('a file that is %s is refused', async (_, text, message) => {
    writeFileSync('proven.json', text);
    await expect(run(preview('exact.json'), { step: 'groups-beside' })).rejects.toThrow(message);
  });
});
