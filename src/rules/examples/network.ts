/** Networks of example inventories, in AWS's response shapes. */
import { ACCOUNT, REGION } from '../example.ts';
import type { Example } from '../rule.ts';

export const VPC = 'vpc-0example0000000001';
export const IGW = 'igw-0example0000000001';
export const NAT = 'nat-0example0000000001';

const letter = (zone: string): string => zone.slice(-1);
export const publicSubnet = (zone: string): string => `subnet-0public000000000${letter(zone)}`;
export const privateSubnet = (zone: string): string => `subnet-0private00000000${letter(zone)}`;

const tags = (Name: string): object[] => [{ Key: 'Name', Value: Name }];

/** A VPC with a public and a private subnet in each zone; the private ones go out by NAT. */
export function network(zones: readonly string[] = ['eu-west-1a', 'eu-west-1b']): Example {
  const subnet = (id: string, zone: string, tier: number, kind: string): object => ({
    SubnetId: id,
    VpcId: VPC,
    AvailabilityZone: zone,
    CidrBlock: `10.0.${tier + 'abc'.indexOf(letter(zone))}.0/24`,
    MapPublicIpOnLaunch: kind === 'public',
    AvailableIpAddressCount: 250,
    Ipv6CidrBlockAssociationSet: [],
    OwnerId: ACCOUNT,
    Tags: tags(`${kind}-${letter(zone)}`),
  });
  const table = (id: string, kind: string, target: object, subnets: readonly string[], main: boolean): object => ({
    RouteTableId: id,
    VpcId: VPC,
    OwnerId: ACCOUNT,
    Associations: [
      ...(main
        ? [
            {
              Main: true,
              RouteTableAssociationId: `rtbassoc-0${kind}main`,
              RouteTableId: id,
              AssociationState: { State: 'associated' },
            },
          ]
        : []),
      ...subnets.map((SubnetId) => ({
        Main: false,
        RouteTableAssociationId: `rtbassoc-${SubnetId.slice(7)}`,
        RouteTableId: id,
        SubnetId,
        AssociationState: { State: 'associated' },
      })),
    ],
    Routes: [
      { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
      { DestinationCidrBlock: '0.0.0.0/0', Origin: 'CreateRoute', State: 'active', ...target },
    ],
    PropagatingVgws: [],
    Tags: tags(kind),
  });
  const entry = (RuleNumber: number, RuleAction: string, Egress: boolean): object => ({
    CidrBlock: '0.0.0.0/0',
    Egress,
    Protocol: '-1',
    RuleAction,
    RuleNumber,
  });
  const subnets = [...zones.map(publicSubnet), ...zones.map(privateSubnet)];
  return {
    'ec2:DescribeVpcs': {
      Vpcs: [
        {
          VpcId: VPC,
          CidrBlock: '10.0.0.0/16',
          CidrBlockAssociationSet: [{ CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } }],
          Ipv6CidrBlockAssociationSet: [],
          IsDefault: false,
          OwnerId: ACCOUNT,
          Tags: tags('shop'),
        },
      ],
    },
    'ec2:DescribeSubnets': {
      Subnets: [
        ...zones.map((zone) => subnet(publicSubnet(zone), zone, 0, 'public')),
        ...zones.map((zone) => subnet(privateSubnet(zone), zone, 10, 'private')),
      ],
    },
    'ec2:DescribeInternetGateways': {
      InternetGateways: [
        { InternetGatewayId: IGW, Attachments: [{ State: 'available', VpcId: VPC }], OwnerId: ACCOUNT, Tags: [] },
      ],
    },
    'ec2:DescribeNatGateways': {
      NatGateways: [
        {
          NatGatewayId: NAT,
          VpcId: VPC,
          SubnetId: publicSubnet(zones[0] ?? 'eu-west-1a'),
          State: 'available',
          ConnectivityType: 'public',
          NatGatewayAddresses: [
            { PublicIp: '203.0.113.10', PrivateIp: '10.0.0.10', NetworkInterfaceId: 'eni-0nat0000000000001' },
          ],
          Tags: [],
        },
      ],
    },
    'ec2:DescribeRouteTables': {
      RouteTables: [
        table('rtb-0public0000000001', 'public', { GatewayId: IGW }, zones.map(publicSubnet), false),
        table('rtb-0private000000001', 'private', { NatGatewayId: NAT }, zones.map(privateSubnet), true),
      ],
    },
    'ec2:DescribeNetworkAcls': {
      NetworkAcls: [
        {
          NetworkAclId: 'acl-0example0000000001',
          VpcId: VPC,
          IsDefault: true,
          OwnerId: ACCOUNT,
          Associations: subnets.map((SubnetId) => ({
            NetworkAclAssociationId: `aclassoc-${SubnetId.slice(7)}`,
            NetworkAclId: 'acl-0example0000000001',
            SubnetId,
          })),
          Entries: [
            entry(100, 'allow', false),
            entry(32767, 'deny', false),
            entry(100, 'allow', true),
            entry(32767, 'deny', true),
          ],
          Tags: [],
        },
      ],
    },
    'ec2:DescribeVpcPeeringConnections': { VpcPeeringConnections: [] },
    'ec2:DescribeVpcEndpoints': { VpcEndpoints: [] },
    'ec2:DescribeAddresses': { Addresses: [] },
    'ec2:DescribeNetworkInterfaces': { NetworkInterfaces: [] },
    'ec2:DescribeManagedPrefixLists': { PrefixLists: [] },
  };
}

