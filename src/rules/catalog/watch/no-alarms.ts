import { watchedBy } from '../../../analyse/watch/alarms.ts';
import { missing, statusOf } from '../../../estate/coverage.ts';
import { all } from '../../../estate/estate.ts';
import { absence } from '../../absence.ts';
import { join } from '../../example.ts';
import { balancer, balancerAnswer } from '../../examples/balancers.ts';
import { database, databaseAnswer } from '../../examples/database.ts';
import { alarm, alarmAnswer, callerAnswer, onCallAnswer } from '../../examples/records.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const OPERATION = 'cloudwatch:DescribeAlarms';
const LISTS = ['rds:DescribeDBInstances', 'elbv2:DescribeLoadBalancers'];
const WORDS = { database: 'database', loadBalancer: 'load balancer' } as const;

const shop = join(
  callerAnswer(),
  databaseAnswer(database('orders')),
  balancerAnswer(balancer('shop', ['eu-west-1a', 'eu-west-1b'])),
);

export const rule = defineRule({
  id: 'no-alarms',
  problem: 10,
  severity: 'medium',
  title: 'No alarm watches the databases and load balancers',
  why: 'A full disk, a connection limit or a wave of errors is first noticed by customers. An alarm on the database and the balancer tells you before they do, usually with time to act.',
  fix: 'Alarms on free storage, connections, CPU and errors that tell a topic which somebody reads.',
  fixedBy: ['evidence-first'],
  subject: 'account',
  needs: [OPERATION, ...LISTS],
  messages: {
    none: 'no alarm watches any of the {m} databases and load balancers of account {account}',
    some: '{n} of the {m} databases and load balancers of account {account} have no alarm: {names}',
  },
  check(subject, estate) {
    const { account } = subject;
    const things = [...all(estate, 'database'), ...all(estate, 'loadBalancer')].filter(
      (one) => one.account === account,
    );
    const [unlisted] = missing(estate.coverage, LISTS, { account });
    if (things.length === 0)
      return unlisted === undefined
        ? { state: 'notApplicable' }
        : unknown(subject, unlisted, 'which databases and balancers there are');
    const blind = things.filter(({ region }) => statusOf(estate.coverage, OPERATION, { account, region }) !== 'read');
    if (blind.length > 0) return unknown(subject, OPERATION, 'each alarm of the regions with a database or balancer');
    const watched = things.map((thing) => ({ thing, by: watchedBy(estate, thing) }));
    const without = watched.filter(({ by }) => by.state === 'unwatched' || by.state === 'silent');
    if (without.length === 0) {
      const [untold] = watched.flatMap(({ by }) => (by.state === 'unknown' ? [by.operation] : []));
      return untold === undefined
        ? { state: 'pass' }
        : unknown(subject, untold, 'what each alarm watches and whom it tells');
    }
    const all_ = without.length === things.length;
    const places = [...new Set(without.map(({ thing }) => thing.region))].sort();
    const names = without.map(({ thing }) => thing.name);
    return {
      state: 'fail',
      message: all_ ? 'none' : 'some',
      data: {
        account,
        n: without.length,
        m: things.length,
        names: names.length > 5 ? `${names.slice(0, 5).join(', ')} …` : names.join(', '),
      },
      severity: all_ ? 'medium' : 'low',
      proof: [
        ...without.map(({ thing, by }) =>
          by.state === 'silent'
            ? fact(by.alarm, 'AlarmActions', `the alarm ${by.alarm.name} on ${thing.name} tells nobody`)
            : fact(thing, '', `no alarm names the ${WORDS[thing.kind]} ${thing.name} in its dimensions`),
        ),
        ...places.flatMap((region) =>
          absence(estate, subject, OPERATION, { account, region }, 'no alarm on the resources named here'),
        ),
      ],
      related: without.map(({ thing }) => thing),
    };
  },
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html',
  ],
  examples: {
    bad: join(shop, alarmAnswer()),
    good: join(
      shop,
      onCallAnswer(),
      alarmAnswer(
        alarm('orders-storage', 'AWS/RDS', 'FreeStorageSpace', ['DBInstanceIdentifier', 'orders']),
        alarm('shop-errors', 'AWS/ApplicationELB', 'HTTPCode_ELB_5XX_Count', [
          'LoadBalancer',
          'app/shop/0example00000001',
        ]),
      ),
    ),
  },
});
