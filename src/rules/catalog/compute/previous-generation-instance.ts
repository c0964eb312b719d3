import { topologyOf } from '../../../analyse/resilience/topology.ts';
import { join } from '../../example.ts';
import { instance, instanceAnswer, network } from '../../examples/network.ts';
import { GENERATION_MESSAGES, judgeGeneration } from '../../generation.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const GONE = new Set(['terminated', 'shutting-down']);

export const rule = defineRule({
  id: 'previous-generation-instance',
  problem: 5,
  severity: 'medium',
  title: 'An instance is of a previous generation',
  why: 'Old hardware fails more often, is retired on a date that AWS chooses, and costs more for less. New features, newer images and the savings of Arm do not come to it.',
  fix: 'For services: ECS on Fargate, which has no machine to age. For what stays an instance: stop it, change its type to the current equivalent, start it.',
  fixedBy: ['fargate'],
  subject: 'instance',
  needs: ['ec2:DescribeInstances'],
  messages: GENERATION_MESSAGES,
  check(subject, estate) {
    if (subject.state !== undefined && GONE.has(subject.state)) return { state: 'notApplicable' };
    const type = subject.instanceType;
    if (type === undefined) return unknown(subject, 'ec2:DescribeInstances', 'the type of an instance');
    const described = topologyOf(estate).instanceTypes.get(`${subject.region} ${type}`);
    const current = described?.currentGeneration;
    const api =
      described && current !== undefined
        ? {
            current,
            hop: fact(
              described,
              'CurrentGeneration',
              current
                ? `EC2’s API still answers that ${type} is current`
                : `EC2’s API answers that ${type} is not current`,
            ),
          }
        : undefined;
    return judgeGeneration(subject, 'ec2', type, 'InstanceType', 'ec2:DescribeInstanceTypes', api);
  },
  sources: [
    'https://aws.amazon.com/ec2/previous-generation/',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceTypeInfo.html',
  ],
  examples: {
    bad: join(
      network(),
      instanceAnswer(instance('i-0web0000000000001', 'web', { fields: { InstanceType: 'm4.large' } })),
    ),
    good: join(
      network(),
      instanceAnswer(instance('i-0web0000000000001', 'web', { fields: { InstanceType: 'm7g.large' } })),
    ),
  },
});
