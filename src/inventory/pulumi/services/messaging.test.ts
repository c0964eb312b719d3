/** A policy of which only a deployment knows where it belongs may belong anywhere: nothing then looks closed. */
import { expect, it } from 'vitest';
import { all } from '../../../estate/estate.ts';
import { isPolicyText } from '../../policy-text.ts';
import { estateOfRecording } from '../index.ts';
import { aws, type Draft, recordingOf, UNKNOWN } from '../testing.ts';

const POLICY = JSON.stringify({ Version: '2012-10-17', Statement: [] });
const estateOf = (...drafts: readonly Draft[]) => estateOfRecording(recordingOf(...drafts));

const URL = 'https://sqs.eu-west-1.amazonaws.com/111122223333/jobs';
const queue: Draft = {
  ...aws('sqs/queue:Queue', 'jobs', { name: 'jobs' }, { arn: 'arn:aws:sqs:eu-west-1:111122223333:jobs' }),
  id: URL,
};
const topic = aws(
  'sns/topic:Topic',
  'events',
  { name: 'events' },
  { arn: 'arn:aws:sns:eu-west-1:111122223333:events' },
);

it('a queue policy of an unknown queue leaves no queue without one', () => {
  expect(all(estateOf(queue), 'queue')[0]?.policy).toBeNull();
  const own = estateOf(queue, aws('sqs/queuePolicy:QueuePolicy', 'p', { queueUrl: URL, policy: POLICY }));
  expect(all(own, 'queue')[0]?.policy).toBe(POLICY);
  const open = estateOf(queue, aws('sqs/queuePolicy:QueuePolicy', 'p', { queueUrl: UNKNOWN, policy: POLICY }));
  const told = all(open, 'queue')[0]?.policy;
  expect(told).not.toBeNull();
  expect(isPolicyText(told ?? '')).toBe(false);
});

it('a redrive policy of an unknown queue leaves no queue without a dead-letter queue', () => {
  expect(all(estateOf(queue), 'queue')[0]?.deadLetter).toBeNull();
  const open = estateOf(queue, aws('sqs/redrivePolicy:RedrivePolicy', 'r', { queueUrl: UNKNOWN, redrivePolicy: '{}' }));
  expect(all(open, 'queue')[0]?.deadLetter).toBeUndefined();
});

it("a topic policy of an unknown topic leaves no topic with AWS's own", () => {
  expect(isPolicyText(all(estateOf(topic), 'topic')[0]?.policy ?? '')).toBe(true);
  const open = estateOf(topic, aws('sns/topicPolicy:TopicPolicy', 'p', { arn: UNKNOWN, policy: POLICY }));
  expect(isPolicyText(all(open, 'topic')[0]?.policy ?? '')).toBe(false);
});

it('tags that others write, and that the program does not say, are not known', () => {
  const [one] = recordingOf(queue).resources;
  const recording = recordingOf(queue);
  const ignoring = one ? [{ ...one, options: { ignoreChanges: ['tags', 'tagsAll'] } }] : [];
  expect(all(estateOfRecording(recording), 'queue')[0]?.tags).toEqual({});
  expect(all(estateOfRecording({ ...recording, resources: ignoring }), 'queue')[0]?.tags).toBeUndefined();
});
