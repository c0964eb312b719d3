/**
 * SNS subscriptions that were confirmed. Where a message goes is written as far as it is no secret: a web address may
 * hold a token behind its host, and an address of a person is not the program's to keep.
 * https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html
 */
import type { Subscription } from '../../../estate/kinds/data.ts';
import type { Answers } from '../../answers.ts';
import { text } from '../../fields.ts';
import { isArn } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { reader } from '../../readers/subscription.ts';
import { type Adopter, type Adoption, said, type Whole } from '../adopter.ts';
import { refused } from '../needs.ts';

const TYPE = 'aws:sns/topicSubscription:TopicSubscription';
const ATTRIBUTES = 'sns:GetSubscriptionAttributes';

export const adopter: Adopter = {
  name: 'subscription',
  types: [TYPE],
  operations: [...reader.operations, ATTRIBUTES],
  adopt: (answers) =>
    reader.read(answers).flatMap((one) => (one.kind === 'subscription' ? [subscriptionOf(answers, one)] : [])),
};

function subscriptionOf(answers: Answers, subscription: Subscription): Adoption {
  const { id, arn, account, region, source, name, topic, protocol, endpoint } = subscription;
  const of: Whole = { kind: 'subscription', id };
  if (arn === undefined) return refused(TYPE, of, 'nobody has confirmed it yet, so AWS has no ARN for it');
  if (topic === undefined || protocol === undefined || endpoint === undefined)
    return refused(TYPE, of, 'its topic, its protocol or its endpoint was not told (sns:ListSubscriptions)');
  const answer = answers.one(ATTRIBUTES, 'SubscriptionArn', id, { account });
  const told = answer.state === 'read' ? answer.item.item('Attributes') : undefined;
  return {
    state: 'adopted',
    type: TYPE,
    name: isArn(endpoint) ? `${name}-${endpoint.replace(/^.*[:/]/, '')}` : name,
    id,
    importId: id,
    inputs: said({ topic: topic.id, protocol, endpoint, ...(told ? settings(told) : {}) }),
    outputs: { arn },
    ignoreChanges: [
      // how long to wait for a confirmation: no answer of AWS tells it
      'confirmationTimeoutInMinutes',
      'endpointAutoConfirms',
      ...(isArn(endpoint) ? [] : ['endpoint']),
      ...(told ? [] : SETTINGS),
    ],
    protect: true,
    of,
    place: { account, region },
    source,
  };
}

const SETTINGS = [
  'deliveryPolicy',
  'filterPolicy',
  'filterPolicyScope',
  'rawMessageDelivery',
  'redrivePolicy',
  'replayPolicy',
  'subscriptionRoleArn',
];

const settings = (told: Item): Parameters<typeof said>[0] => ({
  deliveryPolicy: text(told, 'DeliveryPolicy'),
  filterPolicy: text(told, 'FilterPolicy'),
  filterPolicyScope: text(told, 'FilterPolicy') && text(told, 'FilterPolicyScope'),
  rawMessageDelivery: told.boolean('RawMessageDelivery'),
  redrivePolicy: text(told, 'RedrivePolicy'),
  replayPolicy: text(told, 'ReplayPolicy'),
  subscriptionRoleArn: text(told, 'SubscriptionRoleArn'),
});
