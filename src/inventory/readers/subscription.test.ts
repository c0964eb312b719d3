import { describe, expect, it } from 'vitest';
import { ACCOUNT, answersOf, REGION } from '../testing.ts';
import { reader } from './subscription.ts';

const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:events`;
const read = (subscriptions: readonly object[], byTopic: readonly object[] = []) =>
  reader.read(
    answersOf({
      'sns:ListSubscriptions': { Subscriptions: subscriptions },
      'sns:ListSubscriptionsByTopic': { Subscriptions: byTopic },
    }),
  );
const pending = (Protocol: string, Endpoint: string) => ({
  SubscriptionArn: 'PendingConfirmation',
  TopicArn: TOPIC,
  Protocol,
  Endpoint,
});

describe('subscriptions', () => {
  it('keeps ARNs and hosts, and no address of a person and no token', () => {
    const all = read([
      pending('email', 'jane@example.com'),
      pending('sms', '+15550100'),
      pending('https', 'https://user:pa55@hooks.example.com/T0KEN/x?key=T0KEN'),
      pending('sqs', 'arn:aws:sqs:eu-west-1:111122223333:jobs'),
    ]);
    expect(all.map((one) => ('endpoint' in one ? one.endpoint : ''))).toEqual([
      '<redacted>',
      'https://hooks.example.com',
      '<redacted>',
      'arn:aws:sqs:eu-west-1:111122223333:jobs',
    ]);
    expect(JSON.stringify(all)).not.toMatch(/jane|15550100|pa55|T0KEN/);
  });

  it('is one although two operations list it, and two although both wait for confirmation', () => {
    const confirmed = { SubscriptionArn: `${TOPIC}:1`, TopicArn: TOPIC, Protocol: 'email', Endpoint: 'a@example.com' };
    const list = [confirmed, pending('email', 'b@example.com'), pending('email', 'c@example.com')];
    const ids = read(list, list).map((one) => one.id);
    expect(ids).toEqual([`${TOPIC}:1`, `${TOPIC}:pending:email:1`, `${TOPIC}:pending:email:2`]);
    expect(read(list.toReversed(), list).map((one) => one.id)).toEqual(ids);
  });
});
