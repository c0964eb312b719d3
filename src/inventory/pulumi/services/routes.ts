/** Route tables and network ACLs, with those that AWS makes along with a VPC. */
import type { Block, Declared } from '../declared.ts';
import { type Body, listing, type Translation } from '../translation.ts';
import type { World } from '../world.ts';
import { cidrsOf, SUBNET, tablesOfEndpoint, VPC } from './network.ts';

const TABLE = ['aws:ec2/routeTable:RouteTable'];
const MAIN = ['aws:ec2/defaultRouteTable:DefaultRouteTable'];
const ROUTE = ['aws:ec2/route:Route'];
const ASSOCIATION = ['aws:ec2/routeTableAssociation:RouteTableAssociation'];
const MAIN_ASSOCIATION = ['aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation'];

/** A route of a table's own list, or one that is a resource of its own: the names differ a little. */
const route = (one: Block): Body => ({
  DestinationCidrBlock: one.text('destinationCidrBlock') ?? one.text('cidrBlock'),
  DestinationIpv6CidrBlock: one.text('destinationIpv6CidrBlock') ?? one.text('ipv6CidrBlock'),
  DestinationPrefixListId: one.text('destinationPrefixListId'),
  GatewayId: one.text('gatewayId') ?? one.text('vpcEndpointId') ?? one.text('carrierGatewayId'),
  NatGatewayId: one.text('natGatewayId'),
  NetworkInterfaceId: one.text('networkInterfaceId'),
  TransitGatewayId: one.text('transitGatewayId'),
  VpcPeeringConnectionId: one.text('vpcPeeringConnectionId'),
  EgressOnlyInternetGatewayId: one.text('egressOnlyGatewayId'),
  State: 'active',
  Origin: 'CreateRoute',
});

/** Every table has a route to each block of its VPC. https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html */
const local = (vpc: Declared | undefined, world: World): readonly Body[] => {
  const cidrs = vpc && cidrsOf(vpc, world);
  return (cidrs ?? []).map((DestinationCidrBlock) => ({
    DestinationCidrBlock,
    GatewayId: 'local',
    State: 'active',
    Origin: 'CreateRouteTable',
  }));
};

function ofEndpoints(table: string, world: World): readonly Body[] {
  return world.of('aws:ec2/vpcEndpoint:VpcEndpoint').flatMap((endpoint) =>
    tablesOfEndpoint(endpoint, world)?.includes(table)
      ? [
          {
            DestinationPrefixListId: endpoint.made('prefixListId'),
            GatewayId: endpoint.id,
            State: 'active',
            Origin: 'CreateRoute',
          },
        ]
      : [],
  );
}

function tableBody(
  id: string,
  vpc: Declared | undefined,
  vpcId: string | undefined,
  own: Declared | undefined,
  main: boolean,
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
    ],
    Routes: inline && [
      ...local(vpc, world),
      ...inline.map(route),
      ...world.pointing(ROUTE, 'routeTableId', id).map(route),
      ...ofEndpoints(id, world),
    ],
    Tags: own?.tags(),
  };
}

const isMain = (table: string, vpc: string | undefined, world: World): boolean =>
  world.pointing(MAIN_ASSOCIATION, 'vpcId', vpc).some((one) => one.text('routeTableId') === table);

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
    return tableBody(one.id, vpc, vpcId, one, adopted ? !replaced : isMain(one.id, vpcId, world), world);
  },
  // https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html#main-route-table
  (world) =>
    world.of(...VPC).flatMap((vpc) => {
      const id = vpc.made('mainRouteTableId');
      if (id === undefined || vpc.resource.kind === 'read' || world.of(...MAIN).some((one) => one.id === id)) return [];
      const main = world.pointing(MAIN_ASSOCIATION, 'vpcId', vpc.id).length === 0;
      return [
        {
          from: vpc,
          because: 'the main route table that AWS makes with a VPC',
          item: tableBody(id, vpc, vpc.id, undefined, main, world),
        },
      ];
    }),
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

/** What no rule admits is refused. https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html */
const refuseRest = (egress: boolean): Body => ({
  RuleNumber: 32767,
  Egress: egress,
  RuleAction: 'deny',
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
});

const admitAll = (egress: boolean): readonly Body[] => [
  { RuleNumber: 100, Egress: egress, RuleAction: 'allow', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
  { RuleNumber: 101, Egress: egress, RuleAction: 'allow', Protocol: '-1', Ipv6CidrBlock: '::/0' },
  refuseRest(egress),
];

function entriesIn(one: Declared, world: World): readonly Body[] | undefined {
  const [ingress, egress] = [one.blocks('ingress'), one.blocks('egress')];
  if (!ingress || !egress) return undefined;
  return [
    ...ingress.map((each) => aclEntry(each, false)),
    ...egress.map((each) => aclEntry(each, true)),
    ...world.pointing(ACL_RULE, 'networkAclId', one.id).map((each) => aclEntry(each, each.flag('egress', false))),
    refuseRest(false),
    refuseRest(true),
  ];
}

const ownSubnets = (one: Declared, world: World): readonly string[] => [
  ...(one.texts('subnetIds') ?? []),
  ...world.pointing(ACL_ASSOCIATION, 'networkAclId', one.id).flatMap((each) => each.text('subnetId') ?? []),
];

/** Subnets that no other list has are under the VPC's default one. */
function restOf(vpc: string | undefined, world: World): readonly string[] {
  const taken = new Set(world.of(...ACL).flatMap((one) => ownSubnets(one, world)));
  return world.pointing(SUBNET, 'vpcId', vpc).flatMap((one) => (taken.has(one.id) ? [] : [one.id]));
}

const associated = (acl: string, subnets: readonly string[]): readonly Body[] =>
  subnets.map((SubnetId) => ({ SubnetId, NetworkAclId: acl }));

const networkAcls = listing(
  'ec2:DescribeNetworkAcls',
  'NetworkAcls',
  [...ACL, ...DEFAULT_ACL],
  (one, world) => {
    const isDefault = DEFAULT_ACL.includes(one.resource.type);
    const vpc = isDefault
      ? world.of(...VPC).find((each) => each.made('defaultNetworkAclId') === one.id)?.id
      : one.text('vpcId');
    const subnets = isDefault ? [...(one.texts('subnetIds') ?? []), ...restOf(vpc, world)] : ownSubnets(one, world);
    return {
      NetworkAclId: one.id,
      VpcId: vpc ?? one.text('vpcId'),
      IsDefault: isDefault,
      Associations: associated(one.id, [...new Set(subnets)]),
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
            Entries: [...admitAll(false), ...admitAll(true)],
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
