/** A network with all that the story's account lacks: adopting it is exact as well. */
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../estate/resource.ts';
import { assemble } from '../assemble.ts';
import { ACCOUNT, answersOf, REGION } from '../testing.ts';
import { adopt } from './adopt.ts';
import { adopters } from './adopters/index.ts';
import { readBack } from './read-back.ts';

const VPC = 'vpc-1';
const Tags: readonly object[] = [];
const all = { IpProtocol: '-1', UserIdGroupPairs: [], Ipv6Ranges: [], PrefixListIds: [] };
const local = { GatewayId: 'local', State: 'active', Origin: 'CreateRouteTable' };
const route = { State: 'active', Origin: 'CreateRoute' };
const subnet = (id: string, n: number, more: object = {}): object => ({
  SubnetId: id,
  VpcId: VPC,
  AvailabilityZone: `${REGION}a`,
  CidrBlock: `10.0.${n}.0/24`,
  Ipv6CidrBlockAssociationSet: [],
  MapPublicIpOnLaunch: false,
  AssignIpv6AddressOnCreation: false,
  AvailableIpAddressCount: 200,
  Tags,
  ...more,
});
const refuse = (Egress: boolean, ipv6: boolean): object => ({
  Egress,
  Protocol: '-1',
  RuleAction: 'deny',
  RuleNumber: ipv6 ? 32768 : 32767,
  ...(ipv6 ? { Ipv6CidrBlock: '::/0' } : { CidrBlock: '0.0.0.0/0' }),
});
const admit = (Egress: boolean, ipv6: boolean): object => ({
  ...refuse(Egress, ipv6),
  RuleAction: 'allow',
  RuleNumber: ipv6 ? 101 : 100,
});
const last = [refuse(true, false), refuse(true, true), refuse(false, false), refuse(false, true)];
const first = [admit(true, false), admit(true, true), admit(false, false), admit(false, true)];

