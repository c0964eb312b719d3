import { hexId, ofEc2, physical, publicAddress, type Shape, shortHash, text } from './shape.ts';

const rule: Shape = (subject) => {
  const id = subject.importId ?? hexId(subject, 'sgr');
  return { ...ofEc2('sgr', 'security-group-rule')(subject), id, securityGroupRuleId: id };
};

/** The group, the list or the table that AWS makes with a VPC: the program adopts it by the VPC's own output. */
const adopted =
  (input: string, prefix: string, kind: string): Shape =>
  (subject) =>
    ofEc2(prefix, kind)({ ...subject, importId: text(subject.inputs[input]) ?? hexId(subject, prefix) });

export const network: Readonly<Record<string, Shape>> = {
  'aws:ec2/vpc:Vpc': ofEc2('vpc', 'vpc', (id, subject) => ({
    mainRouteTableId: hexId(subject, 'rtb', 'main'),
    defaultRouteTableId: hexId(subject, 'rtb', 'main'),
    defaultNetworkAclId: hexId(subject, 'acl', 'default'),
    defaultSecurityGroupId: defaultGroupOf(id),
    dhcpOptionsId: hexId(subject, 'dopt', 'default'),
    ...(subject.inputs.assignGeneratedIpv6CidrBlock === true
      ? { ipv6CidrBlock: `2001:db8:${shortHash(subject, 4).slice(0, 2)}00::/56` }
      : {}),
  })),
  'aws:ec2/subnet:Subnet': ofEc2('subnet', 'subnet'),
  'aws:ec2/internetGateway:InternetGateway': ofEc2('igw', 'internet-gateway'),
  'aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway': ofEc2('eigw', 'egress-only-internet-gateway'),
  'aws:ec2/natGateway:NatGateway': ofEc2('nat', 'natgateway', (_, subject) => ({
    networkInterfaceId: hexId(subject, 'eni'),
  })),
  'aws:ec2/eip:Eip': ofEc2('eipalloc', 'elastic-ip', (id, subject) => ({
    allocationId: id,
    publicIp: publicAddress(subject),
  })),
  'aws:ec2/eipAssociation:EipAssociation': ofEc2('eipassoc', 'elastic-ip-association'),
  'aws:ec2/routeTable:RouteTable': ofEc2('rtb', 'route-table'),
  'aws:ec2/defaultRouteTable:DefaultRouteTable': adopted('defaultRouteTableId', 'rtb', 'route-table'),
  'aws:ec2/route:Route': (subject) => ({ id: hexId(subject, 'r').replace('r-0', 'r-rtb') }),
  'aws:ec2/routeTableAssociation:RouteTableAssociation': ofEc2('rtbassoc', 'route-table-association'),
  'aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation': ofEc2('rtbassoc', 'route-table-association'),
  'aws:ec2/securityGroup:SecurityGroup': ofEc2('sg', 'security-group', (_, subject) => ({ name: physical(subject) })),
  'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup': (subject) => ({
    ...ofEc2(
      'sg',
      'security-group',
    )({
      ...subject,
      importId: subject.importId ?? defaultGroupOf(text(subject.inputs.vpcId) ?? subject.urn),
    }),
    name: 'default',
  }),
  'aws:ec2/securityGroupRule:SecurityGroupRule': rule,
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule': rule,
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule': rule,
  'aws:ec2/networkAcl:NetworkAcl': ofEc2('acl', 'network-acl'),
  'aws:ec2/defaultNetworkAcl:DefaultNetworkAcl': adopted('defaultNetworkAclId', 'acl', 'network-acl'),
  'aws:ec2/vpcEndpoint:VpcEndpoint': ofEc2('vpce', 'vpc-endpoint', (id, subject) => ({
    state: 'available',
    prefixListId: subject.inputs.vpcEndpointType === 'Interface' ? '' : hexId(subject, 'pl'),
    dnsEntries: [
      {
        dnsName: `${id}-${shortHash(subject, 8)}.${(text(subject.inputs.serviceName) ?? 'service').split('.').at(-1)}.${subject.region}.vpce.amazonaws.com`,
        hostedZoneId: 'Z0123456789EXAMPLE',
      },
    ],
  })),
  'aws:ec2/vpcPeeringConnection:VpcPeeringConnection': ofEc2('pcx', 'vpc-peering-connection', () => ({
    acceptStatus: 'active',
  })),
  'aws:ec2/managedPrefixList:ManagedPrefixList': ofEc2('pl', 'prefix-list'),
  'aws:ec2/networkInterface:NetworkInterface': ofEc2('eni', 'network-interface'),
  'aws:ec2/flowLog:FlowLog': ofEc2('fl', 'vpc-flow-log'),
  'aws:ec2transitgateway/transitGateway:TransitGateway': ofEc2('tgw', 'transit-gateway'),
  'aws:ec2transitgateway/vpcAttachment:VpcAttachment': ofEc2('tgw-attach', 'transit-gateway-attachment'),
  'aws:ec2/vpnGateway:VpnGateway': ofEc2('vgw', 'vpn-gateway'),
};

/** The default group has no output that leads to it, so its id is made from the VPC's. */
export const defaultGroupOf = (vpc: string): string => vpc.replace(/^vpc-/, 'sg-');
