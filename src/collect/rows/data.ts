import { ACCOUNT, each, global, MARKER, NEXT_MARKER, NEXT_TOKEN, nextToken, type Row, regional } from '../row.ts';

const TABLES = ['dynamodb:ListTables', 'TableNames[]', 'TableName'] as const;
const TABLE_ARNS = ['dynamodb:DescribeTable', 'Table.TableArn', 'ResourceArn'] as const;

/** Settings of a bucket that each have an operation of their own. */
const OF_BUCKET = [
  'GetBucketAcl',
  'GetBucketEncryption',
  'GetBucketLogging',
  'GetBucketNotificationConfiguration',
  'GetBucketOwnershipControls',
  'GetBucketPolicy',
  'GetBucketPolicyStatus',
  'GetBucketTagging',
  'GetBucketVersioning',
  'GetBucketWebsite',
  'GetPublicAccessBlock',
] as const;

export const DATA: readonly Row[] = [
  regional('rds:DescribeDBInstances', MARKER),
  regional('rds:DescribeDBClusters', MARKER),
  regional('rds:DescribeDBSubnetGroups', MARKER),
  regional('rds:DescribeDBProxies', MARKER),
  regional('rds:DescribeGlobalClusters', MARKER),
  regional('rds:DescribeDBSnapshots', MARKER),
  regional('rds:DescribeDBClusterSnapshots', MARKER),
  regional('rds:DescribeDBParameterGroups', MARKER),
  regional('rds:DescribeDBClusterParameterGroups', MARKER),
  regional('rds:DescribeOptionGroups', MARKER),
  regional('rds:DescribeEventSubscriptions', MARKER),
  // databases and clusters are listed with their tags
  regional(
    'rds:ListTagsForResource',
    each('rds:DescribeDBSubnetGroups', 'DBSubnetGroups[].DBSubnetGroupArn', 'ResourceName'),
  ),
  regional('elasticache:DescribeCacheClusters', { ...MARKER, inputs: [{ ShowCacheNodeInfo: true }] }),
  regional('elasticache:DescribeReplicationGroups', MARKER),
  regional('elasticache:DescribeCacheSubnetGroups', MARKER),
  regional('elasticache:DescribeServerlessCaches', NEXT_TOKEN),
  regional('elasticache:DescribeSnapshots', MARKER),
  regional('elasticache:DescribeUsers', MARKER),
  regional('elasticache:ListTagsForResource', {
    each: [
      ['elasticache:DescribeCacheClusters', 'CacheClusters[].ARN'] as const,
      ['elasticache:DescribeReplicationGroups', 'ReplicationGroups[].ARN'] as const,
      ['elasticache:DescribeCacheSubnetGroups', 'CacheSubnetGroups[].ARN'] as const,
    ].map(([of, items]) => ({ of, items, input: { ResourceName: '@' } })),
  }),
  regional('dynamodb:ListTables', { pages: { LastEvaluatedTableName: 'ExclusiveStartTableName' } }),
  regional('dynamodb:DescribeTable', each(...TABLES)),
  regional('dynamodb:DescribeContinuousBackups', each(...TABLES)),
  regional('dynamodb:GetResourcePolicy', each(...TABLE_ARNS)),
  regional('dynamodb:ListTagsOfResource', { ...NEXT_TOKEN, ...each(...TABLE_ARNS) }),
  regional('dax:DescribeClusters', NEXT_TOKEN),
  regional('efs:DescribeFileSystems', NEXT_MARKER),
  regional('fsx:DescribeFileSystems', NEXT_TOKEN),
  regional('redshift:DescribeClusters', MARKER),
  regional('opensearch:ListDomainNames'),
  regional('opensearch:DescribeDomain', each('opensearch:ListDomainNames', 'DomainNames[].DomainName', 'DomainName')),
  // the older name of the same service
  regional('es:ListDomainNames', { unless: 'opensearch:ListDomainNames' }),
  regional('es:DescribeElasticsearchDomain', {
    ...each('es:ListDomainNames', 'DomainNames[].DomainName', 'DomainName'),
  }),
  regional('backup:ListBackupPlans', NEXT_TOKEN),
  regional('backup:ListBackupVaults', NEXT_TOKEN),

  global('s3:ListBuckets', { pages: { ContinuationToken: 'ContinuationToken' }, inputs: [{ MaxBuckets: 1000 }] }),
  global('s3:GetBucketLocation', each('s3:ListBuckets', 'Buckets[].Name', 'Bucket')),
  ...OF_BUCKET.map(
    (name): Row => ({
      operation: `s3:${name}`,
      scope: 'bucket',
      ...each('s3:ListBuckets', 'Buckets[].Name', 'Bucket'),
    }),
  ),
  global('s3control:GetPublicAccessBlock', { inputs: [{ AccountId: ACCOUNT }] }),
  regional('s3control:ListAccessPoints', { ...NEXT_TOKEN, inputs: [{ AccountId: ACCOUNT }] }),

  regional('secretsmanager:ListSecrets', NEXT_TOKEN),
  regional('secretsmanager:GetResourcePolicy', each('secretsmanager:ListSecrets', 'SecretList[].ARN', 'SecretId')),
  regional('ssm:DescribeParameters', NEXT_TOKEN),
  regional('kms:ListAliases', NEXT_MARKER),
  regional('kms:ListKeys', NEXT_MARKER),
  regional('kms:GetKeyPolicy', {
    each: [{ of: 'kms:ListKeys', items: 'Keys[].KeyId', input: { KeyId: '@', PolicyName: '=default' } }],
  }),
  regional('kms:ListResourceTags', {
    ...NEXT_MARKER,
    ...each('kms:ListKeys', 'Keys[].KeyId', 'KeyId'),
    unless: 'resourcegroupstaggingapi:GetResources',
  }),
  regional('resourcegroupstaggingapi:GetResources', { pages: { PaginationToken: 'PaginationToken' } }),
];

