import { expect, it } from 'vitest';
import { ACCOUNT, answersOf } from '../../testing.ts';
import { adopter } from './subscription.ts';

const TOPIC = `arn:aws:sns:eu-west-1:${ACCOUNT}:events`;
const one = (id: string, Protocol: string, Endpoint: string) => ({
  SubscriptionArn: id.includes('Pending') ? id : `${TOPIC}:${id}`,
  TopicArn: TOPIC,
  Protocol,
  Endpoint,
});
const adopted = (...subscriptions: readonly object[]) =>
  adopter.adopt(
    answersOf({
      'sns:ListSubscriptions': { Subscriptions: subscriptions },
      'sns:GetSubscriptionAttributes': [
        { input: { SubscriptionArn: `${TOPIC}:a` }, output: { Attributes: { RawMessageDelivery: 'true' } } },
      ],
    }),
  );

it('writes out that messages are handed on raw, which is not the default', () => {
  const queue = `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`;
  expect(adopted(one('a', 'sqs', queue))).toMatchObject([
    {
      name: 'events to sqs-jobs',
      importId: `${TOPIC}:a`,
      inputs: { topic: TOPIC, protocol: 'sqs', endpoint: queue, rawMessageDelivery: true },
      ignoreChanges: ['confirmationTimeoutInMinutes', 'endpointAutoConfirms'],
    },
  ]);
});

it('writes no address of a person and no token of a web address, and leaves both alone', () => {
  const found = adopted(
    one('b', 'email', 'anna@example.com'),
    one('c', 'https', 'https://example.com/hook?token=s3cret'),
  );
  expect(JSON.stringify(found)).not.toMatch(/anna|s3cret/);
  for (const each of found) expect(each.state === 'adopted' && each.ignoreChanges).toContain('endpoint');
});

it('leaves filters alone that were not read', () => {
  const [found] = adopted(one('d', 'lambda', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`));
  expect(found?.state === 'adopted' && found.ignoreChanges).toContain('filterPolicy');
});

it('refuses one that nobody has confirmed', () => {
  expect(adopted(one('PendingConfirmation', 'email', 'ben@example.com'))).toMatchObject([{ state: 'unadopted' }]);
});
