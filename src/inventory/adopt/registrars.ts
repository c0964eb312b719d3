/** Which target groups something fills by itself: their targets are nobody's to declare. */
import type { Answers } from '../answers.ts';
import { allStrings, allStringsIn } from '../fields.ts';

/** Whether a service or a scaling group registers in a target group what it runs, or may: then its targets come and go. */
export function registrars(answers: Answers): (group: string) => boolean {
  const filled = new Set<string>();
  let unclear = false;
  const add = (groups: readonly string[] | undefined): void => {
    if (groups === undefined) unclear = true;
    for (const group of groups ?? []) filled.add(group);
  };
  for (const item of answers.items('ecs:DescribeServices', 'services')) {
    const balancers = item.items('loadBalancers')?.filter((one) => !one.has('loadBalancerName'));
    add(balancers === undefined ? undefined : balancers.flatMap((one) => one.string('targetGroupArn') ?? []));
    for (const set of item.items('taskSets') ?? []) add(allStringsIn(set, 'loadBalancers', 'targetGroupArn') ?? []);
  }
  for (const item of answers.items('autoscaling:DescribeAutoScalingGroups', 'AutoScalingGroups'))
    add(allStrings(item, 'TargetGroupARNs'));
  return (group) => unclear || filled.has(group);
}
