/** What hangs on something that only a deployment tells may hang on anything: nothing then looks complete. */
import { describe, expect, it } from 'vitest';
import { all } from '../../../estate/estate.ts';
import type { Kind, ResourceOf } from '../../../estate/resource.ts';
import { estateOfRecording } from '../index.ts';
import { aws, type Draft, recordingOf, UNKNOWN } from '../testing.ts';

const VPC = aws(
  'ec2/vpc:Vpc',
  'vpc',
  { cidrBlock: '10.0.0.0/16' },
  { mainRouteTableId: 'rtb-main', defaultNetworkAclId: 'acl-default', defaultSecurityGroupId: 'sg-default' },
);
const SUBNET = aws('ec2/subnet:Subnet', 'subnet', { vpcId: 'vpc-id', cidrBlock: '10.0.0.0/24' });
const GROUP = aws('ec2/securityGroup:SecurityGroup', 'group', {
  vpcId: 'vpc-id',
  ingress: [{ protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlocks: ['0.0.0.0/0'] }],
});
const TABLE = aws('ec2/routeTable:RouteTable', 'table', { vpcId: 'vpc-id' });
const ACL = aws('ec2/networkAcl:NetworkAcl', 'acl', { vpcId: 'vpc-id' });

const of = <K extends Kind>(kind: K, ...drafts: readonly Draft[]): readonly ResourceOf<K>[] =>
  all(estateOfRecording(recordingOf(...drafts)), kind);

describe('a rule of an unknown security group', () => {
  const OPEN = { ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIpv4: '0.0.0.0/0' };
  const rules = (...drafts: readonly Draft[]) =>
    of('securityGroup', VPC, GROUP, ...drafts).map((group) => [
      group.id,
      group.ingress?.filter(({ peer }) => peer === undefined).length,
      group.egress?.filter(({ peer }) => peer === undefined).length,
    ]);

  it.each([
    ['vpc/securityGroupIngressRule:SecurityGroupIngressRule', { ...OPEN, securityGroupId: UNKNOWN }, 1, 0],
    ['vpc/securityGroupEgressRule:SecurityGroupEgressRule', { ...OPEN, securityGroupId: UNKNOWN }, 0, 1],
    ['ec2/securityGroupRule:SecurityGroupRule', { type: 'ingress', securityGroupId: UNKNOWN }, 1, 0],
    ['ec2/securityGroupRule:SecurityGroupRule', { type: UNKNOWN, securityGroupId: UNKNOWN }, 1, 1],
  ])('leaves every group with a rule that may be anything: %s', (type, inputs, ingress, egress) => {
    expect(rules(aws(type, 'rule', inputs))).toEqual([
      ['group-id', ingress, egress],
      ['sg-default', ingress, egress],
    ]);
  });

  it('keeps what is known of the group', () => {
    const rule = aws('vpc/securityGroupIngressRule:SecurityGroupIngressRule', 'rule', {
      ...OPEN,
      securityGroupId: UNKNOWN,
    });
    expect(of('securityGroup', GROUP, rule)[0]?.ingress).toMatchObject([
      { peer: { type: 'cidr', cidr: '0.0.0.0/0' }, ports: { from: 443, to: 443 } },
      { id: 'group-id/ingress/1', direction: 'ingress' },
    ]);
  });

  it('says nothing of the others where the group is known, be it the default one', () => {
    const rule = aws('vpc/securityGroupIngressRule:SecurityGroupIngressRule', 'rule', {
      ...OPEN,
      securityGroupId: 'sg-default',
    });
    expect(rules(rule)).toEqual([
      ['group-id', 0, 0],
      ['sg-default', 0, 0],
    ]);
    expect(of('securityGroup', VPC, rule)[0]?.ingress?.map(({ ports }) => ports)).toContainEqual({ from: 22, to: 22 });
  });
});

describe('what belongs to an unknown route table', () => {
  const tables = (...drafts: readonly Draft[]) => of('routeTable', VPC, SUBNET, TABLE, ...drafts);

  it('leaves every table with a route that may be any', () => {
    const route = aws('ec2/route:Route', 'r', {
      routeTableId: UNKNOWN,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: 'igw-1',
    });
    for (const table of tables(route))
      expect(table.routes?.map(({ target }) => target?.type)).toEqual(['local', undefined]);
  });

  it('leaves open which subnets a table has', () => {
    const association = aws('ec2/routeTableAssociation:RouteTableAssociation', 'a', {
      routeTableId: UNKNOWN,
      subnetId: 'subnet-id',
    });
    expect(tables(association).map(({ subnets, main }) => [subnets, main])).toEqual([
      [undefined, true],
      [undefined, undefined],
    ]);
  });

  it('leaves open which table is the main one', () => {
    const main = aws('ec2/mainRouteTableAssociation:MainRouteTableAssociation', 'm', {
      vpcId: 'vpc-id',
      routeTableId: UNKNOWN,
    });
    expect(tables(main).map((table) => table.main)).toEqual([undefined, undefined]);
  });

  it('leaves open where the list of an endpoint leads', () => {
    const endpoint = aws(
      'ec2/vpcEndpoint:VpcEndpoint',
      's3',
      { vpcId: 'vpc-id', serviceName: 'com.amazonaws.eu-west-1.s3', routeTableIds: [UNKNOWN] },
      { prefixListId: 'pl-1' },
    );
    for (const table of tables(endpoint))
      expect(table.routes?.at(-1)).toMatchObject({ destination: { type: 'prefixList', ref: { id: 'pl-1' } } });
    for (const table of tables(endpoint)) expect(table.routes?.at(-1)?.target).toBeUndefined();
  });
});

