import { describe, expect, it } from 'vitest';
import { JobQueue } from '../messaging/job-queue.ts';
import { PrivateNetwork } from '../network/private-network.ts';
import { LogBucket } from '../storage/log-bucket.ts';
import { without } from '../testing/network.ts';
import { parsed, statements } from '../testing/policy.ts';
import { record } from '../testing/record.ts';
import { ground } from '../testing/services.ts';
import { Observability } from '../watch/observability.ts';
import { ScheduledJob, type ScheduledJobArgs } from './scheduled-job.ts';
import { Worker } from './worker.ts';

describe('Worker', () => {
  it('declares exactly these resources', async () => {
    const { list } = await record(() => new Worker('worker', { ...ground(), queue: new JobQueue('net-orders') }));
    expect(without(list)).toEqual([
      'aws:appautoscaling/policy:Policy worker-by-queue',
      'aws:appautoscaling/target:Target worker',
      'aws:cloudwatch/logGroup:LogGroup worker',
      'aws:ec2/securityGroup:SecurityGroup worker',
      'aws:ecs/service:Service worker',
      'aws:ecs/taskDefinition:TaskDefinition worker',
      'aws:iam/role:Role worker-execution',
      'aws:iam/role:Role worker-task',
      'aws:iam/rolePolicy:RolePolicy worker-may-consume-net-orders',
      'aws:iam/rolePolicy:RolePolicy worker-may-start',
      'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule worker-to-https',
    ]);
  });

  it('may take and finish jobs of its queue and nothing else, and nothing can connect to it', async () => {
    const recording = await record(() => new Worker('worker', { ...ground(), queue: new JobQueue('net-orders') }));
    expect(statements(recording, 'aws:iam/rolePolicy:RolePolicy', 'worker-may-consume-net-orders')).toEqual([
      {
        Effect: 'Allow',
        Action: [
          'sqs:ReceiveMessage',
          'sqs:DeleteMessage',
          'sqs:ChangeMessageVisibility',
          'sqs:GetQueueAttributes',
          'sqs:GetQueueUrl',
        ],
        Resource: 'arn:aws:test:::net-orders',
      },
    ]);
    expect(recording.all('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule')).toEqual([]);
  });

  it('scales by waiting jobs per running task', async () => {
    const { inputs } = await record(
      () => new Worker('worker', { ...ground(), queue: new JobQueue('net-orders'), jobsPerTask: 20 }),
    );
    expect(
      inputs('aws:appautoscaling/policy:Policy', 'worker-by-queue').targetTrackingScalingPolicyConfiguration,
    ).toMatchObject({
      targetValue: 20,
      customizedMetricSpecification: {
        metrics: [{ id: 'waiting' }, { id: 'running' }, { expression: 'waiting / running', returnData: true }],
      },
    });
  });

  it('refuses a CPU target beside a queue', async () => {
    await expect(
      record(() => new Worker('worker', { ...ground(), queue: new JobQueue('net-orders'), scaling: { cpu: 50 } })),
    ).rejects.toThrow(/scaling.cpu does nothing/);
  });

  it('refuses a network without any way to AWS, and uses endpoints where there are some', async () => {
    const inNetwork = (interfaceEndpoints: readonly string[]) => () => {
      const network = new PrivateNetwork('closed', {
        vpc: { cidr: '10.30.0.0/16' },
        region: 'eu-west-1',
        zones: ['a', 'b'],
        nat: 'none',
        interfaceEndpoints,
      });
      return new Worker('worker', { ...ground(), network });
    };
    await expect(record(inNetwork([]))).rejects.toThrow(/neither NAT nor interface endpoints.*ecr\.api/);
    const { all } = await record(inNetwork(['logs']));
    expect(all('aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule').map((each) => each.name)).toEqual([
      'worker-to-closed-endpoints',
      'worker-to-dynamodb',
      'worker-to-s3',
    ]);
  });
});