export const MESSAGING: readonly Row[] = [
  // without the parameter SQS announces no further page
  regional('sqs:ListQueues', { ...NEXT_TOKEN, inputs: [{ MaxResults: 1000 }] }),
  regional('sqs:GetQueueAttributes', {
    each: [{ of: 'sqs:ListQueues', items: 'QueueUrls[]', input: { QueueUrl: '@', AttributeNames: ['=All'] } }],
  }),
  regional('sqs:ListQueueTags', each('sqs:ListQueues', 'QueueUrls[]', 'QueueUrl')),
  regional('sns:ListTopics', NEXT_TOKEN),
  regional('sns:GetTopicAttributes', each('sns:ListTopics', 'Topics[].TopicArn', 'TopicArn')),
  regional('sns:ListTagsForResource', each('sns:ListTopics', 'Topics[].TopicArn', 'ResourceArn')),
  regional('sns:ListSubscriptions', NEXT_TOKEN),
  regional('sns:ListSubscriptionsByTopic', {
    ...NEXT_TOKEN,
    ...each('sns:ListTopics', 'Topics[].TopicArn', 'TopicArn'),
    unless: 'sns:ListSubscriptions',
  }),
  regional('events:ListEventBuses', NEXT_TOKEN),
  regional('events:ListRules', NEXT_TOKEN),
  regional('events:ListRules', {
    ...NEXT_TOKEN,
    ...each('events:ListEventBuses', "EventBuses[?Name!='default'].Name", 'EventBusName'),
  }),
  regional('events:ListTargetsByRule', {
    ...NEXT_TOKEN,
    each: [{ of: 'events:ListRules', items: 'Rules[]', input: { Rule: 'Name', EventBusName: 'EventBusName' } }],
  }),
  regional('scheduler:ListSchedules', NEXT_TOKEN),
  regional('scheduler:GetSchedule', {
    each: [{ of: 'scheduler:ListSchedules', items: 'Schedules[]', input: { Name: 'Name', GroupName: 'GroupName' } }],
  }),
  regional('sfn:ListStateMachines', nextToken),
  regional(
    'sfn:DescribeStateMachine',
    each('sfn:ListStateMachines', 'stateMachines[].stateMachineArn', 'stateMachineArn'),
  ),
  // the largest page: the operation pages by the last name, not by a token
  regional('firehose:ListDeliveryStreams', { inputs: [{ Limit: 10_000 }] }),
  regional('kinesis:ListStreams', NEXT_TOKEN),
  regional('kafka:ListClusters', { ...NEXT_TOKEN, unless: 'kafka:ListClustersV2' }),
  regional('kafka:ListClustersV2', NEXT_TOKEN),
  regional('mq:ListBrokers', NEXT_TOKEN),
];
