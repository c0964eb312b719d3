/** Nobody tells of those who come to an unknown interface, or from another network: no step takes their way as if there were none. */
import { describe, expect, it } from 'vitest';
import {
  acl,
  base,
  eni,
  estateOf,
  group,
  igw,
  LOCAL,
  nat,
  OPEN_ACL,
  ref,
  route,
  subnet,
  table,
  toIgw,
  toNat,
  vpc,
} from '../../analyse/reachability/testing/build.ts';
import type { Route } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import { noFindings } from './proof.ts';
import { unseenCallers } from './unseen-callers.ts';

const VPN: Route = route('192.168.0.0/16', { type: 'vpnGateway', id: 'vgw-1' });
const LEFT = [route('10.0.0.0/16', LOCAL), route('0.0.0.0/0', toIgw('igw-1'))];
const RIGHT = [route('10.0.0.0/16', LOCAL), route('0.0.0.0/0', toNat('nat-1'))];

/** `sub-1` at the public or the private table, with one interface in it. */
function at(
  place: 'public' | 'private',
  one: object = {},
  more: { left?: readonly Route[]; right?: readonly Route[] } = {},
) {
  return estateOf([
    vpc('vpc-1', '10.0.0.0/16'),
    subnet('sub-1', 'vpc-1', '10.0.1.0/24'),
    subnet('sub-2', 'vpc-1', '10.0.2.0/24'),
    table('rtb-public', 'vpc-1', [...LEFT, ...(more.left ?? [])], ['sub-2', ...(place === 'public' ? ['sub-1'] : [])]),
    table('rtb-private', 'vpc-1', [...RIGHT, ...(more.right ?? [])], place === 'private' ? ['sub-1'] : []),
    acl('acl-1', 'vpc-1', ['sub-1', 'sub-2'], OPEN_ACL),
    igw('igw-1', ['vpc-1']),
    nat('nat-1', 'vpc-1', 'sub-2', '10.0.2.9', '203.0.113.9'),
    group('sg-1', 'vpc-1', [{ protocol: -1, peer: '0.0.0.0/0' }]),
    { ...base('database', 'db-1') } as Resource,
    eni('eni-1', { vpc: 'vpc-1', subnet: 'sub-1' }, ['sg-1'], { private: '10.0.1.5', public: '203.0.113.99' }, one),
  ]);
}

function unknownAfter(then: ReturnType<typeof at>, now: ReturnType<typeof at>): readonly string[] {
  const found = noFindings();
  unseenCallers(then, now, found);
  return found.unknowns.map(({ subject }) => subject);
}

describe('a public address that belongs to nothing that was read', () => {
  it('may be cut off where its subnet becomes private', () => {
    expect(unknownAfter(at('public'), at('private'))).toEqual(['eni-1']);
  });

  it('is not asked about where it stays as it is, where it is of something known, or where nothing uses it', () => {
    expect(unknownAfter(at('public'), at('public'))).toEqual([]);
    for (const one of [{ owner: ref('db-1') }, { status: 'available' }])
      expect(unknownAfter(at('public', one), at('private', one))).toEqual([]);
  });
});

describe('a way to another network', () => {
  const known = { owner: ref('db-1') };

  it('is not lost unseen where a subnet gets another table', () => {
    expect(unknownAfter(at('public', known, { left: [VPN] }), at('private', known, { left: [VPN] }))).toEqual([
      'sub-1',
    ]);
  });

  it('is kept by a table that leads there too', () => {
    const both = { left: [VPN], right: [VPN] };
    expect(unknownAfter(at('public', known, both), at('private', known, both))).toEqual([]);
  });

  it('is lost where the route is taken out of the table', () => {
    expect(unknownAfter(at('public', known, { left: [VPN] }), at('public', known))).toEqual(['sub-1']);
  });
});
