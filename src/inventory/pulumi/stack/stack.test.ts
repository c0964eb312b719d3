import { describe, expect, it } from 'vitest';
import { missing, statusOf } from '../../../estate/coverage.ts';
import { all, type Estate } from '../../../estate/estate.ts';
import type { Kind, ResourceOf } from '../../../estate/resource.ts';
import { rules } from '../../../rules/catalog/index.ts';
import type { Finding } from '../../../rules/finding.ts';
import { audit } from '../../../rules/run.ts';
import { assemble } from '../../assemble.ts';
import { UserError } from '../../user-error.ts';
import { estateOfRecording, type Properties } from '../index.ts';
import { aws, type Draft, recordingOf, secret } from '../testing.ts';
import { isStackExport, readStack } from './index.ts';
import { decoded } from './stored.ts';
import { brokenShop } from './testing/broken-shop.ts';
import { exportOf } from './testing/export.ts';

type Members = Record<string, unknown>;

function estateOf(content: Members): Estate {
  const text = JSON.stringify(content, null, 2);
  const { entries, notices, collectedAt } = readStack('out/stack.json', JSON.parse(text), text);
  return assemble(entries, notices, collectedAt);
}

const stackOf = (...drafts: readonly Draft[]): Members => exportOf(recordingOf(...drafts));

/** A stack of one resource, written as the engine would. */
const stackWith = (resource: Members, ...more: readonly Members[]): Members => ({
  version: 3,
  deployment: { manifest: { time: '2026-11-02T08:30:00Z' }, resources: [resource, ...more] },
});

const database = (members: Members): Members => ({
  urn: 'urn:pulumi:prod::shop::aws:rds/instance:Instance::mysql',
  custom: true,
  id: 'db-ABC',
  type: 'aws:rds/instance:Instance',
  inputs: { identifier: 'shop-mysql', engine: 'mysql' },
  outputs: { arn: 'arn:aws:rds:eu-west-1:111122223333:db:shop-mysql', identifier: 'shop-mysql' },
  ...members,
});

function one<K extends Kind>(estate: Estate, kind: K): ResourceOf<K> {
  const [first, ...more] = all(estate, kind);
  if (first === undefined || more.length > 0) throw new Error(`${all(estate, kind).length} of ${kind}`);
  return first;
}

const databaseOf = (members: Members): ResourceOf<'database'> =>
  one(estateOf(stackWith(database(members))), 'database');

const claims = (findings: readonly Finding[], state: Finding['state']): readonly string[] =>
  [
    ...new Set(
      findings
        .filter((finding) => finding.state === state)
        .flatMap(({ rule, resources }) => resources.map(({ id }) => `${rule} ${id}`)),
    ),
  ].sort();

const failed = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ state }) => state === 'fail').map(({ rule, resources }) => `${rule} ${resources[0]?.id}`);