export interface OpenTo {
  /** IANA name, `-1` for all. */
  readonly protocol: string;
  readonly ports?: readonly [from: number, to: number];
  readonly cidr?: string;
  readonly group?: string;
  readonly prefixList?: string;
}

const permission = ({ protocol, ports, cidr, group, prefixList }: OpenTo): object => ({
  IpProtocol: protocol,
  ...(ports ? { FromPort: ports[0], ToPort: ports[1] } : {}),
  IpRanges: cidr === undefined ? [] : [{ CidrIp: cidr }],
  Ipv6Ranges: [],
  PrefixListIds: prefixList === undefined ? [] : [{ PrefixListId: prefixList }],
  UserIdGroupPairs: group === undefined ? [] : [{ GroupId: group, UserId: ACCOUNT }],
});

const EVERYWHERE: OpenTo = { protocol: '-1', cidr: '0.0.0.0/0' };

/** A security group; everything may go out unless told. */
export const group = (
  id: string,
  name: string,
  ingress: readonly OpenTo[],
  egress: readonly OpenTo[] = [EVERYWHERE],
): object => ({
  GroupId: id,
  GroupName: name,
  Description: name,
  VpcId: VPC,
  OwnerId: ACCOUNT,
  IpPermissions: ingress.map(permission),
  IpPermissionsEgress: egress.map(permission),
  Tags: [],
});

export const groupAnswer = (...groups: readonly object[]): Example => ({
  'ec2:DescribeSecurityGroups': { SecurityGroups: groups },
});

export interface InstanceOptions {
  readonly subnet?: string;
  readonly zone?: string;
  readonly publicAddress?: string;
  readonly groups?: readonly string[];
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** An instance with its interface, as ec2:DescribeInstances answers. */
export function instance(id: string, name: string, options: InstanceOptions = {}): object {
  const { zone = 'eu-west-1a', subnet = privateSubnet(zone), publicAddress, groups = [], fields = {} } = options;
  const privateAddress = `10.0.10.${20 + (id.charCodeAt(id.length - 1) % 100)}`;
  const association =
    publicAddress === undefined ? {} : { Association: { PublicIp: publicAddress, IpOwnerId: 'amazon' } };
  return {
    InstanceId: id,
    InstanceType: 't3.small',
    ImageId: 'ami-0example0000000001',
    Architecture: 'x86_64',
    State: { Code: 16, Name: 'running' },
    Placement: { AvailabilityZone: zone, Tenancy: 'default' },
    SubnetId: subnet,
    VpcId: VPC,
    PrivateIpAddress: privateAddress,
    ...(publicAddress === undefined ? {} : { PublicIpAddress: publicAddress }),
    SourceDestCheck: true,
    LaunchTime: '2025-06-01T08:00:00Z',
    SecurityGroups: groups.map((GroupId) => ({ GroupId })),
    NetworkInterfaces: [
      {
        NetworkInterfaceId: `eni-${id.slice(2)}`,
        SubnetId: subnet,
        VpcId: VPC,
        OwnerId: ACCOUNT,
        Status: 'in-use',
        InterfaceType: 'interface',
        SourceDestCheck: true,
        PrivateIpAddress: privateAddress,
        PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: privateAddress, ...association }],
        Ipv6Addresses: [],
        Groups: groups.map((GroupId) => ({ GroupId })),
        Attachment: { AttachmentId: `eni-attach-${id.slice(2)}`, DeviceIndex: 0, Status: 'attached' },
        ...association,
      },
    ],
    MetadataOptions: { State: 'applied', HttpTokens: 'required', HttpEndpoint: 'enabled' },
    Tags: tags(name),
    ...fields,
  };
}

export const instanceAnswer = (...instances: readonly object[]): Example => ({
  'ec2:DescribeInstances': {
    Reservations: [{ ReservationId: 'r-0example0000000001', OwnerId: ACCOUNT, Instances: instances }],
  },
});

export { REGION };
