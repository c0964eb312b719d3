/** Route tables and network ACLs. */

import type { Value } from '../../pulumi/recorded.ts';
import type { Given } from '../given.ts';
import { row, type TypeRow } from '../row.ts';
import { UNKNOWN } from '../values.ts';

/** A route to an instance leads to its first interface, whose made-up id continues the instance's. */
const interfaceOf = (one: Given): Value | undefined => {
  const instance = one.text('InstanceId');
  if (instance === undefined) return one.text('NetworkInterfaceId');
  return typeof instance === 'string' ? instance.replace(/^i-/, 'eni-') : UNKNOWN;
};

const route = row(
  'AWS::EC2::Route',
  'aws:ec2/route:Route',
  (one) => ({
    routeTableId: one.text('RouteTableId'),
    destinationCidrBlock: one.text('DestinationCidrBlock'),
    destinationIpv6CidrBlock: one.text('DestinationIpv6CidrBlock'),
    destinationPrefixListId: one.text('DestinationPrefixListId'),
    gatewayId: one.text('GatewayId'),
    natGatewayId: one.text('NatGatewayId'),
    networkInterfaceId: interfaceOf(one),
    transitGatewayId: one.text('TransitGatewayId'),
    vpcPeeringConnectionId: one.text('VpcPeeringConnectionId'),
    egressOnlyGatewayId: one.text('EgressOnlyInternetGatewayId'),
    vpcEndpointId: one.text('VpcEndpointId'),
    localGatewayId: one.text('LocalGatewayId'),
    carrierGatewayId: one.text('CarrierGatewayId'),
    coreNetworkArn: one.text('CoreNetworkArn'),
  }),
  { belongs: ['routeTableId'], untagged: true },
);

const aclEntry = row(
  'AWS::EC2::NetworkAclEntry',
  'aws:ec2/networkAclRule:NetworkAclRule',
  (one) => ({
    networkAclId: one.text('NetworkAclId'),
    ruleNumber: one.number('RuleNumber'),
    egress: one.flag('Egress'),
    ruleAction: one.text('RuleAction'),
    protocol: one.text('Protocol'),
    cidrBlock: one.text('CidrBlock'),
    ipv6CidrBlock: one.text('Ipv6CidrBlock'),
    fromPort: one.number('PortRange.From'),
    toPort: one.number('PortRange.To'),
    icmpType: one.number('Icmp.Type'),
    icmpCode: one.number('Icmp.Code'),
  }),
  { belongs: ['networkAclId'], untagged: true },
);

export const routes: readonly TypeRow[] = [
  row(
    'AWS::EC2::RouteTable',
    'aws:ec2/routeTable:RouteTable',
    (one) => ({ vpcId: one.text('VpcId'), tags: one.tags() }),
    {
      attributes: { RouteTableId: 'id' },
    },
  ),
  route,
  row(
    'AWS::EC2::SubnetRouteTableAssociation',
    'aws:ec2/routeTableAssociation:RouteTableAssociation',
    (one) => ({ subnetId: one.text('SubnetId'), routeTableId: one.text('RouteTableId') }),
    { belongs: ['subnetId'], untagged: true },
  ),
  row(
    'AWS::EC2::GatewayRouteTableAssociation',
    'aws:ec2/routeTableAssociation:RouteTableAssociation',
    (one) => ({ gatewayId: one.text('GatewayId'), routeTableId: one.text('RouteTableId') }),
    { belongs: ['gatewayId'], untagged: true },
  ),
  row(
    'AWS::EC2::NetworkAcl',
    'aws:ec2/networkAcl:NetworkAcl',
    (one) => ({ vpcId: one.text('VpcId'), tags: one.tags() }),
    {
      attributes: { Id: 'id' },
    },
  ),
  aclEntry,
  row(
    'AWS::EC2::SubnetNetworkAclAssociation',
    'aws:ec2/networkAclAssociation:NetworkAclAssociation',
    (one) => ({ subnetId: one.text('SubnetId'), networkAclId: one.text('NetworkAclId') }),
    { belongs: ['subnetId'], untagged: true },
  ),
];
