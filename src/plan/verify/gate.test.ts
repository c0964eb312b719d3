import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence, Logged, Tally } from '../../estate/evidence.ts';
import { estateOf, ref, some } from '../../inventory/flows/testing.ts';
import { gateOf } from './gate.ts';

const NOTHING: Tally = { count: 0, first: null, last: null };
const on = (day: string): Tally => ({ count: 1, first: `${day}T00:00:00Z`, last: `${day}T00:00:00Z` });

const evidence = (parts: Partial<Evidence>): Evidence => ({
  inputs: [],
  logged: [],
  connections: [],
  buckets: [],
  balancers: [],
  distributions: [],
  principals: [],
  keys: [],
  leftOut: { flowLog: 0, balancerLog: 0, bucketLog: 0, distributionLog: 0, trail: 0 },
  undirected: 0,
  undirectedPorts: [],
  ...parts,
});

const log = (kind: Logged['kind'], subject: string, fields: Partial<Logged> = {}): Logged => ({
  kind,
  subject,
  from: '2026-11-01T00:00:00Z',
  to: '2026-11-22T00:00:00Z',
  records: 1000,
  gaps: [],
  incomplete: null,
  ...fields,
});

const estate = { ...estateOf(), collectedAt: '2026-11-22T10:00:00Z' };
const ask = { type: 'directReads', bucket: 'media', days: 14 } as const;
const bucket = (direct: Tally) => ({
  bucket: 'media',
  direct,
  throughCloudFront: NOTHING,
  signed: NOTHING,
  refused: NOTHING,
  objects: { list: [], more: false },
  referers: { list: [], more: false },
  userAgents: { count: 0, more: false },
});

describe('direct reads of a bucket', () => {
  const whole = evidence({ logged: [log('bucketLog', 'media')], buckets: [bucket(NOTHING)] });

  it('pass the gate where the log is whole for the time and holds none', () => {
    expect(gateOf(estate, whole, ask)).toEqual({
      passed: true,
      because: 'No direct reads of media from 2026-11-08 to 2026-11-22.',
    });
  });

  it('fail it where there was one within the time, and not where it was before', () => {
    expect(gateOf(estate, { ...whole, buckets: [bucket(on('2026-11-20'))] }, ask).passed).toBe(false);
    expect(gateOf(estate, { ...whole, buckets: [bucket(on('2026-11-02'))] }, ask).passed).toBe(true);
  });

  it.each([
    ['there is no log', { ...whole, logged: [] }],
    ['it begins too late', { ...whole, logged: [log('bucketLog', 'media', { from: '2026-11-15T00:00:00Z' })] }],
    ['records had no room', { ...whole, leftOut: { ...whole.leftOut, bucketLog: 1 } }],
    ['it is not whole', { ...whole, logged: [log('bucketLog', 'media', { incomplete: 'AWS left records out' })] }],
    [
      'there is a hole in it',
      {
        ...whole,
        logged: [log('bucketLog', 'media', { gaps: [{ from: '2026-11-15T00:00:00Z', to: '2026-11-17T00:00:00Z' }] })],
      },
    ],
    ['it is of another bucket', { ...whole, logged: [log('bucketLog', 'other')] }],
  ])('leave it open where %s', (_, given) => {
    expect(gateOf(estate, given, ask).passed).toBeNull();
  });

  it('leave it open where the log is old, or the inventory does not tell its time', () => {
    expect(gateOf({ ...estate, collectedAt: '2026-12-22T10:00:00Z' }, whole, ask).passed).toBeNull();
    expect(gateOf({ ...estate, collectedAt: undefined }, whole, ask).passed).toBeNull();
  });

  it('never pass by taking something away from the evidence', () => {
    const seen = evidence({ logged: [log('bucketLog', 'media')], buckets: [bucket(on('2026-11-20'))] });
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom('2026-11-01', '2026-11-10', '2026-11-21'),
        (a, b, from) => {
          const less = {
            ...seen,
            logged: a ? [log('bucketLog', 'media', { from: `${from}T00:00:00Z` })] : [],
            leftOut: { ...seen.leftOut, bucketLog: b ? 1 : 0 },
          };
          expect(gateOf(estate, less, ask).passed).not.toBe(true);
        },
      ),
    );
  });
});

