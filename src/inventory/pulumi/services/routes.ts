/** Route tables and network ACLs, with those that AWS makes along with a VPC. */
import { Block, type Declared } from '../declared.ts';
import { type Body, listing, type Translation, whole } from '../translation.ts';
import type { World } from '../world.ts';
import { tablesOfEndpoint } from './endpoints.ts';
import { cidrsOf, hasIpv6, ipv6Of, SUBNET, VPC } from './network.ts';

const TABLE = ['aws:ec2/routeTable:RouteTable'];
const MAIN = ['aws:ec2/defaultRouteTable:DefaultRouteTable'];
const ROUTE = ['aws:ec2/route:Route'];
const ASSOCIATION = ['aws:ec2/routeTableAssociation:RouteTableAssociation'];
const MAIN_ASSOCIATION = ['aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation'];

const targetOf = (one: Block): Body => ({
  GatewayId: one.text('gatewayId') ?? one.text('vpcEndpointId') ?? one.text('carrierGatewayId'),
  NatGatewayId: one.text('natGatewayId'),
  NetworkInterfaceId: one.text('networkInterfaceId'),
  TransitGatewayId: one.text('transitGatewayId'),
  VpcPeeringConnectionId: one.text('vpcPeeringConnectionId'),
  EgressOnlyInternetGatewayId: one.text('egressOnlyGatewayId'),
  LocalGatewayId: one.text('localGatewayId'),
  CoreNetworkArn: one.text('coreNetworkArn') ?? one.text('odbNetworkArn'),
});

/** A route of a table's own list, or one that is a resource of its own: the names differ a little. */
const route = (one: Block): Body => ({
  DestinationCidrBlock: one.text('destinationCidrBlock') ?? one.text('cidrBlock'),
  DestinationIpv6CidrBlock: one.text('destinationIpv6CidrBlock') ?? one.text('ipv6CidrBlock'),
  DestinationPrefixListId: one.text('destinationPrefixListId'),
  ...targetOf(one),
  State: 'active',
  Origin: 'CreateRoute',
});

/** One that stands in AWS already may lead to an instance, or to what is gone, as long as the program keeps its target. */
function ownRoute(one: Declared): Body {
  const target = targetOf(one);
  const kept = JSON.stringify(target) === JSON.stringify(targetOf(new Block(one.resource.outputs)));
  if (!kept) return route(one);
  return {
    ...route(one),
    InstanceId: one.has('networkInterfaceId') ? one.made('instanceId') : undefined,
    State: one.made('state') === 'blackhole' ? 'blackhole' : 'active',
  };
}

/** Every table has a route to each block of its VPC. https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html */
const local = (vpc: Declared | undefined, world: World): readonly Body[] => {
  const cidrs = vpc && cidrsOf(vpc, world);
  const ipv6 = vpc && ipv6Of(vpc);
  const destinations = [
    // a VPC whose blocks are not known here has a route to them all the same
    ...(cidrs?.map((DestinationCidrBlock): Body => ({ DestinationCidrBlock })) ?? [{}]),
    ...(ipv6 === undefined ? [] : [{ DestinationIpv6CidrBlock: ipv6 }]),
  ];
  return destinations.map((destination) => ({
    ...destination,
    GatewayId: 'local',
    State: 'active',
    Origin: 'CreateRouteTable',
  }));
};

function ofEndpoints(table: string, world: World): readonly Body[] {
  return world.of('aws:ec2/vpcEndpoint:VpcEndpoint').flatMap((endpoint) => {
    const tables = tablesOfEndpoint(endpoint, world);
    const DestinationPrefixListId = endpoint.made('prefixListId');
    // which tables is not known: this one may have the route or not
    if (tables === undefined) return [{ DestinationPrefixListId }];
    if (!tables.includes(table)) return [];
    return [{ DestinationPrefixListId, GatewayId: endpoint.id, State: 'active', Origin: 'CreateRoute' }];
  });
}

/** What may belong to any table: each then has one about which nothing is known. */
const adrift = (types: readonly string[], world: World): readonly Body[] =>
  world.unknown(types, 'routeTableId').map(() => ({}));

