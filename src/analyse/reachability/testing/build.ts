/** Small estates written by hand, for the tests of reachability and exposure. Known to be absent unless said otherwise. */
import { type Estate, makeEstate } from '../../../estate/estate.ts';
import type { Flow } from '../../../estate/flow.ts';
import { accountId, id, regionName } from '../../../estate/ids.ts';
import type {
  AclEntry,
  NetworkAcl,
  NetworkInterface,
  Route,
  RouteTable,
  RouteTarget,
  RulePeer,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Vpc,
} from '../../../estate/kinds/network.ts';
import type { Kind, Resource } from '../../../estate/resource.ts';
import { parseCidr } from '../../../estate/sets/index.ts';
import type { Ref, Source } from '../../../estate/source.ts';

export const SOURCE: Source = { operation: 'test:Build', file: 'test.json', path: '' };
export const ref = <K extends Kind>(target: string): Ref<K> => ({ id: id<K>(target), field: 'test' });
export const base = <K extends Kind>(kind: K, name: string) => ({
  kind,
  id: id<K>(name),
  name,
  account: accountId('111122223333'),
  region: regionName('eu-west-1'),
  tags: {},
  source: SOURCE,
});

const READ = [
  'ec2:DescribeVpcs',
  'ec2:DescribeSubnets',
  'ec2:DescribeRouteTables',
  'ec2:DescribeNetworkAcls',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeInternetGateways',
  'ec2:DescribeNatGateways',
  'ec2:DescribeVpcPeeringConnections',
  'elbv2:DescribeLoadBalancers',
  'elbv2:DescribeListeners',
  'elbv2:DescribeTargetHealth',
];

export const estateOf = (
  resources: readonly Resource[],
  options: { readonly unread?: readonly string[]; readonly flows?: readonly Flow[] } = {},
): Estate =>
  makeEstate({
    resources,
    coverage: {
      entries: READ.filter((operation) => !options.unread?.includes(operation)).map((operation) => ({
        operation,
        account: '111122223333',
        region: 'eu-west-1',
        target: '',
        status: 'read' as const,
        file: 'test.json',
      })),
    },
    flows: options.flows ?? [],
    notices: [],
    collectedAt: undefined,
  });

export const vpc = (name: string, cidr: string, more: Partial<Vpc> = {}): Vpc => ({
  ...base('vpc', name),
  cidrs: [cidr],
  ipv6Cidrs: [],
  isDefault: false,
  dnsSupport: true,
  dnsHostnames: true,
  ...more,
});

export const subnet = (name: string, vpcId: string, cidr: string, more: Partial<Subnet> = {}): Subnet => ({
  ...base('subnet', name),
  vpc: ref(vpcId),
  zone: ref('eu-west-1a'),
  cidr,
  ipv6Cidrs: [],
  mapPublicIpOnLaunch: false,
  assignIpv6OnCreation: false,
  availableAddresses: 100,
  ...more,
});

export const route = (cidr: string, target: RouteTarget, state: Route['state'] = 'active'): Route => ({
  destination: { type: 'cidr', cidr },
  target,
  state,
  propagated: false,
  source: SOURCE,
});
export const LOCAL: RouteTarget = { type: 'local' };
export const toIgw = (name: string): RouteTarget => ({ type: 'internetGateway', ref: ref(name) });
export const toNat = (name: string): RouteTarget => ({ type: 'natGateway', ref: ref(name) });
export const toPeering = (name: string): RouteTarget => ({ type: 'peering', ref: ref(name) });

export const table = (
  name: string,
  vpcId: string,
  routes: readonly Route[],
  subnets: readonly string[] | 'main',
  more: Partial<RouteTable> = {},
): RouteTable => ({
  ...base('routeTable', name),
  vpc: ref(vpcId),
  subnets: subnets === 'main' ? [] : subnets.map((one) => ref(one)),
  gateways: [],
  main: subnets === 'main',
  routes,
  ...more,
});

