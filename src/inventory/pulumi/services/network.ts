/** VPCs, subnets, and the gateways and endpoints in them. */
import type { Declared } from '../declared.ts';
import { type Body, detail, listing, type Translation, whole } from '../translation.ts';
import type { World } from '../world.ts';

export const VPC = ['aws:ec2/vpc:Vpc', 'aws:ec2/defaultVpc:DefaultVpc'];
export const SUBNET = ['aws:ec2/subnet:Subnet', 'aws:ec2/defaultSubnet:DefaultSubnet'];
const EIP = ['aws:ec2/eip:Eip'];
const EIP_ASSOCIATION = ['aws:ec2/eipAssociation:EipAssociation'];
const NAT = ['aws:ec2/natGateway:NatGateway'];
const GATEWAY_ATTACHMENT = ['aws:ec2/internetGatewayAttachment:InternetGatewayAttachment'];
const GROUP_ATTACHMENT = ['aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment'];
const ACCEPTER = ['aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter'];
const MORE_CIDR = ['aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation'];
const MORE_IPV6 = ['aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation'];

/** IPv4 blocks of a VPC; undefined when one is not known. */
export function cidrsOf(vpc: Declared, world: World): readonly string[] | undefined {
  if (world.unknown(MORE_CIDR, 'vpcId').length > 0) return undefined;
  const blocks = [vpc, ...world.pointing(MORE_CIDR, 'vpcId', vpc.id)].map((one) => one.text('cidrBlock'));
  return blocks.every((block) => block !== undefined) ? blocks : undefined;
}

/** A declared IPv6 block, or the one that AWS would give. */
export const ipv6Of = (one: Declared): string | undefined =>
  one.flag('assignGeneratedIpv6CidrBlock') ? one.made('ipv6CidrBlock') : one.text('ipv6CidrBlock');

/** Whether a VPC has an IPv6 block, or may have one. */
export const hasIpv6 = (vpc: Declared, world: World): boolean =>
  vpc.resource.kind === 'read' ||
  vpc.has('ipv6CidrBlock') ||
  vpc.has('ipv6IpamPoolId') ||
  (vpc.has('assignGeneratedIpv6CidrBlock') && vpc.flag('assignGeneratedIpv6CidrBlock') !== false) ||
  world.pointing(MORE_IPV6, 'vpcId', vpc.id).length > 0 ||
  world.unknown(MORE_IPV6, 'vpcId').length > 0;

const vpc = (one: Declared, world: World): Body => {
  const ipv6 = ipv6Of(one);
  const declared = one.resource.kind === 'declared';
  return {
    VpcId: one.id,
    OwnerId: one.account,
    CidrBlock: one.text('cidrBlock'),
    CidrBlockAssociationSet: cidrsOf(one, world)?.map((CidrBlock) => ({
      CidrBlock,
      CidrBlockState: { State: 'associated' },
    })) ?? [{}],
    Ipv6CidrBlockAssociationSet:
      ipv6 === undefined
        ? declared && !one.has('ipv6CidrBlock')
          ? []
          : [{}]
        : [{ Ipv6CidrBlock: ipv6, Ipv6CidrBlockState: { State: 'associated' } }],
    // an adopted one tells what AWS made it; no argument could
    IsDefault: declared ? one.resource.type.includes('defaultVpc') || one.resource.outputs.default === true : undefined,
    Tags: one.tags(),
  };
};

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html: both are on in the default VPC */
const attribute = (name: string, property: string, fallback: boolean): Translation =>
  detail(
    'ec2:DescribeVpcAttribute',
    VPC,
    (one) => ({ VpcId: one.id, Attribute: property }),
    (one) => ({
      VpcId: one.id,
      [name]: { Value: one.flag(property, fallback || one.resource.type === 'aws:ec2/defaultVpc:DefaultVpc') },
    }),
  );

