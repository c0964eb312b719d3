import { describe, expect, it } from 'vitest';
import type { Resource } from '../../estate/resource.ts';
import type { Reader } from '../reader.ts';
import { answersOf } from '../testing.ts';
import { reader as networkAcl } from './network-acl.ts';
import { reader as prefixList } from './prefix-list.ts';
import { reader as region } from './region.ts';
import { reader as routeTable } from './route-table.ts';
import { reader as subnet } from './subnet.ts';
import { reader as vpc } from './vpc.ts';
import { reader as vpcEndpoint } from './vpc-endpoint.ts';
import { reader as zone } from './zone.ts';

type Given = Parameters<typeof answersOf>[0];
const read = (reader: Reader, given: Given): readonly Resource[] => reader.read(answersOf(given));
const ids = (resources: readonly Resource[]): readonly string[] => resources.map((one) => one.id);

describe('places', () => {
  it('has every region and zone once, however many accounts tell of it', () => {
    const zones = [
      { output: { AvailabilityZones: [{ ZoneName: 'eu-west-1a', ZoneId: 'euw1-az1', RegionName: 'eu-west-1' }] } },
    ];
    const given = { 'ec2:DescribeAvailabilityZones': [...zones, { ...zones[0], account: '444455556666' }] };
    expect(read(zone, given)).toMatchObject([{ id: 'eu-west-1a', zoneId: 'euw1-az1', regionRef: { id: 'eu-west-1' } }]);
    expect(ids(read(region, given))).toEqual(['eu-west-1']);
  });

  it('derives the zones that subnets stand in when zones were not read', () => {
    const given = {
      'ec2:DescribeSubnets': {
        Subnets: [{ SubnetId: 'subnet-1', AvailabilityZone: 'eu-west-1b', AvailabilityZoneId: 'euw1-az2' }],
      },
    };
    expect(read(zone, given)).toMatchObject([
      { id: 'eu-west-1b', zoneId: 'euw1-az2', derived: { because: 'subnet-1 stands in it' } },
    ]);
    expect(ids(read(region, given))).toEqual(['eu-west-1']);
  });
});

describe('vpc', () => {
  it('has every block in use, primary first, and the attributes that were asked for', () => {
    const [shop] = read(vpc, {
      'ec2:DescribeVpcs': {
        Vpcs: [
          {
            VpcId: 'vpc-1',
            CidrBlock: '10.0.0.0/16',
            IsDefault: false,
            CidrBlockAssociationSet: [
              { CidrBlock: '10.1.0.0/16', CidrBlockState: { State: 'associated' } },
              { CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } },
              { CidrBlock: '10.2.0.0/16', CidrBlockState: { State: 'disassociated' } },
            ],
          },
        ],
      },
      'ec2:DescribeVpcAttribute': [
        {
          input: { VpcId: 'vpc-1', Attribute: 'enableDnsSupport' },
          output: { VpcId: 'vpc-1', EnableDnsSupport: { Value: true } },
        },
      ],
    });
    expect(shop).toMatchObject({
      cidrs: ['10.0.0.0/16', '10.1.0.0/16'],
      ipv6Cidrs: [],
      dnsSupport: true,
      dnsHostnames: undefined,
    });
  });

  it('is once, though two accounts see it', () => {
    const output = { Vpcs: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16' }] };
    expect(read(vpc, { 'ec2:DescribeVpcs': [{ output }, { output, account: '444455556666' }] })).toHaveLength(1);
  });
});

describe('subnet', () => {
  it('says unknown, not no, for a public address setting that was not told', () => {
    const [one] = read(subnet, { 'ec2:DescribeSubnets': { Subnets: [{ SubnetId: 'subnet-1', VpcId: 'vpc-1' }] } });
    expect(one).toMatchObject({
      mapPublicIpOnLaunch: undefined,
      zone: undefined,
      cidr: undefined,
      ipv6Cidrs: undefined,
    });
  });

  it('stays when its id or its VPC is missing, with a notice', () => {
    const answers = answersOf({ 'ec2:DescribeSubnets': { Subnets: [{ CidrBlock: '10.0.0.0/24' }] } });
    expect(subnet.read(answers)).toMatchObject([
      { id: expect.stringMatching(/^unidentified:/), vpc: { id: 'unknown' } },
    ]);
    expect(answers.notices.map((notice) => notice.code)).toEqual(['missingField', 'missingField']);
  });
});

