import { expect, it } from 'vitest';
import { ACCOUNT, answersOf } from '../../testing.ts';
import { adopter } from './queue.ts';

const URL = `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/jobs.fifo`;
const ARN = `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs.fifo`;
const ATTRIBUTES = {
  QueueArn: ARN,
  CreatedTimestamp: '1',
  VisibilityTimeout: '30',
  DelaySeconds: '0',
  MaximumMessageSize: '262144',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '20',
  SqsManagedSseEnabled: 'false',
  FifoQueue: 'true',
  ContentBasedDeduplication: 'true',
  Policy: '{"Statement":[]}',
  RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:111122223333:dead.fifo","maxReceiveCount":5}',
};
const answer = (attributes: object) =>
  answersOf({
    'sqs:ListQueues': { QueueUrls: [URL] },
    'sqs:GetQueueAttributes': [
      { input: { QueueUrl: URL, AttributeNames: ['All'] }, output: { Attributes: attributes } },
    ],
    'sqs:ListQueueTags': [{ input: { QueueUrl: URL }, output: {} }],
  });

it('writes a queue with its encryption off, as it is and not as the default, and the policy by itself', () => {
  const found = adopter.adopt(answer(ATTRIBUTES));
  expect(found.map((one) => one.state === 'adopted' && [one.type, one.importId, one.inputs, one.protect])).toEqual([
    [
      'aws:sqs/queue:Queue',
      URL,
      {
        name: 'jobs.fifo',
        delaySeconds: 0,
        maxMessageSize: 262144,
        messageRetentionSeconds: 345600,
        receiveWaitTimeSeconds: 20,
        visibilityTimeoutSeconds: 30,
        redrivePolicy: ATTRIBUTES.RedrivePolicy,
        sqsManagedSseEnabled: false,
        fifoQueue: true,
        contentBasedDeduplication: true,
      },
      true,
    ],
    ['aws:sqs/queuePolicy:QueuePolicy', URL, { queueUrl: URL, policy: '{"Statement":[]}' }, false],
  ]);
});

it('names a key of KMS alone: the provider takes no other encryption beside it', () => {
  const [queue] = adopter.adopt(
    answer({ ...ATTRIBUTES, KmsMasterKeyId: 'alias/jobs', KmsDataKeyReusePeriodSeconds: '300' }),
  );
  const inputs = queue?.state === 'adopted' ? queue.inputs : {};
  expect(inputs).toMatchObject({ kmsMasterKeyId: 'alias/jobs', kmsDataKeyReusePeriodSeconds: 300 });
  expect(inputs).not.toHaveProperty('sqsManagedSseEnabled');
});

it('refuses a queue of which not all attributes were asked for', () => {
  const { MaximumMessageSize: _, ...part } = ATTRIBUTES;
  expect(adopter.adopt(answer(part))).toMatchObject([
    { state: 'unadopted', of: { id: ARN }, because: 'sqs:GetQueueAttributes did not tell maxMessageSize' },
  ]);
});
