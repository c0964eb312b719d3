import { SCALABLE_TARGETS, scalableTargetOf, scalingWasRead } from '../../../analyse/scaling/targets.ts';
import { absence } from '../../absence.ts';
import { join } from '../../example.ts';
import { scalableTarget, scalableTargetAnswer, service, serviceAnswer } from '../../examples/containers.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';
import { serviceName } from '../../words.ts';

export const rule = defineRule({
  id: 'service-without-autoscaling',
  problem: 9,
  severity: 'low',
  title: 'An ECS service keeps the same number of tasks whatever the traffic',
  why: 'A surge meets the tasks that are there and waits for somebody to raise the number. At night the same tasks are paid for without work.',
  fix: 'Service auto scaling with a target for CPU or requests per task, between a least and a most that you choose.',
  fixedBy: ['fargate'],
  subject: 'ecsService',
  needs: ['ecs:DescribeServices'],
  messages: {
    none: '{name} runs {n} task(s), and nothing changes that number',
    fixed: '{name} has auto scaling between {n} and {n}: the number never changes',
  },
  check(subject, estate) {
    const { desired } = subject;
    const name = serviceName(subject);
    if (subject.schedulingStrategy === 'DAEMON' || desired === 0) return { state: 'notApplicable' };
    const cluster = subject.cluster?.id.replace(/^.*\//, '');
    if (cluster === undefined) return unknown(subject, 'ecs:DescribeServices', 'the cluster of a service');
    // the name in the ARN: the display name may be a tag
    const resourceId = `service/${cluster}/${subject.id.replace(/^.*\//, '')}`;
    const target = scalableTargetOf(estate, subject, resourceId, 'ecs:service:DesiredCount');
    if (target) {
      const { min, max } = target;
      if (min === undefined || max === undefined)
        return unknown(subject, SCALABLE_TARGETS, 'between which numbers a service scales');
      if (min !== max) return { state: 'pass' };
      return {
        state: 'fail',
        message: 'fixed',
        data: { name, n: min },
        proof: [fact(target, 'MaxCapacity', `at least ${min} and at most ${max} tasks of ${name}`)],
        related: [target],
      };
    }
    if (!scalingWasRead(estate, subject, 'ecs'))
      return unknown(subject, SCALABLE_TARGETS, 'what scales by itself (ServiceNamespace ecs)');
    return {
      state: 'fail',
      message: 'none',
      data: { name, n: desired ?? 'some' },
      proof: [
        fact(subject, 'desiredCount', `${name} is asked to run ${desired ?? 'an untold number of'} task(s)`),
        ...absence(
          estate,
          subject,
          SCALABLE_TARGETS,
          { account: subject.account, region: subject.region, target: 'ServiceNamespace=ecs' },
          `no target for ${resourceId}`,
        ),
      ],
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html'],
  examples: {
    bad: join(serviceAnswer(service('web')), scalableTargetAnswer()),
    good: join(serviceAnswer(service('web')), scalableTargetAnswer(scalableTarget('web', 2, 10))),
  },
});
