import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { PolicyPack, type StackValidationArgs } from '@pulumi/policy';
import { describe, expect, it } from 'vitest';
import {
  estateOfRecording,
  type Properties,
  type RecordedResource,
  type Recording,
} from '../inventory/pulumi/index.ts';
import { isProperties, type Value } from '../inventory/pulumi/recorded.ts';
import { brokenShop } from '../inventory/pulumi/stack/testing/broken-shop.ts';
import { aws, recordingOf, UNKNOWN } from '../inventory/pulumi/testing.ts';
import { record } from '../program/record/record.ts';
import { rules } from '../rules/catalog/index.ts';
import { audit } from '../rules/run.ts';
import { type PolicyOptions, underpin } from './index.ts';
import { judge } from './judge.ts';
import type { Seen } from './seen.ts';
import { settingsOf } from './settings.ts';
import { ask, packOf, type Violation } from './testing.ts';

const today = '2026-11-02T00:00:00.000Z';
const EXAMPLE = fileURLToPath(new URL('../../examples/sound-shop', import.meta.url));

/** The pack of the documentation, asked about these resources. */
const violations = (
  resources: readonly RecordedResource[],
  options: PolicyOptions = {},
): Promise<readonly Violation[]> =>
  ask(
    packOf(() => new PolicyPack('underpin', { policies: [underpin({ today, ...options })] })),
    resources,
  );

const ruleOf = ({ message }: Violation): string => /\((\S+), \w+\)$/.exec(message)?.[1] ?? message;
const told = (found: readonly Violation[]): readonly string[] =>
  found.map((one) => `${ruleOf(one)} ${one.urn.split('::').at(-1)}`);

/** As Pulumi's SDK hands a resource to a policy, but for its properties. */
const seenAs = ({ urn, type, name, place }: RecordedResource): Omit<Seen, 'props'> => ({
  urn,
  type,
  name,
  opts: {
    protect: false,
    ignoreChanges: [],
    aliases: [],
    customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
    additionalSecretOutputs: [],
  },
  provider: { type: 'pulumi:providers:aws', name: 'default', urn: 'provider', props: { region: place.region } },
});

/** What Pulumi names by itself, before a preview. */
const NAMES = new Set(['name', 'identifier', 'bucket', 'family']);

/** As a preview of the first deployment sees it: no text that AWS answers is known, nor what refers to one. */
function firstPreview({ resources }: Recording): readonly RecordedResource[] {
  const answers = new Set<Value>();
  for (const { id, inputs, outputs } of resources)
    for (const [key, value] of [['id', id] as const, ...Object.entries(outputs)])
      if (typeof value === 'string' && value !== '' && !NAMES.has(key) && !(key in inputs)) answers.add(value);
  const hidden = (value: Value): Value => {
    if (typeof value === 'string') return answers.has(value) ? UNKNOWN : value;
    if (Array.isArray(value)) return value.map((each: Value) => hidden(each));
    return isProperties(value) ? members(value) : value;
  };
  const members = (value: Properties): Properties =>
    Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hidden(each)]));
  return resources.map((one) => ({ ...one, id: '', outputs: { ...members(one.outputs), id: UNKNOWN } }));
}

describe('the broken shop', () => {
  it('is stopped for every grave thing that is wrong with it, each at its own resource with its remedy', async () => {
    const found = await violations(brokenShop.resources);
    expect([...told(found)].sort()).toEqual([
      'database-reachable-from-internet mysql',
      'database-single-zone mysql',
      'database-without-backups mysql',
      'group-open-to-the-world shared',
      'person-is-administrator maria',
    ]);
    expect(found.every(({ policy, mandatory }) => policy === 'underpin' && mandatory)).toBe(true);
    for (const one of found) {
      expect(brokenShop.resources.map(({ urn }) => urn)).toContain(one.urn);
      expect(one.message).toContain(`Remedy: ${rules.find(({ id }) => id === ruleOf(one))?.fix}`);
    }
  });

  it('is stopped for what the same program is audited for, at the severity that the team chose', async () => {
    const audited = audit(estateOfRecording(brokenShop, today), rules).filter(({ state }) => state === 'fail');
    const found = await violations(brokenShop.resources, { failOn: 'info' });
    // what Pulumi keeps is not made by hand; and of a bucket that stands already only its own settings are known
    const expected = audited
      .map(({ rule }) => rule)
      .filter((rule) => !['made-by-hand', 'bucket-without-versioning'].includes(rule));
    expect(found.map(ruleOf).sort()).toEqual(expected.sort());
    expect((await violations(brokenShop.resources, { failOn: 'medium' })).length).toBeLessThan(found.length);
  });

  it('is only told about where the team says advisory', async () => {
    const found = await violations(brokenShop.resources, { enforcementLevel: 'advisory' });
    expect(found.some(({ mandatory }) => mandatory)).toBe(false);
  });

  it('keeps what is accepted out, until its day', async () => {
    const ignore = [{ rule: 'person-is-administrator', reason: 'the founder', until: '2026-12-31' }];
    expect(told(await violations(brokenShop.resources, { ignore }))).not.toContain('person-is-administrator maria');
    expect(told(await violations(brokenShop.resources, { ignore, today: '2027-01-01T00:00:00Z' }))).toContain(
      'person-is-administrator maria',
    );
  });

  it('is not said to lack what another stack may have, where it is one of several', async () => {
    const whole = told(await violations(brokenShop.resources, { failOn: 'info' }));
    const part = told(await violations(brokenShop.resources, { failOn: 'info', scope: 'stack' }));
    expect(
      whole
        .filter((one) => !part.includes(one))
        .map((one) => one.split(' ')[0])
        .sort(),
    ).toEqual(['no-alarms', 'no-flow-logs', 'person-is-administrator', 'way-in-is-the-internet']);
    expect(part.filter((one) => !whole.includes(one))).toEqual([]);
  });
});

