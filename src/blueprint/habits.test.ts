/** The habits of this room, checked on its source and on what components register. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PrivateNetwork } from './network/private-network.ts';
import { record } from './testing/record.ts';

const ROOM = fileURLToPath(new URL('.', import.meta.url));
const sources = readdirSync(ROOM, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const text = (file: string): string => readFileSync(join(ROOM, file), 'utf8');

interface Argument {
  readonly where: string;
  readonly optional: boolean;
  readonly doc: string;
}

/** What programs write beside `…Args`: parts of arguments. */
const PARTS = 'NewVpc|ExistingVpc|Tier|Scaling|Account|Addresses|TableKey|KeyPart';

/** The arguments of every `…Args` interface and of its parts, with the comment before each. */
function argumentsOf(file: string): readonly Argument[] {
  return [
    ...text(file).matchAll(new RegExp(`^export interface (\\w+Args|${PARTS})\\b[^{]*\\{\\n(.*?)^\\}`, 'gms')),
  ].flatMap(([, owner, body = '']) =>
    [...body.matchAll(/((?:^ {2}(?:\/\*\*| \*).*\n)*)^ {2}readonly (\w+)(\??):/gm)].map(([, doc = '', name, mark]) => ({
      where: `${file} ${owner}.${name}`,
      optional: mark === '?',
      doc,
    })),
  );
}

describe('the docs of every argument', () => {
  // connect's and the firewall's arguments are here too; only what no program writes is left out.
  const all = sources.filter((file) => !/\.test\.ts$|^testing|audit-trail/.test(file)).flatMap(argumentsOf);

  it('are found', () => {
    expect(all.length).toBeGreaterThan(140);
    for (const part of PARTS.split('|'))
      expect(
        all.some((each) => each.where.includes(` ${part}.`)),
        part,
      ).toBe(true);
  });

  it('tell how a change reaches what runs', () => {
    expect(
      all.filter((each) => !/\*(In place|Brief interruption|Replacement)\*/.test(each.doc)).map((each) => each.where),
    ).toEqual([]);
  });

  it('tell the default of what may be left out', () => {
    expect(all.filter((each) => each.optional && !/@default/.test(each.doc)).map((each) => each.where)).toEqual([]);
  });
});

describe('files of this room', () => {
  it('import nothing else of the house', () => {
    for (const file of sources.filter((each) => !each.endsWith('.test.ts'))) {
      const up = file.split('/').length - 1;
      for (const [, path = ''] of text(file).matchAll(/from '(\.[^']+)'/g)) {
        const climbs = path.split('/').filter((each) => each === '..').length;
        expect(climbs, `${file}: ${path}`).toBeLessThanOrEqual(up);
      }
    }
  });

  it('that plan import no Pulumi', () => {
    for (const file of [
      'network/cidr.ts',
      'network/plan.ts',
      'network/propose.ts',
      'network/nat.ts',
      'data/engine.ts',
      'compute/fargate-size.ts',
      'compute/schedule.ts',
      'compute/image.ts',
      'people/policies.ts',
      'refuse.ts',
      ...sources.filter((file) => /^declared\/(?!make\.)[\w-]+(?<!\.test)\.ts$/.test(file)),
    ]) {
      expect(text(file), file).not.toMatch(/@pulumi/);
    }
  });

  it('are of a length that can be read', () => {
    for (const file of sources) expect(text(file).split('\n').length, file).toBeLessThanOrEqual(300);
  });
});

describe('renaming a component', () => {
  it('keeps what it made, when the old name is given as an alias: every child inherits its old URN', async () => {
    const args = { vpc: { cidr: '10.20.0.0/16' }, region: 'eu-west-1', zones: ['a', 'b'] } as const;
    const before = await record(() => new PrivateNetwork('shop', args));
    const after = await record(() => new PrivateNetwork('store', args, { aliases: [{ name: 'shop' }] }));
    const kept = new Set(after.resources.flatMap((each) => each.aliases));
    expect(before.resources.map((each) => each.urn).filter((urn) => !kept.has(urn))).toEqual([]);
  });
});
