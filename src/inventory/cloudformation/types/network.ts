/** VPCs, subnets, gateways, endpoints, peerings. */
import type { Value } from '../../pulumi/recorded.ts';
import type { Given } from '../given.ts';
import { row, type TypeRow } from '../row.ts';
import { isUnknown, UNKNOWN } from '../values.ts';

const vpc = row(
  'AWS::EC2::VPC',
  'aws:ec2/vpc:Vpc',
  (one) => ({
    cidrBlock: one.text('CidrBlock') ?? (one.has('Ipv4IpamPoolId') ? UNKNOWN : undefined),
    enableDnsSupport: one.flag('EnableDnsSupport'),
    enableDnsHostnames: one.flag('EnableDnsHostnames'),
    tags: one.tags(),
  }),
  {
    attributes: {
      VpcId: 'id',
      CidrBlock: 'cidrBlock',
      DefaultSecurityGroup: 'defaultSecurityGroupId',
      DefaultNetworkAcl: 'defaultNetworkAclId',
    },
  },
);

/** A further block of a VPC, of either family. */
const vpcBlock = row(
  'AWS::EC2::VPCCidrBlock',
  (one) =>
    one.has('CidrBlock')
      ? 'aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation'
      : 'aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation',
  (one) => ({ vpcId: one.text('VpcId'), cidrBlock: one.text('CidrBlock') }),
  { belongs: ['vpcId'] },
);

const subnet = row(
  'AWS::EC2::Subnet',
  'aws:ec2/subnet:Subnet',
  (one) => ({
    vpcId: one.text('VpcId'),
    cidrBlock: one.text('CidrBlock'),
    ipv6CidrBlock: one.text('Ipv6CidrBlock'),
    availabilityZone: one.text('AvailabilityZone'),
    availabilityZoneId: one.text('AvailabilityZoneId'),
    mapPublicIpOnLaunch: one.flag('MapPublicIpOnLaunch'),
    assignIpv6AddressOnCreation: one.flag('AssignIpv6AddressOnCreation'),
    tags: one.tags(),
  }),
  {
    attributes: {
      SubnetId: 'id',
      VpcId: 'vpcId',
      CidrBlock: 'cidrBlock',
      AvailabilityZone: 'availabilityZone',
      AvailabilityZoneId: 'availabilityZoneId',
    },
  },
);

const internetGateway = row(
  'AWS::EC2::InternetGateway',
  'aws:ec2/internetGateway:InternetGateway',
  (one) => ({ tags: one.tags() }),
  { attributes: { InternetGatewayId: 'id' } },
);

/** Of an internet gateway, or of a VPN gateway. */
const attachment = row(
  'AWS::EC2::VPCGatewayAttachment',
  'aws:ec2/internetGatewayAttachment:InternetGatewayAttachment',
  (one) => ({ internetGatewayId: one.text('InternetGatewayId'), vpcId: one.text('VpcId') }),
  { belongs: ['internetGatewayId'], untagged: true },
);

const egressOnly = row(
  'AWS::EC2::EgressOnlyInternetGateway',
  'aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway',
  (one) => ({ vpcId: one.text('VpcId') }),
  { attributes: { Id: 'id' }, untagged: true },
);

const natGateway = row(
  'AWS::EC2::NatGateway',
  'aws:ec2/natGateway:NatGateway',
  (one) => ({
    subnetId: one.text('SubnetId'),
    vpcId: one.text('VpcId'),
    allocationId: one.text('AllocationId'),
    secondaryAllocationIds: one.list('SecondaryAllocationIds'),
    connectivityType: one.text('ConnectivityType'),
    availabilityMode: one.text('AvailabilityMode'),
    tags: one.tags(),
  }),
  { attributes: { NatGatewayId: 'id' } },
);

/** `Ref` gives the address itself. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-eip.html */
const eip = row('AWS::EC2::EIP', 'aws:ec2/eip:Eip', (one) => ({ instance: one.text('InstanceId'), tags: one.tags() }), {
  ref: 'publicIp',
  attributes: { AllocationId: 'id', PublicIp: 'publicIp' },
  belongs: (one) => (one.has('InstanceId') ? [] : undefined),
});

