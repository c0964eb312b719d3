import { describe, expect, it } from 'vitest';
import { JobQueue } from '../messaging/job-queue.ts';
import { PrivateNetwork } from '../network/private-network.ts';
import { without } from '../testing/network.ts';
import { statements } from '../testing/policy.ts';
import { record } from '../testing/record.ts';
import { ground } from '../testing/services.ts';
import { ScheduledJob } from './scheduled-job.ts';
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
      'aws:cloudwatch/logGroup:LogGroup nightly',
      'aws:ec2/securityGroup:SecurityGroup nightly',
      'aws:ecs/taskDefinition:TaskDefinition nightly',
      'aws:iam/role:Role nightly-execution',
      'aws:iam/role:Role nightly-schedule',
      'aws:iam/role:Role nightly-task',
      'aws:iam/rolePolicy:RolePolicy nightly-may-start',
      'aws:iam/rolePolicy:RolePolicy nightly-schedule-may-run',
      'aws:scheduler/schedule:Schedule nightly',
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
    ]);
    expect(recording.inputs('aws:scheduler/schedule:Schedule', 'nightly').target).toMatchObject({
      ecsParameters: { networkConfiguration: { assignPublicIp: false, subnets: ['net-app-a-id', 'net-app-b-id'] } },
    });
  });

  it('refuses what is no schedule', async () => {
    await expect(record(() => make('0 3 * * *'))).rejects.toThrow(/no schedule.*cron\(/);
  });
});