describe('routeTable', () => {
  const table = (Routes: unknown, Associations: unknown = []) =>
    read(routeTable, {
      'ec2:DescribeRouteTables': { RouteTables: [{ RouteTableId: 'rtb-1', VpcId: 'vpc-1', Routes, Associations }] },
    })[0];

  it.each([
    [{ GatewayId: 'local' }, { type: 'local' }],
    [{ GatewayId: 'igw-1' }, { type: 'internetGateway', ref: { id: 'igw-1' } }],
    [{ GatewayId: 'vgw-1' }, { type: 'vpnGateway', id: 'vgw-1' }],
    [{ GatewayId: 'vpce-1' }, { type: 'vpcEndpoint', ref: { id: 'vpce-1' } }],
    [{ EgressOnlyInternetGatewayId: 'eigw-1' }, { type: 'egressOnlyInternetGateway', id: 'eigw-1' }],
    [{ NatGatewayId: 'nat-1' }, { type: 'natGateway', ref: { id: 'nat-1' } }],
    [{ VpcPeeringConnectionId: 'pcx-1' }, { type: 'peering', ref: { id: 'pcx-1' } }],
    [{ TransitGatewayId: 'tgw-1' }, { type: 'transitGateway', id: 'tgw-1' }],
    [
      { InstanceId: 'i-1', NetworkInterfaceId: 'eni-1' },
      { type: 'instance', ref: { id: 'i-1' }, networkInterface: { id: 'eni-1' } },
    ],
    [{ NetworkInterfaceId: 'eni-1' }, { type: 'networkInterface', ref: { id: 'eni-1' } }],
    [{ CarrierGatewayId: 'cagw-1' }, { type: 'other', id: 'cagw-1' }],
    [{ LocalGatewayId: 'lgw-1' }, { type: 'other', id: 'lgw-1' }],
    [{}, undefined],
  ])('target %j', (fields, target) => {
    const one = table([{ DestinationCidrBlock: '0.0.0.0/0', State: 'active', ...fields }]);
    if (one?.kind !== 'routeTable') throw new Error('no route table');
    const got = one.routes?.[0]?.target;
    if (target === undefined) expect(got).toBeUndefined();
    else expect(got).toMatchObject(target);
  });

  it('tells destinations, blackholes and propagated routes', () => {
    expect(
      table([
        { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' },
        { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-1', State: 'active' },
        { DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-1', State: 'blackhole' },
        { DestinationCidrBlock: '192.168.0.0/16', GatewayId: 'vgw-1', Origin: 'EnableVgwRoutePropagation' },
      ]),
    ).toMatchObject({
      routes: [
        { destination: { type: 'cidr', cidr: '10.0.0.0/16' }, state: 'active', propagated: false },
        { destination: { type: 'cidr', cidr: '::/0' } },
        { destination: { type: 'prefixList', ref: { id: 'pl-1' } }, state: 'blackhole' },
        { state: undefined, propagated: true },
      ],
    });
  });

  it('keeps a route that was not understood, with all of it unknown', () => {
    expect(table(['?'])).toMatchObject({ routes: [{ destination: undefined, target: undefined, state: undefined }] });
    expect(table('?')).toMatchObject({ routes: undefined });
  });

  it('tells the subnets, the gateways and whether it is the main table', () => {
    expect(table([], [{ Main: true }, { SubnetId: 'subnet-1' }, { GatewayId: 'igw-1' }])).toMatchObject({
      main: true,
      subnets: [{ id: 'subnet-1' }],
      gateways: ['igw-1'],
    });
    expect(table([], [{ SubnetId: 'subnet-1', AssociationState: { State: 'disassociated' } }])).toMatchObject({
      main: false,
      subnets: [],
    });
  });

  it('does not know its subnets when an association was not understood', () => {
    expect(table([], [{ SubnetId: 7 }, '?'])).toMatchObject({ main: undefined, subnets: undefined });
  });
});

describe('prefixList', () => {
  const lists = {
    'ec2:DescribeManagedPrefixLists': {
      PrefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'com.amazonaws.eu-west-1.s3' }],
    },
  };

  it('joins the pages of its entries', () => {
    const page = (Cidr: string, input: object) => ({
      input: { PrefixListId: 'pl-1', ...input },
      output: { Entries: [{ Cidr }] },
    });
    expect(
      read(prefixList, {
        ...lists,
        'ec2:GetManagedPrefixListEntries': [page('192.0.2.0/24', {}), page('198.51.100.0/24', { NextToken: 'x' })],
      }),
    ).toMatchObject([{ listName: 'com.amazonaws.eu-west-1.s3', cidrs: ['192.0.2.0/24', '198.51.100.0/24'] }]);
  });

  it('does not know its entries when they were not read or a page was refused', () => {
    expect(read(prefixList, lists)).toMatchObject([{ cidrs: undefined }]);
    const refused = { input: { PrefixListId: 'pl-1' }, error: { name: 'UnauthorizedOperation' } };
    const first = { input: { PrefixListId: 'pl-1' }, output: { Entries: [{ Cidr: '192.0.2.0/24' }] } };
    expect(read(prefixList, { ...lists, 'ec2:GetManagedPrefixListEntries': [first, refused] })).toMatchObject([
      { cidrs: undefined },
    ]);
  });

  it("takes AWS's own lists with their blocks from DescribePrefixLists", () => {
    expect(
      read(prefixList, {
        'ec2:DescribePrefixLists': { PrefixLists: [{ PrefixListId: 'pl-2', Cidrs: ['192.0.2.0/24'] }] },
      }),
    ).toMatchObject([{ cidrs: ['192.0.2.0/24'] }]);
  });
});

describe('networkAcl', () => {
  it('reads entries, ports and ICMP, and keeps an entry that it does not understand', () => {
    const [acl] = read(networkAcl, {
      'ec2:DescribeNetworkAcls': {
        NetworkAcls: [
          {
            NetworkAclId: 'acl-1',
            VpcId: 'vpc-1',
            IsDefault: true,
            Associations: [{ SubnetId: 'subnet-1' }],
            Entries: [
              {
                RuleNumber: 100,
                Egress: false,
                RuleAction: 'allow',
                Protocol: '6',
                CidrBlock: '0.0.0.0/0',
                PortRange: { From: 80, To: 443 },
              },
              {
                RuleNumber: 110,
                Egress: true,
                RuleAction: 'deny',
                Protocol: '1',
                CidrBlock: '0.0.0.0/0',
                IcmpTypeCode: { Type: 8, Code: -1 },
              },
              { RuleNumber: 32767, Egress: false, RuleAction: 'deny', Protocol: '-1', Ipv6CidrBlock: '::/0' },
              { RuleNumber: 120, Egress: false, RuleAction: 'allow', Protocol: '6', CidrBlock: '0.0.0.0/0' },
              'what?',
            ],
          },
        ],
      },
    });
    expect(acl).toMatchObject({
      isDefault: true,
      subnets: [{ id: 'subnet-1' }],
      entries: [
        {
          number: 100,
          egress: false,
          allow: true,
          protocol: 6,
          cidr: '0.0.0.0/0',
          ports: { from: 80, to: 443 },
          icmp: null,
        },
        { allow: false, protocol: 1, ports: null, icmp: { type: 8, code: -1 } },
        { protocol: -1, cidr: '::/0', ports: null, icmp: null },
        { protocol: 6, ports: undefined },
        { number: undefined, egress: undefined, allow: undefined, protocol: undefined, cidr: undefined },
      ],
    });
  });
});

describe('vpcEndpoint', () => {
  it('reads an endpoint of the interface kind with its policy', () => {
    const [one] = read(vpcEndpoint, {
      'ec2:DescribeVpcEndpoints': {
        VpcEndpoints: [
          {
            VpcEndpointId: 'vpce-1',
            VpcId: 'vpc-1',
            VpcEndpointType: 'Interface',
            ServiceName: 'com.amazonaws.eu-west-1.ecr.api',
            State: 'available',
            SubnetIds: ['subnet-1'],
            Groups: [{ GroupId: 'sg-1' }],
            NetworkInterfaceIds: ['eni-1'],
            RouteTableIds: [],
            PrivateDnsEnabled: true,
            PolicyDocument: '%7B%22Statement%22%3A%5B%5D%7D',
          },
        ],
      },
    });
    expect(one).toMatchObject({
      type: 'Interface',
      subnets: [{ id: 'subnet-1' }],
      securityGroups: [{ id: 'sg-1' }],
      routeTables: [],
      policy: '{"Statement":[]}',
    });
  });
});