describe('ScheduledJob', () => {
  const make = (schedule = 'cron(0 3 * * ? *)') => new ScheduledJob('nightly', { ...ground(), schedule });

  it('declares exactly these resources', async () => {
    const { list } = await record(() => make());
    expect(without(list)).toEqual([
      'aws:cloudwatch/eventRule:EventRule nightly-failed-runs',
      'aws:cloudwatch/eventTarget:EventTarget nightly-failed-runs',
      'aws:cloudwatch/logGroup:LogGroup nightly',
      'aws:ec2/securityGroup:SecurityGroup nightly',
      'aws:ecs/taskDefinition:TaskDefinition nightly',
      'aws:iam/role:Role nightly-execution',
      'aws:iam/role:Role nightly-schedule',
      'aws:iam/role:Role nightly-task',
      'aws:iam/rolePolicy:RolePolicy nightly-may-start',
      'aws:iam/rolePolicy:RolePolicy nightly-schedule-may-run',
      'aws:scheduler/schedule:Schedule nightly',
      'aws:scheduler/scheduleGroup:ScheduleGroup nightly',
      'aws:sqs/queue:Queue nightly-dead-letters',
      'aws:sqs/queuePolicy:QueuePolicy nightly-dead-letters',
      'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule nightly-to-https',
    ]);
  });

  it('lets the schedule start this task in this cluster only, with these two roles', async () => {
    const recording = await record(() => make());
    expect(statements(recording, 'aws:iam/rolePolicy:RolePolicy', 'nightly-schedule-may-run')).toEqual([
      {
        Effect: 'Allow',
        Action: ['ecs:RunTask'],
        Resource: 'nightly.arnWithoutRevision:*',
        Condition: { ArnEquals: { 'ecs:cluster': 'arn:aws:test:::net-cluster' } },
      },
      {
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: ['arn:aws:test:::nightly-task', 'arn:aws:test:::nightly-execution'],
        Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
      { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: 'arn:aws:test:::nightly-dead-letters' },
    ]);
    expect(statements(recording, 'aws:iam/role:Role', 'nightly-schedule', 'assumeRolePolicy')).toMatchObject([
      { Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:test:::nightly' } } },
    ]);
    expect(recording.inputs('aws:scheduler/schedule:Schedule', 'nightly').target).toMatchObject({
      ecsParameters: { networkConfiguration: { assignPublicIp: false, subnets: ['net-app-a-id', 'net-app-b-id'] } },
    });
  });

  it('tries again, and sets aside what could not be started and what ended with an error', async () => {
    const recording = await record(() => make());
    expect(recording.inputs('aws:scheduler/schedule:Schedule', 'nightly')).toMatchObject({
      groupName: 'nightly.name',
      target: {
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 },
        deadLetterConfig: { arn: 'arn:aws:test:::nightly-dead-letters' },
      },
    });
    const rule = recording.inputs('aws:cloudwatch/eventRule:EventRule', 'nightly-failed-runs');
    expect(parsed(rule.eventPattern)).toEqual({
      source: ['aws.ecs'],
      'detail-type': ['ECS Task State Change'],
      detail: {
        clusterArn: ['arn:aws:test:::net-cluster'],
        group: ['family:nightly'],
        lastStatus: ['STOPPED'],
        $or: [{ containers: { exitCode: [{ 'anything-but': 0 }] } }, { stopCode: ['TaskFailedToStart'] }],
      },
    });
    const allowed = statements(recording, 'aws:sqs/queuePolicy:QueuePolicy', 'nightly-dead-letters').slice(1);
    expect(allowed).toEqual([
      {
        Effect: 'Allow',
        Sid: 'ThisRuleMaySend',
        Principal: { Service: 'events.amazonaws.com' },
        Action: ['sqs:SendMessage'],
        Resource: 'arn:aws:test:::nightly-dead-letters',
        Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:test:::nightly-failed-runs' } },
      },
    ]);
  });

  it('wants to be watched: a failed run, and no run for an hour more than a day', async () => {
    const { inputs } = await record(() => {
      const watch = [make()];
      return new Observability('watch', {
        emails: { team: 'team@example.com' },
        watch,
        monthlyBudget: 1,
        logs: new LogBucket('net-logs'),
      });
    });
    const alarm = (about: string) => inputs('aws:cloudwatch/metricAlarm:MetricAlarm', `watch-nightly-${about}`);
    expect(alarm('failed-runs')).toMatchObject({
      dimensions: { QueueName: 'nightly-dead-letters.name' },
      threshold: 0,
      treatMissingData: 'notBreaching',
    });
    expect(alarm('no-run')).toMatchObject({
      namespace: 'AWS/Scheduler',
      metricName: 'InvocationAttemptCount',
      dimensions: { ScheduleGroup: 'nightly.name' },
      comparisonOperator: 'LessThanThreshold',
      threshold: 1,
      period: 3600,
      evaluationPeriods: 25,
      treatMissingData: 'breaching',
    });
  });

  const watched = async (more: Partial<ScheduledJobArgs>): Promise<readonly string[]> => {
    let about: readonly string[] = [];
    await record(() => {
      about = new ScheduledJob('job', { ...ground(), schedule: 'rate(1 hour)', ...more }).alarms.map(
        ({ about: what }) => what,
      );
    });
    return about;
  };
  it('that is off, runs once or may be silent raises no alarm of silence', async () => {
    expect(await watched({})).toEqual(['failed-runs', 'no-run']);
    for (const more of [
      { enabled: false },
      { schedule: 'at(2026-12-24T18:00:00)' },
      { silenceAlarm: 'never' },
    ] as const)
      expect(await watched(more)).toEqual(['failed-runs']);
  });

  const refused: readonly [string, Partial<ScheduledJobArgs>, RegExp][] = [
    ['what is no schedule', { schedule: '0 3 * * *' }, /no schedule.*cron\(/],
    ['a cron expression of five fields', { schedule: 'cron(0 3 * * *)' }, /no schedule/],
    [
      'a schedule that may be silent for long, unless told',
      { schedule: 'cron(0 3 ? * MON *)' },
      /silenceAlarm: 'never'/,
    ],
    ['a silence that CloudWatch does not look back to', { silenceAlarm: 169 }, /1 to 168/],
    ['more tries than there are', { retries: 186 }, /0 to 185/],
  ];
  it.each(refused)('refuses %s', async (_what, more, message) => {
    await expect(watched(more)).rejects.toThrow(message);
  });
});
