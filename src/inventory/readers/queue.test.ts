import { describe, expect, it } from 'vitest';
import { ACCOUNT, answersOf, REGION } from '../testing.ts';
import { reader } from './queue.ts';

const URL_ = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/jobs`;
const ARN = `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs`;
const common = { QueueArn: ARN, CreatedTimestamp: '1600000000', VisibilityTimeout: '30' };
const read = (attributes: object, AttributeNames?: readonly string[]) =>
  reader.read(
    answersOf({
      'sqs:ListQueues': { QueueUrls: [URL_] },
      'sqs:GetQueueAttributes': [
        { input: { QueueUrl: URL_, ...(AttributeNames && { AttributeNames }) }, output: { Attributes: attributes } },
      ],
    }),
  )[0];

describe('queues', () => {
  it('is known by its URL when nothing else was read', () => {
    expect(reader.read(answersOf({ 'sqs:ListQueues': { QueueUrls: [URL_] } }))).toMatchObject([
      {
        id: ARN,
        name: 'jobs',
        url: URL_,
        policy: undefined,
        deadLetter: undefined,
        encrypted: undefined,
        tags: undefined,
      },
    ]);
  });

  it('knows that an attribute is not set only when it was asked for', () => {
    expect(read(common, ['All'])).toMatchObject({ policy: null, deadLetter: null, visibilityTimeout: 30 });
    expect(read(common, ['Policy'])).toMatchObject({ policy: null, deadLetter: undefined });
    expect(read(common, ['QueueArn'])).toMatchObject({ policy: undefined, deadLetter: undefined });
    expect(read(common)).toMatchObject({ policy: null, deadLetter: null });
    expect(read({ QueueArn: ARN })).toMatchObject({ policy: undefined, deadLetter: undefined });
  });

  it('reads policy, dead-letter queue and encryption', () => {
    const dead = `${ARN}-dead`;
    const policy = '{"Statement":[]}';
    const redrive = JSON.stringify({ deadLetterTargetArn: dead, maxReceiveCount: 3 });
    expect(
      read({ ...common, Policy: policy, RedrivePolicy: redrive, KmsMasterKeyId: 'alias/aws/sqs' }, ['All']),
    ).toMatchObject({
      policy,
      deadLetter: dead,
      encrypted: true,
    });
    expect(read({ ...common, SqsManagedSseEnabled: 'false' }, ['All'])).toMatchObject({ encrypted: false });
    expect(read({ ...common, RedrivePolicy: 'broken' }, ['All'])).toMatchObject({
      deadLetter: undefined,
      encrypted: undefined,
    });
  });

  it('keeps a queue whose attributes were read although the list was refused', () => {
    const answers = answersOf({
      'sqs:ListQueues': [{ error: { name: 'AccessDenied' } }],
      'sqs:GetQueueAttributes': [{ input: { QueueUrl: URL_ }, output: { Attributes: common } }],
      'sqs:ListQueueTags': [{ input: { QueueUrl: URL_ }, output: {} }],
    });
    expect(reader.read(answers)).toMatchObject([{ id: ARN, tags: {} }]);
  });
});
