import { describe, expect, it } from 'vitest';
import { Worker } from '../compute/worker.ts';
import { DocumentTable } from '../data/document-table.ts';
import { statements } from '../testing/policy.ts';
import { record } from '../testing/record.ts';
import { ground } from '../testing/services.ts';
import { Announcements } from './announcements.ts';
import { JobQueue, type JobQueueArgs } from './job-queue.ts';

const ROLE_POLICY = 'aws:iam/rolePolicy:RolePolicy';

describe('JobQueue', () => {
  it('declares exactly these resources', async () => {
    const { list } = await record(() => new JobQueue('orders'));
    expect(list).toEqual([
      'aws:sqs/queue:Queue orders',
      'aws:sqs/queue:Queue orders-dead-letters',
      'aws:sqs/queuePolicy:QueuePolicy orders',
      'aws:sqs/redriveAllowPolicy:RedriveAllowPolicy orders-dead-letters-only-from-orders',
    ]);
  });

  it('is encrypted, sets failing jobs aside, and admits nobody without TLS', async () => {
    const recording = await record(() => new JobQueue('orders', { attempts: 3 }));
    expect(recording.inputs('aws:sqs/queue:Queue', 'orders')).toMatchObject({
      sqsManagedSseEnabled: true,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:test:::orders-dead-letters', maxReceiveCount: 3 }),
    });
    expect(statements(recording, 'aws:sqs/queuePolicy:QueuePolicy', 'orders')).toEqual([
      {
        Effect: 'Deny',
        Sid: 'OnlyByTls',
        Principal: '*',
        Action: ['sqs:*'],
        Resource: 'arn:aws:test:::orders',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  it('lets a topic that feeds it in, by its ARN, and subscribes to it', async () => {
    const recording = await record(() => new JobQueue('orders', { fedBy: [new Announcements('sold')] }));
    expect(statements(recording, 'aws:sqs/queuePolicy:QueuePolicy', 'orders')[1]).toEqual({
      Effect: 'Allow',
      Sid: 'TopicsMaySend',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: ['sqs:SendMessage'],
      Resource: 'arn:aws:test:::orders',
      Condition: { ArnEquals: { 'aws:SourceArn': ['arn:aws:test:::sold'] } },
    });
    expect(recording.inputs('aws:sns/topicSubscription:TopicSubscription', 'sold-to-orders')).toMatchObject({
      protocol: 'sqs',
      endpoint: 'arn:aws:test:::orders',
    });
  });

  it('lets several topics in by one statement: SQS takes no name of a statement twice', async () => {
    const recording = await record(
      () => new JobQueue('orders', { fedBy: [new Announcements('sold'), new Announcements('returned')] }),
    );
    const all = statements(recording, 'aws:sqs/queuePolicy:QueuePolicy', 'orders');
    expect(all).toHaveLength(2);
    expect(all[1]).toMatchObject({
      Condition: { ArnEquals: { 'aws:SourceArn': ['arn:aws:test:::sold', 'arn:aws:test:::returned'] } },
    });
  });

  const refused: readonly [JobQueueArgs, RegExp][] = [
    [{ jobSeconds: 0 }, /from a second to 12 hours/],
    [{ attempts: 0 }, /once at least/],
    [{ keepDays: 15 }, /1 to 14 days/],
  ];
  it.each(refused)('refuses %j', async (args, message) => {
    await expect(record(() => new JobQueue('orders', args))).rejects.toThrow(message);
  });
});

describe('grants', () => {
  it('give one role those actions on that resource and nothing more', async () => {
    const recording = await record(() => {
      const worker = new Worker('worker', ground());
      new JobQueue('orders').allowSend(worker);
      new Announcements('sold').allowPublish(worker);
      const table = new DocumentTable('carts', { key: { partition: { name: 'id', type: 'S' } } });
      table.allowRead(worker);
      table.allowWrite(worker);
    });
    const may = (name: string) => statements(recording, ROLE_POLICY, `worker-may-${name}`);
    expect(may('send-orders')).toEqual([
      { Effect: 'Allow', Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'], Resource: 'arn:aws:test:::orders' },
    ]);
    expect(may('publish-sold')).toEqual([
      { Effect: 'Allow', Action: ['sns:Publish'], Resource: 'arn:aws:test:::sold' },
    ]);
    expect(may('read-carts')).toMatchObject([{ Resource: ['arn:aws:test:::carts', 'arn:aws:test:::carts/index/*'] }]);
    for (const name of ['send-orders', 'publish-sold', 'read-carts', 'write-carts']) {
      expect(recording.one(ROLE_POLICY, `worker-may-${name}`)).toMatchObject({
        parent: 'worker',
        inputs: { role: 'worker-task.name' },
      });
      expect(JSON.stringify(may(name))).not.toMatch(/:\*"|"\*"/);
    }
  });
});

describe('Announcements', () => {
  it('is encrypted and admits nobody without TLS', async () => {
    const recording = await record(() => new Announcements('sold'));
    expect(recording.list).toEqual(['aws:sns/topic:Topic sold', 'aws:sns/topicPolicy:TopicPolicy sold']);
    expect(recording.inputs('aws:sns/topic:Topic', 'sold').kmsMasterKeyId).toBe('alias/aws/sns');
    expect(statements(recording, 'aws:sns/topicPolicy:TopicPolicy', 'sold')).toMatchObject([{ Effect: 'Deny' }]);
  });
});

describe('DocumentTable', () => {
  it('can be restored, is encrypted and protected, and declares each key attribute once', async () => {
    const { one, list } = await record(
      () =>
        new DocumentTable('carts', {
          key: { partition: { name: 'shop', type: 'S' }, sort: { name: 'at', type: 'N' } },
          indexes: { 'by-owner': { partition: { name: 'owner', type: 'S' }, sort: { name: 'at', type: 'N' } } },
        }),
    );
    expect(list).toEqual(['aws:dynamodb/table:Table carts']);
    const table = one('aws:dynamodb/table:Table', 'carts');
    expect(table.protect).toBe(true);
    expect(table.inputs).toMatchObject({
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: true,
      attributes: [
        { name: 'at', type: 'N' },
        { name: 'owner', type: 'S' },
        { name: 'shop', type: 'S' },
      ],
    });
  });

  it('refuses an attribute of two types', async () => {
    const wrong = {
      key: { partition: { name: 'id', type: 'S' as const } },
      indexes: { other: { partition: { name: 'id', type: 'N' as const } } },
    };
    await expect(record(() => new DocumentTable('carts', wrong))).rejects.toThrow(
      /id is S in one key and N in another/,
    );
  });
});
