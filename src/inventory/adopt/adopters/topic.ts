/**
 * SNS topics. Every topic has a policy, if only AWS's own; it is a resource of its own, so that it can be narrowed by itself.
 * https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
 */
import type { Topic } from '../../../estate/kinds/data.ts';
import type { Answers } from '../../answers.ts';
import { text } from '../../fields.ts';
import { nameOfArn } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { isPolicyText } from '../../policy-text.ts';
import type { Properties } from '../../pulumi/recorded.ts';
import { reader } from '../../readers/topic.ts';
import { type Adopter, type Adoption, said, type Whole } from '../adopter.ts';
import { managed, refused } from '../needs.ts';
import { tagged } from '../tags.ts';

const TOPIC = 'aws:sns/topic:Topic';
const POLICY = 'aws:sns/topicPolicy:TopicPolicy';
const ATTRIBUTES = 'sns:GetTopicAttributes';

export const adopter: Adopter = {
  name: 'topic',
  types: [TOPIC, POLICY],
  operations: reader.operations,
  adopt: (answers) => reader.read(answers).flatMap((one) => (one.kind === 'topic' ? topicOf(answers, one) : [])),
};

function topicOf(answers: Answers, topic: Topic): readonly Adoption[] {
  const { id, account, region, source, policy } = topic;
  const of: Whole = { kind: 'topic', id };
  const answer = answers.one(ATTRIBUTES, 'TopicArn', id, { account });
  const told = answer.state === 'read' ? answer.item.item('Attributes') : undefined;
  const tags = tagged(answers, id, topic.tags);
  const other = managed(TOPIC, of, tags);
  if (other) return [other];
  if (told === undefined || typeof policy !== 'string' || !isPolicyText(policy))
    return [refused(TOPIC, of, `its settings and its policy were not read (${ATTRIBUTES})`)];
  const name = nameOfArn(id);
  const common = { state: 'adopted', name, id, importId: id, of, place: { account, region }, source } as const;
  const inputs = { name, ...settings(told), ...feedback(told), ...tags.inputs };
  const outputs = { arn: id, ...tags.outputs };
  return [
    { ...common, type: TOPIC, inputs, outputs, ignoreChanges: tags.ignoreChanges, protect: true },
    { ...common, type: POLICY, inputs: { arn: id, policy }, outputs: {}, ignoreChanges: [], protect: false },
  ];
}

const settings = (told: Item): Properties =>
  said({
    displayName: text(told, 'DisplayName'),
    deliveryPolicy: text(told, 'DeliveryPolicy'),
    kmsMasterKeyId: text(told, 'KmsMasterKeyId'),
    signatureVersion: told.number('SignatureVersion'),
    tracingConfig: text(told, 'TracingConfig'),
    archivePolicy: text(told, 'ArchivePolicy'),
    ...(told.boolean('FifoTopic')
      ? {
          fifoTopic: true,
          contentBasedDeduplication: told.boolean('ContentBasedDeduplication'),
          fifoThroughputScope: text(told, 'FifoThroughputScope'),
        }
      : {}),
  });

/** Where AWS logs deliveries to: `LambdaSuccessFeedbackRoleArn` is the argument `lambdaSuccessFeedbackRoleArn`. */
const feedback = (told: Item): Properties =>
  said(
    Object.fromEntries(
      ['Application', 'Firehose', 'HTTP', 'Lambda', 'SQS'].flatMap((protocol) => {
        const argument = protocol === protocol.toUpperCase() ? protocol.toLowerCase() : lowered(protocol);
        return [
          [`${argument}SuccessFeedbackRoleArn`, text(told, `${protocol}SuccessFeedbackRoleArn`)],
          [`${argument}FailureFeedbackRoleArn`, text(told, `${protocol}FailureFeedbackRoleArn`)],
          [`${argument}SuccessFeedbackSampleRate`, told.number(`${protocol}SuccessFeedbackSampleRate`)],
        ];
      }),
    ),
  );

const lowered = (name: string): string => `${name[0]?.toLowerCase()}${name.slice(1)}`;
