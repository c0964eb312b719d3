import type { Volume } from '../../estate/kinds/compute.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'volume',
  kinds: ['volume'],
  operations: ['ec2:DescribeVolumes'],
  read: (answers) =>
    answers.items('ec2:DescribeVolumes', 'Volumes').map(
      (item): Volume => ({
        kind: 'volume',
        ...base('volume', item, { id: idOf(item, 'VolumeId') }),
        zone: item.ref('AvailabilityZone'),
        size: item.number('Size'),
        volumeType: item.string('VolumeType'),
        iops: item.number('Iops'),
        throughput: item.number('Throughput'),
        encrypted: item.boolean('Encrypted'),
        attachedTo: allItems(item, 'Attachments')?.flatMap((one) =>
          one.string('State') === 'detached' ? [] : (one.ref<'instance'>('InstanceId') ?? []),
        ),
      }),
    ),
};
