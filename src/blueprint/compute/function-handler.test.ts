import * as pulumi from '@pulumi/pulumi';
import { describe, expect, it } from 'vitest';
import { JobQueue } from '../messaging/job-queue.ts';
import { testNetwork, without } from '../testing/network.ts';
import { statements } from '../testing/policy.ts';
import { record } from '../testing/record.ts';
import { FunctionHandler, type FunctionHandlerArgs } from './function-handler.ts';

const code = () =>
  new pulumi.asset.AssetArchive({ 'index.js': new pulumi.asset.StringAsset('exports.handler = async () => {}') });
const make = (changes: Partial<FunctionHandlerArgs> = {}) =>
  new FunctionHandler('thumbnails', { code: code(), ...changes });
const ROLE_POLICY = 'aws:iam/rolePolicy:RolePolicy';

describe('FunctionHandler', () => {
  it('declares exactly these resources outside a network', async () => {
    const { list } = await record(() => make());
    expect(list).toEqual([
      'aws:cloudwatch/logGroup:LogGroup thumbnails',
      'aws:iam/role:Role thumbnails',
      'aws:iam/rolePolicy:RolePolicy thumbnails-may-run',
      'aws:lambda/function:Function thumbnails',
      'aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig thumbnails',
      'aws:sqs/queue:Queue thumbnails-dead-letters',
    ]);
  });

  it('may write its own log and set failed events aside, and nothing more', async () => {
    const recording = await record(() => make());
    expect(statements(recording, ROLE_POLICY, 'thumbnails-may-run')).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: 'arn:aws:test:::thumbnails:*',
      },
      { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: 'arn:aws:test:::thumbnails-dead-letters' },
    ]);
    expect(recording.inputs('aws:lambda/function:Function', 'thumbnails')).not.toHaveProperty('vpcConfig');
  });

  it('stands in the app tier with a group of its own when it has a network', async () => {
    const { inputs, list } = await record(() => make({ network: testNetwork() }));
    expect(inputs('aws:lambda/function:Function', 'thumbnails').vpcConfig).toEqual({
      subnetIds: ['net-app-a-id', 'net-app-b-id'],
      securityGroupIds: ['thumbnails-id'],
    });
    expect(without(list)).toContain('aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule thumbnails-to-https');
  });

  it('takes jobs from a queue, leaving only the failed ones', async () => {
    const { inputs, list } = await record(() => make().consume(new JobQueue('orders')));
    expect(
      inputs('aws:lambda/eventSourceMapping:EventSourceMapping', 'thumbnails-from-orders').functionResponseTypes,
    ).toEqual(['ReportBatchItemFailures']);
    expect(list).toContain('aws:iam/rolePolicy:RolePolicy thumbnails-may-consume-orders');
  });

  it('wants to be watched: errors, throttles, and what it set aside', async () => {
    let about: readonly string[] = [];
    await record(() => {
      about = make().alarms.map((each) => each.about);
    });
    expect(about).toEqual(['errors', 'throttles', 'dead-letters']);
  });

  it('refuses a queue that would hand a job out twice, a connection without a network, and sizes that Lambda has not', async () => {
    await expect(
      record(() => make({ timeout: 120 }).consume(new JobQueue('orders', { jobSeconds: 60 }))),
    ).rejects.toThrow(/jobSeconds of the queue to 720/);
    await expect(record(() => make().inNetwork())).rejects.toThrow(/Give it a network/);
    await expect(record(() => make({ timeout: 901 }))).rejects.toThrow(/1 to 900/);
    await expect(record(() => make({ memory: 64 }))).rejects.toThrow(/128 to 10240/);
  });
});
