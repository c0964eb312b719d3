/** Queues, topics, secrets and keys. */
import type { Declared } from '../declared.ts';
import { type Body, detail, listing, type Translation } from '../translation.ts';
import type { World } from '../world.ts';

const QUEUE = ['aws:sqs/queue:Queue'];
const TOPIC = ['aws:sns/topic:Topic'];
const SECRET = ['aws:secretsmanager/secret:Secret'];
const KEY = ['aws:kms/key:Key'];

const jsonText = (value: unknown): string | undefined =>
  value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);

/** A key that only a deployment knows is a key. */
const key = (one: Declared): string | undefined =>
  one.has('kmsMasterKeyId') ? (one.text('kmsMasterKeyId') ?? 'not known') : undefined;

/** Stands where a document is that only a deployment tells: no reader takes a number for one, nor for none. */
const NOT_KNOWN = 1;

interface Beside {
  readonly type: string;
  /** The property that names the resource that it belongs to. */
  readonly property: string;
  readonly at: string | undefined;
}

/**
 * What a resource says of a setting itself, else what a resource beside it says; null when nobody does. A resource of
 * which only a deployment knows where it belongs may belong here.
 */
function either(one: Declared, key: string, world: World, { type, property, at }: Beside): unknown {
  if (one.has(key)) return jsonText(one.value(key)) ?? NOT_KNOWN;
  const [other] = world.pointing([type], property, at);
  if (other !== undefined) return jsonText(other.value(key)) ?? NOT_KNOWN;
  return world.unknown([type], property).length > 0 ? NOT_KNOWN : null;
}

/** SQS leaves out of its answer what is not set. */
const queueAttributes = (one: Declared, world: World): Body => {
  const at = { property: 'queueUrl', at: one.id };
  const policy = either(one, 'policy', world, { type: 'aws:sqs/queuePolicy:QueuePolicy', ...at });
  const redrive = either(one, 'redrivePolicy', world, { type: 'aws:sqs/redrivePolicy:RedrivePolicy', ...at });
  return {
    Attributes: {
      QueueArn: one.made('arn'),
      VisibilityTimeout: one.number('visibilityTimeoutSeconds', 30)?.toString(),
      CreatedTimestamp: '0',
      ...(policy === null ? {} : { Policy: policy }),
      ...(redrive === null ? {} : { RedrivePolicy: redrive }),
      KmsMasterKeyId: key(one),
      // on by default since 2022. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
      SqsManagedSseEnabled: one.flag('sqsManagedSseEnabled', true)?.toString(),
    },
  };
};

/** A topic without a policy of its own may be used by its owner only. https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
const ownerOnly = (one: Declared): string =>
  JSON.stringify({
    Version: '2008-10-17',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['SNS:Publish', 'SNS:Subscribe', 'SNS:GetTopicAttributes', 'SNS:SetTopicAttributes'],
        Resource: one.made('arn'),
        Condition: { StringEquals: { 'AWS:SourceOwner': one.account } },
      },
    ],
  });

const topicAttributes = (one: Declared, world: World): Body => ({
  Attributes: {
    TopicArn: one.made('arn'),
    Policy:
      either(one, 'policy', world, { type: 'aws:sns/topicPolicy:TopicPolicy', property: 'arn', at: one.made('arn') }) ??
      ownerOnly(one),
    KmsMasterKeyId: key(one),
  },
});

const subscription = (one: Declared): Body => ({
  SubscriptionArn: one.made('arn'),
  TopicArn: one.text('topic'),
  Protocol: one.text('protocol'),
  Endpoint: one.text('endpoint'),
});

const ROTATION = ['aws:secretsmanager/secretRotation:SecretRotation'];

/** Undefined where a rotation is declared of which only a deployment knows the secret. */
const rotates = (one: Declared, world: World): boolean | undefined =>
  world.pointing(ROTATION, 'secretId', one.id).length > 0 ||
  (world.unknown(ROTATION, 'secretId').length > 0 ? undefined : false);

