/**
 * Events that AWS itself carries: from a queue or stream to the function that works on it, from a topic to those who
 * subscribed, from a bucket to those it notifies. No port of the team's network is in it, so ports mean nothing here.
 */
import { all, byId, type Estate, find } from '../../estate/estate.ts';
import type { FlowEnd } from '../../estate/flow.ts';
import type { Resource } from '../../estate/resource.ts';
import { endOfArn } from './environment.ts';
import { type Draft, draft, evidence, port, toResource } from './make.ts';
import { hostOfUrl, resolveHost } from './resolve.ts';

export const fromEvents = (estate: Estate): readonly Draft[] => [
  ...eventSources(estate),
  ...subscriptions(estate),
  ...notifications(estate),
];

function eventSources(estate: Estate): readonly Draft[] {
  return all(estate, 'eventSource').flatMap((mapping) => {
    const fn = find(estate, mapping.function);
    const from = mapping.eventSourceArn === undefined ? undefined : endOfArn(estate, mapping.eventSourceArn);
    if (!fn || !from || mapping.enabled === false) return [];
    const why = evidence('eventSource', `an event source mapping feeds ${fn.name}`, mapping.source);
    return [draft(from, toResource(fn), 'any', null, 'AWS polls it with the role of the function', why)];
  });
}

function subscriptions(estate: Estate): readonly Draft[] {
  return all(estate, 'subscription').flatMap((subscription) => {
    const topic = find(estate, subscription.topic);
    const { endpoint, protocol } = subscription;
    if (!topic || endpoint === undefined || protocol === undefined) return [];
    const why = evidence('subscription', `a ${protocol} subscription of topic ${topic.name}`, subscription.source);
    if (protocol === 'http' || protocol === 'https') {
      const host = hostOfUrl(endpoint);
      const written = /^\w+:\/\/[^/]+:(\d+)/.exec(endpoint)?.[1];
      const number = written === undefined ? (protocol === 'http' ? 80 : 443) : Number(written);
      const ends = host === undefined ? [] : resolveHost(estate, host, { ...topic, vpc: undefined });
      return ends.map(({ end }) => draft(toResource(topic), end, 'tcp', port(number), 'messages of the topic', why));
    }
    const to = endOfArn(estate, endpoint);
    return to ? [draft(toResource(topic), to, 'any', null, 'messages of the topic', why)] : [];
  });
}

function notifications(estate: Estate): readonly Draft[] {
  return all(estate, 'bucket').flatMap((bucket) =>
    (bucket.notifications ?? []).flatMap((arn) => {
      const to = target(estate, arn);
      const why = evidence('configuration', `bucket ${bucket.name} notifies ${arn}`, bucket.source);
      return to ? [draft(toResource(bucket), to, 'any', null, 'notifications of the bucket', why)] : [];
    }),
  );
}

function target(estate: Estate, arn: string): FlowEnd | undefined {
  const known: Resource | undefined = byId(estate, arn);
  return known ? toResource(known) : endOfArn(estate, arn);
}
