import { describe, expect, it } from 'vitest';
import type { ResourceOf } from '../../estate/resource.ts';
import { end, flow, made, network, ref, refs } from './testing/build.ts';
import { only } from './testing/only.ts';

const AB = network('a', 'b');
const codes = (answer: ReturnType<typeof only>): readonly string[] => answer.because.map((hop) => hop.code);

const group = (...zones: readonly string[]) =>
  made('databaseSubnetGroup', 'group', { subnets: refs(...zones.map((zone) => `subnet-${zone}`)) });
const db = (name: string, fields: Partial<ResourceOf<'database'>>) =>
  made('database', name, { cluster: null, replicaOf: null, multiAz: false, subnetGroup: ref('group'), ...fields });
const TO_DB = flow({ type: 'people' }, end('db'), 3306);

describe('a database', () => {
  it('of one zone is lost with it, and a replica elsewhere is named as no failover', () => {
    const answer = only(
      [...AB, group('a', 'b'), db('db', { zone: ref('a') }), db('copy', { zone: ref('b'), replicaOf: ref('db') })],
      TO_DB,
    );
    expect(answer.outcome).toBe('lost');
    expect(codes(answer)).toEqual(['zone-single', 'replica-not-failover']);
  });

  it('names a replica that goes down with it', () => {
    const answer = only(
      [...AB, group('a', 'b'), db('db', { zone: ref('a') }), db('copy', { zone: ref('a'), replicaOf: ref('db') })],
      TO_DB,
    );
    expect(codes(answer)).toEqual(['zone-single', 'replica-same-zone']);
  });

  it('that is stopped is told to serve nobody today, and not to survive', () => {
    const stopped = made('database', 'db', { multiAz: true, zone: ref('a'), cluster: null, status: 'stopped' });
    expect(only([...AB, stopped], TO_DB)).toMatchObject({ outcome: 'unknown' });
  });

  it('with a standby fails over in a range that AWS gives', () => {
    const answer = only(
      [...AB, group('a', 'b'), db('db', { zone: ref('a'), multiAz: true, secondaryZone: ref('b') })],
      TO_DB,
    );
    expect(answer.outcome).toBe('survivesAfterFailover');
    expect(answer.failover[0]?.seconds).toEqual({ from: 60, to: 120 });
    expect(answer.failover[0]?.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  });

  it('survives where only its standby is lost, or where it has no subnet', () => {
    const standby = db('db', { zone: ref('b'), multiAz: true, secondaryZone: ref('a') });
    expect(only([...AB, group('a', 'b'), standby], TO_DB).outcome).toBe('survives');
    expect(only([...network('a', 'b', 'c'), group('b', 'c'), db('db', {})], TO_DB).outcome).toBe('survives');
  });

  it('is unknown without its zone or its Multi-AZ setting', () => {
    expect(only([...AB, group('a', 'b'), db('db', {})], TO_DB)).toMatchObject({
      outcome: 'unknown',
      missing: [{ operation: 'rds:DescribeDBInstances' }],
    });
    expect(only([...AB, group('a', 'b'), db('db', { zone: ref('a'), multiAz: undefined })], TO_DB).outcome).toBe(
      'unknown',
    );
  });

  it('can be lost alone', () => {
    const without = { resource: 'db' };
    expect(only([...AB, db('db', { zone: ref('b') })], TO_DB, without).outcome).toBe('lost');
    expect(only([...AB, db('db', { zone: ref('b'), multiAz: true })], TO_DB, without).outcome).toBe(
      'survivesAfterFailover',
    );
  });
});

describe('a cluster', () => {
  const cluster = (zones: readonly string[], engine: string | undefined = 'aurora-mysql') => [
    ...AB,
    made('databaseCluster', 'shop', {
      engine,
      members: zones.map((_, n) => ({ ref: ref(`node-${n}`), writer: n === 0 })),
    }),
    ...zones.map((zone, n) => db(`node-${n}`, { zone: ref(zone), cluster: ref('shop') })),
  ];
  const to = flow({ type: 'people' }, end('shop'), 3306);

  it('fails over to a reader of another zone only', () => {
    expect(only(cluster(['a', 'b']), to)).toMatchObject({
      outcome: 'survivesAfterFailover',
      failover: [{ seconds: { to: 60 } }],
    });
    expect(only(cluster(['a', 'a']), to).outcome).toBe('lost');
    expect(only(cluster(['b', 'a']), to).outcome).toBe('survives');
  });

  it('tells Aurora from a Multi-AZ DB cluster', () => {
    expect(only(cluster(['a', 'b', 'b'], 'mysql'), to).failover[0]?.seconds).toEqual({ from: 0, to: 35 });
  });

  it('of one Aurora instance comes back after the instance, not after the zone', () => {
    expect(only(cluster(['a']), to, { resource: 'shop' }).failover[0]?.seconds?.to).toBe(600);
    expect(only(cluster(['a']), to).outcome).toBe('lost');
  });

  it('does not fail over the address of a member', () => {
    expect(only(cluster(['a', 'b']), flow({ type: 'people' }, end('node-0'))).outcome).toBe('lost');
  });
});

describe('a cache', () => {
  type Node = readonly [id: string, zone: string | undefined, role?: 'primary' | 'replica'];
  const cache = (nodes: readonly Node[], fields: Partial<ResourceOf<'cache'>> = {}) => [
    ...AB,
    made('cache', 'redis', {
      form: 'replicationGroup',
      nodes: nodes.map(([id, zone, role]) => ({
        id,
        zone: zone === undefined ? undefined : ref<'zone'>(zone),
        role,
        host: undefined,
      })),
      ...fields,
    }),
  ];
  const to = flow({ type: 'people' }, end('redis'), 6379);
  const pair: readonly Node[] = [
    ['redis-001', 'a', 'primary'],
    ['redis-002', 'b', 'replica'],
  ];

  it('fails over only when told to', () => {
    expect(only(cache(pair, { automaticFailover: true }), to).outcome).toBe('survivesAfterFailover');
    expect(only(cache(pair, { automaticFailover: false }), to)).toMatchObject({
      outcome: 'lost',
      because: [{ code: 'no-automatic-failover' }],
    });
    expect(only(cache(pair), to).outcome).toBe('unknown');
  });

  it('is lost when one shard is, though another is left', () => {
    const nodes: readonly Node[] = [
      ['r-0001-001', 'a'],
      ['r-0001-002', 'b'],
      ['r-0002-001', 'a'],
      ['r-0002-002', 'a'],
    ];
    expect(only(cache(nodes, { automaticFailover: true }), to).outcome).toBe('lost');
    expect(only(cache(nodes, { automaticFailover: true }), to, { zone: 'b' }).outcome).toBe('survivesAfterFailover');
  });

  it('of one node is lost, and is unknown without zones', () => {
    expect(only(cache([['redis-001', 'a']], { form: 'cluster' }), to).outcome).toBe('lost');
    expect(only(cache([['redis-001', undefined]], { form: 'cluster' }), to).outcome).toBe('unknown');
  });
});