const eipAssociation = row(
  'AWS::EC2::EIPAssociation',
  'aws:ec2/eipAssociation:EipAssociation',
  (one) => ({
    allocationId: one.text('AllocationId'),
    publicIp: one.text('EIP'),
    instanceId: one.text('InstanceId'),
    networkInterfaceId: one.text('NetworkInterfaceId'),
  }),
  { belongs: ['instanceId', 'networkInterfaceId'], untagged: true },
);

/** One in the same account is accepted as it is made. */
const accepted = (one: Given, account: string): Value => {
  const owner = one.text('PeerOwnerId');
  if (owner === undefined || owner === account || one.has('PeerRoleArn')) return true;
  return isUnknown(owner) ? UNKNOWN : false;
};

const peering = row(
  'AWS::EC2::VPCPeeringConnection',
  'aws:ec2/vpcPeeringConnection:VpcPeeringConnection',
  (one, { account }) => ({
    vpcId: one.text('VpcId'),
    peerVpcId: one.text('PeerVpcId'),
    peerOwnerId: one.text('PeerOwnerId'),
    peerRegion: one.text('PeerRegion'),
    autoAccept: accepted(one, account),
    tags: one.tags(),
  }),
  { attributes: { Id: 'id' } },
);

const flowLog = row('AWS::EC2::FlowLog', 'aws:ec2/flowLog:FlowLog', (one) => ({
  vpcId: one.text('ResourceId'),
  trafficType: one.text('TrafficType'),
  logDestination: one.text('LogDestination'),
  logGroupName: one.text('LogGroupName'),
  tags: one.tags(),
}));

const networkInterface = row(
  'AWS::EC2::NetworkInterface',
  'aws:ec2/networkInterface:NetworkInterface',
  (one) => ({
    subnetId: one.text('SubnetId'),
    securityGroups: one.list('GroupSet'),
    description: one.text('Description'),
    sourceDestCheck: one.flag('SourceDestCheck'),
    interfaceType: one.text('InterfaceType'),
    ipv6Addresses: one.has('Ipv6Addresses') || one.has('Ipv6AddressCount') ? UNKNOWN : undefined,
    tags: one.tags(),
  }),
  { attributes: { Id: 'id', VpcId: 'vpcId' } },
);

const gatewayToOthers = (type: string): TypeRow =>
  row(
    type,
    'aws:ec2transitgateway/vpcAttachment:VpcAttachment',
    (one) => ({
      transitGatewayId: one.text('TransitGatewayId'),
      vpcId: one.text('VpcId'),
      subnetIds: one.list('SubnetIds'),
      tags: one.tags(),
    }),
    { attributes: { Id: 'id' } },
  );

/** Where it is attached a resource of its own says, which a recording does not have. */
const vpnGateway = row(
  'AWS::EC2::VPNGateway',
  'aws:ec2/vpnGateway:VpnGateway',
  (one) => ({ vpcId: UNKNOWN, tags: one.tags() }),
  {
    attributes: { VPNGatewayId: 'id' },
  },
);

const endpoint = row(
  'AWS::EC2::VPCEndpoint',
  'aws:ec2/vpcEndpoint:VpcEndpoint',
  (one) => ({
    vpcId: one.text('VpcId'),
    serviceName: one.text('ServiceName'),
    vpcEndpointType: one.text('VpcEndpointType'),
    routeTableIds: one.list('RouteTableIds'),
    subnetIds: one.list('SubnetIds'),
    securityGroupIds: one.list('SecurityGroupIds'),
    privateDnsEnabled: one.flag('PrivateDnsEnabled'),
    policy: one.document('PolicyDocument'),
    tags: one.tags(),
  }),
  { attributes: { Id: 'id' } },
);

const prefixList = row(
  'AWS::EC2::PrefixList',
  'aws:ec2/managedPrefixList:ManagedPrefixList',
  (one) => ({
    name: one.text('PrefixListName'),
    entries: one.each('Entries', (entry) => ({ cidr: entry.text('Cidr') })),
    tags: one.tags(),
  }),
  { attributes: { PrefixListId: 'id', Arn: 'arn' } },
);

export const network: readonly TypeRow[] = [
  vpc,
  vpcBlock,
  subnet,
  internetGateway,
  attachment,
  egressOnly,
  natGateway,
  eip,
  eipAssociation,
  peering,
  flowLog,
  networkInterface,
  gatewayToOthers('AWS::EC2::TransitGatewayAttachment'),
  gatewayToOthers('AWS::EC2::TransitGatewayVpcAttachment'),
  vpnGateway,
  endpoint,
  prefixList,
];
