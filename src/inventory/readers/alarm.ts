import type { Alarm } from '../../estate/kinds/watch.ts';
import type { Answers } from '../answers.ts';
import { allStrings, keyValues, tagsOf, text } from '../fields.ts';
import { alarmArn } from '../ids.ts';
import type { Item } from '../item.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'alarm',
  kinds: ['alarm'],
  operations: ['cloudwatch:DescribeAlarms', 'cloudwatch:ListTagsForResource'],
  read: (answers) =>
    ['MetricAlarms', 'CompositeAlarms'].flatMap((list) =>
      answers.items('cloudwatch:DescribeAlarms', list).map((item) => alarm(answers, item)),
    ),
};

function alarm(answers: Answers, item: Item): Alarm {
  const { account, region } = item.context;
  const name = idOf(item, 'AlarmName');
  const id = text(item, 'AlarmArn') ?? (item.has('AlarmName') ? alarmArn(account, region, name) : name);
  const watched = item.has('MetricName') ? item : onlyMetric(item);
  return {
    kind: 'alarm',
    ...base(
      'alarm',
      item,
      { id, name, arn: id },
      tagsOf(answers, 'cloudwatch:ListTagsForResource', 'ResourceARN', id, { account }),
    ),
    metric: watched?.string('MetricName'),
    namespace: watched?.string('Namespace'),
    dimensions: watched && keyValues(watched, 'Dimensions', 'Name'),
    actions: actionsOf(item),
  };
}

/** An alarm on an expression names its metrics in a list; with one metric it is about that one. */
function onlyMetric(item: Item): Item | undefined {
  const metrics = (item.items('Metrics') ?? []).flatMap((query) => query.item('MetricStat')?.item('Metric') ?? []);
  return metrics.length === 1 ? metrics[0] : undefined;
}

/** What happens when it goes off: nothing while its actions are switched off. */
function actionsOf(item: Item): readonly string[] | undefined {
  const enabled = item.boolean('ActionsEnabled');
  return enabled === undefined ? undefined : enabled ? allStrings(item, 'AlarmActions') : [];
}
