/** Small random networks as plain data, so that a counterexample reads as a table, and the estate made of them. */
import * as fc from 'fast-check';
import type { Estate } from '../../../estate/estate.ts';
import type { RouteTarget } from '../../../estate/kinds/network.ts';
import type { Resource } from '../../../estate/resource.ts';
import {
  acl,
  type EntrySpec,
  eni,
  estateOf,
  group,
  igw,
  LOCAL,
  nat,
  peering,
  type RuleSpec,
  route,
  subnet,
  table,
  toIgw,
  toNat,
  toPeering,
  vpc,
} from './build.ts';

export interface RandomRoute {
  readonly to: string;
  readonly by: 'igw' | 'foreign-igw' | 'nat' | 'eigw' | 'peering';
  readonly dead: boolean;
}
export interface RandomTable {
  readonly routes: readonly RandomRoute[];
}
export interface RandomInterface {
  readonly subnet: number;
  readonly groups: readonly number[];
  readonly public: boolean;
  readonly ipv6: boolean;
}
export interface RandomNetwork {
  /** Whether each VPC has its gateway. */
  readonly gateways: readonly [boolean, boolean];
  /** The main table of each VPC, then the own tables of the four subnets, where they have one. */
  readonly main: readonly [RandomTable, RandomTable];
  readonly own: readonly (RandomTable | null)[];
  readonly acls: readonly (readonly EntrySpec[] | null)[];
  readonly groups: readonly { readonly ingress: readonly RuleSpec[]; readonly egress: readonly RuleSpec[] }[];
  readonly interfaces: readonly RandomInterface[];
  readonly natIn: number;
  readonly natState: 'available' | 'deleted';
  readonly peering: 'active' | 'pending-acceptance' | null;
}

export const SUBNETS = ['10.0.0.0/26', '10.0.0.64/26', '10.1.0.0/26', '10.1.0.64/26'];
const V6 = ['2001:db8:0:1::/64', '2001:db8:0:2::/64', '2001:db8:1:1::/64', '2001:db8:1:2::/64'];
export const STRANGERS = ['198.51.100.7', '203.0.113.9', '203.0.113.200', '2001:db8:ffff::1'];
export const PORTS = [22, 80, 5000];

const cidr = fc.constantFrom(
  '0.0.0.0/0',
  '0.0.0.0/0',
  '::/0',
  '198.51.100.0/24',
  '203.0.113.0/25',
  '192.0.2.0/24',
  '10.0.0.0/16',
  '10.0.0.64/26',
  '10.1.0.0/24',
  '10.0.0.4/32',
  '128.0.0.0/1',
);
const protocol = fc.constantFrom(-1, 6, 6, 17, 1);
const ports = fc.constantFrom<readonly [number, number]>(
  [0, 65535],
  [22, 22],
  [80, 80],
  [80, 443],
  [1024, 65535],
  [1024, 4000],
  [32768, 60999],
  [0, 1023],
);

const ported = <T extends { readonly protocol: number; readonly ports: readonly [number, number] }>(
  spec: T,
): Omit<T, 'ports'> & { readonly ports?: readonly [number, number] } => {
  const { ports: range, ...rest } = spec;
  return spec.protocol === 6 || spec.protocol === 17 ? { ...rest, ports: range } : rest;
};
const entry = fc
  .record({
    number: fc.integer({ min: 1, max: 9 }),
    egress: fc.boolean(),
    allow: fc.constantFrom(true, true, false),
    protocol,
    cidr,
    ports,
  })
  .map(ported);
/** Numbers are unique within a direction, as AWS has it; usually something is let through in the end. */
const entries = fc
  .tuple(fc.uniqueArray(entry, { maxLength: 5, selector: (one) => `${one.egress} ${one.number}` }), fc.boolean())
  .map(([list, open]): readonly EntrySpec[] =>
    open
      ? [
          ...list,
          { number: 100 },
          { number: 100, egress: true },
          { number: 101, cidr: '::/0' },
          { number: 101, egress: true, cidr: '::/0' },
        ]
      : list,
  );
const rule = fc
  .record({
    protocol,
    ports,
    peer: fc.oneof({ weight: 3, arbitrary: cidr }, { weight: 2, arbitrary: fc.constantFrom('sg-0', 'sg-1', 'sg-2') }),
  })
  .map(ported);
const routes = fc.record({
  routes: fc.uniqueArray(
    fc.record({
      to: fc.constantFrom(
        '0.0.0.0/0',
        '0.0.0.0/0',
        '::/0',
        '198.51.100.0/24',
        '203.0.113.0/24',
        '203.0.113.128/25',
        '10.1.0.0/16',
        '10.1.0.0/26',
        '10.0.0.0/16',
        '10.0.0.64/26',
      ),
      by: fc.constantFrom('igw', 'igw', 'foreign-igw', 'nat', 'eigw', 'peering'),
      dead: fc.constantFrom(false, false, false, false, true),
    }),
    { maxLength: 4, selector: (one) => one.to },
  ),
}) as fc.Arbitrary<RandomTable>;

