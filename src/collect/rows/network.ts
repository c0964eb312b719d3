import { batches, each, MARKER, NEXT_MARKER, NEXT_TOKEN, type Row, regional } from '../row.ts';

/** A page is as large as EC2 allows: without the parameter it answers with everything at once. */
const LARGE = { ...NEXT_TOKEN, inputs: [{ MaxResults: 1000 }] };

export const NETWORK: readonly Row[] = [
  regional('ec2:DescribeRegions'),
  regional('ec2:DescribeAvailabilityZones'),
  regional('ec2:DescribeVpcs', NEXT_TOKEN),
  regional('ec2:DescribeVpcAttribute', {
    each: ['enableDnsSupport', 'enableDnsHostnames'].map((attribute) => ({
      of: 'ec2:DescribeVpcs',
      items: 'Vpcs[].VpcId',
      input: { VpcId: '@', Attribute: `=${attribute}` },
    })),
  }),
  regional('ec2:DescribeSubnets', NEXT_TOKEN),
  regional('ec2:DescribeRouteTables', NEXT_TOKEN),
  regional('ec2:DescribeInternetGateways', NEXT_TOKEN),
  regional('ec2:DescribeEgressOnlyInternetGateways', NEXT_TOKEN),
  regional('ec2:DescribeNatGateways', NEXT_TOKEN),
  regional('ec2:DescribeAddresses'),
  regional('ec2:DescribeVpcEndpoints', NEXT_TOKEN),
  regional('ec2:DescribeVpcPeeringConnections', NEXT_TOKEN),
  regional('ec2:DescribePrefixLists', NEXT_TOKEN),
  regional('ec2:DescribeManagedPrefixLists', NEXT_TOKEN),
  regional('ec2:GetManagedPrefixListEntries', {
    ...NEXT_TOKEN,
    ...each('ec2:DescribeManagedPrefixLists', 'PrefixLists[].PrefixListId', 'PrefixListId'),
  }),
  regional('ec2:DescribeNetworkAcls', NEXT_TOKEN),
  regional('ec2:DescribeSecurityGroups', LARGE),
  regional('ec2:DescribeSecurityGroupRules', LARGE),
  regional('ec2:DescribeNetworkInterfaces', LARGE),
  regional('ec2:DescribeFlowLogs', NEXT_TOKEN),
  regional('ec2:DescribeDhcpOptions', NEXT_TOKEN),
  regional('ec2:DescribeTransitGateways', NEXT_TOKEN),
  regional('ec2:DescribeTransitGatewayAttachments', NEXT_TOKEN),
  regional('ec2:DescribeTransitGatewayVpcAttachments', NEXT_TOKEN),
  regional('ec2:DescribeVpnGateways'),
  regional('ec2:DescribeVpnConnections'),
  regional('ec2:DescribeCustomerGateways'),
  regional('ec2:DescribeClientVpnEndpoints', NEXT_TOKEN),
  regional('ec2:DescribeInstanceConnectEndpoints', NEXT_TOKEN),

  regional('elbv2:DescribeLoadBalancers', NEXT_MARKER),
  regional('elbv2:DescribeLoadBalancerAttributes', balancers('LoadBalancerArn')),
  regional('elbv2:DescribeListeners', { ...NEXT_MARKER, ...balancers('LoadBalancerArn') }),
  regional('elbv2:DescribeListenerCertificates', { ...NEXT_MARKER, ...secureListeners() }),
  regional('elbv2:DescribeRules', {
    ...NEXT_MARKER,
    ...each('elbv2:DescribeListeners', 'Listeners[].ListenerArn', 'ListenerArn'),
  }),
  regional('elbv2:DescribeTargetGroups', NEXT_MARKER),
  regional('elbv2:DescribeTargetGroupAttributes', targetGroups()),
  regional('elbv2:DescribeTargetHealth', targetGroups()),
  regional('elbv2:DescribeTags', {
    each: [
      ...batches('elbv2:DescribeLoadBalancers', 'LoadBalancers[].LoadBalancerArn', 'ResourceArns', 20).each,
      ...batches('elbv2:DescribeListeners', 'Listeners[].ListenerArn', 'ResourceArns', 20).each,
      ...batches('elbv2:DescribeRules', "Rules[?IsDefault!='true'].RuleArn", 'ResourceArns', 20).each,
      ...batches('elbv2:DescribeTargetGroups', 'TargetGroups[].TargetGroupArn', 'ResourceArns', 20).each,
    ],
  }),
  // only load balancers of the application kind can have a firewall
  regional(
    'wafv2:GetWebACLForResource',
    each('elbv2:DescribeLoadBalancers', "LoadBalancers[?Type=='application'].LoadBalancerArn", 'ResourceArn'),
  ),
  regional('elb:DescribeLoadBalancers', NEXT_MARKER),
  regional('elb:DescribeLoadBalancerAttributes', classic('LoadBalancerName')),
  regional(
    'elb:DescribeTags',
    batches('elb:DescribeLoadBalancers', 'LoadBalancerDescriptions[].LoadBalancerName', 'LoadBalancerNames', 20),
  ),

  regional('network-firewall:ListFirewalls', NEXT_TOKEN),
  regional('servicediscovery:ListNamespaces', NEXT_TOKEN),
  regional('redshift:DescribeClusterSubnetGroups', MARKER),
];

function balancers(parameter: string) {
  return each('elbv2:DescribeLoadBalancers', 'LoadBalancers[].LoadBalancerArn', parameter);
}

function classic(parameter: string) {
  return each('elb:DescribeLoadBalancers', 'LoadBalancerDescriptions[].LoadBalancerName', parameter);
}

/** Listeners that speak no TLS have no certificates. */
function secureListeners() {
  return {
    each: ['HTTPS', 'TLS'].map((protocol) => ({
      of: 'elbv2:DescribeListeners',
      items: `Listeners[?Protocol=='${protocol}'].ListenerArn`,
      input: { ListenerArn: '@' },
    })),
  };
}

function targetGroups() {
  return each('elbv2:DescribeTargetGroups', 'TargetGroups[].TargetGroupArn', 'TargetGroupArn');
}
