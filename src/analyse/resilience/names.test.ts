import { describe, expect, it } from 'vitest';
import type { Flow } from '../../estate/flow.ts';
import { id } from '../../estate/ids.ts';
import type { Resource, ResourceOf } from '../../estate/resource.ts';
import { survive } from './survive.ts';
import { end, estate, flow, made, network, ref } from './testing/build.ts';

const replica = (letter: string): Resource =>
  made('database', `replica-${letter}`, { zone: ref(letter), multiAz: false, identifier: `replica-${letter}` });

const record = (letter: string, fields: Partial<ResourceOf<'dnsRecord'>> = {}): Resource =>
  made('dnsRecord', `record-${letter}`, {
    hostedZone: ref('zone'),
    host: 'read.shop.internal',
    type: 'CNAME',
    setIdentifier: letter,
    healthCheck: `check-${letter}`,
    ...fields,
  });

const check = (letter: string, fields: Partial<ResourceOf<'healthCheck'>> = {}): Resource =>
  made('healthCheck', `check-${letter}`, {
    type: 'CLOUDWATCH_METRIC',
    alarm: `alarm-${letter}`,
    withoutData: 'Unhealthy',
    disabled: false,
    inverted: false,
    ...fields,
  });

const alarm = (letter: string, watched = `replica-${letter}`): Resource =>
  made('alarm', `alarm-${letter}`, { dimensions: { DBInstanceIdentifier: watched } });

/** A read by the name, or by the replica's own address. */
const read = (letter: string, by: 'name' | 'address' = 'name'): Flow => ({
  ...flow({ type: 'people' }, end(`replica-${letter}`), 3306),
  evidence: [
    {
      type: 'environment',
      detail: '',
      source: { operation: 'test:Build', file: 'test.json', path: '' },
      ...(by === 'name' ? { records: [id<'dnsRecord'>(`record-${letter}`)] } : {}),
    },
  ],
});

const REPLICAS = [...network('a', 'b'), replica('a'), replica('b')];
const CHECKED = [record('a'), record('b'), check('a'), check('b'), alarm('a'), alarm('b')];

function withoutA(things: readonly Resource[], flows: readonly Flow[] = [read('a'), read('b')]) {
  const [first] = survive(estate([...REPLICAS, ...things], flows), { zone: 'a' }).flows;
  if (first === undefined) throw new Error('no flow');
  return first;
}

describe('a name that several replicas answer for', () => {
  it('gives its clients the replica that is left, once the health check has noticed, and promises no time', () => {
    expect(withoutA(CHECKED)).toMatchObject({
      outcome: 'survivesAfterFailover',
      because: [{ code: 'name-answers-others', resource: 'record-a', by: 'check-a' }],
      failover: [{ seconds: null }],
    });
  });

  it('gives them the lost one on and on without a health check', () => {
    expect(withoutA([...CHECKED, record('a', { healthCheck: null })]).outcome).toBe('lost');
  });

  it('helps nobody when nothing else that answers is left', () => {
    expect(withoutA(CHECKED, [read('a')]).outcome).toBe('lost');
    expect(withoutA([...CHECKED, made('database', 'replica-b', { zone: ref('a'), multiAz: false })]).outcome).toBe(
      'lost',
    );
  });

  it('may help where it is not told whether what else answers is left', () => {
    const elsewhere = made('database', 'replica-b', { zone: undefined, multiAz: false });
    expect(withoutA([...CHECKED, elsewhere]).outcome).toBe('unknown');
    expect(withoutA([...CHECKED, record('a', { healthCheck: null }), elsewhere]).outcome).toBe('lost');
  });

  it('helps no client that also knows the replica by its own address', () => {
    const both = { ...read('a'), evidence: [...read('a').evidence, ...read('a', 'address').evidence] };
    expect(withoutA(CHECKED, [both, read('b')]).outcome).toBe('lost');
  });

  it('helps no other client', () => {
    const other = { ...read('b'), from: end('replica-b') };
    expect(withoutA(CHECKED, [read('a'), other]).outcome).toBe('lost');
  });
});

describe('a health check that does not notice', () => {
  const blind: readonly [string, Partial<ResourceOf<'healthCheck'>>][] = [
    ['is healthy without data', { withoutData: 'Healthy' }],
    ['keeps its last word without data', { withoutData: 'LastKnownStatus' }],
    ['is disabled', { disabled: true }],
  ];
  it.each(blind)('because it %s leaves the flow lost', (_what, fields) => {
    expect(withoutA([...CHECKED, check('a', fields)]).outcome).toBe('lost');
  });
});

describe('what the input does not tell about a health check is unknown, never well', () => {
  const untold: readonly [string, readonly Resource[], string][] = [
    ['whether there is one', [record('a', { healthCheck: undefined })], 'route53:ListResourceRecordSets'],
    ['what it is', [record('a', { healthCheck: 'check-x' })], 'route53:ListHealthChecks'],
    ['what it says without data', [check('a', { withoutData: undefined })], 'route53:ListHealthChecks'],
    ['whether it is disabled', [check('a', { disabled: undefined })], 'route53:ListHealthChecks'],
    ['whether it is inverted', [check('a', { inverted: undefined })], 'route53:ListHealthChecks'],
    ['what a check of another type watches', [check('a', { type: 'CALCULATED' })], 'route53:ListHealthChecks'],
    ['its alarm', [check('a', { alarm: 'alarm-x' })], 'cloudwatch:DescribeAlarms'],
    ['an alarm of something else', [alarm('a', 'replica-b')], 'cloudwatch:DescribeAlarms'],
  ];
  it.each(untold)('%s', (_what, instead, operation) => {
    expect(withoutA([...CHECKED, ...instead])).toMatchObject({ outcome: 'unknown', missing: [{ operation }] });
  });
});
