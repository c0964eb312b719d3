/** Alarms, logs, trails, events, and what else is only counted. */
import type { Value } from '../../pulumi/recorded.ts';
import type { Draft, Given } from '../given.ts';
import { row, type TypeRow } from '../row.ts';
import { UNKNOWN } from '../values.ts';

const dimensions = (one: Given): Value | undefined => {
  const blocks = one.blocks('Dimensions');
  if (blocks === undefined) return undefined;
  const names = blocks.map((each) => each.sure('Name'));
  if (names.includes(undefined)) return UNKNOWN;
  return Object.fromEntries(blocks.map((each) => [each.sure('Name') ?? '', each.text('Value') ?? UNKNOWN]));
};

const metric = (one: Given): Draft => ({
  metricName: one.text('MetricName'),
  namespace: one.text('Namespace'),
  dimensions: dimensions(one),
});

const alarm = row(
  'AWS::CloudWatch::Alarm',
  'aws:cloudwatch/metricAlarm:MetricAlarm',
  (one) => ({
    name: one.text('AlarmName'),
    actionsEnabled: one.flag('ActionsEnabled'),
    alarmActions: one.list('AlarmActions'),
    ...metric(one),
    metricQueries: one.each('Metrics', (query) => ({
      expression: query.text('Expression'),
      metric: query.block('MetricStat')?.one('Metric', metric),
    })),
    tags: one.tags(),
  }),
  { attributes: { Arn: 'arn' } },
);

const composite = row(
  'AWS::CloudWatch::CompositeAlarm',
  'aws:cloudwatch/compositeAlarm:CompositeAlarm',
  (one) => ({
    alarmName: one.text('AlarmName'),
    actionsEnabled: one.flag('ActionsEnabled'),
    alarmActions: one.list('AlarmActions'),
    tags: one.tags(),
  }),
  { named: 'alarmName', attributes: { Arn: 'arn' } },
);

const named = (type: string, token: string, name = 'Name', more: Partial<TypeRow> = {}): TypeRow =>
  row(type, token, (one) => ({ name: one.text(name) }), { attributes: { Arn: 'arn' }, ...more });

export const watch: readonly TypeRow[] = [
  alarm,
  composite,
  row(
    'AWS::Logs::LogGroup',
    'aws:cloudwatch/logGroup:LogGroup',
    (one) => ({ name: one.text('LogGroupName'), retentionInDays: one.number('RetentionInDays'), tags: one.tags() }),
    { attributes: { Arn: ({ outputs }) => (typeof outputs.arn === 'string' ? `${outputs.arn}:*` : undefined) } },
  ),
  row(
    'AWS::CloudTrail::Trail',
    'aws:cloudtrail/trail:Trail',
    (one) => ({
      name: one.text('TrailName'),
      isMultiRegionTrail: one.flag('IsMultiRegionTrail'),
      s3BucketName: one.text('S3BucketName'),
      enableLogging: one.flag('IsLogging'),
      tags: one.tags(),
    }),
    { ref: 'name', attributes: { Arn: 'arn' } },
  ),
  named('AWS::Events::Rule', 'aws:cloudwatch/eventRule:EventRule'),
  named('AWS::Events::EventBus', 'aws:cloudwatch/eventBus:EventBus'),
  named('AWS::Scheduler::Schedule', 'aws:scheduler/schedule:Schedule', 'Name', { ref: 'name' }),
  named('AWS::StepFunctions::StateMachine', 'aws:sfn/stateMachine:StateMachine', 'StateMachineName', { ref: 'arn' }),
  named('AWS::Budgets::Budget', 'aws:budgets/budget:Budget', 'Budget.BudgetName'),
  named('AWS::RDS::EventSubscription', 'aws:rds/eventSubscription:EventSubscription', 'SubscriptionName'),
];
