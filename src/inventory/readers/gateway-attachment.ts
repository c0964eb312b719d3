import type { TransitGatewayAttachment, VpnGateway } from '../../estate/kinds/network.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { idOf, onceOverAccounts } from '../reading.ts';

const gone = (state: string | undefined): boolean => state === 'deleted' || state === 'failed' || state === 'rejected';

/** Ways out of a VPC to other networks: transit gateway attachments and virtual private gateways. */
export const reader: Reader = {
  name: 'gateway-attachment',
  kinds: ['transitGatewayAttachment', 'vpnGateway'],
  operations: [
    'ec2:DescribeTransitGatewayAttachments',
    'ec2:DescribeTransitGatewayVpcAttachments',
    'ec2:DescribeVpnGateways',
  ],
  read: (answers) => {
    const attachments = new Map<string, TransitGatewayAttachment>();
    for (const [operation, field] of [
      ['ec2:DescribeTransitGatewayAttachments', 'TransitGatewayAttachments'],
      ['ec2:DescribeTransitGatewayVpcAttachments', 'TransitGatewayVpcAttachments'],
    ] as const)
      for (const item of answers.items(operation, field)) {
        const attachment = idOf(item, 'TransitGatewayAttachmentId');
        if (gone(item.string('State')) || attachments.has(attachment)) continue;
        attachments.set(attachment, {
          kind: 'transitGatewayAttachment',
          ...base('transitGatewayAttachment', item, { id: attachment }),
          transitGateway: item.string('TransitGatewayId'),
          vpc: item.ref('VpcId') ?? (item.string('ResourceType') === 'vpc' ? item.ref('ResourceId') : undefined),
        });
      }
    const vpnGateways = answers.items('ec2:DescribeVpnGateways', 'VpnGateways').flatMap((item): VpnGateway[] => {
      if (gone(item.string('State'))) return [];
      return [
        {
          kind: 'vpnGateway',
          ...base('vpnGateway', item, { id: idOf(item, 'VpnGatewayId') }),
          vpcs: allItems(item, 'VpcAttachments')?.flatMap((one) => {
            const vpc = one.ref<'vpc'>('VpcId');
            return vpc && one.string('State') !== 'detached' ? [vpc] : [];
          }),
        },
      ];
    });
    return [...onceOverAccounts([...attachments.values()]), ...vpnGateways];
  },
};