function tableBody(
  id: string,
  vpc: Declared | undefined,
  vpcId: string | undefined,
  own: Declared | undefined,
  main: boolean | undefined,
  world: World,
): Body {
  const inline = own ? own.blocks('routes') : [];
  const associations = world.pointing(ASSOCIATION, 'routeTableId', id);
  return {
    RouteTableId: id,
    VpcId: vpcId,
    Associations: [
      ...(main ? [{ Main: true, RouteTableId: id, AssociationState: { State: 'associated' } }] : []),
      ...associations.map((one) => ({
        Main: false,
        RouteTableId: id,
        SubnetId: one.text('subnetId'),
        GatewayId: one.text('gatewayId'),
        AssociationState: { State: 'associated' },
      })),
      ...adrift(ASSOCIATION, world),
      ...(main === undefined ? [{}] : []),
    ],
    Routes: inline && [
      ...local(vpc, world),
      ...inline.map(route),
      ...world.pointing(ROUTE, 'routeTableId', id).map(ownRoute),
      ...adrift(ROUTE, world),
      // of the table that AWS makes, somebody else may have made more than that
      ...(own === undefined && world.recording.others ? [{}] : []),
      ...ofEndpoints(id, world),
    ],
    Tags: own?.tags(),
  };
}

/**
 * Whether subnets without a table of their own use it: what the program puts in the place of AWS's own table, else that.
 * Undefined where the program puts one in its place that is not known.
 */
function isMain(
  table: string,
  vpc: Declared | undefined,
  vpcId: string | undefined,
  world: World,
): boolean | undefined {
  const placed = world.pointing(MAIN_ASSOCIATION, 'vpcId', vpcId);
  if (placed.some((one) => one.text('routeTableId') === table)) return true;
  const unclear = world.unknown(MAIN_ASSOCIATION, 'vpcId').length > 0;
  if (unclear || placed.some((one) => one.text('routeTableId') === undefined)) return undefined;
  return placed.length === 0 && vpc?.made('mainRouteTableId') === table;
}

const routeTables = listing(
  'ec2:DescribeRouteTables',
  'RouteTables',
  [...TABLE, ...MAIN],
  (one, world) => {
    const adopted = MAIN.includes(one.resource.type);
    const vpc = adopted
      ? world.of(...VPC).find((each) => each.made('defaultRouteTableId') === one.id)
      : world.byId(one.text('vpcId'));
    const vpcId = vpc?.id ?? one.text('vpcId');
    const replaced = world.pointing(MAIN_ASSOCIATION, 'vpcId', vpcId).length > 0;
    const main = isMain(one.id, vpc, vpcId, world);
    return tableBody(one.id, vpc, vpcId, one, adopted && main === false ? !replaced : main, world);
  },
  // https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html#main-route-table
  (world) => {
    const declared = new Set(world.of(...TABLE, ...MAIN).map((one) => one.id));
    return world.of(...VPC).flatMap((vpc) => {
      const id = vpc.made('mainRouteTableId');
      if (id === undefined || vpc.resource.kind === 'read' || declared.has(id)) return [];
      const main = isMain(id, vpc, vpc.id, world);
      return [
        {
          from: vpc,
          because: 'the main route table that AWS makes with a VPC',
          item: tableBody(id, vpc, vpc.id, undefined, main, world),
        },
      ];
    });
  },
);

const ACL = ['aws:ec2/networkAcl:NetworkAcl'];
const DEFAULT_ACL = ['aws:ec2/defaultNetworkAcl:DefaultNetworkAcl'];
const ACL_RULE = ['aws:ec2/networkAclRule:NetworkAclRule'];
const ACL_ASSOCIATION = ['aws:ec2/networkAclAssociation:NetworkAclAssociation'];

const PROTOCOLS: Readonly<Record<string, string>> = { tcp: '6', udp: '17', icmp: '1', icmpv6: '58', all: '-1' };

function aclEntry(one: Block, egress: boolean | undefined): Body {
  const protocol = one.text('protocol') ?? one.number('protocol')?.toString();
  return {
    RuleNumber: one.number('ruleNumber') ?? one.number('ruleNo'),
    Egress: egress,
    RuleAction: one.text('ruleAction') ?? one.text('action'),
    Protocol: protocol && (PROTOCOLS[protocol.toLowerCase()] ?? protocol),
    CidrBlock: one.text('cidrBlock'),
    Ipv6CidrBlock: one.text('ipv6CidrBlock'),
    PortRange: { From: one.number('fromPort'), To: one.number('toPort') },
    IcmpTypeCode: { Type: one.number('icmpType', 0), Code: one.number('icmpCode', 0) },
  };
}

const every = (RuleNumber: number, RuleAction: string, Egress: boolean, ipv6: boolean): Body => ({
  RuleNumber,
  Egress,
  RuleAction,
  Protocol: '-1',
  ...(ipv6 ? { Ipv6CidrBlock: '::/0' } : { CidrBlock: '0.0.0.0/0' }),
});