describe('connections from outside', () => {
  const face = (id: string, open: boolean) =>
    some('networkInterface', id, { vpc: ref('vpc-1'), hasPublicAddress: open, ipv6: [] });
  const network = {
    ...estateOf(
      some('vpc', 'vpc-1'),
      face('eni-1', true),
      face('eni-2', false),
      some('flowLog', 'fl-1', { of: 'vpc-1', traffic: 'ALL', state: 'ACTIVE' }),
    ),
    collectedAt: '2026-11-22T10:00:00Z',
  };
  const connection = (port: number, outside: 'from' | null) => ({
    vpc: 'vpc-1',
    from: outside ? '198.51.100.0/24' : '10.0.0.1',
    to: '10.0.0.2',
    outside,
    protocol: 'tcp' as const,
    port,
    accepted: on('2026-11-21'),
    rejected: NOTHING,
    packets: 20,
    bytes: 1,
    answered: true,
  });
  const question = { type: 'fromOutside', vpc: 'vpc-1', ports: [22, 3306], days: 7 } as const;
  const quiet = evidence({
    logged: [log('flowLog', 'eni-1')],
    connections: [connection(3306, null), connection(443, 'from')],
  });

  it('pass where every interface with a public address is logged and none came to these ports', () => {
    expect(gateOf(network, quiet, question).passed).toBe(true);
  });

  it('fail where one came', () => {
    const given = { ...quiet, connections: [...quiet.connections, connection(3306, 'from')] };
    expect(gateOf(network, given, question).passed).toBe(false);
  });

  it('stay open where an interface is not logged, or only what was rejected may be', () => {
    expect(gateOf(network, { ...quiet, logged: [log('flowLog', 'eni-2')] }, question).passed).toBeNull();
    const rejects = estateOf(
      ...network.resources.filter(({ kind }) => kind !== 'flowLog'),
      some('flowLog', 'fl-1', { of: 'vpc-1', traffic: 'REJECT', state: 'ACTIVE' }),
    );
    expect(gateOf({ ...rejects, collectedAt: network.collectedAt }, quiet, question).passed).toBeNull();
    expect(gateOf(network, { ...quiet, undirectedPorts: [3306] }, question).passed).toBeNull();
    expect(gateOf(network, { ...quiet, undirectedPorts: [8443] }, question).passed).toBe(true);
  });
});

it('a key and a role are never cleared by a trail, for calls to data are not in it', () => {
  const trail = evidence({ logged: [log('trail', '111122223333/us-east-1')] });
  const key = { type: 'keyUse', key: 'AKIAIOSFODNN7EXAMPLE', days: 7 } as const;
  expect(gateOf(estate, trail, key).passed).toBeNull();
  expect(gateOf(estate, { ...trail, keys: [{ key: key.key, uses: on('2026-11-20') }] }, key).passed).toBe(false);
  const roles = { type: 'refusedCalls', roles: ['web'], days: 7 } as const;
  const refused = {
    principal: 'arn:aws:iam::111122223333:role/web',
    calls: [{ action: 'sqs:CreateQueue', allowed: NOTHING, denied: on('2026-11-20') }],
    more: false,
  };
  expect(gateOf(estate, trail, roles).passed).toBeNull();
  expect(gateOf(estate, { ...trail, principals: [refused] }, roles).passed).toBe(false);
});

it('requests past CloudFront are not known without its addresses', () => {
  const id = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/web/1';
  const question = { type: 'pastCloudFront', balancer: id, hours: 48 } as const;
  const use = { balancer: 'app/web/1', requests: on('2026-11-21'), networks: { list: [], more: false } };
  const given = (pastCloudFront: Tally | null): Evidence =>
    evidence({ logged: [log('balancerLog', 'app/web/1')], balancers: [{ ...use, pastCloudFront }] });
  expect(gateOf(estate, given(null), question).passed).toBeNull();
  expect(gateOf(estate, given(on('2026-11-21')), question).passed).toBe(false);
  expect(gateOf(estate, given(NOTHING), question).passed).toBe(true);
});
