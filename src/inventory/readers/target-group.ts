import type { Target, TargetGroup } from '../../estate/kinds/balance.ts';
import { allRefs, keyValues, onceEach, text } from '../fields.ts';
import type { Item } from '../item.ts';
import { balancerTags } from '../listener-actions.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { choice, idOf } from '../reading.ts';

const TYPES = ['instance', 'ip', 'lambda', 'alb'] as const;

export const reader: Reader = {
  name: 'target-group',
  kinds: ['targetGroup'],
  operations: [
    'elbv2:DescribeTargetGroups',
    'elbv2:DescribeTargetGroupAttributes',
    'elbv2:DescribeTargetHealth',
    'elbv2:DescribeTags',
  ],
  read: (answers) => {
    const tags = balancerTags(answers);
    return answers.items('elbv2:DescribeTargetGroups', 'TargetGroups').map((item): TargetGroup => {
      const id = idOf(item, 'TargetGroupArn');
      const attributes = answers.one('elbv2:DescribeTargetGroupAttributes', 'TargetGroupArn', id);
      const health = answers.one('elbv2:DescribeTargetHealth', 'TargetGroupArn', id);
      return {
        kind: 'targetGroup',
        ...base(
          'targetGroup',
          item,
          { id, arn: text(item, 'TargetGroupArn'), name: text(item, 'TargetGroupName') },
          tags.get(id),
        ),
        targetType: choice(item, 'TargetType', TYPES),
        protocol: item.string('Protocol'),
        port: item.number('Port'),
        vpc: item.ref('VpcId'),
        loadBalancers: onceEach(allRefs(item, 'LoadBalancerArns')),
        healthCheckPath: item.string('HealthCheckPath'),
        ...checkedAt(item),
        attributes: attributes.state === 'read' ? keyValues(attributes.item, 'Attributes') : undefined,
        targets: health.state === 'read' ? targetsOf(health.item) : undefined,
      };
    });
  },
};

/** `traffic-port`, the default, is no port of its own. */
function checkedAt(item: Item): Pick<TargetGroup, 'healthCheckPort'> {
  const port = Number(item.value.HealthCheckPort ?? Number.NaN);
  return Number.isInteger(port) && port > 0 ? { healthCheckPort: port } : {};
}

function targetsOf(health: Item): readonly Target[] | undefined {
  const targets: Target[] = [];
  for (const description of allItems(health, 'TargetHealthDescriptions') ?? [undefined]) {
    const target = description?.item('Target');
    const id = target?.string('Id');
    if (target === undefined || id === undefined) return undefined;
    targets.push({
      target: id,
      port: target.number('Port'),
      zone: target.string('AvailabilityZone'),
      health: description?.item('TargetHealth')?.string('State'),
    });
  }
  return targets;
}
