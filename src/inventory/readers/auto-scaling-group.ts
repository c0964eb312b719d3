import type { AutoScalingGroup } from '../../estate/kinds/compute.ts';
import type { Ref } from '../../estate/source.ts';
import type { Answers } from '../answers.ts';
import { allRefs, allRefsIn } from '../fields.ts';
import { arn } from '../ids.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { allOf, idOf } from '../reading.ts';

/** ARNs of launch configurations by account, region and name: they hold a random part. */
function configurationArns(answers: Answers): (item: Item, name: string) => string {
  const arns = new Map<string, string>();
  for (const item of answers.items('autoscaling:DescribeLaunchConfigurations', 'LaunchConfigurations')) {
    const name = item.string('LaunchConfigurationName');
    const configuration = item.string('LaunchConfigurationARN') ?? name;
    if (name !== undefined && configuration !== undefined)
      arns.set(`${item.context.account} ${item.context.region} ${name}`, configuration);
  }
  return ({ context: { account, region } }, name) =>
    arns.get(`${account} ${region} ${name}`) ??
    arn('autoscaling', region, account, `launchConfiguration:*:launchConfigurationName/${name}`);
}

/** Templates by name, for groups that name theirs so. */
function templateIds(answers: Answers): ReadonlyMap<string, string> {
  return new Map(
    answers.items('ec2:DescribeLaunchTemplates', 'LaunchTemplates').flatMap((item): [string, string][] => {
      const name = item.string('LaunchTemplateName');
      const template = item.string('LaunchTemplateId');
      return name === undefined || template === undefined
        ? []
        : [[`${item.context.account} ${item.context.region} ${name}`, template]];
    }),
  );
}

export const reader: Reader = {
  name: 'auto-scaling-group',
  kinds: ['autoScalingGroup'],
  operations: [
    'autoscaling:DescribeAutoScalingGroups',
    'autoscaling:DescribeLaunchConfigurations',
    'ec2:DescribeLaunchTemplates',
  ],
  read: (answers) => {
    const configurationArn = configurationArns(answers);
    const templates = templateIds(answers);
    const launchOf = (item: Item): Ref<'launchTemplate'> | undefined => {
      const template =
        item.item('LaunchTemplate') ??
        item.item('MixedInstancesPolicy')?.item('LaunchTemplate')?.item('LaunchTemplateSpecification');
      const { account, region } = item.context;
      return (
        template?.ref('LaunchTemplateId') ??
        template?.ref('LaunchTemplateName', (name) => templates.get(`${account} ${region} ${name}`) ?? name) ??
        item.ref('LaunchConfigurationName', (name) => configurationArn(item, name))
      );
    };
    return answers.items('autoscaling:DescribeAutoScalingGroups', 'AutoScalingGroups').map((item): AutoScalingGroup => {
      const name = item.string('AutoScalingGroupName');
      const groupArn = item.string('AutoScalingGroupARN');
      // a comma-separated text of subnet ids
      const subnets = item.string('VPCZoneIdentifier');
      return {
        kind: 'autoScalingGroup',
        ...base('autoScalingGroup', item, { id: groupArn ?? idOf(item, 'AutoScalingGroupName'), name, arn: groupArn }),
        min: item.number('MinSize'),
        max: item.number('MaxSize'),
        desired: item.number('DesiredCapacity'),
        zones: allRefs(item, 'AvailabilityZones'),
        subnets: subnets
          ?.split(',')
          .map((subnet) => subnet.trim())
          .filter((subnet) => subnet !== '')
          .map((subnet) => item.refTo('VPCZoneIdentifier', subnet)),
        instances: allRefsIn(item, 'Instances', 'InstanceId'),
        targetGroups: allRefs(item, 'TargetGroupARNs'),
        launchTemplate: launchOf(item),
        healthCheckType: item.string('HealthCheckType'),
        suspendedProcesses: allOf(allItems(item, 'SuspendedProcesses'), (one) => one.string('ProcessName')),
      };
    });
  },
};
