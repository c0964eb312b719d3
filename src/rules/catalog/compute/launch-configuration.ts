import { find } from '../../../estate/estate.ts';
import { scalingGroup, scalingGroupAnswer } from '../../examples/scaling.ts';
import { link, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const OPERATION = 'autoscaling:DescribeAutoScalingGroups';

export const rule = defineRule({
  id: 'launch-configuration',
  problem: 5,
  severity: 'low',
  title: 'An Auto Scaling group starts its instances from a launch configuration',
  why: 'Launch configurations cannot start the instance types that came out after 2022, and AWS adds nothing to them any more. The group stays on old machines until somebody rewrites it as a launch template.',
  fix: 'A launch template; or no instances at all, with the services on Fargate.',
  fixedBy: ['fargate'],
  subject: 'autoScalingGroup',
  needs: [OPERATION],
  messages: { old: '{name} starts its instances from the launch configuration {configuration}' },
  check(subject, estate) {
    const ref = subject.launchTemplate;
    if (ref === undefined) return unknown(subject, OPERATION, 'what a group starts its instances from');
    const template = find(estate, ref);
    const old = template ? template.form === 'configuration' : ref.field === 'LaunchConfigurationName';
    if (!old) return { state: 'pass' };
    const configuration = template?.name ?? ref.id.replace(/^.*launchConfigurationName\//, '');
    return {
      state: 'fail',
      message: 'old',
      data: { name: subject.name, configuration },
      proof: [link(subject, ref, `${subject.name} names the launch configuration ${configuration}`)],
      related: template ? [template] : [],
    };
  },
  sources: ['https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-configurations.html'],
  examples: {
    bad: scalingGroupAnswer(
      scalingGroup('web', { fields: { LaunchTemplate: undefined, LaunchConfigurationName: 'web-lc' } }),
    ),
    good: scalingGroupAnswer(scalingGroup('web')),
  },
});