const NETWORK = {
  'ec2:DescribeVpcs': {
    Vpcs: [
      {
        VpcId: VPC,
        OwnerId: ACCOUNT,
        IsDefault: true,
        InstanceTenancy: 'default',
        CidrBlock: '10.0.0.0/16',
        CidrBlockAssociationSet: [
          { AssociationId: 'vpc-cidr-assoc-1', CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } },
          { AssociationId: 'vpc-cidr-assoc-2', CidrBlock: '100.64.0.0/16', CidrBlockState: { State: 'associated' } },
        ],
        Ipv6CidrBlockAssociationSet: [
          { Ipv6CidrBlock: '2001:db8:1::/56', Ipv6CidrBlockState: { State: 'associated' }, Ipv6Pool: 'Amazon' },
        ],
        Tags: [
          { Key: 'Name', Value: 'shop' },
          { Key: 'aws:servicecatalog:x', Value: 'y' },
        ],
      },
    ],
  },
  // the attributes were not read: they stay unknown
  'ec2:DescribeSubnets': {
    Subnets: [
      subnet('subnet-1', 1, {
        MapPublicIpOnLaunch: true,
        AssignIpv6AddressOnCreation: true,
        Ipv6CidrBlockAssociationSet: [
          { Ipv6CidrBlock: '2001:db8:1:1::/64', Ipv6CidrBlockState: { State: 'associated' } },
        ],
      }),
      subnet('subnet-2', 2, { Tags: undefined, MapPublicIpOnLaunch: undefined }),
    ],
  },
  'ec2:DescribeInternetGateways': {
    InternetGateways: [
      { InternetGatewayId: 'igw-1', Attachments: [{ VpcId: VPC, State: 'available' }], Tags },
      { InternetGatewayId: 'igw-2', Attachments: [], Tags },
    ],
  },
  'ec2:DescribeEgressOnlyInternetGateways': {
    EgressOnlyInternetGateways: [
      { EgressOnlyInternetGatewayId: 'eigw-1', Attachments: [{ VpcId: VPC, State: 'attached' }], Tags },
    ],
  },
  'ec2:DescribeRouteTables': {
    RouteTables: [
      {
        RouteTableId: 'rtb-main',
        VpcId: VPC,
        Tags,
        Associations: [
          { RouteTableAssociationId: 'rtbassoc-1', Main: true, AssociationState: { State: 'associated' } },
        ],
        Routes: [
          { DestinationCidrBlock: '10.0.0.0/16', ...local },
          { DestinationCidrBlock: '100.64.0.0/16', ...local },
          { DestinationIpv6CidrBlock: '2001:db8:1::/56', ...local },
          { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', ...route },
        ],
      },
      {
        RouteTableId: 'rtb-2',
        VpcId: VPC,
        Tags,
        Associations: [
          {
            RouteTableAssociationId: 'rtbassoc-2',
            Main: false,
            SubnetId: 'subnet-2',
            AssociationState: { State: 'associated' },
          },
        ],
        Routes: [
          { DestinationCidrBlock: '10.0.0.0/16', ...local },
          { DestinationCidrBlock: '100.64.0.0/16', ...local },
          { DestinationIpv6CidrBlock: '2001:db8:1::/56', ...local },
          { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1', ...route },
          { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1', ...route },
          { DestinationCidrBlock: '192.0.2.0/24', InstanceId: 'i-1', NetworkInterfaceId: 'eni-1', ...route },
          { DestinationCidrBlock: '198.51.100.0/24', NetworkInterfaceId: 'eni-2', ...route, State: 'blackhole' },
          { DestinationCidrBlock: '10.9.0.0/16', VpcPeeringConnectionId: 'pcx-1', ...route },
          { DestinationCidrBlock: '10.8.0.0/16', TransitGatewayId: 'tgw-1', ...route },
          { DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-1', ...route },
        ],
      },
    ],
  },
  'ec2:DescribeNatGateways': {
    NatGateways: [
      {
        NatGatewayId: 'nat-1',
        VpcId: VPC,
        SubnetId: 'subnet-1',
        State: 'available',
        ConnectivityType: 'public',
        NatGatewayAddresses: [
          { AllocationId: 'eipalloc-1', PublicIp: '203.0.113.1', PrivateIp: '10.0.1.9', NetworkInterfaceId: 'eni-9' },
        ],
        Tags,
      },
    ],
  },
  'ec2:DescribeAddresses': {
    Addresses: [
      {
        AllocationId: 'eipalloc-1',
        PublicIp: '203.0.113.1',
        AssociationId: 'eipassoc-1',
        NetworkInterfaceId: 'eni-9',
        PrivateIpAddress: '10.0.1.9',
        Tags,
      },
      {
        AllocationId: 'eipalloc-2',
        PublicIp: '203.0.113.2',
        AssociationId: 'eipassoc-2',
        InstanceId: 'i-1',
        NetworkInterfaceId: 'eni-1',
        PrivateIpAddress: '10.0.1.4',
        Tags,
      },
      { AllocationId: 'eipalloc-3', PublicIp: '203.0.113.3', Tags },
    ],
  },
  'ec2:DescribeManagedPrefixLists': {
    PrefixLists: [{ PrefixListId: 'pl-1', PrefixListName: `com.amazonaws.${REGION}.s3`, Tags }],
  },
  'ec2:DescribeVpcEndpoints': {
    VpcEndpoints: [
      {
        VpcEndpointId: 'vpce-1',
        VpcEndpointType: 'Gateway',
        VpcId: VPC,
        ServiceName: `com.amazonaws.${REGION}.s3`,
        State: 'available',
        PolicyDocument: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}',
        RouteTableIds: ['rtb-2'],
        SubnetIds: [],
        Groups: [],
        NetworkInterfaceIds: [],
        PrivateDnsEnabled: false,
        Tags,
      },
      {
        VpcEndpointId: 'vpce-2',
        VpcEndpointType: 'Interface',
        VpcId: VPC,
        ServiceName: `com.amazonaws.${REGION}.ecr.api`,
        State: 'available',
        RouteTableIds: [],
        SubnetIds: ['subnet-2', 'subnet-1'],
        Groups: [{ GroupId: 'sg-1' }],
        NetworkInterfaceIds: ['eni-7', 'eni-6'],
        PrivateDnsEnabled: true,
        Tags,
      },
    ],
  },
  'ec2:DescribeVpcPeeringConnections': {
    VpcPeeringConnections: [
      {
        VpcPeeringConnectionId: 'pcx-1',
        Status: { Code: 'active' },
        RequesterVpcInfo: {
          VpcId: VPC,
          OwnerId: ACCOUNT,
          Region: REGION,
          CidrBlock: '10.0.0.0/16',
          CidrBlockSet: [{ CidrBlock: '10.0.0.0/16' }, { CidrBlock: '100.64.0.0/16' }],
          Ipv6CidrBlockSet: [{ Ipv6CidrBlock: '2001:db8:1::/56' }],
        },
        AccepterVpcInfo: {
          VpcId: 'vpc-9',
          OwnerId: '444455556666',
          Region: 'us-east-1',
          CidrBlock: '10.9.0.0/16',
          CidrBlockSet: [{ CidrBlock: '10.9.0.0/16' }],
        },
        Tags,
      },
    ],
  },
  'ec2:DescribeNetworkAcls': {
    NetworkAcls: [
      {
        NetworkAclId: 'acl-1',
        VpcId: VPC,
        IsDefault: true,
        Associations: [{ NetworkAclAssociationId: 'aclassoc-1', SubnetId: 'subnet-1' }],
        Entries: [...first, ...last],
        Tags,
      },
      {
        NetworkAclId: 'acl-2',
        VpcId: VPC,
        IsDefault: false,
        Associations: [{ NetworkAclAssociationId: 'aclassoc-2', SubnetId: 'subnet-2' }],
        Entries: [
          { ...admit(false, false), Protocol: '6', PortRange: { From: 443, To: 443 } },
          { ...admit(true, true), Protocol: '58', IcmpTypeCode: { Type: -1, Code: -1 } },
          ...last,
        ],
        Tags,
      },
    ],
  },
  'ec2:DescribeSecurityGroups': {
    SecurityGroups: [
      {
        GroupId: 'sg-1',
        GroupName: 'web',
        Description: 'the web',
        VpcId: VPC,
        OwnerId: ACCOUNT,
        IpPermissions: [
          {
            ...all,
            IpProtocol: 'tcp',
            FromPort: 443,
            ToPort: 443,
            IpRanges: [{ CidrIp: '203.0.113.0/24', Description: 'office' }],
            UserIdGroupPairs: [
              { GroupId: 'sg-8', UserId: '444455556666', VpcPeeringConnectionId: 'pcx-1' },
              { GroupId: 'sg-1', UserId: ACCOUNT },
            ],
          },
        ],
        IpPermissionsEgress: [{ ...all, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
        Tags,
      },
      {
        GroupId: 'sg-2',
        GroupName: 'default',
        Description: 'default VPC security group',
        VpcId: VPC,
        OwnerId: ACCOUNT,
        IpPermissions: [
          { ...all, UserIdGroupPairs: [{ GroupId: 'sg-2', UserId: ACCOUNT }] },
          { ...all, IpProtocol: 'icmpv6', Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
          {
            ...all,
            IpProtocol: 'udp',
            FromPort: 53,
            ToPort: 53,
            IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'one' }, { CidrIp: '192.0.2.0/24' }],
          },
        ],
        IpPermissionsEgress: [],
        Tags,
      },
    ],
  },
  'ec2:DescribeSecurityGroupRules': {
    SecurityGroupRules: [
      { SecurityGroupRuleId: 'sgr-1', IsEgress: false, CidrIpv4: '203.0.113.0/24', Description: 'office' },
      {
        SecurityGroupRuleId: 'sgr-2',
        IsEgress: false,
        ReferencedGroupInfo: { GroupId: 'sg-8', UserId: '444455556666', VpcPeeringConnectionId: 'pcx-1' },
      },
      { SecurityGroupRuleId: 'sgr-3', IsEgress: false, ReferencedGroupInfo: { GroupId: 'sg-1', UserId: ACCOUNT } },
    ]
      .map((rule): object => ({ GroupId: 'sg-1', IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Tags, ...rule }))
      .concat({
        SecurityGroupRuleId: 'sgr-4',
        GroupId: 'sg-1',
        IsEgress: true,
        IpProtocol: '-1',
        FromPort: -1,
        ToPort: -1,
        CidrIpv4: '0.0.0.0/0',
        Tags,
      }),
  },
  'ec2:DescribeFlowLogs': {
    FlowLogs: [
      {
        FlowLogId: 'fl-1',
        ResourceId: VPC,
        FlowLogStatus: 'ACTIVE',
        TrafficType: 'REJECT',
        LogDestinationType: 's3',
        LogDestination: 'arn:aws:s3:::flows',
        Tags,
      },
    ],
  },
};

const bare = (value: unknown): unknown => {
  if (Array.isArray(value))
    return value.map(bare).sort((a, b) => ((JSON.stringify(a) ?? '') < (JSON.stringify(b) ?? '') ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key, each]) => key !== 'source' && key !== 'field' && each !== undefined)
    .map(([key, each]) => [key, key === 'id' ? String(each).replace(/\/(in|e)gress\/\d+$/, '') : bare(each)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
};

const entries = answersOf(NETWORK).entries;
const observed = new Set(adopters.flatMap((adopter) => adopter.observed?.subnet ?? []));
const plain = (one: Resource | undefined): unknown =>
  one && bare(Object.fromEntries(Object.entries(one).filter(([key]) => one.kind !== 'subnet' || !observed.has(key))));

describe('a network', () => {
  const before = assemble(entries, [], undefined).resources;
  const adoptions = adopt(entries);
  const after = new Map(readBack(adoptions.resources).map((one) => [`${one.kind} ${one.id}`, one]));
  const listed = before.filter(({ derived, source }) => derived === undefined && source.operation in NETWORK);

  it('is adopted wholly', () => {
    expect(adoptions.unadopted).toEqual([]);
    expect(listed.length).toBeGreaterThan(20);
  });

  it.each(
    listed
      .filter(({ kind }) => !['account', 'region', 'zone', 'prefixList', 'networkInterface'].includes(kind))
      .map((one) => [`${one.kind} ${one.id}`, one] as const),
  )('reads back as it was: %s', (key, one) => {
    expect(plain(after.get(key))).toEqual(plain(one));
  });

  it('is imported by the ids that Pulumi wants', () => {
    const ids = new Map(adoptions.resources.map(({ type, id, options }) => [`${type} ${id}`, options.importId]));
    expect(ids.get('aws:ec2/routeTableAssociation:RouteTableAssociation rtbassoc-2')).toBe('subnet-2/rtb-2');
    expect([...ids.values()]).toContain('rtb-2_0.0.0.0/0');
    expect([...ids.values()]).toContain('acl-2:100:6:false');
    expect([...ids.values()]).toContain('sgr-3');
  });

  it('declares nothing as one of the default types, which would take rules and routes away', () => {
    expect(adoptions.resources.filter(({ type }) => type.includes('/default'))).toEqual([]);
    expect(adoptions.resources.filter(({ type }) => type.includes('mainRouteTableAssociation'))).toEqual([]);
  });
});
