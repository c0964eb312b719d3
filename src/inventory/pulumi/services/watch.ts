/** Alarms, logs, trails, and what else a program declares that is only counted. */
import type { Declared } from '../declared.ts';
import { type Body, declaredOnly, detail, listing, type Translation } from '../translation.ts';

const ALARM = ['aws:cloudwatch/metricAlarm:MetricAlarm'];
const LOGS = ['aws:cloudwatch/logGroup:LogGroup'];
const COMPOSITE = ['aws:cloudwatch/compositeAlarm:CompositeAlarm'];
const REPOSITORY = ['aws:ecr/repository:Repository'];
const TRAIL = ['aws:cloudtrail/trail:Trail'];

const dimensions = (map: Readonly<Record<string, string>> | undefined): readonly Body[] | undefined =>
  map && Object.entries(map).map(([Name, Value]) => ({ Name, Value }));

const alarm = (one: Declared): Body => ({
  AlarmName: one.either('name'),
  AlarmArn: one.made('arn'),
  ActionsEnabled: one.flag('actionsEnabled', true),
  AlarmActions: one.texts('alarmActions'),
  ...(one.has('metricName')
    ? {
        MetricName: one.text('metricName'),
        Namespace: one.text('namespace'),
        Dimensions: dimensions(one.mapping('dimensions')),
      }
    : {
        Metrics: one.blocks('metricQueries')?.map((query) => {
          const metric = query.block('metric');
          return metric
            ? {
                MetricStat: {
                  Metric: {
                    MetricName: metric.text('metricName'),
                    Namespace: metric.text('namespace'),
                    Dimensions: dimensions(metric.mapping('dimensions')),
                  },
                },
              }
            : { Expression: query.text('expression') };
        }),
      }),
});

const other = (operation: string, list: string, type: string, id: string, name: string): Translation =>
  declaredOnly(
    listing(operation, list, [type], (one) => ({ [id]: one.made('arn') ?? one.id, [name]: one.either('name') })),
  );

export const watch: readonly Translation[] = [
  {
    operation: 'cloudwatch:DescribeAlarms',
    types: [...ALARM, ...COMPOSITE],
    tell: (world) => [
      ...world.of(...ALARM).map((one) => ({ from: one, body: { MetricAlarms: [alarm(one)], CompositeAlarms: [] } })),
      ...world.of(...COMPOSITE).map((one) => ({
        from: one,
        body: {
          MetricAlarms: [],
          CompositeAlarms: [
            {
              AlarmName: one.text('alarmName'),
              AlarmArn: one.made('arn'),
              ActionsEnabled: one.flag('actionsEnabled', true),
              AlarmActions: one.texts('alarmActions'),
            },
          ],
        },
      })),
    ],
    none: { MetricAlarms: [], CompositeAlarms: [] },
  },
  detail(
    'cloudwatch:ListTagsForResource',
    [...ALARM, ...COMPOSITE],
    (one) => ({ ResourceARN: one.made('arn') }),
    (one) => ({ Tags: one.tags() }),
  ),
  listing('logs:DescribeLogGroups', 'logGroups', LOGS, (one) => ({
    logGroupName: one.id,
    logGroupArn: one.made('arn'),
    // 0 is Pulumi's word for "never expires", which AWS tells by leaving the field out
    retentionInDays:
      one.number('retentionInDays', 0) === 0 ? undefined : (one.number('retentionInDays') ?? 'not known'),
  })),
  detail(
    'logs:ListTagsForResource',
    LOGS,
    (one) => ({ resourceArn: one.made('arn') }),
    (one) => ({ tags: one.tagMap() }),
  ),
  // an account has few trails, and they are often another program's: only those that are declared are told
  declaredOnly(
    listing('cloudtrail:DescribeTrails', 'trailList', TRAIL, (one) => ({
      TrailARN: one.made('arn'),
      Name: one.either('name'),
      HomeRegion: one.region,
      IsMultiRegionTrail: one.flag('isMultiRegionTrail', false),
      S3BucketName: one.text('s3BucketName'),
      HasCustomEventSelectors: one.has('eventSelectors') || one.has('advancedEventSelectors'),
    })),
  ),
  detail(
    'cloudtrail:GetTrailStatus',
    TRAIL,
    (one) => ({ Name: one.made('arn') }),
    (one) => ({ IsLogging: one.flag('enableLogging', true) }),
  ),
  detail(
    'ecr:ListTagsForResource',
    REPOSITORY,
    (one) => ({ resourceArn: one.made('arn') }),
    (one) => ({ tags: one.tags() }),
  ),
  other('budgets:DescribeBudgets', 'Budgets', 'aws:budgets/budget:Budget', 'BudgetArn', 'BudgetName'),
  other('scheduler:ListSchedules', 'Schedules', 'aws:scheduler/schedule:Schedule', 'Arn', 'Name'),
  other('events:ListRules', 'Rules', 'aws:cloudwatch/eventRule:EventRule', 'Arn', 'Name'),
  other('events:ListEventBuses', 'EventBuses', 'aws:cloudwatch/eventBus:EventBus', 'Arn', 'Name'),
  other('sfn:ListStateMachines', 'stateMachines', 'aws:sfn/stateMachine:StateMachine', 'stateMachineArn', 'name'),
  other(
    'rds:DescribeEventSubscriptions',
    'EventSubscriptionsList',
    'aws:rds/eventSubscription:EventSubscription',
    'EventSubscriptionArn',
    'CustSubscriptionId',
  ),
];