describe('what belongs to an unknown network ACL', () => {
  it('leaves every list with a rule that may be any, the default one too', () => {
    const rule = aws('ec2/networkAclRule:NetworkAclRule', 'r', {
      networkAclId: UNKNOWN,
      ruleNumber: 1,
      ruleAction: 'deny',
      protocol: '-1',
      cidrBlock: '0.0.0.0/0',
    });
    const lists = of('networkAcl', VPC, SUBNET, ACL, rule);
    expect(lists).toHaveLength(2);
    for (const { entries } of lists) expect(entries?.filter(({ allow }) => allow === undefined)).toHaveLength(1);
  });

  it.each([
    [
      'an association',
      [
        ACL,
        aws('ec2/networkAclAssociation:NetworkAclAssociation', 'a', { networkAclId: UNKNOWN, subnetId: 'subnet-id' }),
      ],
    ],
    ['subnets of its own', [aws('ec2/networkAcl:NetworkAcl', 'acl', { vpcId: 'vpc-id', subnetIds: [UNKNOWN] })]],
  ])('leaves open which subnets it has: %s', (_what, drafts) => {
    for (const { subnets } of of('networkAcl', VPC, SUBNET, ...drafts)) expect(subnets).toBeUndefined();
  });
});

it('a further block of an unknown VPC leaves open which blocks any has', () => {
  const block = aws('ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation', 'b', {
    vpcId: UNKNOWN,
    cidrBlock: '100.64.0.0/16',
  });
  const [vpc] = of('vpc', VPC, block);
  expect(vpc?.cidrs).toBeUndefined();
});

it('an attachment of an unknown internet gateway leaves open what any is attached to', () => {
  const attachment = aws('ec2/internetGatewayAttachment:InternetGatewayAttachment', 'a', {
    internetGatewayId: UNKNOWN,
    vpcId: 'vpc-id',
  });
  const [gateway] = of('internetGateway', aws('ec2/internetGateway:InternetGateway', 'g'), attachment);
  expect(gateway?.vpcs).toBeUndefined();
});

describe('an association of an elastic IP', () => {
  const address = aws('ec2/eip:Eip', 'eip', { domain: 'vpc' }, { publicIp: '203.0.113.1' });

  it('that is unknown leaves open what uses any address', () => {
    const association = aws('ec2/eipAssociation:EipAssociation', 'a', { allocationId: UNKNOWN, instanceId: 'i-1' });
    const [free] = of('elasticIp', address);
    expect(free?.networkInterface).toBeNull();
    const [unclear] = of('elasticIp', address, association);
    expect([unclear?.networkInterface, unclear?.instance]).toEqual([undefined, undefined]);
  });

  it('with an unknown interface leaves open whether any has a public address', () => {
    const networkInterface = aws('ec2/networkInterface:NetworkInterface', 'eni', { subnetId: 'subnet-id' });
    const association = aws('ec2/eipAssociation:EipAssociation', 'a', {
      allocationId: 'eip-id',
      networkInterfaceId: UNKNOWN,
    });
    expect(of('networkInterface', networkInterface)[0]?.hasPublicAddress).not.toBe(true);
    expect(of('networkInterface', networkInterface, address, association)[0]?.hasPublicAddress).not.toBe(false);
  });
});

it('a group for an unknown interface leaves open which groups any has', () => {
  const networkInterface = aws('ec2/networkInterface:NetworkInterface', 'eni', {
    subnetId: 'subnet-id',
    securityGroups: ['sg-1'],
  });
  const attachment = aws('ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment', 'a', {
    networkInterfaceId: UNKNOWN,
    securityGroupId: 'sg-2',
  });
  expect(of('networkInterface', networkInterface)[0]?.securityGroups).toHaveLength(1);
  expect(of('networkInterface', networkInterface, attachment)[0]?.securityGroups).toBeUndefined();
});

it('a VPC with an IPv6 block has the rules of IPv6 in its default list', () => {
  const six = aws(
    'ec2/vpc:Vpc',
    'six',
    { cidrBlock: '10.0.0.0/16', assignGeneratedIpv6CidrBlock: true },
    { defaultNetworkAclId: 'acl-six', ipv6CidrBlock: '2001:db8::/56' },
  );
  const [acl] = of('networkAcl', six);
  expect(acl?.entries?.flatMap(({ allow, cidr }) => (allow ? [cidr] : []))).toEqual([
    '0.0.0.0/0',
    '::/0',
    '0.0.0.0/0',
    '::/0',
  ]);
});
