/** Alarms that wake somebody for a reason: storage that runs out, errors that customers see, copies that fall behind. */
import { watchedBy } from '../../analyse/watch/alarms.ts';
import type { DataMap, Declaration } from '../../blueprint/declared/declaration.ts';
import { ALARM, standardAlarms } from '../../blueprint/declared/standard-alarms.ts';
import { statusOf } from '../../estate/coverage.ts';
import { all, type Estate } from '../../estate/estate.ts';
import type { ResourceOf } from '../../estate/resource.ts';
import { addressOf, type Create, type Edit, type Named, ref } from '../edit.ts';
import type { Context } from '../move.ts';
import { createOf } from './creates.ts';
import { slug, tagged } from './names.ts';

const TOPIC = 'aws:sns/topic:Topic';

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
      for (const one of alarmsOf(context.estate, thing, ref(topic, 'arn')))
        edits.push(createOf(named(one, taken, region), place));
  }
  return edits;
}

function freeTopic(estate: Estate, region: string): string {
  const names = new Set(all(estate, 'topic').flatMap((one) => (one.region === region ? [one.name] : [])));
  let name = 'alarms';
  while (names.has(name)) name = `${name}-2`;
  return name;
}

/** What the blueprint makes for it; the alarms of targets behind other balancers are the plan's own. */
function alarmsOf(estate: Estate, thing: Watched, topicArn: string): readonly Declaration[] {
  const common = { topicArn, ...(thing.tags === undefined ? {} : { tags: thing.tags }) };
  if (thing.kind === 'database')
    return standardAlarms(thing.name, {
      ...common,
      database: thing.identifier,
      leastStorage: thing.cluster ? undefined : Math.max(2, Math.round((thing.allocatedStorage ?? 20) / 10)),
      replica: Boolean(thing.replicaOf),
    });
  const value = thing.id.replace(/^.*:loadbalancer\//, '');
  if (thing.type === 'application') return standardAlarms(thing.name, { ...common, loadBalancer: value });
  const own = (key: string, properties: DataMap): Declaration => {
    const name = `${thing.name}-${key}`;
    return {
      type: ALARM,
      name,
      properties: {
        name,
        comparisonOperator: 'GreaterThanThreshold',
        treatMissingData: 'notBreaching',
        ...properties,
        alarmActions: [topicArn],
        okActions: [topicArn],
        tags: { ...thing.tags, ...tagged(name) },
      },
    };
  };
  if (thing.type === 'classic')
    return [
      own('errors', {
        alarmDescription: `${thing.name} answers with errors of its own`,
        namespace: 'AWS/ELB',
        metricName: 'HTTPCode_ELB_5XX',
        dimensions: { LoadBalancerName: value },
        statistic: 'Sum',
        period: 300,
        threshold: 10,
        evaluationPeriods: 1,
      }),
    ];
  return all(estate, 'targetGroup')
    .filter(({ loadBalancers }) => loadBalancers?.some(({ id }) => id === thing.id))
    .map((group) =>
      own(`${slug(group.name)}-unhealthy`, {
        alarmDescription: `Targets of ${group.name} do not answer their health check`,
        namespace: thing.type === 'gateway' ? 'AWS/GatewayELB' : 'AWS/NetworkELB',
        metricName: 'UnHealthyHostCount',
        dimensions: { LoadBalancer: value, TargetGroup: group.id.replace(/^.*:/, '') },
        statistic: 'Maximum',
        period: 60,
        threshold: 0,
        evaluationPeriods: 5,
      }),
    );
}

/** With a name that no alarm has yet, in AWS and in the program. */
function named(one: Declaration, taken: Set<string>, region: string): Declaration {
  let name = one.name;
  while (taken.has(`${region} ${name}`)) name = `${name}-2`;
  taken.add(`${region} ${name}`);
  const { tags } = one.properties;
  return {
    ...one,
    name: slug(name, 120),
    properties: { ...one.properties, name, tags: { ...(typeof tags === 'object' ? tags : {}), ...tagged(name) } },
  };
}
