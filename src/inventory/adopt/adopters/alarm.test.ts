import { expect, it } from 'vitest';
import { reader } from '../../readers/alarm.ts';
import { ACCOUNT, answersOf } from '../../testing.ts';
import { adopt } from '../adopt.ts';
import { readBack } from '../read-back.ts';
import { adopter } from './alarm.ts';

const common = (AlarmName: string) => ({
  AlarmName,
  AlarmArn: `arn:aws:cloudwatch:eu-west-1:${ACCOUNT}:alarm:${AlarmName}`,
  ActionsEnabled: false,
  AlarmActions: [`arn:aws:sns:eu-west-1:${ACCOUNT}:events`],
  OKActions: [],
  InsufficientDataActions: [],
});
const METRIC = {
  ...common('cpu'),
  MetricName: 'CPUUtilization',
  Namespace: 'AWS/RDS',
  Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'shop' }],
  Period: 60,
  Statistic: 'Average',
  EvaluationPeriods: 5,
  Threshold: 0,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'breaching',
};
const metric = { MetricName: 'Errors', Namespace: 'AWS/Lambda', Dimensions: [] };
const MATH = {
  ...common('errors'),
  EvaluationPeriods: 1,
  Threshold: 5,
  ComparisonOperator: 'GreaterThanThreshold',
  Metrics: [
    { Id: 'm', ReturnData: false, MetricStat: { Metric: metric, Period: 60, Stat: 'Sum' } },
    { Id: 'e', Expression: 'm * 2', Label: 'twice', ReturnData: true },
  ],
};
const ALL = { ...common('all'), AlarmRule: 'ALARM(cpu) OR ALARM(errors)' };
const answers = (metrics: readonly object[], composites: readonly object[] = []) =>
  answersOf({ 'cloudwatch:DescribeAlarms': { MetricAlarms: metrics, CompositeAlarms: composites } });

it('writes out that actions are switched off, a threshold of 0, and what missing data stands for', () => {
  expect(adopter.adopt(answers([METRIC]))).toMatchObject([
    {
      importId: 'cpu',
      inputs: {
        actionsEnabled: false,
        threshold: 0,
        treatMissingData: 'breaching',
        dimensions: { DBInstanceIdentifier: 'shop' },
        statistic: 'Average',
        period: 60,
      },
    },
  ]);
});

it('reads back as what it was: on a metric, on an expression, on other alarms', () => {
  const read = answers([METRIC, MATH], [ALL]);
  const bare = (resources: readonly object[]) =>
    resources
      .map((one) => ({ ...one, source: undefined }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const back = readBack(adopt(read.entries).resources).filter(({ kind }) => kind === 'alarm');
  expect(back).toHaveLength(3);
  expect(bare(back)).toEqual(bare(reader.read(read)));
});

it('refuses an alarm that is told in part, and one that a target-tracking policy keeps', () => {
  const { Period: _, ...part } = METRIC;
  const tracking = { ...METRIC, ...common('TargetTracking-service/shop/web-AlarmHigh-1') };
  expect(adopter.adopt(answers([part, tracking])).map((one) => one.state === 'unadopted' && one.because)).toEqual([
    'cloudwatch:DescribeAlarms did not tell period',
    'a target-tracking policy made it and keeps it',
  ]);
});