/** Whether instances get a public address: in AWS's own subnets they do. https://docs.aws.amazon.com/vpc/latest/userguide/default-subnet.html */
export const givesAddresses = (subnet: Declared): boolean | undefined =>
  subnet.flag('mapPublicIpOnLaunch', subnet.resource.type === 'aws:ec2/defaultSubnet:DefaultSubnet');

const subnet = (one: Declared): Body => {
  const ipv6 = one.text('ipv6CidrBlock', 'none');
  return {
    SubnetId: one.id,
    SubnetArn: one.made('arn'),
    VpcId: one.text('vpcId'),
    AvailabilityZone: one.text('availabilityZone'),
    AvailabilityZoneId: one.text('availabilityZoneId'),
    CidrBlock: one.text('cidrBlock'),
    Ipv6CidrBlockAssociationSet:
      ipv6 === 'none' ? [] : ipv6 && [{ Ipv6CidrBlock: ipv6, Ipv6CidrBlockState: { State: 'associated' } }],
    MapPublicIpOnLaunch: givesAddresses(one),
    AssignIpv6AddressOnCreation: one.flag('assignIpv6AddressOnCreation', false),
    Tags: one.tags(),
  };
};

const internetGateway = (one: Declared, world: World): Body => {
  const attached = [one, ...world.pointing(GATEWAY_ATTACHMENT, 'internetGatewayId', one.id)];
  return {
    InternetGatewayId: one.id,
    Attachments: [
      ...attached.flatMap((each) => {
        if (!each.has('vpcId')) return [];
        return [{ VpcId: each.text('vpcId'), State: 'available' }];
      }),
      // one whose gateway is only known after a deployment may be this one's
      ...world.unknown(GATEWAY_ATTACHMENT, 'internetGatewayId').map(() => ({})),
    ],
    Tags: one.tags(),
  };
};

const natGateway = (one: Declared, world: World): Body => {
  const allocation = one.text('allocationId');
  const addresses = one.has('allocationId') ? [allocation, ...(one.texts('secondaryAllocationIds') ?? [])] : [];
  const subnetId = one.text('subnetId');
  // one that stands already, in the place that it has; a single address then
  const adopted = one.resource.options.importId !== undefined && one.made('privateIp') !== undefined;
  return {
    NatGatewayId: one.id,
    VpcId: one.text('vpcId') ?? world.byId(subnetId)?.text('vpcId') ?? one.made('vpcId'),
    SubnetId: subnetId,
    ConnectivityType: one.text('connectivityType', 'public'),
    AvailabilityMode: one.text('availabilityMode', 'zonal'),
    State: 'available',
    NatGatewayAddresses: adopted
      ? [
          {
            AllocationId: allocation,
            PublicIp: one.made('publicIp'),
            PrivateIp: one.made('privateIp'),
            NetworkInterfaceId: one.made('networkInterfaceId'),
          },
        ]
      : // an address that is set and not known is there all the same
        addresses.map((id) => ({ AllocationId: id, PublicIp: world.byId(id)?.made('publicIp') })),
    Tags: one.tags(),
  };
};

/**
 * Who uses an address: the address itself says it, or an association, a NAT gateway; a load balancer's is told by AWS alone.
 * One that is put on an address which only a deployment tells may be put on any.
 */
function elasticIp(one: Declared, world: World): Body {
  const [association] = world.pointing(EIP_ASSOCIATION, 'allocationId', one.id);
  const [nat] = world.pointing(NAT, 'allocationId', one.id);
  const standing = one.made('associationId');
  const used =
    association !== undefined ||
    nat !== undefined ||
    standing !== undefined ||
    one.has('instance') ||
    one.has('networkInterface') ||
    [...world.unknown(EIP_ASSOCIATION, 'allocationId'), ...world.unknown(NAT, 'allocationId')].length > 0;
  const interfaceOfNat = nat?.resource.options.importId === undefined ? undefined : nat.made('networkInterfaceId');
  return {
    AllocationId: one.id,
    PublicIp: one.made('publicIp'),
    Domain: 'vpc',
    ...(used
      ? {
          AssociationId: standing ?? `${one.id.replace('eipalloc-', 'eipassoc-')}`,
          InstanceId: one.text('instance') ?? association?.text('instanceId'),
          NetworkInterfaceId:
            (standing === undefined ? one.text('networkInterface') : one.made('networkInterface')) ??
            association?.made('networkInterfaceId') ??
            interfaceOfNat,
          PrivateIpAddress:
            (standing === undefined ? undefined : one.made('privateIp')) ??
            association?.made('privateIpAddress') ??
            (interfaceOfNat === undefined ? undefined : nat?.made('privateIp')),
        }
      : {}),
    Tags: one.tags(),
  };
}

