import { groupUsers, type Tier, untoldUsers } from '../../../analyse/groups/users.ts';
import { join } from '../../example.ts';
import { database, databaseAnswer } from '../../examples/database.ts';
import { group, groupAnswer, instance, instanceAnswer, network } from '../../examples/network.ts';
import { unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const WORDS: Readonly<Record<Tier, string>> = {
  edge: 'load balancers',
  app: 'applications',
  data: 'data stores',
  access: 'the way in',
};
const ORDER: readonly Tier[] = ['edge', 'app', 'data', 'access'];

export const rule = defineRule({
  id: 'group-shared-by-tiers',
  problem: 4,
  severity: 'high',
  title: 'One security group is shared by several tiers',
  why: 'What you open for the web server is open on the database too, and nobody can tell any more which rule is for whom. So nobody dares to close a rule, and the group only grows.',
  fix: 'One group per resource, attached beside the shared one first; the shared group is detached once the new rules are seen to carry all traffic.',
  fixedBy: ['groups-beside', 'shared-group-detached'],
  subject: 'securityGroup',
  needs: ['ec2:DescribeSecurityGroups', 'ec2:DescribeInstances', 'rds:DescribeDBInstances'],
  messages: { shared: '{name} is carried by {n} resources of {m} tiers: {tiers}' },
  check(subject, estate) {
    const users = groupUsers(estate).get(subject.id) ?? [];
    const tiers = ORDER.filter((tier) => users.some((user) => user.tier === tier));
    if (users.length === 0) return { state: 'notApplicable' };
    if (tiers.length < 2) {
      const untold = ORDER.flatMap((tier) => (tiers.includes(tier) ? [] : (untoldUsers(estate).get(tier) ?? [])));
      const [first] = untold;
      if (first) return unknown(subject, first.source.operation, `which groups ${first.name} carries`);
      return { state: 'pass' };
    }
    return {
      state: 'fail',
      message: 'shared',
      data: {
        name: subject.name,
        n: users.length,
        m: tiers.length,
        tiers: tiers.map((tier) => WORDS[tier]).join(', '),
      },
      proof: tiers.flatMap((tier) => users.filter((user) => user.tier === tier).map((user) => user.hop)),
      related: users.map((user) => user.resource),
    };
  },
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  examples: {
    bad: join(
      network(),
      groupAnswer(group('sg-0shared000000001', 'shared', [])),
      instanceAnswer(instance('i-0web0000000000001', 'web', { groups: ['sg-0shared000000001'] })),
      databaseAnswer(
        database('orders', { VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-0shared000000001', Status: 'active' }] }),
      ),
    ),
    good: join(
      network(),
      groupAnswer(group('sg-0web00000000000001', 'web', []), group('sg-0db000000000000001', 'db', [])),
      instanceAnswer(instance('i-0web0000000000001', 'web', { groups: ['sg-0web00000000000001'] })),
      databaseAnswer(
        database('orders', { VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-0db000000000000001', Status: 'active' }] }),
      ),
    ),
  },
});