describe('the file', () => {
  it('is known by its content, in every form that Pulumi writes', () => {
    const deployment = { manifest: {}, resources: [] };
    expect(isStackExport({ version: 3, deployment })).toBe(true);
    expect(isStackExport({ version: 3, deployment: null })).toBe(true);
    expect(isStackExport({ version: 3, checkpoint: { stack: 'prod', latest: deployment } })).toBe(true);
    expect(isStackExport({ stack: 'prod', latest: deployment })).toBe(true);
    expect(isStackExport({ format: 'underpin.inventory/1', responses: {} })).toBe(false);
    expect(isStackExport({ Resources: {} })).toBe(false);
  });

  it.each<[string, (deployment: unknown) => Members]>([
    ['an export', (deployment) => ({ version: 3, deployment })],
    ['an export of the fourth version', (deployment) => ({ version: 4, features: [], deployment })],
    ['a checkpoint', (latest) => ({ version: 3, checkpoint: { stack: 'prod', latest } })],
    ['a checkpoint without a version', (latest) => ({ stack: 'prod', latest })],
  ])('tells the same as %s', (_, wrap) => {
    const { deployment } = exportOf(brokenShop);
    expect(failed(audit(estateOf(wrap(deployment)), rules))).toEqual(
      failed(audit(estateOf(exportOf(brokenShop)), rules)),
    );
  });

  it('has nothing in it where nothing was deployed, and says so', () => {
    for (const content of [
      { version: 3, deployment: null },
      { version: 3, deployment: { manifest: {} } },
    ]) {
      const estate = estateOf(content);
      expect(estate.notices.map(({ message }) => message)).toContain('the stack holds no resources');
      expect(all(estate, 'vpc')).toEqual([]);
    }
  });

  it('that is none of these is refused with its place, and what to do', () => {
    for (const [content, path] of [
      [{ version: 3, deployment: 'encrypted' }, '/deployment'],
      [{ version: 3, deployment: { resources: {} } }, '/deployment/resources'],
      [{ version: 3, checkpoint: { latest: 7 } }, '/checkpoint/latest'],
    ] as const)
      try {
        readStack('stack.json', content, '');
        expect.unreachable();
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        expect(error).toMatchObject({ place: { file: 'stack.json', path } });
      }
  });

  it('loses only the entries that are no resources, and names them', () => {
    const content = stackWith(database({}), { urn: 7 }, { id: 'x' });
    (content.deployment as { resources: unknown[] }).resources.push(null, 'text');
    const estate = estateOf(content);
    expect(all(estate, 'database')).toHaveLength(1);
    expect(estate.notices.filter(({ code }) => code === 'wrongType').map(({ path }) => path)).toEqual([
      '/deployment/resources/1',
      '/deployment/resources/2',
      '/deployment/resources/3',
      '/deployment/resources/4',
    ]);
  });

  it('gives the day that it was saved, where Pulumi knew it', () => {
    expect(estateOf(exportOf(brokenShop)).collectedAt).toBe('2026-11-02T07:30:00.123Z');
    for (const time of ['0001-01-01T00:00:00Z', 'yesterday', 5, undefined])
      expect(estateOf({ deployment: { manifest: { time }, resources: [] } }).collectedAt).toBeUndefined();
  });

  it('is read to its end whatever is nested in it, and whoever is whose parent', () => {
    const urns = ['a', 'b'].map((name) => `urn:pulumi:prod::shop::shop:index:Part::${name}`);
    const parts = urns.map((urn, n) => ({
      urn,
      type: 'shop:index:Part',
      custom: false,
      parent: urns[1 - n],
      outputs: {},
    }));
    const depth = 100_000;
    const deep = `${'{"inner":'.repeat(depth)}1${'}'.repeat(depth)}`;
    const text = JSON.stringify(stackWith(database({ parent: urns[0], outputs: { deep: 'DEEP' } }), ...parts)).replace(
      '"DEEP"',
      deep,
    );
    const { entries, notices } = readStack('stack.json', JSON.parse(text), text);
    expect(all(assemble(entries, notices, undefined), 'database')).toHaveLength(1);
  });
});

