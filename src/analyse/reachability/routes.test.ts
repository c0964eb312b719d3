/** Which route takes an address, and what a gateway lets through. */
import { expect, it } from 'vitest';
import { find } from '../../estate/estate.ts';
import { addressSetOf, tcp } from '../../estate/sets/index.ts';
import { endpointOf, reach } from './index.ts';
import { networkOf } from './network.ts';
import { lanesFor } from './routes.ts';
import {
  acl,
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
} from './testing/build.ts';

const OWN = route('10.0.0.0/16', LOCAL);
const GATEWAY = { type: 'vpnGateway', id: 'vgw-1' } as const;

const takes = (address: string, routes: Parameters<typeof table>[2]): readonly (string | undefined)[] => {
  const estate = estateOf([
    vpc('vpc-1', '10.0.0.0/16'),
    subnet('subnet-1', 'vpc-1', '10.0.1.0/24'),
    table('rtb-1', 'vpc-1', routes, 'main'),
  ]);
  const place = find(estate, ref<'subnet'>('subnet-1'));
  const asked = addressSetOf([address]);
  if (place === undefined || asked === undefined) throw new Error('no subnet or address');
  return lanesFor(networkOf(estate), place, asked).map(({ target }) => target?.type);
};

it('the most specific wins', () => {
  expect(takes('192.168.1.9/32', [OWN, route('0.0.0.0/0', toIgw('igw-1')), route('192.168.0.0/16', GATEWAY)])).toEqual([
    'vpnGateway',
  ]);
});

it('within the VPC’s own block the local route is preferred to a propagated one, however specific', () => {
  const inside = route('10.0.11.0/24', GATEWAY);
  expect(takes('10.0.11.9/32', [OWN, { ...inside, propagated: true }])).toEqual(['local']);
  expect(takes('10.0.11.9/32', [OWN, inside])).toEqual(['vpnGateway']);
  expect(takes('10.9.0.1/32', [OWN, { ...route('10.9.0.0/16', GATEWAY), propagated: true }])).toEqual(['vpnGateway']);
});

it.each([
  ['bidirectional', 'no', 'no'],
  ['ingress', 'no', 'yes'],
  [undefined, 'yes', 'yes'],
] as const)(
  'with %s blocked, strangers get in: %s, and what calls by a NAT gateway gets out: %s',
  (mode, inwards, outwards) => {
    const blocked = mode === undefined ? {} : { internetBlocked: mode };
    const estate = estateOf([
      vpc('vpc-1', '10.0.0.0/16'),
      subnet('subnet-1', 'vpc-1', '10.0.1.0/24', blocked),
      subnet('subnet-2', 'vpc-1', '10.0.2.0/24', blocked),
      igw('igw-1', ['vpc-1']),
      table('rtb-1', 'vpc-1', [OWN, route('0.0.0.0/0', toIgw('igw-1'))], ['subnet-1']),
      table('rtb-2', 'vpc-1', [OWN, route('0.0.0.0/0', toNat('nat-1'))], ['subnet-2']),
      acl('acl-1', 'vpc-1', ['subnet-1', 'subnet-2'], OPEN_ACL),
      group('sg-1', 'vpc-1', [{ ports: [443, 443], peer: '0.0.0.0/0' }]),
      nat('nat-1', 'vpc-1', 'subnet-1', '10.0.1.9', '192.0.2.9'),
      eni('eni-1', { vpc: 'vpc-1', subnet: 'subnet-1' }, ['sg-1'], { private: '10.0.1.4', public: '192.0.2.4' }),
      eni('eni-2', { vpc: 'vpc-1', subnet: 'subnet-2' }, ['sg-1'], { private: '10.0.2.4' }),
    ]);
    const answer = (from: string, to: string): string => {
      const [start, end] = [endpointOf(estate, from), endpointOf(estate, to)];
      if (start.state !== 'found' || end.state !== 'found') throw new Error('no end');
      return reach(estate, start.endpoint, end.endpoint, tcp(443)).answer;
    };
    expect([answer('internet', 'eni-1'), answer('eni-2', 'internet')]).toEqual([inwards, outwards]);
  },
);
