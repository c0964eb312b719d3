/** CloudWatch alarms. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html */
import type { Alarm } from '../../../estate/kinds/watch.ts';
import type { Answers } from '../../answers.ts';
import { allStrings, keyValues, text } from '../../fields.ts';
import type { Item } from '../../item.ts';
import type { Properties } from '../../pulumi/recorded.ts';
import { reader } from '../../readers/alarm.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const METRIC = 'aws:cloudwatch/metricAlarm:MetricAlarm';
const COMPOSITE = 'aws:cloudwatch/compositeAlarm:CompositeAlarm';
const LIST = 'cloudwatch:DescribeAlarms';

export const adopter: Adopter = {
  name: 'alarm',
  types: [METRIC, COMPOSITE],
  operations: reader.operations,
  adopt: (answers) => {
    const alarms = reader.read(answers).filter((one): one is Alarm => one.kind === 'alarm');
    // the reader makes one alarm of each item
    const metrics = answers.items(LIST, 'MetricAlarms');
    return [...metrics, ...answers.items(LIST, 'CompositeAlarms')].flatMap((item, n) => {
      const alarm = alarms[n];
      return alarm ? [alarmOf(answers, item, alarm, n < metrics.length ? METRIC : COMPOSITE)] : [];
    });
  },
};

function alarmOf(answers: Answers, item: Item, { id, tags: own, actions }: Alarm, type: string): Adoption {
  const of: Whole = { kind: 'alarm', id };
  const tags = tagged(answers, id, own);
  const needed = {
    name: text(item, 'AlarmName'),
    actionsEnabled: item.boolean('ActionsEnabled'),
    alarmActions: allStrings(item, 'AlarmActions'),
    okActions: allStrings(item, 'OKActions'),
    insufficientDataActions: allStrings(item, 'InsufficientDataActions'),
  };
  const rest = type === METRIC ? metricAlarm(item) : compositeAlarm(item);
  const other = managed(type, of, tags) ?? autoScaling(type, of, needed.name);
  if (other) return other;
  if (!isKnown(needed) || actions === undefined) return refused(type, of, untold(LIST, needed));
  if (typeof rest === 'string') return refused(type, of, rest);
  const { name, alarmActions, okActions, insufficientDataActions, actionsEnabled } = needed;
  return {
    state: 'adopted',
    type,
    name,
    id: name,
    importId: name,
    inputs: said({
      [type === METRIC ? 'name' : 'alarmName']: name,
      alarmDescription: text(item, 'AlarmDescription'),
      actionsEnabled,
      alarmActions,
      okActions,
      insufficientDataActions,
      ...rest,
      ...tags.inputs,
    }),
    outputs: { arn: id, ...tags.outputs },
    ignoreChanges: tags.ignoreChanges,
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  };
}

/** https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html */
const autoScaling = (type: string, of: Whole, name = '') =>
  name.startsWith('TargetTracking-') ? refused(type, of, 'a target-tracking policy made it and keeps it') : undefined;

function metricAlarm(item: Item): Properties | string {
  const needed = {
    comparisonOperator: text(item, 'ComparisonOperator'),
    evaluationPeriods: item.number('EvaluationPeriods'),
    treatMissingData: text(item, 'TreatMissingData') ?? 'missing',
  };
  if (!isKnown(needed)) return untold(LIST, needed);
  const common = said({
    ...needed,
    datapointsToAlarm: item.number('DatapointsToAlarm'),
    threshold: item.number('Threshold'),
    thresholdMetricId: text(item, 'ThresholdMetricId'),
    evaluateLowSampleCountPercentiles: text(item, 'EvaluateLowSampleCountPercentile'),
  });
  if (!item.has('MetricName')) {
    const queries = item.items('Metrics')?.map(query);
    const known = queries?.filter((one) => one !== undefined);
    return known && known.length > 0 && known.length === queries?.length
      ? { ...common, metricQueries: known }
      : `${LIST} did not tell what it watches`;
  }
  const watched = { ...metric(item), period: item.number('Period'), dimensions: keyValues(item, 'Dimensions', 'Name') };
  if (!isKnown(watched)) return untold(LIST, watched);
  return said({
    ...common,
    ...watched,
    statistic: text(item, 'Statistic'),
    extendedStatistic: text(item, 'ExtendedStatistic'),
    unit: text(item, 'Unit'),
  });
}

const metric = (item: Item | undefined) => ({
  metricName: text(item, 'MetricName'),
  namespace: text(item, 'Namespace'),
});

/** A metric or an expression over others; undefined when it is told only in part. */
function query(item: Item): Properties | undefined {
  const id = text(item, 'Id');
  if (id === undefined) return undefined;
  const common = {
    id,
    label: text(item, 'Label'),
    returnData: item.boolean('ReturnData'),
    period: item.number('Period'),
  };
  const stat = item.item('MetricStat');
  if (stat === undefined) {
    const expression = text(item, 'Expression');
    return expression === undefined ? undefined : said({ ...common, expression });
  }
  const of = stat.item('Metric');
  const watched = {
    ...metric(of),
    period: stat.number('Period'),
    stat: text(stat, 'Stat'),
    dimensions: keyValues(of, 'Dimensions', 'Name'),
  };
  if (!isKnown(watched)) return undefined;
  return said({
    ...common,
    accountId: text(item, 'AccountId'),
    metric: said({ ...watched, unit: text(stat, 'Unit') }),
  });
}

function compositeAlarm(item: Item): Properties | string {
  const alarmRule = text(item, 'AlarmRule');
  if (alarmRule === undefined) return untold(LIST, { alarmRule });
  const suppressor = {
    alarm: text(item, 'ActionsSuppressor'),
    extensionPeriod: item.number('ActionsSuppressorExtensionPeriod'),
    waitPeriod: item.number('ActionsSuppressorWaitPeriod'),
  };
  return isKnown(suppressor) ? { alarmRule, actionsSuppressor: suppressor } : { alarmRule };
}
