/** Which auto scaling group an instance belongs to, from whichever answer tells. */
import type { Ref } from '../estate/source.ts';
import type { Answers } from './answers.ts';
import { arn } from './ids.ts';
import type { Item } from './item.ts';
import { listsAll } from './reading.ts';

const keyOf = ({ context }: Item, name: string): string => `${context.account} ${context.region} ${name}`;

/**
 * Group ARNs hold a random part, so they can only be looked up. A group that was not described gets the ARN with
 * `*` for that part: a reference that dangles and is told.
 */
export function groupArns(answers: Answers): (item: Item, name: string) => string {
  const arns = new Map<string, string>();
  for (const item of answers.items('autoscaling:DescribeAutoScalingGroups', 'AutoScalingGroups')) {
    const name = item.string('AutoScalingGroupName');
    const groupArn = item.string('AutoScalingGroupARN');
    if (name !== undefined && groupArn !== undefined) arns.set(keyOf(item, name), groupArn);
  }
  return (item, name) =>
    arns.get(keyOf(item, name)) ??
    arn('autoscaling', item.context.region, item.context.account, `autoScalingGroup:*:autoScalingGroupName/${name}`);
}

/** Null when every instance of a group was listed and this is none. */
export function groupsByInstance(
  answers: Answers,
): (instance: Item, id: string) => Ref<'autoScalingGroup'> | null | undefined {
  const arnOf = groupArns(answers);
  const refs = new Map<string, Ref<'autoScalingGroup'>>();
  for (const item of answers.items('autoscaling:DescribeAutoScalingInstances', 'AutoScalingInstances')) {
    const instance = item.string('InstanceId');
    const group = item.ref<'autoScalingGroup'>('AutoScalingGroupName', (name) => arnOf(item, name));
    if (instance !== undefined && group) refs.set(instance, group);
  }
  for (const item of answers.items('autoscaling:DescribeAutoScalingGroups', 'AutoScalingGroups'))
    for (const member of item.items('Instances') ?? []) {
      const instance = member.string('InstanceId');
      const group = item.ref<'autoScalingGroup'>('AutoScalingGroupName', (name) => arnOf(item, name));
      if (instance !== undefined && group && !refs.has(instance)) refs.set(instance, group);
    }
  const instancesListed = listsAll(answers, 'autoscaling:DescribeAutoScalingInstances');
  const groupsListed = listsAll(answers, 'autoscaling:DescribeAutoScalingGroups');
  return (item, id) => {
    const known = refs.get(id);
    if (known) return known;
    const tags = item.tags();
    const name = tags?.['aws:autoscaling:groupName'];
    if (name !== undefined) return item.refTo('Tags', arnOf(item, name));
    const { account, region } = item.context;
    return instancesListed(account, region) || groupsListed(account, region) ? null : undefined;
  };
}
