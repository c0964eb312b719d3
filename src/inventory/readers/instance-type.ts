import type { InstanceType } from '../../estate/kinds/compute.ts';
import { instanceTypeId } from '../ids.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'instance-type',
  kinds: ['instanceType'],
  operations: ['ec2:DescribeInstanceTypes'],
  read: (answers) =>
    answers.items('ec2:DescribeInstanceTypes', 'InstanceTypes').map((item): InstanceType => {
      const type = idOf(item, 'InstanceType');
      const { account, region } = item.context;
      return {
        kind: 'instanceType',
        ...base('instanceType', item, { id: instanceTypeId(account, region, type), name: type }, {}),
        currentGeneration: item.boolean('CurrentGeneration'),
        vcpus: item.item('VCpuInfo')?.number('DefaultVCpus'),
        memoryMiB: item.item('MemoryInfo')?.number('SizeInMiB'),
        architectures: item.item('ProcessorInfo')?.strings('SupportedArchitectures'),
      };
    }),
};
