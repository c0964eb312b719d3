/** The network of one environment: a VPC with three public and three private subnets, and what stands around them. */

import type { Build } from './build.ts';
import { ACCOUNT, address, awsId, tags, ZONES } from './names.ts';

export interface Network {
  readonly n: number;
  readonly vpc: string;
  readonly environment: string;
  readonly publicSubnets: readonly string[];
  readonly privateSubnets: readonly string[];
  /** The one group that everything shared before anybody knew better. */
  readonly sharedGroup: string;
}

export interface Placed {
  readonly subnet: string;
  readonly zone: string;
  readonly private: string;
  readonly public: string | undefined;
}

const ANYWHERE = '0.0.0.0/0';

export function network(build: Build, n: number, environment: string): Network {
  const { answers, mess } = build;
  const vpc = awsId('vpc', n);
  const block = `10.${n % 256}.0.0/16`;
  answers.item('ec2:DescribeVpcs', 'Vpcs', {
    VpcId: vpc,
    CidrBlock: block,
    CidrBlockAssociationSet: [{ CidrBlock: block, CidrBlockState: { State: 'associated' } }],
    IsDefault: false,
    State: 'available',
    Tags: tags(environment, `${environment}-${n}`),
  });
  for (const attribute of ['enableDnsSupport', 'enableDnsHostnames'])
    answers.answer(
      'ec2:DescribeVpcAttribute',
      { VpcId: vpc, Attribute: attribute },
      {
        VpcId: vpc,
        [attribute.replace('enable', 'Enable')]: { Value: true },
      },
    );
  const gateway = awsId('igw', n);
  answers.item('ec2:DescribeInternetGateways', 'InternetGateways', {
    InternetGatewayId: gateway,
    Attachments: [{ State: 'available', VpcId: vpc }],
    Tags: [],
  });
  const subnets = ZONES.concat(ZONES).map((zone, at) => {
    const id = awsId('subnet', n * 6 + at);
    answers.item('ec2:DescribeSubnets', 'Subnets', {
      SubnetId: id,
      VpcId: vpc,
      AvailabilityZone: zone,
      CidrBlock: `10.${n % 256}.${at * 32}.0/19`,
      MapPublicIpOnLaunch: at < 3,
      AssignIpv6AddressOnCreation: false,
      Ipv6CidrBlockAssociationSet: [],
      AvailableIpAddressCount: 4000,
      State: 'available',
      Tags: tags(environment, `${environment}-${at < 3 ? 'public' : 'private'}-${zone}`),
    });
    return id;
  });
  const publicSubnets = subnets.slice(0, 3);
  const privateSubnets = subnets.slice(3);
  const local = { DestinationCidrBlock: block, GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' };
  const table = (at: number, members: readonly string[], way: object | undefined, main = false): void =>
    answers.item('ec2:DescribeRouteTables', 'RouteTables', {
      RouteTableId: awsId('rtb', n * 8 + at),
      VpcId: vpc,
      Associations: [
        ...(main ? [{ Main: true, AssociationState: { State: 'associated' } }] : []),
        ...members.map((SubnetId) => ({ Main: false, SubnetId, AssociationState: { State: 'associated' } })),
      ],
      PropagatingVgws: [],
      Routes: way
        ? [local, { DestinationCidrBlock: ANYWHERE, State: 'active', Origin: 'CreateRoute', ...way }]
        : [local],
      Tags: [],
    });
  table(0, [], undefined, true);
  table(1, publicSubnets, { GatewayId: gateway });
  const nats = build.random.chance(mess) ? 1 : 3;
  privateSubnets.forEach((subnet, at) => {
    table(2 + at, [subnet], { NatGatewayId: awsId('nat', n * 3 + (at % nats)) });
  });
  for (let at = 0; at < nats; at++) {
    answers.item('ec2:DescribeNatGateways', 'NatGateways', {
      NatGatewayId: awsId('nat', n * 3 + at),
      VpcId: vpc,
      SubnetId: publicSubnets[at],
      ConnectivityType: 'public',
      State: 'available',
      NatGatewayAddresses: [{ PrivateIp: address(n, at, 1), PublicIp: build.publicAddress() }],
      Tags: [],
    });
  }
  [publicSubnets, privateSubnets].forEach((members, at) => {
    const entry = (RuleNumber: number, Egress: boolean, RuleAction: string, CidrBlock: string) => ({
      ...{ RuleNumber, Egress, RuleAction, CidrBlock, Protocol: '-1' },
    });
    answers.item('ec2:DescribeNetworkAcls', 'NetworkAcls', {
      NetworkAclId: awsId('acl', n * 2 + at),
      VpcId: vpc,
      IsDefault: at === 0,
      Associations: members.map((SubnetId) => ({ SubnetId })),
      Entries: [
        entry(50, false, 'deny', `198.51.100.${(n * 16) % 256}/28`),
        ...[true, false].flatMap((egress) => [
          entry(100, egress, 'allow', ANYWHERE),
          entry(32767, egress, 'deny', ANYWHERE),
        ]),
      ],
      Tags: [],
    });
  });
  const sharedGroup = group(build, vpc, `${environment}-${n}-all`, [
    build.random.chance(mess) ? { ports: [0, 65535], peer: ANYWHERE } : { ports: [22, 22], peer: '203.0.113.0/28' },
  ]);
  return { n, vpc, environment, publicSubnets, privateSubnets, sharedGroup };
}

export interface GroupRule {
  readonly ports: readonly [number, number];
  /** A CIDR block or the id of a group. */
  readonly peer: string;
}

/** A security group that lets everything out. */
export function group(build: Build, vpc: string, name: string, rules: readonly GroupRule[]): string {
  const id = awsId('sg', build.next());
  const permission = ({ ports: [FromPort, ToPort], peer }: GroupRule) => ({
    IpProtocol: 'tcp',
    FromPort,
    ToPort,
    IpRanges: peer.startsWith('sg-') ? [] : [{ CidrIp: peer }],
    Ipv6Ranges: [],
    PrefixListIds: [],
    UserIdGroupPairs: peer.startsWith('sg-') ? [{ GroupId: peer, UserId: ACCOUNT }] : [],
  });
  build.answers.item('ec2:DescribeSecurityGroups', 'SecurityGroups', {
    GroupId: id,
    GroupName: name,
    Description: name,
    VpcId: vpc,
    IpPermissions: rules.map(permission),
    IpPermissionsEgress: [
      { IpProtocol: '-1', IpRanges: [{ CidrIp: ANYWHERE }], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] },
    ],
    Tags: [],
  });
  return id;
}

