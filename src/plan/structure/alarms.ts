/** Alarms that wake somebody for a reason: storage that runs out, errors that customers see, copies that fall behind. */
import { watchedBy } from '../../analyse/watch/alarms.ts';
import { statusOf } from '../../estate/coverage.ts';
import { all, type Estate } from '../../estate/estate.ts';
import type { ResourceOf } from '../../estate/resource.ts';
import { addressOf, type Create, type Edit, type Named, ref } from '../edit.ts';
import type { Context } from '../move.ts';
import { slug, tagged } from './names.ts';

const ALARM = 'aws:cloudwatch/metricAlarm:MetricAlarm';
const TOPIC = 'aws:sns/topic:Topic';
const GIB = 1024 ** 3;

type Watched = ResourceOf<'database'> | ResourceOf<'loadBalancer'>;

/** Databases and load balancers that no alarm which tells somebody watches, where every alarm was read. */
export const unwatched = (estate: Estate): readonly Watched[] =>
  [...all(estate, 'database'), ...all(estate, 'loadBalancer')].filter(
    (one) =>
      statusOf(estate.coverage, 'cloudwatch:DescribeAlarms', { account: one.account, region: one.region }) === 'read' &&
      ['unwatched', 'silent'].includes(watchedBy(estate, one).state),
  );

/** Where no answer tells which alarms there are. */
export const unreadAlarms = (estate: Estate): readonly Watched[] =>
  [...all(estate, 'database'), ...all(estate, 'loadBalancer')].filter(
    (one) =>
      statusOf(estate.coverage, 'cloudwatch:DescribeAlarms', { account: one.account, region: one.region }) !== 'read',
  );

/** The alarms, and the topic of each region that they tell. */
export function alarmsFor(context: Context, things: readonly Watched[], email: string): readonly Edit[] {
  const { state } = context;
  const { region: home } = state.world.today.place;
  const edits: Create[] = [];
  const taken = new Set(all(context.estate, 'alarm').map(({ region, name }) => `${region} ${name}`));
  for (const region of [...new Set(things.map((one) => one.region))].sort()) {
    const place = region === home ? {} : { region };
    const topic: Named = { type: TOPIC, name: region === home ? 'alarms' : `alarms-${region}` };
    const known = state.world.declared.has(addressOf(topic));
    const topicName = freeTopic(context.estate, region);
    if (!known) {
      edits.push({ op: 'create', ...topic, properties: { name: topicName, tags: tagged(topicName) }, ...place });
      edits.push({
        op: 'create',
        type: 'aws:sns/topicSubscription:TopicSubscription',
        name: topic.name,
        properties: { topic: ref(topic, 'arn'), protocol: 'email', endpoint: email },
        ...place,
      });
    }
    for (const thing of things.filter((one) => one.region === region))
      for (const { key, ...settings } of watching(context.estate, thing)) {
        let name = `${thing.name}-${key}`;
        while (taken.has(`${region} ${name}`)) name = `${name}-2`;
        taken.add(`${region} ${name}`);
        edits.push({
          op: 'create',
          type: ALARM,
          name: slug(name, 120),
          properties: {
            name,
            ...settings,
            alarmActions: [ref(topic, 'arn')],
            okActions: [ref(topic, 'arn')],
            tags: { ...thing.tags, ...tagged(name) },
          },
          ...place,
        });
      }
  }
  return edits;
}

function freeTopic(estate: Estate, region: string): string {
  const names = new Set(all(estate, 'topic').flatMap((one) => (one.region === region ? [one.name] : [])));
  let name = 'alarms';
  while (names.has(name)) name = `${name}-2`;
  return name;
}

interface Setting {
  readonly [key: string]: string | number | boolean | Readonly<Record<string, string>>;
  readonly key: string;
}

/**
 * What is watched is named by its identifier and not by a reference: an alarm must not hold back what is replaced.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html
 */
function watching(estate: Estate, thing: Watched): readonly Setting[] {
  const more = { comparisonOperator: 'GreaterThanThreshold', treatMissingData: 'notBreaching' };
  if (thing.kind === 'database') {
    const of = {
      namespace: 'AWS/RDS',
      dimensions: { DBInstanceIdentifier: thing.identifier },
      period: 300,
      treatMissingData: 'missing',
    };
    const cpu: Setting = {
      ...of,
      ...more,
      key: 'busy',
      alarmDescription: `${thing.name} has worked at more than 90 % for 15 minutes`,
      metricName: 'CPUUtilization',
      statistic: 'Average',
      threshold: 90,
      evaluationPeriods: 3,
    };
    const storage: Setting = {
      ...of,
      key: 'storage',
      alarmDescription: `${thing.name} runs out of storage: it stops writing when it is full`,
      metricName: 'FreeStorageSpace',
      statistic: 'Minimum',
      comparisonOperator: 'LessThanThreshold',
      threshold: Math.max(2, Math.round((thing.allocatedStorage ?? 20) / 10)) * GIB,
      evaluationPeriods: 2,
    };
    const lag: Setting = {
      ...of,
      ...more,
      key: 'behind',
      alarmDescription: `${thing.name} is minutes behind its primary: readers see old data`,
      metricName: 'ReplicaLag',
      statistic: 'Average',
      threshold: 300,
      evaluationPeriods: 2,
    };
    return [...(thing.cluster ? [] : [storage]), cpu, ...(thing.replicaOf ? [lag] : [])];
  }
  const value = thing.id.replace(/^.*:loadbalancer\//, '');
  if (thing.type === 'classic') {
    return [
      {
        ...more,
        key: 'errors',
        alarmDescription: `${thing.name} answers with errors of its own`,
        namespace: 'AWS/ELB',
        metricName: 'HTTPCode_ELB_5XX',
        dimensions: { LoadBalancerName: value },
        statistic: 'Sum',
        period: 300,
        threshold: 10,
        evaluationPeriods: 1,
      },
    ];
  }
  if (thing.type !== 'application')
    return all(estate, 'targetGroup')
      .filter(({ loadBalancers }) => loadBalancers?.some(({ id }) => id === thing.id))
      .map((group) => ({
        ...more,
        key: `${slug(group.name)}-unhealthy`,
        alarmDescription: `Targets of ${group.name} do not answer their health check`,
        namespace: thing.type === 'gateway' ? 'AWS/GatewayELB' : 'AWS/NetworkELB',
        metricName: 'UnHealthyHostCount',
        dimensions: { LoadBalancer: value, TargetGroup: group.id.replace(/^.*:/, '') },
        statistic: 'Maximum',
        period: 60,
        threshold: 0,
        evaluationPeriods: 5,
      }));
  const of = {
    ...more,
    namespace: 'AWS/ApplicationELB',
    dimensions: { LoadBalancer: value },
    statistic: 'Sum',
    period: 300,
  };
  return [
    {
      ...of,
      key: 'errors',
      alarmDescription: `${thing.name} answers with errors of its own: nothing behind it takes requests`,
      metricName: 'HTTPCode_ELB_5XX_Count',
      threshold: 10,
      evaluationPeriods: 1,
    },
    {
      ...of,
      key: 'target-errors',
      alarmDescription: `The programs behind ${thing.name} answer with errors`,
      metricName: 'HTTPCode_Target_5XX_Count',
      threshold: 20,
      evaluationPeriods: 2,
    },
  ];
}
