/** No secret is in what is said and written on the way: plan, proof, program, preview, comparison; in both languages. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Canaries, environmentOf, planted, type Responses, startScript } from './canaries.ts';
import { emptyFolder, root, run } from './cli.ts';
import { filesIn } from './said.ts';

const scenario = (name: string) => JSON.parse(readFileSync(join(root, 'scenarios/plan', name), 'utf8'));

describe('no secret of an inventory', () => {
  const canaries = new Canaries();
  const folder = emptyFolder();
  const env = { UNDERPIN_DEBUG: '1' };
  const put = (name: string, content: unknown): void => writeFileSync(join(folder, name), JSON.stringify(content));

  beforeAll(async () => {
    const before: { readonly responses: Responses } = scenario('three-services-aurora.json');
    put('before.json', before);
    planted(before.responses, canaries);
    put('inventory.json', before);
    const plan = await run(['plan', 'inventory.json', '--json'], { cwd: folder });
    writeFileSync(join(folder, 'plan.json'), plan.out);
    mkdirSync(join(folder, 'out'));
    const preview = JSON.parse(readFileSync(join(root, 'src/program/guard/scenarios/drift.json'), 'utf8'));
    put('preview.json', preview);
  });

  it.each([
    'prove plan.json --json --lang ko',
    'verify inventory.json --step adopt --details',
    'diff before.json inventory.json --details',
    'diff before.json inventory.json --json --lang ko',
    'guard inventory.json --step adopt --lang ko',
    'access inventory.json --services --lang ko',
    'survive inventory.json --machines --details --lang ko',
    'run inventory.json -o out --lang ko --details',
  ])('is told or written by: %s', async (words) => {
    const input = readFileSync(join(folder, 'preview.json'), 'utf8');
    const { out, err, code } = await run(words.split(' '), { cwd: folder, env, input });
    expect(code, err).not.toBe(2);
    expect(canaries.heardIn(out + err)).toEqual([]);
    for (const [file, text] of filesIn(join(folder, 'out'))) expect(canaries.heardIn(text), file).toEqual([]);
  });
});

describe('no secret of a preview', () => {
  const canaries = new Canaries();
  const preview = JSON.parse(readFileSync(join(root, 'src/program/guard/scenarios/drift.json'), 'utf8'));
  preview.config['shop:databasePassword'] = canaries.in('config');
  for (const [n, step] of preview.steps.entries())
    for (const state of [step.oldState, step.newState])
      Object.assign(state?.inputs ?? {}, {
        password: canaries.in(`${n} password`),
        userData: startScript(canaries, `${n} userData`),
        environment: { variables: environmentOf(canaries, `${n}`) },
      });
  const text = (diagnostics: readonly object[] = []): string => JSON.stringify({ ...preview, diagnostics });
  const proven = join(root, 'src/program/guard/scenarios/proven.json');
  const guard = async (input: string, ...more: readonly string[]): Promise<string> => {
    const { out, err } = await run(['guard', '--step', 'groups-beside', '--plan', proven, ...more], {
      input,
      env: { UNDERPIN_DEBUG: '1' },
    });
    return out + err;
  };

  it('is in what is refused', async () => {
    for (const more of [[], ['--json'], ['--lang', 'ko']]) {
      const said = await guard(text(), ...more);
      expect(canaries.heardIn(said)).toEqual([]);
      expect(said).toContain('aws:ec2/vpc:Vpc::shop');
    }
  });

  it('is in an error of Pulumi that is passed on', async () => {
    const message = `connecting to mysql://app:${canaries.in('URL')}@db.example.com: Access denied (using password=${canaries.in('message')})`;
    const said = await guard(text([{ severity: 'error', message }]));
    expect(canaries.heardIn(said)).toEqual([]);
    expect(said).toContain('db.example.com');
  });

  it('is in the message about a preview that is cut off, or is none', async () => {
    const whole = text();
    const said = [await guard(whole.slice(0, whole.length / 2)), await guard(`{"steps": "${canaries.in('steps')}"}`)];
    expect(said.join()).toContain('preview');
    expect(canaries.heardIn(said.join())).toEqual([]);
  });
});
