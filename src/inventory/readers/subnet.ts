import type { Subnet } from '../../estate/kinds/network.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { allOf, idOf, onceOverAccounts, vpcOf } from '../reading.ts';

function ipv6CidrsOf(item: Item): readonly string[] | undefined {
  const inUse = allItems(item, 'Ipv6CidrBlockAssociationSet')?.filter((one) => {
    const state = one.item('Ipv6CidrBlockState')?.string('State');
    return state !== 'disassociated' && state !== 'failed';
  });
  return allOf(inUse, (one) => one.string('Ipv6CidrBlock'));
}

function blockedIn(item: Item): Pick<Subnet, 'internetBlocked'> {
  const mode = item.item('BlockPublicAccessStates')?.string('InternetGatewayBlockMode');
  if (mode === 'block-bidirectional') return { internetBlocked: 'bidirectional' };
  return mode === 'block-ingress' ? { internetBlocked: 'ingress' } : {};
}

export const reader: Reader = {
  name: 'subnet',
  kinds: ['subnet'],
  operations: ['ec2:DescribeSubnets'],
  read: (answers) =>
    onceOverAccounts(
      answers.items('ec2:DescribeSubnets', 'Subnets').map(
        (item): Subnet => ({
          kind: 'subnet',
          ...base('subnet', item, { id: idOf(item, 'SubnetId'), arn: item.string('SubnetArn') }),
          vpc: vpcOf(item),
          zone: item.ref('AvailabilityZone'),
          cidr: item.string('CidrBlock'),
          ipv6Cidrs: ipv6CidrsOf(item),
          mapPublicIpOnLaunch: item.boolean('MapPublicIpOnLaunch'),
          assignIpv6OnCreation: item.boolean('AssignIpv6AddressOnCreation'),
          availableAddresses: item.number('AvailableIpAddressCount'),
          ...blockedIn(item),
        }),
      ),
    ),
};
