import type { EgressOnlyInternetGateway, InternetGateway } from '../../estate/kinds/network.ts';
import type { Ref } from '../../estate/source.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { allOf, idOf } from '../reading.ts';

/** AWS says `available` for an attached internet gateway, and `attached` for the egress-only kind. */
const attachedVpcs = (item: Item): readonly Ref<'vpc'>[] | undefined =>
  allOf(
    allItems(item, 'Attachments')?.filter((one) => {
      const state = one.string('State');
      return state === undefined || state === 'available' || state === 'attached';
    }),
    (one) => one.ref<'vpc'>('VpcId'),
  );

export const reader: Reader = {
  name: 'internet-gateway',
  kinds: ['internetGateway', 'egressOnlyInternetGateway'],
  operations: ['ec2:DescribeInternetGateways', 'ec2:DescribeEgressOnlyInternetGateways'],
  read: (answers) => [
    ...answers.items('ec2:DescribeInternetGateways', 'InternetGateways').map(
      (item): InternetGateway => ({
        kind: 'internetGateway',
        ...base('internetGateway', item, { id: idOf(item, 'InternetGatewayId') }),
        vpcs: attachedVpcs(item),
      }),
    ),
    ...answers.items('ec2:DescribeEgressOnlyInternetGateways', 'EgressOnlyInternetGateways').map(
      (item): EgressOnlyInternetGateway => ({
        kind: 'egressOnlyInternetGateway',
        ...base('egressOnlyInternetGateway', item, { id: idOf(item, 'EgressOnlyInternetGatewayId') }),
        vpcs: attachedVpcs(item),
      }),
    ),
  ],
};