export interface EntrySpec {
  readonly number: number;
  readonly egress?: boolean;
  readonly allow?: boolean;
  readonly protocol?: number;
  readonly cidr?: string;
  readonly ports?: readonly [number, number];
}
export const entry = (spec: EntrySpec): AclEntry => ({
  number: spec.number,
  egress: spec.egress ?? false,
  allow: spec.allow ?? true,
  protocol: spec.protocol ?? -1,
  cidr: spec.cidr ?? '0.0.0.0/0',
  ports: spec.ports ? { from: spec.ports[0], to: spec.ports[1] } : null,
  icmp: null,
  source: SOURCE,
});
export const acl = (
  name: string,
  vpcId: string,
  subnets: readonly string[],
  entries: readonly EntrySpec[],
): NetworkAcl => ({
  ...base('networkAcl', name),
  vpc: ref(vpcId),
  isDefault: false,
  subnets: subnets.map((one) => ref(one)),
  entries: entries.map(entry),
});
export const OPEN_ACL: readonly EntrySpec[] = [
  { number: 100 },
  { number: 100, egress: true },
  { number: 101, cidr: '::/0' },
  { number: 101, egress: true, cidr: '::/0' },
];

export interface RuleSpec {
  readonly protocol?: number;
  readonly ports?: readonly [number, number];
  /** A block, `sg-…` or `pl-…`. */
  readonly peer: string;
}
const peerOf = (text: string): RulePeer =>
  text.startsWith('sg-')
    ? { type: 'securityGroup', ref: ref(text), account: undefined, peering: undefined }
    : text.startsWith('pl-')
      ? { type: 'prefixList', ref: ref(text) }
      : { type: 'cidr', cidr: text };
const rule = (
  group: string,
  direction: SecurityGroupRule['direction'],
  spec: RuleSpec,
  n: number,
): SecurityGroupRule => ({
  id: `${group}/${direction}/${n}`,
  direction,
  protocol: spec.protocol ?? 6,
  ports: spec.ports ? { from: spec.ports[0], to: spec.ports[1] } : null,
  icmp: null,
  peer: peerOf(spec.peer),
  description: undefined,
  source: SOURCE,
});
export const ANY_OUT: readonly RuleSpec[] = [
  { protocol: -1, peer: '0.0.0.0/0' },
  { protocol: -1, peer: '::/0' },
];
export const group = (
  name: string,
  vpcId: string,
  ingress: readonly RuleSpec[],
  egress: readonly RuleSpec[] = ANY_OUT,
  more: Partial<SecurityGroup> = {},
): SecurityGroup => ({
  ...base('securityGroup', name),
  vpc: ref(vpcId),
  groupName: name,
  description: '',
  ingress: ingress.map((spec, n) => rule(name, 'ingress', spec, n)),
  egress: egress.map((spec, n) => rule(name, 'egress', spec, n)),
  ...more,
});

export const eni = (
  name: string,
  place: { readonly vpc: string; readonly subnet: string },
  groups: readonly string[],
  addresses: { readonly private: string; readonly public?: string; readonly ipv6?: string },
  more: Partial<NetworkInterface> = {},
): NetworkInterface => ({
  ...base('networkInterface', name),
  vpc: ref(place.vpc),
  subnet: ref(place.subnet),
  candidateSubnets: [],
  securityGroups: groups.map((one) => ref(one)),
  addresses: [{ private: addresses.private, public: addresses.public ?? null }],
  ipv6: addresses.ipv6 === undefined ? [] : [addresses.ipv6],
  hasPublicAddress: addresses.public !== undefined,
  sourceDestCheck: true,
  interfaceType: 'interface',
  description: '',
  status: 'in-use',
  owner: undefined,
  ...more,
});

export const igw = (name: string, vpcs: readonly string[]): Resource => ({
  ...base('internetGateway', name),
  vpcs: vpcs.map((one) => ref(one)),
});
export const nat = (
  name: string,
  vpcId: string,
  subnetId: string,
  privately: string,
  publicly: string,
  state = 'available',
): Resource => ({
  ...base('natGateway', name),
  vpc: ref(vpcId),
  subnet: ref(subnetId),
  connectivity: 'public',
  availability: 'zonal',
  state,
  publicAddresses: [publicly],
  privateAddresses: [privately],
  networkInterfaces: [],
});
export const peering = (name: string, one: string, other: string, state = 'active'): Resource => ({
  ...base('peering', name),
  requester: { vpc: ref(one), account: undefined, region: undefined, cidrs: undefined },
  accepter: { vpc: ref(other), account: undefined, region: undefined, cidrs: undefined },
  state,
});

/** Tests must not read a wrong block as nothing. */
export const block = (cidr: string) => {
  const set = parseCidr(cidr);
  if (set === undefined) throw new Error(`not a block: ${cidr}`);
  return set;
};