/** An adopted one tells what AWS says of it: who accepted it, and the blocks of a side that no program here declares. */
const peering = (one: Declared, world: World): Body => {
  const imported = one.resource.options.importId !== undefined;
  const accepted = one.flag('autoAccept') || world.pointing(ACCEPTER, 'vpcPeeringConnectionId', one.id).length > 0;
  const unclear = world.unknown(ACCEPTER, 'vpcPeeringConnectionId').length > 0;
  const code = accepted ? 'active' : unclear ? undefined : 'pending-acceptance';
  const side = (vpc: string, account: string | undefined, region: string | undefined, blocks: string): Body => {
    const known = world.byId(one.text(vpc));
    const ipv6 = known && ipv6Of(known);
    const own = known && cidrsOf(known, world);
    const cidrs = known ? own && [...own, ...(ipv6 === undefined ? [] : [ipv6])] : one.madeTexts(blocks);
    return {
      VpcId: one.text(vpc),
      OwnerId: account,
      Region: region,
      CidrBlock: cidrs?.[0],
      CidrBlockSet: cidrs?.map((CidrBlock) => ({ CidrBlock })),
    };
  };
  return {
    VpcPeeringConnectionId: one.id,
    RequesterVpcInfo: side('vpcId', one.account, one.region, 'requesterCidrBlocks'),
    AccepterVpcInfo: side(
      'peerVpcId',
      one.text('peerOwnerId', one.account),
      one.text('peerRegion', one.region),
      'accepterCidrBlocks',
    ),
    Status: { Code: imported ? (one.made('acceptStatus') ?? code) : code },
    Tags: one.tags(),
  };
};

const flowLog = (one: Declared): Body => ({
  FlowLogId: one.id,
  ResourceId:
    one.text('vpcId') ??
    one.text('subnetId') ??
    one.text('eniId') ??
    one.text('transitGatewayAttachmentId') ??
    one.text('transitGatewayId'),
  FlowLogStatus: 'ACTIVE',
  TrafficType: one.text('trafficType', 'ALL'),
  LogDestination: one.text('logDestination'),
  LogGroupName: one.text('logGroupName'),
  Tags: one.tags(),
});

/** Elastic IPs that a network interface has: the address says so, or an association. */
export const addressesOf = (networkInterface: string | undefined, world: World): readonly Declared[] => [
  ...world.pointing(EIP, 'networkInterface', networkInterface),
  ...world
    .pointing(EIP_ASSOCIATION, 'networkInterfaceId', networkInterface)
    .flatMap((one) => world.byId(one.text('allocationId')) ?? one),
];

const networkInterface = (one: Declared, world: World): Body => ({
  NetworkInterfaceId: one.id,
  ...association(one, world),
  SubnetId: one.text('subnetId'),
  VpcId: world.byId(one.text('subnetId'))?.text('vpcId'),
  Groups: groupsOf(one, world),
  Description: one.text('description'),
  SourceDestCheck: one.flag('sourceDestCheck', true),
  InterfaceType: one.text('interfaceType', 'interface'),
  Ipv6Addresses: one.has('ipv6Addresses')
    ? one.texts('ipv6Addresses')?.map((Ipv6Address) => ({ Ipv6Address }))
    : undefined,
  TagSet: one.tags(),
});