/** What no rule admits is refused, of IPv6 where the VPC has it. https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html */
const refuseRest = (egress: boolean, ipv6: boolean): readonly Body[] => [
  every(32767, 'deny', egress, false),
  ...(ipv6 ? [every(32768, 'deny', egress, true)] : []),
];

const admitAll = (egress: boolean, ipv6: boolean): readonly Body[] => [
  every(100, 'allow', egress, false),
  ...(ipv6 ? [every(101, 'allow', egress, true)] : []),
  ...refuseRest(egress, ipv6),
];

function entriesIn(one: Declared, world: World): readonly Body[] | undefined {
  const [ingress, egress] = [one.blocks('ingress'), one.blocks('egress')];
  if (!ingress || !egress) return undefined;
  const vpc = world.byId(one.text('vpcId'));
  const ipv6 = vpc !== undefined && hasIpv6(vpc, world);
  return [
    ...ingress.map((each) => aclEntry(each, false)),
    ...egress.map((each) => aclEntry(each, true)),
    ...world.pointing(ACL_RULE, 'networkAclId', one.id).map((each) => aclEntry(each, each.flag('egress', false))),
    // it may be a rule of this list, or of another one
    ...world.unknown(ACL_RULE, 'networkAclId').map(() => ({})),
    ...refuseRest(false, ipv6),
    ...refuseRest(true, ipv6),
  ];
}

/** Undefined when one of them is not known. */
function ownSubnets(one: Declared, world: World): readonly string[] | undefined {
  if (world.unknown(ACL_ASSOCIATION, 'networkAclId').length > 0) return undefined;
  const more = world.pointing(ACL_ASSOCIATION, 'networkAclId', one.id).map((each) => each.text('subnetId'));
  const own = one.texts('subnetIds');
  return own && whole([...own, ...more]);
}

/** Subnets that no other list has are under the VPC's default one. */
function restOf(vpc: string | undefined, world: World): readonly string[] | undefined {
  const others = whole(world.of(...ACL).map((one) => ownSubnets(one, world)));
  if (others === undefined || world.unknown(ACL_ASSOCIATION, 'networkAclId').length > 0) return undefined;
  const taken = new Set(others.flat());
  return world.pointing(SUBNET, 'vpcId', vpc).flatMap((one) => (taken.has(one.id) ? [] : [one.id]));
}

const associated = (acl: string, subnets: readonly string[] | undefined): readonly Body[] =>
  subnets?.map((SubnetId) => ({ SubnetId, NetworkAclId: acl })) ?? [{}];

const networkAcls = listing(
  'ec2:DescribeNetworkAcls',
  'NetworkAcls',
  [...ACL, ...DEFAULT_ACL],
  (one, world) => {
    const isDefault = DEFAULT_ACL.includes(one.resource.type);
    const vpc = isDefault
      ? world.of(...VPC).find((each) => each.made('defaultNetworkAclId') === one.id)?.id
      : one.text('vpcId');
    const [own, rest] = [one.texts('subnetIds'), isDefault ? restOf(vpc, world) : []];
    const subnets = isDefault ? own && rest && [...own, ...rest] : ownSubnets(one, world);
    return {
      NetworkAclId: one.id,
      VpcId: vpc ?? one.text('vpcId'),
      IsDefault: isDefault,
      Associations: associated(one.id, subnets && [...new Set(subnets)]),
      Entries: entriesIn(one, world),
      Tags: one.tags(),
    };
  },
  // https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
  (world) =>
    world.of(...VPC).flatMap((vpc) => {
      const id = vpc.made('defaultNetworkAclId');
      if (id === undefined || vpc.resource.kind === 'read' || world.of(...DEFAULT_ACL).some((one) => one.id === id))
        return [];
      return [
        {
          from: vpc,
          because: 'the network ACL that AWS makes with a VPC, which admits all',
          item: {
            NetworkAclId: id,
            VpcId: vpc.id,
            IsDefault: true,
            Associations: associated(id, restOf(vpc.id, world)),
            Entries: [
              ...admitAll(false, hasIpv6(vpc, world)),
              ...admitAll(true, hasIpv6(vpc, world)),
              ...world.unknown(ACL_RULE, 'networkAclId').map(() => ({})),
            ],
            Tags: [],
          },
        },
      ];
    }),
);

export const routes: readonly Translation[] = [
  routeTables,
  networkAcls,
  { operation: 'ec2:DescribeRouteTables', types: [...ROUTE, ...ASSOCIATION, ...MAIN_ASSOCIATION], tell: () => [] },
  { operation: 'ec2:DescribeNetworkAcls', types: [...ACL_RULE, ...ACL_ASSOCIATION], tell: () => [] },
];
