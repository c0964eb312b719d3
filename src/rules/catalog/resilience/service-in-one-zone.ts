import { topologyOf } from '../../../analyse/resilience/topology.ts';
import { isRunning, zonesOf, zonesOfSubnets } from '../../../analyse/resilience/zones.ts';
import { join } from '../../example.ts';
import { service, serviceAnswer, task, taskAnswer } from '../../examples/containers.ts';
import { network, privateSubnet } from '../../examples/network.ts';
import { fact } from '../../proof.ts';
import { defineRule } from '../../rule.ts';
import { serviceName } from '../../words.ts';

export const rule = defineRule({
  id: 'service-in-one-zone',
  problem: 3,
  severity: 'medium',
  title: 'An ECS service runs in one zone, or as a single task',
  why: 'When that zone, or the one machine under the task, fails, the service answers nothing until ECS has found room and started it again. Two tasks in two zones carry on through the same failure and through every deployment.',
  fix: 'At least two tasks, in subnets of at least two zones.',
  fixedBy: ['private-network', 'fargate'],
  subject: 'ecsService',
  needs: ['ecs:DescribeServices', 'ecs:DescribeTasks'],
  messages: {
    subnets: '{name} can only run in {zone}: its subnets are all in that zone',
    single: '{name} runs as one task: when its machine or zone fails, nothing answers until ECS has started another',
    tasks: 'all {n} running tasks of {name} are in {zone}: they fall together',
  },
  check(subject, estate) {
    const { desired } = subject;
    const name = serviceName(subject);
    if (subject.launchType === 'EXTERNAL' || desired === 0) return { state: 'notApplicable' };
    const allowed = zonesOfSubnets(estate, subject.network?.subnets);
    if (allowed?.length === 1) {
      const [zone = ''] = allowed;
      const detail = `every subnet of ${name} is in ${zone}`;
      return {
        state: 'fail',
        message: 'subnets',
        data: { name, zone },
        proof: [fact(subject, 'networkConfiguration.awsvpcConfiguration.subnets', detail)],
      };
    }
    if (desired === 1 && subject.schedulingStrategy !== 'DAEMON')
      return {
        state: 'fail',
        message: 'single',
        data: { name },
        proof: [fact(subject, 'desiredCount', `${name} is asked to run one task`)],
      };
    const zones = zonesOf(estate, subject);
    if (!zones.known) return { state: 'unknown', missing: zones.missing };
    if (zones.scope === 'regional' || zones.zones.length > 1) return { state: 'pass' };
    const [zone = ''] = zones.zones;
    const tasks = (topologyOf(estate).tasksOf.get(subject.id) ?? []).filter(isRunning);
    return {
      state: 'fail',
      message: tasks.length === 1 ? 'single' : 'tasks',
      data: { name, n: tasks.length, zone },
      proof: tasks.map((task) => fact(task, '', `task ${task.name} of ${name} runs in ${zone}`)),
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html'],
  examples: {
    bad: join(
      network(),
      serviceAnswer(
        service('web', {
          networkConfiguration: { awsvpcConfiguration: { subnets: [privateSubnet('eu-west-1a')], securityGroups: [] } },
        }),
      ),
      taskAnswer(task('web', 1, 'eu-west-1a'), task('web', 2, 'eu-west-1a')),
    ),
    good: join(
      network(),
      serviceAnswer(service('web')),
      taskAnswer(task('web', 1, 'eu-west-1a'), task('web', 2, 'eu-west-1b')),
    ),
  },
});