/** A key without a policy lets its account's own policies decide. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
const accountDecides = (one: Declared): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${one.account}:root` }, Action: 'kms:*', Resource: '*' },
    ],
  });

export const messaging: readonly Translation[] = [
  {
    operation: 'sqs:ListQueues',
    types: QUEUE,
    tell: (world) => world.of(...QUEUE).map((one) => ({ from: one, body: { QueueUrls: [one.id] } })),
    none: { QueueUrls: [] },
  },
  {
    ...detail(
      'sqs:GetQueueAttributes',
      QUEUE,
      (one) => ({ QueueUrl: one.id, AttributeNames: ['All'] }),
      queueAttributes,
    ),
  },
  detail(
    'sqs:ListQueueTags',
    QUEUE,
    (one) => ({ QueueUrl: one.id }),
    // an answer without tags says that there are none
    (one) => {
      const tags = one.tagMap();
      return tags && { Tags: tags };
    },
  ),
  listing('sns:ListTopics', 'Topics', TOPIC, (one) => ({ TopicArn: one.made('arn') })),
  detail('sns:GetTopicAttributes', TOPIC, (one) => ({ TopicArn: one.made('arn') }), topicAttributes),
  detail(
    'sns:ListTagsForResource',
    TOPIC,
    (one) => ({ ResourceArn: one.made('arn') }),
    (one) => ({ Tags: one.tags() }),
  ),
  listing('sns:ListSubscriptions', 'Subscriptions', ['aws:sns/topicSubscription:TopicSubscription'], subscription),
  listing('secretsmanager:ListSecrets', 'SecretList', SECRET, (one, world) => ({
    ARN: one.made('arn'),
    Name: one.either('name'),
    RotationEnabled: rotates(one, world),
    Tags: one.tags(),
  })),
  detail(
    'secretsmanager:GetResourcePolicy',
    SECRET,
    (one) => ({ SecretId: one.made('arn') }),
    (one, world) => {
      const policy = either(one, 'policy', world, {
        type: 'aws:secretsmanager/secretPolicy:SecretPolicy',
        property: 'secretArn',
        at: one.made('arn'),
      });
      return policy === null ? {} : { ResourcePolicy: policy };
    },
  ),
  listing('ssm:DescribeParameters', 'Parameters', ['aws:ssm/parameter:Parameter'], (one) => ({
    Name: one.id,
    ARN: one.made('arn'),
  })),
  listing('kms:ListKeys', 'Keys', KEY, (one) => ({ KeyId: one.id, KeyArn: one.made('arn') })),
  detail(
    'kms:GetKeyPolicy',
    KEY,
    (one) => ({ KeyId: one.id }),
    (one, world) => ({
      Policy:
        either(one, 'policy', world, { type: 'aws:kms/keyPolicy:KeyPolicy', property: 'keyId', at: one.id }) ??
        accountDecides(one),
    }),
  ),
  detail(
    'kms:ListResourceTags',
    KEY,
    (one) => ({ KeyId: one.id }),
    (one) => ({ Tags: one.tags('TagKey', 'TagValue') }),
  ),
  listing('kms:ListAliases', 'Aliases', ['aws:kms/alias:Alias'], (one) => ({
    AliasName: one.id,
    TargetKeyId: one.text('targetKeyId')?.replace(/^.*key\//, ''),
  })),
  {
    operation: 'sqs:GetQueueAttributes',
    types: [
      'aws:sqs/queuePolicy:QueuePolicy',
      'aws:sqs/redrivePolicy:RedrivePolicy',
      'aws:sqs/redriveAllowPolicy:RedriveAllowPolicy',
      'aws:sns/topicPolicy:TopicPolicy',
      'aws:secretsmanager/secretVersion:SecretVersion',
      'aws:secretsmanager/secretPolicy:SecretPolicy',
      'aws:secretsmanager/secretRotation:SecretRotation',
      'aws:kms/keyPolicy:KeyPolicy',
    ],
    tell: () => [],
  },
];