describe('a preview of the first deployment', () => {
  it('is stopped only for what holds after it as well: what is not known yet is no violation', async () => {
    const after = told(await violations(brokenShop.resources, { failOn: 'info' }));
    const before = told(await violations(firstPreview(brokenShop), { failOn: 'info' }));
    expect(before.filter((one) => !after.includes(one) && !one.startsWith('bucket-without-versioning'))).toEqual([]);
    // what a resource says of itself is known
    expect(before).toContain('group-open-to-the-world shared');
    expect(before).toContain('database-without-backups mysql');
  });

  it('makes no new violation of any one value that is not known', () => {
    const settings = settingsOf({ failOn: 'info' });
    const seen = brokenShop.resources.map((one) => ({ ...seenAs(one), props: { id: one.id, ...one.outputs } }));
    const ofAll = (resources: Parameters<typeof judge>[0]): readonly string[] =>
      judge(resources, settings, today).map(({ message, urn }) => `${/\((\S+), \w+\)$/.exec(message)?.[1]} ${urn}`);
    const known = ofAll(seen);
    const more = seen.flatMap((one, n) =>
      Object.keys(one.props).flatMap((key) => {
        const hidden = { ...one, props: { ...one.props, [key]: '04da6b54-80e4-46f7-96ec-b56ff0331ba9' } };
        // a bucket without an id is a new one, which has AWS's defaults of today
        const expected = key === 'id' && one.type === 'aws:s3/bucket:Bucket' ? ['bucket-without-versioning'] : [];
        return ofAll(seen.with(n, hidden))
          .filter((violation) => !known.includes(violation) && !expected.includes(violation.split(' ')[0] ?? ''))
          .map((violation) => `${violation} without ${one.name} ${key}`);
      }),
    );
    expect(more).toEqual([]);
  });

  it('tells on request what it cannot decide, with what is missing', async () => {
    const found = await violations(firstPreview(brokenShop), { unknown: 'report' });
    const open = found.filter(({ message }) => message.includes('It is not known whether this holds'));
    expect(open.map(ruleOf)).toContain('database-reachable-from-internet');
    expect(open.every(({ message }) => message.includes('For want of '))).toBe(true);
  });

  it('takes each value by itself: one that is not known costs no other', async () => {
    const inputs = {
      identifier: 'shop',
      engine: 'mysql',
      availabilityZone: UNKNOWN,
      backupRetentionPeriod: 0,
      publiclyAccessible: UNKNOWN,
      multiAz: [UNKNOWN],
    };
    const { resources } = recordingOf(
      aws('rds/instance:Instance', 'db', inputs, { arn: 'arn:aws:rds:eu-west-1:111122223333:db:shop' }),
    );
    const found = await violations(resources, { failOn: 'info' });
    expect(told(found)).toContain('database-without-backups db');
  });
});

describe('a sound shop', () => {
  let made: Promise<Recording> | undefined;
  const recorded = (): Promise<Recording> => {
    made ??= record(EXAMPLE, { stack: 'prod', config: { masterPassword: 'not-a-real-one' } });
    return made;
  };

  it('is let through', async () => {
    const { problems, resources } = await recorded();
    expect(problems).toEqual([]);
    expect(await violations(resources, { failOn: 'medium' })).toEqual([]);
  });

  it('is let through at its first preview too', async () => {
    expect(told(await violations(firstPreview(await recorded()), { failOn: 'medium' }))).toEqual([]);
  });
});

describe('the settings', () => {
  it('of Pulumi win over those of the pack', () => {
    const found: string[] = [];
    const resources = brokenShop.resources.map((one) => ({ ...seenAs(one), props: { id: one.id, ...one.outputs } }));
    const args = (config: object): StackValidationArgs =>
      Object.assign(Object.create(null), { resources, stackTags: new Map(), getConfig: () => config });
    const { validateStack } = underpin({ today });
    const ignore = [
      'database-reachable-from-internet',
      'database-single-zone',
      'database-without-backups',
      'group-open-to-the-world',
    ];
    validateStack(args({ ignore: ignore.map((rule) => ({ rule, reason: 'a test' })) }), (message) => {
      found.push(message);
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('person-is-administrator');
  });

  it.each<[object, string]>([
    [{ failOn: 'worst' }, 'failOn'],
    [{ ignore: [{ rule: 'x' }] }, 'ignore.0.reason'],
    [{ failon: 'high' }, 'failon'],
  ])('that are wrong are refused by name: %j', (settings, named) => {
    expect(() => settingsOf(settings)).toThrow(named);
  });
});

it('has declarations that import nothing of ours, so that they hold for CommonJS too', () => {
  const { readFileSync } = createRequire(import.meta.url)('node:fs');
  const source: string = readFileSync(new URL('index.ts', import.meta.url), 'utf8');
  const typed = [...source.matchAll(/import type .* from '([^']+)'/g)].map(([, from]) => from);
  expect(typed).toEqual(['@pulumi/policy']);
  expect(source).not.toMatch(/export .* from '\./);
});