describe('values', () => {
  const MARK = '4dabf18193072939515e22adb298388d';
  const SECRET = '1b47061264138c4ac30d75fd1eb44270';

  it('that are encrypted are unknown; with --show-secrets they are read, and stay secrets', () => {
    expect(decoded({ [MARK]: SECRET, ciphertext: 'v1:abc' })).toEqual({ $unknown: true });
    expect(decoded({ [MARK]: SECRET, plaintext: '"hunter2"' })).toEqual({ $secret: 'hunter2' });
    expect(decoded({ [MARK]: SECRET, plaintext: 'no json' })).toEqual({ $unknown: true });
  });

  it('that a deployment never learned, and marks that nobody knows, are unknown', () => {
    expect(decoded('04da6b54-80e4-46f7-96ec-b56ff0331ba9')).toEqual({ $unknown: true });
    expect(decoded({ [MARK]: 'ffffffffffffffffffffffffffffffff', value: 1 })).toEqual({ $unknown: true });
  });

  it('keep what an encrypted setting says unknown, and what an open one points at in the estate', () => {
    const definitions = JSON.stringify([
      {
        name: 'web',
        image: 'nginx',
        environment: [{ name: 'DB', value: 'mysql://shop:hunter2secret@db.example.com/' }],
      },
    ]);
    const task = (containerDefinitions: Properties[string]): Draft =>
      aws(
        'ecs/taskDefinition:TaskDefinition',
        'web',
        { family: 'web', containerDefinitions },
        { arn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1' },
      );
    const open = estateOf(stackOf(task(secret(definitions))));
    expect(JSON.stringify(open)).toContain('db.example.com');
    expect(JSON.stringify(open)).not.toContain('hunter2secret');
    const closed = JSON.parse(
      JSON.stringify(stackOf(task(secret(definitions)))).replaceAll('"plaintext"', '"ciphertext"'),
    );
    expect(one(estateOf(closed), 'taskDefinition').containers).toBeUndefined();
  });

  it('are AWS’s answer where it gave one, the program’s word where it gave none, and else unknown', () => {
    const asked = { identifier: 'shop-mysql', publiclyAccessible: false, multiAz: true, storageEncrypted: true };
    const outputs = { identifier: 'shop-mysql', publiclyAccessible: true, multiAz: null };
    expect(databaseOf({ inputs: asked, outputs })).toMatchObject({
      publiclyAccessible: true,
      multiAz: true,
      storageEncrypted: true,
      deletionProtection: undefined,
    });
  });

  it('that are empty are known to be absent; those that are left out are not', () => {
    const subnet = (outputs: Members): Members => ({
      urn: 'urn:pulumi:prod::shop::aws:ec2/subnet:Subnet::a',
      type: 'aws:ec2/subnet:Subnet',
      id: 'subnet-0a',
      outputs: { vpcId: 'vpc-0a', cidrBlock: '10.0.0.0/24', ...outputs },
    });
    expect(one(estateOf(stackWith(subnet({ ipv6CidrBlock: '' }))), 'subnet').ipv6Cidrs).toEqual([]);
    expect(one(estateOf(stackWith(subnet({}))), 'subnet').ipv6Cidrs).toBeUndefined();
  });
});

describe('the place of a resource', () => {
  const bucket = (members: Members): Members => ({
    urn: 'urn:pulumi:prod::shop::aws:s3/bucket:Bucket::pictures',
    type: 'aws:s3/bucket:Bucket',
    id: 'shop-pictures',
    outputs: {},
    ...members,
  });
  const provider = (inputs: Members, name = 'default'): Members => ({
    urn: `urn:pulumi:prod::shop::pulumi:providers:aws::${name}`,
    type: 'pulumi:providers:aws',
    custom: true,
    id: '4f3c',
    inputs,
  });
  const at = (name = 'default') => ({ provider: `urn:pulumi:prod::shop::pulumi:providers:aws::${name}::4f3c` });
  const placeOf = (...resources: readonly [Members, ...Members[]]) => {
    const { account, region } = one(estateOf(stackWith(...resources)), 'bucket');
    return [account, region];
  };

  it('is in its own ARN', () => {
    expect(databaseOf({})).toMatchObject({ account: '111122223333', region: 'eu-west-1' });
  });

  it('is its provider’s where the ARN does not say it: one for each provider', () => {
    const role = JSON.stringify({ roleArn: 'arn:aws:iam::444455556666:role/deploy' });
    expect(placeOf(bucket(at()), provider({ region: 'eu-west-3', assumeRole: role }))).toEqual([
      '444455556666',
      'eu-west-3',
    ]);
    expect(
      placeOf(
        bucket(at('paris')),
        provider({ region: 'eu-west-1' }),
        provider({ region: 'eu-west-3', allowedAccountIds: '["444455556666"]' }, 'paris'),
      ),
    ).toEqual(['444455556666', 'eu-west-3']);
  });

  it('is that of all others of the same provider, and of no other provider', () => {
    expect(placeOf(bucket(at()), database(at()), provider({}))).toEqual(['111122223333', 'eu-west-1']);
    expect(placeOf(bucket(at('paris')), database(at()), provider({}, 'paris'), provider({}))).toEqual([
      'unknown',
      'unknown',
    ]);
  });

  it('is unknown where nothing tells, which is told', () => {
    const estate = estateOf(stackWith(bucket({})));
    expect(one(estate, 'bucket')).toMatchObject({ account: 'unknown', region: 'unknown' });
    expect(estate.notices.some(({ message }) => message.startsWith('of 1 resources neither an ARN'))).toBe(true);
  });
});

describe('what is in the stack', () => {
  it('leads from a resource to its line in the file and its URN', () => {
    const { source } = one(estateOf(exportOf(brokenShop)), 'database');
    const text = JSON.stringify(exportOf(brokenShop), null, 2);
    const line = text.slice(0, text.indexOf('"urn": "urn:pulumi:prod::shop::aws:rds/instance')).split('\n').length;
    expect(source).toEqual({
      operation: 'rds:DescribeDBInstances',
      file: `out/stack.json:${line}`,
      path: '/urn:pulumi:prod::shop::aws:rds~1instance:Instance::mysql/DBInstances/0',
    });
  });

  it('is counted where no reader judges it: other providers, and what waits to be deleted', () => {
    const messages = estateOf(
      stackWith(
        database({}),
        {
          urn: 'urn:pulumi:prod::shop::random:index/randomPet:RandomPet::pet',
          type: 'random:index/randomPet:RandomPet',
        },
        {
          urn: 'urn:pulumi:prod::shop::aws:chime/voiceConnector:VoiceConnector::v',
          type: 'aws:chime/voiceConnector:VoiceConnector',
        },
        database({ id: 'db-OLD', delete: true, outputs: { identifier: 'shop-mysql-old' } }),
      ),
    ).notices.map(({ message }) => message);
    expect(messages).toContain(
      'random:index/randomPet:RandomPet: of another provider, kept and not judged (1 in the stack)',
    );
    expect(messages).toContain(
      'aws:chime/voiceConnector:VoiceConnector: this version has no reader for it (1 declared)',
    );
    expect(messages.some((message) => message.includes('1 resources were replaced and wait'))).toBe(true);
  });

  it('may be out of date where a deployment was cut off: that is told with the resource', () => {
    const urn = 'urn:pulumi:prod::shop::aws:rds/instance:Instance::mysql';
    const pending = [{ resource: { urn }, type: 'creating' }];
    const { notices } = estateOf(exportOf(brokenShop, {}, { pending }));
    expect(notices).toContainEqual({
      code: 'truncated',
      message: `a deployment was cut off while creating ${urn}: what came of it is not in the stack (pulumi refresh tells)`,
      file: 'out/stack.json',
      path: '',
    });
  });
});

describe('what is not in the stack', () => {
  const findings = audit(estateOf(exportOf(brokenShop)), rules);

  it('is not known to be absent: no listing is whole, and nothing of the account as a whole is asked', () => {
    const { coverage } = estateOf(exportOf(brokenShop));
    const where = { account: '111122223333', region: 'eu-west-1' };
    for (const operation of ['ec2:DescribeSubnets', 'rds:DescribeDBInstances', 's3:ListBuckets', 'ecs:ListClusters'])
      expect(statusOf(coverage, operation, where), operation).toBe('failed');
    expect(missing(coverage, ['cloudtrail:DescribeTrails'], where)).toEqual(['cloudtrail:DescribeTrails']);
  });

  it('makes no rule pass, and none fail for want of something', () => {
    expect(claims(findings, 'pass')).toEqual([]);
    const unknown = new Set(findings.filter(({ state }) => state === 'unknown').map(({ rule }) => rule));
    for (const rule of ['no-trail', 'no-alarms', 'no-flow-logs', 'bucket-without-versioning', 'bucket-public'])
      if (rules.some(({ id }) => id === rule)) expect(unknown, rule).toContain(rule);
  });

  it('leaves what is there as bad as the program’s recording shows it, or unknown', () => {
    const recorded = failed(audit(estateOfRecording(brokenShop, '2026-11-02T00:00:00.000Z'), rules));
    const told = failed(findings);
    // what may be declared elsewhere: log settings, alarms, a bucket’s versions, what else a user has; and it is not made by hand
    const open = recorded.filter((one) => !told.includes(one));
    expect(told.filter((one) => !recorded.includes(one))).toEqual([]);
    expect(open.sort()).toEqual([
      'bucket-without-versioning arn:aws:s3:::shop-pictures',
      'made-by-hand 111122223333',
      'no-alarms 111122223333',
      'no-flow-logs vpc-0a',
      'person-is-administrator arn:aws:iam::111122223333:user/maria',
      'way-in-is-the-internet vpc-0a',
    ]);
    expect(told).toContain('database-reachable-from-internet arn:aws:rds:eu-west-1:111122223333:db:shop-mysql');
  });

  it('may hang on what is: rules of a group, routes of the table that AWS made', () => {
    const estate = estateOf(exportOf(brokenShop));
    const group = all(estate, 'securityGroup').find(({ id }) => id === 'sg-0a');
    expect(group?.ingress?.filter(({ protocol }) => protocol === undefined).length).toBeGreaterThan(0);
    const table = all(estate, 'routeTable').find(({ id }) => id === 'rtb-main');
    expect(table?.routes?.length).toBe(2);
  });
});

/** Every variant of a stack in which one field, at whatever depth, is missing. Elements of lists stay: they are whole. */
function* without(value: unknown, path: string): Generator<readonly [path: string, variant: unknown]> {
  if (Array.isArray(value)) {
    for (const [n, item] of value.entries())
      for (const [at, variant] of without(item, `${path}/${n}`)) yield [at, value.with(n, variant)];
  } else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) {
      yield [`${path}/${key}`, Object.fromEntries(Object.entries(value).filter(([other]) => other !== key))];
      for (const [at, variant] of without(item, `${path}/${key}`)) yield [at, { ...value, [key]: variant }];
    }
}

it('does not pass what failed when anything is missing from the stack', () => {
  const content = exportOf(brokenShop);
  const bad = new Set(failed(audit(estateOf(content), rules)));
  const wrong: string[] = [];
  for (const [path, variant] of without(content.deployment, ''))
    for (const claim of claims(audit(estateOf({ ...content, deployment: variant }), rules), 'pass'))
      if (bad.has(claim)) wrong.push(`${claim} passes without ${path}`);
  expect(wrong.slice(0, 5)).toEqual([]);
});