/** Its own groups, and those that are put on it by a resource beside it. */
function groupsOf(one: Declared, world: World): readonly Body[] | undefined {
  if (world.unknown(GROUP_ATTACHMENT, 'networkInterfaceId').length > 0) return undefined;
  const more = world
    .pointing(GROUP_ATTACHMENT, 'networkInterfaceId', one.id)
    .map((each) => each.text('securityGroupId'));
  const own = one.has('securityGroups') ? one.texts('securityGroups') : undefined;
  return (own && whole([...own, ...more]))?.map((GroupId) => ({ GroupId }));
}

function association(one: Declared, world: World): Body {
  const [address] = addressesOf(one.id, world);
  // a looked-up interface has an address or none, which only AWS knows; an address for an unknown one may be for this one
  const unclear =
    one.resource.kind === 'read' ||
    world.unknown(EIP_ASSOCIATION, 'networkInterfaceId').length > 0 ||
    world.unknown(EIP, 'networkInterface').length > 0;
  if (address === undefined) return unclear ? { Association: {} } : {};
  return { Association: { PublicIp: address.made('publicIp'), AllocationId: address.id } };
}

export const network: readonly Translation[] = [
  listing('ec2:DescribeVpcs', 'Vpcs', VPC, vpc),
  attribute('EnableDnsSupport', 'enableDnsSupport', true),
  attribute('EnableDnsHostnames', 'enableDnsHostnames', false),
  listing('ec2:DescribeSubnets', 'Subnets', SUBNET, subnet),
  listing(
    'ec2:DescribeInternetGateways',
    'InternetGateways',
    ['aws:ec2/internetGateway:InternetGateway'],
    internetGateway,
  ),
  listing(
    'ec2:DescribeEgressOnlyInternetGateways',
    'EgressOnlyInternetGateways',
    ['aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway'],
    (one) => ({
      EgressOnlyInternetGatewayId: one.id,
      Attachments: [{ VpcId: one.text('vpcId'), State: 'attached' }],
      Tags: one.tags(),
    }),
  ),
  listing('ec2:DescribeNatGateways', 'NatGateways', NAT, natGateway),
  listing('ec2:DescribeAddresses', 'Addresses', EIP, elasticIp),
  listing(
    'ec2:DescribeVpcPeeringConnections',
    'VpcPeeringConnections',
    ['aws:ec2/vpcPeeringConnection:VpcPeeringConnection'],
    peering,
  ),
  listing('ec2:DescribeFlowLogs', 'FlowLogs', ['aws:ec2/flowLog:FlowLog'], flowLog),
  listing(
    'ec2:DescribeNetworkInterfaces',
    'NetworkInterfaces',
    ['aws:ec2/networkInterface:NetworkInterface'],
    networkInterface,
  ),
  listing(
    'ec2:DescribeTransitGatewayVpcAttachments',
    'TransitGatewayVpcAttachments',
    ['aws:ec2transitgateway/vpcAttachment:VpcAttachment'],
    (one) => ({
      TransitGatewayAttachmentId: one.id,
      TransitGatewayId: one.text('transitGatewayId'),
      VpcId: one.text('vpcId'),
      State: 'available',
      Tags: one.tags(),
    }),
  ),
  listing('ec2:DescribeVpnGateways', 'VpnGateways', ['aws:ec2/vpnGateway:VpnGateway'], (one) => ({
    VpnGatewayId: one.id,
    State: 'available',
    VpcAttachments: one.has('vpcId') ? [{ VpcId: one.text('vpcId'), State: 'attached' }] : [],
    Tags: one.tags(),
  })),
  // read with what they belong to
  { operation: 'ec2:DescribeAddresses', types: EIP_ASSOCIATION, tell: () => [] },
  { operation: 'ec2:DescribeVpcs', types: MORE_CIDR, tell: () => [] },
  {
    operation: 'ec2:DescribeInternetGateways',
    types: GATEWAY_ATTACHMENT,
    tell: () => [],
  },
];
