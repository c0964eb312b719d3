import type { Subscription } from '../../estate/kinds/data.ts';
import { REDACTED } from '../fields.ts';
import { isArn } from '../ids.ts';
import type { Item } from '../item.ts';
import { base, type Reader } from '../reader.ts';

export const reader: Reader = {
  name: 'subscription',
  kinds: ['subscription'],
  operations: ['sns:ListSubscriptions', 'sns:ListSubscriptionsByTopic'],
  read: (answers) => {
    const told = [
      ...answers.items('sns:ListSubscriptions', 'Subscriptions'),
      ...answers.items('sns:ListSubscriptionsByTopic', 'Subscriptions'),
    ];
    // both lists hold the same subscriptions; those not confirmed yet have no ARN and are known by what they say
    const confirmed = new Map<string, Item>();
    const pending = new Map<string, Item>();
    for (const item of told) {
      const arn = item.string('SubscriptionArn') ?? '';
      const [known, key] = isArn(arn) ? [confirmed, arn] : [pending, saidBy(item)];
      if (!known.has(key)) known.set(key, item);
    }
    return [...[...confirmed].map(([arn, item]) => subscription(item, arn, arn)), ...numbered(pending)];
  },
};

const saidBy = (item: Item): string =>
  ['TopicArn', 'Protocol', 'Endpoint'].map((field) => item.string(field) ?? '').join(' ');

/** AWS puts `PendingConfirmation` or `Deleted` where the ARN would be: a number tells them apart, and no address. */
function numbered(pending: ReadonlyMap<string, Item>): readonly Subscription[] {
  const counts = new Map<string, number>();
  return [...pending]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => {
      const stem = `${item.string('TopicArn') ?? 'unknown'}:pending:${item.string('Protocol') ?? 'unknown'}`;
      const n = (counts.get(stem) ?? 0) + 1;
      counts.set(stem, n);
      return subscription(item, `${stem}:${n}`);
    });
}

function subscription(item: Item, id: string, arn?: string): Subscription {
  const protocol = item.string('Protocol');
  const topic = item.ref<'topic'>('TopicArn');
  return {
    kind: 'subscription',
    ...base('subscription', item, {
      id,
      name: `${topic ? topic.id.replace(/^.*:/, '') : 'subscription'} to ${protocol ?? 'unknown'}`,
      arn,
    }),
    topic,
    protocol,
    endpoint: endpointOf(item),
  };
}

/** ARNs stay; of a URL only the host, since paths and queries often hold tokens; addresses of people not at all. */
function endpointOf(item: Item): string | undefined {
  const endpoint = item.string('Endpoint');
  if (endpoint === undefined || isArn(endpoint)) return endpoint;
  const [, scheme, host] = /^(https?):\/\/(?:[^/@]*@)?([^/?#]+)/.exec(endpoint) ?? [];
  return scheme !== undefined && host !== undefined ? `${scheme}://${host}` : REDACTED;
}
