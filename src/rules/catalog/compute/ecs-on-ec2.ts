import { hostsOfClusters } from '../../../analyse/placement/hosts.ts';
import { find } from '../../../estate/estate.ts';
import { service, serviceAnswer } from '../../examples/containers.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';
import { nameAndId, serviceName } from '../../words.ts';

const OPERATION = 'ecs:DescribeServices';
/** Of a large cluster only so many machines are named with each service. */
const SHOWN = 10;
const FARGATE = new Set(['FARGATE', 'FARGATE_SPOT']);

export const rule = defineRule({
  id: 'ecs-on-ec2',
  problem: 5,
  severity: 'medium',
  title: 'An ECS service runs on EC2 instances that you keep alive yourselves',
  why: 'You patch, size and replace the machines under the containers, and when one dies its tasks wait until another has room. On Fargate AWS runs every task on a machine of its own that nobody has to tend.',
  fix: 'ECS on Fargate: the same task definition with awsvpc networking, beside the old service until it carries the traffic.',
  fixedBy: ['fargate'],
  subject: 'ecsService',
  needs: [OPERATION],
  messages: {
    known: '{name} runs on {n} EC2 instance(s) of cluster {cluster} ({types})',
    launch: '{name} runs on EC2 instances',
  },
  check(subject, estate) {
    const { name, launchType, capacityProviders } = subject;
    if (launchType === 'EXTERNAL') return { state: 'notApplicable' };
    if (launchType === 'FARGATE') return { state: 'pass' };
    const own = capacityProviders?.filter((provider) => !FARGATE.has(provider)) ?? [];
    if (launchType === undefined && own.length === 0)
      return capacityProviders && capacityProviders.length > 0
        ? { state: 'pass' }
        : unknown(subject, OPERATION, 'what a service runs on');
    const cluster = find(estate, subject.cluster);
    const { machines, types } = hostsOfClusters(estate).get(subject.cluster?.id ?? '') ?? { machines: [], types: [] };
    const shown = machines.slice(0, SHOWN);
    const proof = [
      launchType === 'EC2'
        ? fact(subject, 'launchType', `${name} has launch type EC2`)
        : fact(subject, 'capacityProviderStrategy', `${name} uses the capacity provider(s) ${own.join(', ')}`),
      ...shown.map((machine) =>
        fact(
          machine,
          'InstanceType',
          `${nameAndId(machine)}, ${machine.instanceType ?? 'of an untold type'}, is in its cluster`,
        ),
      ),
    ];
    if (!cluster || types.length === 0)
      return { state: 'fail', message: 'launch', data: { name: serviceName(subject) }, proof };
    return {
      state: 'fail',
      message: 'known',
      data: { name, n: machines.length, cluster: cluster.name, types: types.join(', ') },
      proof,
      related: shown,
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/launch_types.html'],
  examples: {
    bad: serviceAnswer(
      service('web', { launchType: 'EC2', networkConfiguration: undefined, platformVersion: undefined }),
    ),
    good: serviceAnswer(service('web')),
  },
});
