import type { Peering, PeeringSide } from '../../estate/kinds/network.ts';
import type { Item } from '../item.ts';
import { base, type Reader } from '../reader.ts';
import { idOf, onceOverAccounts } from '../reading.ts';

function side(item: Item | undefined): PeeringSide | undefined {
  const vpc = item?.ref<'vpc'>('VpcId');
  if (!item || !vpc) return undefined;
  const primary = item.string('CidrBlock');
  const sets = [
    ...(item.items('CidrBlockSet')?.map((one) => one.string('CidrBlock')) ?? []),
    ...(item.items('Ipv6CidrBlockSet')?.map((one) => one.string('Ipv6CidrBlock')) ?? []),
  ];
  const cidrs = [...new Set([primary, ...sets].filter((cidr) => cidr !== undefined))];
  return {
    vpc,
    account: item.string('OwnerId'),
    region: item.string('Region'),
    // the other side's blocks are not told before it accepts
    cidrs: cidrs.length > 0 ? cidrs : undefined,
  };
}

export const reader: Reader = {
  name: 'peering',
  kinds: ['peering'],
  operations: ['ec2:DescribeVpcPeeringConnections'],
  read: (answers) =>
    onceOverAccounts(
      answers.items('ec2:DescribeVpcPeeringConnections', 'VpcPeeringConnections').map(
        (item): Peering => ({
          kind: 'peering',
          ...base('peering', item, { id: idOf(item, 'VpcPeeringConnectionId') }),
          requester: side(item.item('RequesterVpcInfo')),
          accepter: side(item.item('AccepterVpcInfo')),
          state: item.item('Status')?.string('Code'),
        }),
      ),
    ),
};
