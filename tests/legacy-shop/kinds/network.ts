import { call, filters, type Kind, tagged } from '../kind.ts';

/** Networks and what AWS makes by itself in each: its main route table, its access list, its default group. */
export const NETWORK: readonly Kind[] = [
  {
    of: ['ec2:DescribeVpcs', 'Vpcs[]'],
    calls: (vpc) => {
      const path = vpc.text('IsDefault') === 'true' ? 'Vpcs[]' : 'Vpc';
      const ids = { [`${path}.VpcId`]: vpc.text('VpcId') };
      return [
        path === 'Vpc'
          ? call('ec2:CreateVpc', { ...vpc.only('CidrBlock', 'InstanceTenancy'), ...tagged(vpc, 'vpc') }, ids)
          : call('ec2:DescribeVpcs', filters({ 'is-default': 'true' }), ids),
      ];
    },
  },
  {
    of: ['ec2:DescribeVpcAttribute'],
    calls: (vpc) =>
      ['EnableDnsSupport', 'EnableDnsHostnames'].flatMap((name) =>
        vpc.each(name).map(({ value }) => call('ec2:ModifyVpcAttribute', { ...vpc.only('VpcId'), [name]: value })),
      ),
  },
  {
    of: ['ec2:DescribeSubnets', 'Subnets[]'],
    calls: (subnet) => {
      const SubnetId = subnet.text('SubnetId');
      if (subnet.text('DefaultForAz') === 'true') {
        const there = { 'vpc-id': subnet.text('VpcId'), 'availability-zone': subnet.text('AvailabilityZone') };
        return [call('ec2:DescribeSubnets', filters(there), { 'Subnets[].SubnetId': SubnetId })];
      }
      const input = { ...subnet.only('VpcId', 'CidrBlock', 'AvailabilityZone'), ...tagged(subnet, 'subnet') };
      const MapPublicIpOnLaunch = { Value: subnet.text('MapPublicIpOnLaunch') === 'true' };
      return [
        call('ec2:CreateSubnet', input, { 'Subnet.SubnetId': SubnetId }),
        call('ec2:ModifySubnetAttribute', { SubnetId, MapPublicIpOnLaunch }),
      ];
    },
  },
  {
    of: ['ec2:DescribeInternetGateways', 'InternetGateways[]'],
    calls: (gateway) => {
      const InternetGatewayId = gateway.text('InternetGatewayId');
      const made = { 'InternetGateway.InternetGatewayId': InternetGatewayId };
      return [
        call('ec2:CreateInternetGateway', tagged(gateway, 'internet-gateway'), made),
        ...gateway
          .each('Attachments[]')
          .map((one) => call('ec2:AttachInternetGateway', { InternetGatewayId, ...one.only('VpcId') })),
      ];
    },
  },
  {
    of: ['ec2:DescribeRouteTables', 'RouteTables[]'],
    calls: (table) => {
      const RouteTableId = table.text('RouteTableId');
      const main = table.has("Associations[?Main=='true']");
      const there = filters({ 'vpc-id': table.text('VpcId'), 'association.main': 'true' });
      const input = { ...table.only('VpcId'), ...tagged(table, 'route-table') };
      return [
        main
          ? call('ec2:DescribeRouteTables', there, { 'RouteTables[].RouteTableId': RouteTableId })
          : call('ec2:CreateRouteTable', input, { 'RouteTable.RouteTableId': RouteTableId }),
        ...table
          .each("Routes[?Origin=='CreateRoute']")
          .map((route) =>
            call('ec2:CreateRoute', { RouteTableId, ...route.only('DestinationCidrBlock', 'GatewayId') }),
          ),
        ...table
          .each("Associations[?Main=='false']")
          .map((one) => call('ec2:AssociateRouteTable', { RouteTableId, ...one.only('SubnetId') })),
      ];
    },
  },
  {
    of: ['ec2:DescribeNetworkAcls', "NetworkAcls[?IsDefault=='true']"],
    calls: (list) => [
      call('ec2:DescribeNetworkAcls', filters({ 'vpc-id': list.text('VpcId'), default: 'true' }), {
        'NetworkAcls[].NetworkAclId': list.text('NetworkAclId'),
      }),
    ],
  },
  {
    of: ['ec2:DescribeSecurityGroups', 'SecurityGroups[]'],
    calls: (group) => {
      const GroupId = group.text('GroupId');
      const there = filters({ 'vpc-id': group.text('VpcId'), 'group-name': 'default' });
      const input = { ...group.only('GroupName', 'Description', 'VpcId'), ...tagged(group, 'security-group') };
      const [own, every] = ['IpPermissions[]', 'IpPermissionsEgress[]'].map((path) => group.all(path));
      return [
        group.text('GroupName') === 'default'
          ? call('ec2:DescribeSecurityGroups', there, { 'SecurityGroups[].GroupId': GroupId })
          : call('ec2:CreateSecurityGroup', input, { GroupId }),
        {
          ...call('ec2:AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: own }),
          unless: 'InvalidPermission.Duplicate',
        },
        // every group begins with a rule that lets everything out
        {
          ...call('ec2:RevokeSecurityGroupEgress', { GroupId, IpPermissions: EVERYTHING }),
          unless: 'InvalidPermission.NotFound',
        },
        call('ec2:AuthorizeSecurityGroupEgress', { GroupId, IpPermissions: every }),
      ];
    },
  },
  {
    of: ['ec2:DescribeManagedPrefixLists', 'PrefixLists[]'],
    calls: (list) => [
      call('ec2:DescribeManagedPrefixLists', filters({ 'prefix-list-name': list.text('PrefixListName') }), {
        'PrefixLists[].PrefixListId': list.text('PrefixListId'),
      }),
    ],
  },
];

const EVERYTHING = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