/** A free address in a public or private subnet. */
export function place(build: Build, { n, publicSubnets, privateSubnets }: Network, open: boolean): Placed {
  const host = build.next();
  const at = host % 3;
  return {
    subnet: (open ? publicSubnets : privateSubnets)[at] ?? '',
    zone: ZONES[at] ?? '',
    private: address(n, open ? at : at + 3, Math.floor(host / 3) % 7900),
    public: open ? build.publicAddress() : undefined,
  };
}

/** A network interface; gives its id. */
export function networkInterface(
  build: Build,
  net: Network,
  at: Placed,
  groups: readonly string[],
  more: Readonly<Record<string, unknown>> = {},
): string {
  const id = awsId('eni', build.next());
  const association = at.public === undefined ? {} : { Association: { PublicIp: at.public, IpOwnerId: 'amazon' } };
  build.answers.item('ec2:DescribeNetworkInterfaces', 'NetworkInterfaces', {
    NetworkInterfaceId: id,
    VpcId: net.vpc,
    SubnetId: at.subnet,
    AvailabilityZone: at.zone,
    Groups: groups.map((GroupId) => ({ GroupId })),
    InterfaceType: 'interface',
    Ipv6Addresses: [],
    PrivateIpAddress: at.private,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: at.private, ...association }],
    ...association,
    RequesterManaged: false,
    SourceDestCheck: true,
    Status: 'in-use',
    Description: '',
    TagSet: [],
    ...more,
  });
  return id;
}