const anyNetwork: fc.Arbitrary<RandomNetwork> = fc.record({
  gateways: fc.tuple(fc.constantFrom(true, true, true, false), fc.boolean()),
  main: fc.tuple(routes, routes),
  own: fc.array(fc.option(routes), { minLength: 4, maxLength: 4 }),
  acls: fc.array(fc.option(entries), { minLength: 4, maxLength: 4 }),
  groups: fc.array(fc.record({ ingress: fc.array(rule, { maxLength: 3 }), egress: fc.array(rule, { maxLength: 3 }) }), {
    minLength: 3,
    maxLength: 3,
  }),
  interfaces: fc.array(
    fc.record({
      subnet: fc.constantFrom(0, 0, 1, 1, 2, 3),
      groups: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 2 }),
      public: fc.boolean(),
      ipv6: fc.constantFrom(false, false, true),
    }),
    { minLength: 2, maxLength: 3 },
  ),
  natIn: fc.integer({ min: 0, max: 3 }),
  natState: fc.constantFrom<'available' | 'deleted'>('available', 'available', 'available', 'deleted'),
  peering: fc.constantFrom('active', 'active', 'pending-acceptance', null),
});

/** A working NAT gateway is rare by chance: every third network has one in subnet 1 that subnet 0 uses. */
const withNat = (network: RandomNetwork): RandomNetwork => {
  const by = (target: 'igw' | 'nat'): RandomTable => ({ routes: [{ to: '0.0.0.0/0', by: target, dead: false }] });
  const [, , third = null, fourth = null] = network.own;
  return { ...network, gateways: [true, network.gateways[1]], own: [by('nat'), by('igw'), third, fourth], natIn: 1 };
};

export const randomNetwork: fc.Arbitrary<RandomNetwork> = fc.oneof(
  { weight: 2, arbitrary: anyNetwork },
  { weight: 1, arbitrary: anyNetwork.map(withNat) },
);

const vpcOf = (subnetIndex: number): number => (subnetIndex < 2 ? 0 : 1);

export function estateFor(network: RandomNetwork): Estate {
  const blocks = ['10.0.0.0/24', '10.1.0.0/24'];
  const v6 = ['2001:db8::/47', '2001:db8:1::/48'];
  const target = (by: RandomRoute['by'], home: number): RouteTarget => {
    switch (by) {
      case 'igw':
        return toIgw(`igw-${home}`);
      case 'foreign-igw':
        return toIgw(`igw-${1 - home}`);
      case 'nat':
        return toNat('nat-0');
      case 'eigw':
        return { type: 'egressOnlyInternetGateway', id: `eigw-${home}` };
      case 'peering':
        return toPeering('pcx-0');
    }
  };
  const tableFor = (name: string, home: number, spec: RandomTable, subnets: readonly string[] | 'main'): Resource =>
    table(
      name,
      `vpc-${home}`,
      [
        route(blocks[home] ?? '', LOCAL),
        route(v6Block(home), LOCAL),
        ...spec.routes.flatMap((one) =>
          // No NAT gateway of another VPC, and no route that would have to be the local one.
          (one.by === 'nat' && vpcOf(network.natIn) !== home) ||
          (one.by === 'peering' && network.peering === null) ||
          one.to.startsWith(`10.${home}.`)
            ? []
            : [route(one.to, target(one.by, home), one.dead ? 'blackhole' : 'active')],
        ),
      ],
      subnets,
    );
  const v6Block = (home: number): string => (home === 0 ? '2001:db8:0::/48' : (v6[1] ?? ''));
  return estateOf([
    vpc('vpc-0', '10.0.0.0/24', { ipv6Cidrs: [v6Block(0)] }),
    vpc('vpc-1', '10.1.0.0/24', { ipv6Cidrs: [v6Block(1)] }),
    ...network.gateways.map((has, home) => igw(`igw-${home}`, has ? [`vpc-${home}`] : [])),
    ...SUBNETS.map((block, i) => subnet(`subnet-${i}`, `vpc-${vpcOf(i)}`, block, { ipv6Cidrs: [V6[i] ?? ''] })),
    ...network.main.map((spec, home) => tableFor(`rtb-main-${home}`, home, spec, 'main')),
    ...network.own.flatMap((spec, i) => (spec ? [tableFor(`rtb-${i}`, vpcOf(i), spec, [`subnet-${i}`])] : [])),
    ...network.acls.map((list, i) =>
      acl(
        `acl-${i}`,
        `vpc-${vpcOf(i)}`,
        [`subnet-${i}`],
        list ?? [
          { number: 100 },
          { number: 100, egress: true },
          { number: 101, cidr: '::/0' },
          { number: 101, egress: true, cidr: '::/0' },
        ],
      ),
    ),
    ...network.groups.map((spec, i) => group(`sg-${i}`, 'vpc-0', spec.ingress, spec.egress)),
    ...network.interfaces.map((one, i) =>
      eni(
        `eni-${i}`,
        { vpc: `vpc-${vpcOf(one.subnet)}`, subnet: `subnet-${one.subnet}` },
        one.groups.map((n) => `sg-${n}`),
        {
          private: (SUBNETS[one.subnet] ?? '').replace(/(\d+)\/26$/, (_, last) => String(Number(last) + 4 + i)),
          ...(one.public ? { public: `192.0.2.${10 + i}` } : {}),
          ...(one.ipv6 ? { ipv6: (V6[one.subnet] ?? '').replace('::/64', `::${i + 4}`) } : {}),
        },
      ),
    ),
    nat(
      'nat-0',
      `vpc-${vpcOf(network.natIn)}`,
      `subnet-${network.natIn}`,
      (SUBNETS[network.natIn] ?? '').replace(/(\d+)\/26$/, (_, last) => String(Number(last) + 60)),
      '192.0.2.99',
      network.natState,
    ),
    ...(network.peering ? [peering('pcx-0', 'vpc-0', 'vpc-1', network.peering)] : []),
  ]);
}
