import type { ScalableTarget } from '../../estate/kinds/compute.ts';
import { scalableTargetId } from '../ids.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'scalable-target',
  kinds: ['scalableTarget'],
  operations: ['application-autoscaling:DescribeScalableTargets'],
  read: (answers) =>
    answers.items('application-autoscaling:DescribeScalableTargets', 'ScalableTargets').map((item): ScalableTarget => {
      const resourceId = idOf(item, 'ResourceId');
      const namespace = item.string('ServiceNamespace');
      const dimension = item.string('ScalableDimension');
      const { account, region } = item.context;
      return {
        kind: 'scalableTarget',
        ...base('scalableTarget', item, {
          id: scalableTargetId(account, region, namespace ?? '', resourceId, dimension ?? ''),
          name: resourceId,
          arn: item.string('ScalableTargetARN'),
        }),
        namespace,
        resourceId: item.string('ResourceId'),
        dimension,
        min: item.number('MinCapacity'),
        max: item.number('MaxCapacity'),
      };
    }),
};
