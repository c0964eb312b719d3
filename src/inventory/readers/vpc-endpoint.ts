import type { VpcEndpoint } from '../../estate/kinds/network.ts';
import { allRefs, allRefsIn } from '../fields.ts';
import type { Item } from '../item.ts';
import { policyIn } from '../policy-text.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

function typeOf(item: Item): VpcEndpoint['type'] {
  const type = item.string('VpcEndpointType');
  if (type === undefined || type === 'Gateway' || type === 'Interface' || type === 'GatewayLoadBalancer') return type;
  return 'other';
}

export const reader: Reader = {
  name: 'vpc-endpoint',
  kinds: ['vpcEndpoint'],
  operations: ['ec2:DescribeVpcEndpoints'],
  read: (answers) =>
    answers.items('ec2:DescribeVpcEndpoints', 'VpcEndpoints').map(
      (item): VpcEndpoint => ({
        kind: 'vpcEndpoint',
        ...base('vpcEndpoint', item, { id: idOf(item, 'VpcEndpointId') }),
        vpc: item.ref('VpcId'),
        service: item.string('ServiceName'),
        type: typeOf(item),
        state: item.string('State'),
        routeTables: allRefs(item, 'RouteTableIds'),
        subnets: allRefs(item, 'SubnetIds'),
        securityGroups: allRefsIn(item, 'Groups', 'GroupId'),
        networkInterfaces: allRefs(item, 'NetworkInterfaceIds'),
        privateDns: item.boolean('PrivateDnsEnabled'),
        // an endpoint without a policy of its own has one that allows all: AWS always tells it
        policy: policyIn(item, 'PolicyDocument'),
      }),
    ),
};
