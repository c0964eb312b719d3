import { isNamed, trafficText, whoText } from '../../../analyse/internet/admitted.ts';
import { reached } from '../../../analyse/internet/reached.ts';
import { hiddenHandover } from '../../../analyse/internet/targets.ts';
import { networkOf } from '../../../analyse/reachability/index.ts';
import { missingOf } from '../../../analyse/verdict.ts';
import { addressesOf, trafficIn } from '../../../estate/sets/index.ts';
import { join } from '../../example.ts';
import { database, databaseAnswer, placed } from '../../examples/database.ts';
import { network } from '../../examples/network.ts';
import { groups, noBalancers, OPEN_GROUP, PRIVATE_SUBNETS, PUBLIC_SUBNETS } from '../../examples/open.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'database-reachable-from-internet',
  problem: 1,
  severity: 'high',
  title: 'A database takes connections from the internet',
  why: 'Whoever opens the connection needs one leaked password, one old account or one hole in the engine, and has all your data. Machines try this on every public address, day and night.',
  fix: 'Let only the groups of its clients in, give developers a way in of their own, then turn PubliclyAccessible off and move the database to private subnets.',
  fixedBy: ['database-closed', 'database-private'],
  subject: 'database',
  needs: ['rds:DescribeDBInstances', 'elbv2:DescribeLoadBalancers', 'elbv2:DescribeTargetGroups'],
  messages: {
    reached: '{name} takes connections on {ports} from {who}',
    behind: '{name} takes connections of {who} on {ports}, handed on by a load balancer',
  },
  check(subject, estate) {
    const answer = reached(estate, subject);
    if (answer.answer === 'no') {
      const hidden = hiddenHandover(estate, subject, subject.vpc?.id);
      return hidden ? { state: 'unknown', missing: [hidden] } : { state: 'pass' };
    }
    const { verdict, admitted } = answer;
    if (verdict.answer !== 'yes') return { state: 'unknown', missing: missingOf(verdict) };
    const from = addressesOf(admitted);
    return {
      state: 'fail',
      message: answer.via === 'direct' ? 'reached' : 'behind',
      severity: isNamed(from) ? 'medium' : 'high',
      data: {
        name: subject.name,
        ports: trafficText(trafficIn(admitted)),
        who: whoText(from, networkOf(estate).strangers),
      },
      proof: verdict.proof,
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html'],
  examples: {
    bad: join(
      network(),
      groups(),
      noBalancers(),
      databaseAnswer(database('orders', { ...placed(PUBLIC_SUBNETS, [OPEN_GROUP]), PubliclyAccessible: true })),
    ),
    good: join(
      network(),
      groups(),
      noBalancers(),
      databaseAnswer(database('orders', placed(PRIVATE_SUBNETS, [OPEN_GROUP]))),
    ),
  },
});
