import { groupUsers } from '../../../analyse/groups/users.ts';
import { join } from '../../example.ts';
import { group, groupAnswer, instance, instanceAnswer, network } from '../../examples/network.ts';
import { unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const DEFAULT = 'sg-0default00000001';
const answers = (...carried: readonly string[]) =>
  join(
    network(),
    groupAnswer(
      group(DEFAULT, 'default', [{ protocol: '-1', group: DEFAULT }]),
      group('sg-0web00000000000001', 'web', []),
    ),
    instanceAnswer(instance('i-0web0000000000001', 'web', { groups: carried })),
  );

const SHOWN = 3;

export const rule = defineRule({
  id: 'default-group-in-use',
  problem: 4,
  severity: 'low',
  title: "Something carries the VPC's default security group",
  why: 'AWS gives the default group to whatever is started without a choice, and its members may talk to each other on every port. So it collects things that nobody meant to connect.',
  fix: 'Give each resource a group of its own, and leave the default group without rules and without members.',
  fixedBy: ['groups-beside', 'shared-group-detached'],
  subject: 'securityGroup',
  needs: ['ec2:DescribeSecurityGroups', 'ec2:DescribeInstances', 'ec2:DescribeNetworkInterfaces'],
  messages: { used: '{n} with the default group of {vpc}: {names}' },
  check(subject, estate) {
    if (subject.groupName === undefined) return unknown(subject, 'ec2:DescribeSecurityGroups', 'the name of a group');
    if (subject.groupName !== 'default') return { state: 'notApplicable' };
    const users = groupUsers(estate).get(subject.id) ?? [];
    if (users.length === 0) return { state: 'pass' };
    const names = users.slice(0, SHOWN).map(({ resource }) => resource.name);
    const more = users.length - SHOWN;
    return {
      state: 'fail',
      message: 'used',
      data: {
        n: users.length === 1 ? '1 resource' : `${users.length} resources`,
        vpc: subject.vpc?.id ?? 'the VPC',
        names: names.join(', ') + (more > 0 ? ` and ${more} more` : ''),
      },
      proof: users.map(({ hop }) => hop),
      related: users.map(({ resource }) => resource),
    };
  },
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html'],
  examples: { bad: answers(DEFAULT), good: answers('sg-0web00000000000001') },
});
