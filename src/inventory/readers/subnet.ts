import type { Subnet } from '../../estate/kinds/network.ts';
import { base, type Reader } from '../reader.ts';
import { idOf, onceOverAccounts, vpcOf } from '../reading.ts';

export const reader: Reader = {
  name: 'subnet',
  kinds: ['subnet'],
  operations: ['ec2:DescribeSubnets'],
  read: (answers) =>
    onceOverAccounts(
      answers.items('ec2:DescribeSubnets', 'Subnets').map(
        (item): Subnet => ({
          ...base('subnet', item, { id: idOf(item, 'SubnetId'), arn: item.string('SubnetArn') }),
          vpc: vpcOf(item),
          zone: item.ref('AvailabilityZone'),
          cidr: item.string('CidrBlock'),
          ipv6Cidrs: item.items('Ipv6CidrBlockAssociationSet')?.flatMap((one) => {
            const state = one.item('Ipv6CidrBlockState')?.string('State');
            return state === 'disassociated' || state === 'failed' ? [] : (one.string('Ipv6CidrBlock') ?? []);
          }),
          mapPublicIpOnLaunch: item.boolean('MapPublicIpOnLaunch'),
          assignIpv6OnCreation: item.boolean('AssignIpv6AddressOnCreation'),
          availableAddresses: item.number('AvailableIpAddressCount'),
        }),
      ),
    ),
};
