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
    const byIdentity = new Map<string, Item>();
    for (const item of told) {
      const key = identityOf(item);
      if (!byIdentity.has(key)) byIdentity.set(key, item);
    }
    const counts = new Map<string, number>();
    return [...byIdentity]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => {
        if (isArn(key)) return subscription(item, key);
        const stem = `${item.string('TopicArn') ?? 'unknown'}:pending:${item.string('Protocol') ?? 'unknown'}`;
        const n = (counts.get(stem) ?? 0) + 1;
        counts.set(stem, n);
        return subscription(item, `${stem}:${n}`);
      });
  },
};

/** AWS puts `PendingConfirmation` or `Deleted` where the ARN would be. */
function identityOf(item: Item): string {
  const arn = item.string('SubscriptionArn') ?? '';
  return isArn(arn) ? arn : ['TopicArn', 'Protocol', 'Endpoint'].map((field) => item.string(field) ?? '').join(' ');
}

function subscription(item: Item, id: string): Subscription {
  const protocol = item.string('Protocol');
  const topic = item.ref<'topic'>('TopicArn');
  return {
    ...base('subscription', item, {
      id,
      name: `${topic ? topic.id.replace(/^.*:/, '') : 'subscription'} to ${protocol ?? 'unknown'}`,
      ...(isArn(id) ? { arn: id } : {}),
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
