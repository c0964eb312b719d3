import { describe, expect, it } from 'vitest';
import { Database } from '../data/database.ts';
import { JobQueue } from '../messaging/job-queue.ts';
import { LogBucket } from '../storage/log-bucket.ts';
import { testNetwork, without } from '../testing/network.ts';
import { statements } from '../testing/policy.ts';
import { record } from '../testing/record.ts';
import { Observability, type ObservabilityArgs } from './observability.ts';

const make = (changes: Partial<ObservabilityArgs> = {}) =>
  new Observability('watch', {
    emails: { team: 'team@example.com' },
    watch: [],
    monthlyBudget: 500,
    logs: new LogBucket('net-logs'),
    ...changes,
  });
const ALARM = 'aws:cloudwatch/metricAlarm:MetricAlarm';

describe('Observability', () => {
  it('declares exactly these resources when it watches nothing', async () => {
    const { list } = await record(() => make());
    expect(list.filter((each) => !each.includes(' net-logs'))).toEqual([
      'aws:budgets/budget:Budget watch-budget',
      'aws:cloudtrail/trail:Trail watch-trail',
      'aws:cloudwatch/logGroup:LogGroup watch-trail',
      'aws:cloudwatch/logMetricFilter:LogMetricFilter watch-access-denied',
      'aws:cloudwatch/logMetricFilter:LogMetricFilter watch-break-glass-used',
      'aws:cloudwatch/logMetricFilter:LogMetricFilter watch-root-used',
      'aws:cloudwatch/metricAlarm:MetricAlarm watch-watch-access-denied',
      'aws:cloudwatch/metricAlarm:MetricAlarm watch-watch-break-glass-used',
      'aws:cloudwatch/metricAlarm:MetricAlarm watch-watch-root-used',
      'aws:iam/role:Role watch-trail',
      'aws:iam/rolePolicy:RolePolicy watch-trail-may-write',
      'aws:kms/key:Key watch-alarms',
      'aws:sns/topic:Topic watch-alarms',
      'aws:sns/topicPolicy:TopicPolicy watch-alarms',
      'aws:sns/topicSubscription:TopicSubscription watch-alarms-to-team',
    ]);
  });

  it('makes an alarm of everything that a component wants watched, and tells of failovers', async () => {
    const { all, inputs } = await record(() => {
      const database = new Database('mysql', {
        network: testNetwork(),
        engine: 'mysql',
        version: '8.4',
        size: 'db.m7g.large',
      });
      return make({ watch: [database, new JobQueue('orders')] });
    });
    expect(all(ALARM).map((each) => each.name)).toEqual([
      'watch-mysql-connections',
      'watch-mysql-cpu',
      'watch-mysql-storage',
      'watch-orders-failed-jobs',
      'watch-orders-oldest-job',
      'watch-watch-access-denied',
      'watch-watch-break-glass-used',
      'watch-watch-root-used',
    ]);
    expect(
      all(ALARM).every((each) => JSON.stringify(each.inputs.alarmActions) === '["arn:aws:test:::watch-alarms"]'),
    ).toBe(true);
    expect(inputs(ALARM, 'watch-orders-oldest-job')).toMatchObject({
      threshold: 900,
      treatMissingData: 'notBreaching',
      comparisonOperator: 'GreaterThanThreshold',
    });
    expect(inputs('aws:rds/eventSubscription:EventSubscription', 'watch-mysql-events')).toMatchObject({
      sourceType: 'db-instance',
      sourceIds: ['mysql.identifier'],
    });
  });

  it('writes down every region, unchangeably', async () => {
    const { inputs } = await record(() => make());
    expect(inputs('aws:cloudtrail/trail:Trail', 'watch-trail')).toMatchObject({
      isMultiRegionTrail: true,
      enableLogFileValidation: true,
      includeGlobalServiceEvents: true,
    });
  });

  it('encrypts alarms with a key that the services which raise them may use, for this account only', async () => {
    const recording = await record(() => make());
    expect(statements(recording, 'aws:kms/key:Key', 'watch-alarms')[1]).toMatchObject({
      Principal: { Service: ['cloudwatch.amazonaws.com', 'events.rds.amazonaws.com'] },
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    });
  });

  const refused: readonly [string, Partial<ObservabilityArgs>, RegExp][] = [
    ['nobody to tell', { emails: {} }, /Nobody would be told/],
    ['an address that is none', { emails: { team: 'team' } }, /no e-mail address/],
    ['a budget of nothing', { monthlyBudget: 0 }, /what a month may cost/],
  ];
  it.each(refused)('refuses %s', async (_what, changes, message) => {
    await expect(record(() => make(changes))).rejects.toThrow(message);
  });
});

describe('LogBucket', () => {
  it('is closed, and only named services may write, for this account', async () => {
    const recording = await record(() => new LogBucket('logs'));
    expect(without(recording.list)).toEqual([
      'aws:s3/bucket:Bucket logs',
      'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration logs',
      'aws:s3/bucketOwnershipControls:BucketOwnershipControls logs',
      'aws:s3/bucketPolicy:BucketPolicy logs',
      'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock logs',
      'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration logs',
      'aws:s3/bucketVersioning:BucketVersioning logs',
    ]);
    const allowed = statements(recording, 'aws:s3/bucketPolicy:BucketPolicy', 'logs').slice(1);
    expect(allowed).toHaveLength(4);
    for (const each of allowed)
      expect(JSON.stringify(each)).toMatch(/"Service":.*(AWSLogs\/111122223333|aws:SourceA[a-z]+":"[^"]*111122223333)/);
  });
});
