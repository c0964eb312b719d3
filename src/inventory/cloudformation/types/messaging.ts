/** Queues, topics, secrets, keys, parameters. */
import type { Given } from '../given.ts';
import { type Beside, row, type TypeRow } from '../row.ts';
import { listOf, UNKNOWN } from '../values.ts';

/** A policy for many queues or topics: one for each of them. */
const policyForEach = (type: string, list: string, token: string, at: string): TypeRow =>
  row(type, `cloudformation:${token}`, () => ({}), {
    belongs: [],
    untagged: true,
    beside: (one) =>
      (listOf(one.list(list)) ?? [UNKNOWN]).map((each, n) => ({
        token,
        part: `policy${n + 1}`,
        inputs: { [at]: each, policy: one.document('PolicyDocument') ?? UNKNOWN },
        belongs: [at],
      })),
  });

const queue = row(
  'AWS::SQS::Queue',
  'aws:sqs/queue:Queue',
  (one) => ({
    name: one.text('QueueName'),
    fifoQueue: one.flag('FifoQueue'),
    visibilityTimeoutSeconds: one.number('VisibilityTimeout'),
    redrivePolicy: one.document('RedrivePolicy'),
    kmsMasterKeyId: one.text('KmsMasterKeyId'),
    sqsManagedSseEnabled: one.flag('SqsManagedSseEnabled'),
    tags: one.tags(),
  }),
  { attributes: { Arn: 'arn', QueueName: 'name', QueueUrl: 'id' } },
);

const SUBSCRIPTION = 'aws:sns/topicSubscription:TopicSubscription';

const subscriptions = (one: Given, topic: string): readonly Beside[] =>
  (one.blocks('Subscription') ?? []).map((each, n) => ({
    token: SUBSCRIPTION,
    part: `subscription${n + 1}`,
    inputs: { topic, protocol: each.text('Protocol'), endpoint: each.text('Endpoint') },
  }));

const topic = row(
  'AWS::SNS::Topic',
  'aws:sns/topic:Topic',
  (one) => ({ name: one.text('TopicName'), kmsMasterKeyId: one.text('KmsMasterKeyId'), tags: one.tags() }),
  { attributes: { TopicArn: 'arn', TopicName: 'name' }, beside: (one, { id }) => subscriptions(one, id) },
);

/** Without a policy of its own a key has CloudFormation's, which lets the account decide. */
const key = row(
  'AWS::KMS::Key',
  'aws:kms/key:Key',
  (one) => ({ policy: one.document('KeyPolicy'), tags: one.tags() }),
  {
    attributes: { Arn: 'arn', KeyId: 'id' },
  },
);

export const messaging: readonly TypeRow[] = [
  queue,
  policyForEach('AWS::SQS::QueuePolicy', 'Queues', 'aws:sqs/queuePolicy:QueuePolicy', 'queueUrl'),
  row(
    'AWS::SQS::QueueInlinePolicy',
    'aws:sqs/queuePolicy:QueuePolicy',
    (one) => ({ queueUrl: one.text('Queue'), policy: one.document('PolicyDocument') }),
    { belongs: ['queueUrl'], untagged: true },
  ),
  topic,
  policyForEach('AWS::SNS::TopicPolicy', 'Topics', 'aws:sns/topicPolicy:TopicPolicy', 'arn'),
  row(
    'AWS::SNS::TopicInlinePolicy',
    'aws:sns/topicPolicy:TopicPolicy',
    (one) => ({ arn: one.text('TopicArn'), policy: one.document('PolicyDocument') }),
    { belongs: ['arn'], untagged: true },
  ),
  row(
    'AWS::SNS::Subscription',
    SUBSCRIPTION,
    (one) => ({ topic: one.text('TopicArn'), protocol: one.text('Protocol'), endpoint: one.text('Endpoint') }),
    { belongs: ['topic'], untagged: true },
  ),
  row(
    'AWS::SecretsManager::Secret',
    'aws:secretsmanager/secret:Secret',
    (one) => ({ name: one.text('Name'), tags: one.tags() }),
    {
      attributes: { Id: 'arn' },
    },
  ),
  row(
    'AWS::SecretsManager::RotationSchedule',
    'aws:secretsmanager/secretRotation:SecretRotation',
    (one) => ({ secretId: one.text('SecretId') }),
    { belongs: [], ref: 'secretId', untagged: true },
  ),
  row(
    'AWS::SecretsManager::ResourcePolicy',
    'aws:secretsmanager/secretPolicy:SecretPolicy',
    (one) => ({ secretArn: one.text('SecretId'), policy: one.document('ResourcePolicy') }),
    { belongs: ['secretArn'], untagged: true },
  ),
  row(
    'AWS::SecretsManager::SecretTargetAttachment',
    'cloudformation:secretsmanager/secretTargetAttachment',
    (one) => ({ secretId: one.text('SecretId') }),
    { ref: 'secretId', untagged: true },
  ),
  row('AWS::SSM::Parameter', 'aws:ssm/parameter:Parameter', (one) => ({ name: one.text('Name'), tags: one.tags() })),
  key,
  row(
    'AWS::KMS::Alias',
    'aws:kms/alias:Alias',
    (one) => ({ name: one.text('AliasName'), targetKeyId: one.text('TargetKeyId') }),
    { untagged: true },
  ),
];
