import type { ElasticIp } from '../../estate/kinds/network.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'elastic-ip',
  kinds: ['elasticIp'],
  operations: ['ec2:DescribeAddresses'],
  read: (answers) =>
    answers.items('ec2:DescribeAddresses', 'Addresses').map((item): ElasticIp => {
      // AWS leaves the fields of an association out where there is none
      const none = item.has('AssociationId') ? undefined : null;
      return {
        kind: 'elasticIp',
        ...base('elasticIp', item, {
          id: item.string('AllocationId') ?? idOf(item, 'PublicIp'),
          name: item.string('PublicIp'),
        }),
        publicAddress: item.string('PublicIp'),
        privateAddress: item.string('PrivateIpAddress') || none,
        networkInterface: item.ref('NetworkInterfaceId') ?? none,
        // an address on a service's interface (a NAT gateway) has no instance
        instance: item.ref('InstanceId') ?? (item.has('NetworkInterfaceId') ? null : none),
      };
    }),
};
