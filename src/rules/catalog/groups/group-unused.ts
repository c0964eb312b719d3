import { groupReferrers, groupsInUse } from '../../../analyse/groups/users.ts';
import { type CoverageStatus, statusOf } from '../../../estate/coverage.ts';
import { join } from '../../example.ts';
import { group, groupAnswer, instance, instanceAnswer, network } from '../../examples/network.ts';
import { nothingElseRuns } from '../../examples/open.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

/** Whatever runs shows by its interfaces; what is stopped or not yet started shows only in these. */
const CARRIERS = [
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeInstances',
  'ec2:DescribeLaunchTemplates',
  'autoscaling:DescribeLaunchConfigurations',
  'rds:DescribeDBInstances',
  'elasticache:DescribeCacheClusters',
  'elbv2:DescribeLoadBalancers',
  'elb:DescribeLoadBalancers',
  'lambda:ListFunctions',
  'ec2:DescribeVpcEndpoints',
] as const;

export const rule = defineRule({
  id: 'group-unused',
  problem: 4,
  severity: 'low',
  title: 'A security group that nothing carries',
  why: 'Left-over groups look like real ones in every list, and sooner or later somebody picks one, with all its old rules. Nobody dares to delete them, for nobody knows whether they are in use.',
  fix: 'Delete it; where the rules of other groups name it, remove those rules first.',
  fixedBy: ['shared-group-detached'],
  subject: 'securityGroup',
  needs: ['ec2:DescribeSecurityGroups'],
  messages: {
    unused: 'nothing carries {name}: no interface, server, database, cache, load balancer, function or launch template',
    named: 'nothing carries {name}, though rules of {others} still name it',
  },
  check(subject, estate) {
    if (subject.groupName === 'default') return { state: 'notApplicable' };
    if (groupsInUse(estate).has(subject.id)) return { state: 'pass' };
    const { account, region } = subject;
    const status = (operation: string): CoverageStatus => statusOf(estate.coverage, operation, { account, region });
    const unread = CARRIERS.find((operation) => status(operation) !== 'read');
    if (unread !== undefined) return unknown(subject, unread, 'whether something carries a group');
    const others = groupReferrers(estate).get(subject.id) ?? [];
    return {
      state: 'fail',
      message: others.length > 0 ? 'named' : 'unused',
      data: { name: subject.name, others: others.map((other) => other.name).join(', ') },
      proof: [
        fact(subject, 'GroupId', `${subject.name} (${subject.id}) is in none of the answers to ${CARRIERS.join(', ')}`),
      ],
      related: others,
    };
  },
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/deleting-security-groups.html'],
  examples: {
    bad: join(
      network(),
      nothingElseRuns(),
      groupAnswer(group('sg-0web00000000000001', 'web', []), group('sg-0old00000000000001', 'old-test', [])),
      instanceAnswer(instance('i-0web0000000000001', 'web', { groups: ['sg-0web00000000000001'] })),
    ),
    good: join(
      network(),
      nothingElseRuns(),
      groupAnswer(group('sg-0web00000000000001', 'web', [])),
      instanceAnswer(instance('i-0web0000000000001', 'web', { groups: ['sg-0web00000000000001'] })),
    ),
  },
});
