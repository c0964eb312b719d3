import { answerTo } from '../answers.ts';
import { call, type Kind, tags } from '../kind.ts';

const PASSWORD = 'correct-horse-battery';

/** A setting that a bucket has or has not, and the call that makes it. */
const setting = (of: string, operation: string, parameter: string, path = ''): Kind => ({
  of: [of, path],
  calls: (one) =>
    Object.keys(one.value ?? {}).length === 0
      ? []
      : [call(operation, { Bucket: one.asked.Bucket, [parameter]: one.value })],
});

export const DATA: readonly Kind[] = [
  {
    of: ['rds:DescribeDBSubnetGroups', 'DBSubnetGroups[]'],
    calls: (group) => [
      call('rds:CreateDBSubnetGroup', {
        ...group.only('DBSubnetGroupName', 'DBSubnetGroupDescription'),
        SubnetIds: group.all('Subnets[].SubnetIdentifier'),
      }),
    ],
  },
  {
    of: ['rds:DescribeDBInstances', 'DBInstances[]'],
    calls: (database) => {
      const { DBInstanceIdentifier } = database.only('DBInstanceIdentifier');
      const common = {
        ...database.only('DBInstanceIdentifier', 'DBInstanceClass', 'AvailabilityZone', 'PubliclyAccessible'),
        ...database.only('StorageType', 'AutoMinorVersionUpgrade', 'DeletionProtection', 'CopyTagsToSnapshot'),
        ...database.only('PreferredMaintenanceWindow', 'MultiAZ'),
        VpcSecurityGroupIds: database.all('VpcSecurityGroups[].VpcSecurityGroupId'),
        Tags: database.all('TagList[]'),
      };
      const primary = {
        ...database.only('Engine', 'EngineVersion', 'AllocatedStorage', 'MasterUsername', 'DBName', 'LicenseModel'),
        ...database.only('BackupRetentionPeriod', 'PreferredBackupWindow', 'StorageEncrypted'),
        MasterUserPassword: PASSWORD,
        DBSubnetGroupName: database.all('DBSubnetGroup.DBSubnetGroupName')[0],
        DBParameterGroupName: database.text('DBParameterGroups[].DBParameterGroupName'),
        Port: Number(database.text('Endpoint.Port')),
      };
      const ids = {
        'DBInstance.Endpoint.Address': database.text('Endpoint.Address'),
        'DBInstance.DbiResourceId': database.text('DbiResourceId'),
      };
      const source = database.all('ReadReplicaSourceDBInstanceIdentifier')[0];
      return [
        source === undefined
          ? call('rds:CreateDBInstance', { ...common, ...primary }, ids)
          : call('rds:CreateDBInstanceReadReplica', { ...common, SourceDBInstanceIdentifier: source }, ids),
        ...(source === undefined
          ? []
          : [call('rds:ModifyDBInstance', { DBInstanceIdentifier, ...database.only('BackupRetentionPeriod') })]),
      ];
    },
  },
  {
    of: ['elasticache:DescribeCacheSubnetGroups', 'CacheSubnetGroups[]'],
    calls: (group) => [
      call('elasticache:CreateCacheSubnetGroup', {
        ...group.only('CacheSubnetGroupName', 'CacheSubnetGroupDescription'),
        SubnetIds: group.all('Subnets[].SubnetIdentifier'),
      }),
    ],
  },
  {
    of: ['elasticache:DescribeCacheClusters', 'CacheClusters[]'],
    calls: (cache) => [
      call('elasticache:CreateCacheCluster', {
        ...cache.only('CacheClusterId', 'CacheNodeType', 'Engine', 'EngineVersion', 'NumCacheNodes'),
        ...cache.only('PreferredAvailabilityZone', 'CacheSubnetGroupName', 'AutoMinorVersionUpgrade'),
        ...cache.only('SnapshotRetentionLimit', 'TransitEncryptionEnabled', 'PreferredMaintenanceWindow'),
        SecurityGroupIds: cache.all('SecurityGroups[].SecurityGroupId'),
        ...tags(answerTo('elasticache:ListTagsForResource', 'ResourceName', cache.text('ARN')), 'TagList[]'),
      }),
    ],
  },
  {
    of: ['dynamodb:DescribeTable', 'Table'],
    calls: (table) => [
      call('dynamodb:CreateTable', {
        ...table.only('TableName', 'AttributeDefinitions', 'KeySchema', 'DeletionProtectionEnabled'),
        ProvisionedThroughput: table
          .each('ProvisionedThroughput')
          .map((one) => one.only('ReadCapacityUnits', 'WriteCapacityUnits'))[0],
        ...tags(answerTo('dynamodb:ListTagsOfResource', 'ResourceArn', table.text('TableArn'))),
      }),
    ],
  },
  {
    of: ['s3:ListBuckets', 'Buckets[]'],
    calls: (bucket) => {
      const Bucket = bucket.text('Name');
      const { LocationConstraint } = answerTo('s3:GetBucketLocation', 'Bucket', Bucket).only('LocationConstraint');
      return [call('s3:CreateBucket', { Bucket, CreateBucketConfiguration: { LocationConstraint } })];
    },
  },
  setting('s3:GetBucketPolicy', 's3:PutBucketPolicy', 'Policy', 'Policy'),
  setting('s3:GetBucketTagging', 's3:PutBucketTagging', 'Tagging'),
  setting('s3:GetBucketWebsite', 's3:PutBucketWebsite', 'WebsiteConfiguration'),
  setting(
    's3:GetBucketEncryption',
    's3:PutBucketEncryption',
    'ServerSideEncryptionConfiguration',
    'ServerSideEncryptionConfiguration',
  ),
];

/** Attributes that AWS counts or makes up. */
const COUNTED = /^(?:Approximate|Created|LastModified|QueueArn)/;

export const MESSAGES: readonly Kind[] = [
  {
    of: ['sqs:GetQueueAttributes'],
    calls: (queue) => {
      const QueueUrl = String(queue.asked.QueueUrl);
      const Attributes = queue.each('Attributes').flatMap((one) => Object.entries(one.value ?? {}));
      return [
        call(
          'sqs:CreateQueue',
          {
            QueueName: QueueUrl.split('/').at(-1),
            Attributes: Object.fromEntries(Attributes.filter(([name]) => !COUNTED.test(name))),
            tags: answerTo('sqs:ListQueueTags', 'QueueUrl', QueueUrl).only('Tags').Tags,
          },
          { QueueUrl },
        ),
      ];
    },
  },
  {
    of: ['sns:GetTopicAttributes', 'Attributes'],
    calls: (topic) => {
      const TopicArn = topic.text('TopicArn');
      return [
        call('sns:CreateTopic', {
          Name: TopicArn.split(':').at(-1),
          ...tags(answerTo('sns:ListTagsForResource', 'ResourceArn', TopicArn)),
          Attributes: topic.only('Policy'),
        }),
      ];
    },
  },
  {
    of: ['sns:ListSubscriptions', 'Subscriptions[]'],
    calls: (subscription) => [
      call(
        'sns:Subscribe',
        { ...subscription.only('TopicArn', 'Protocol', 'Endpoint'), ReturnSubscriptionArn: true },
        {
          SubscriptionArn: subscription.text('SubscriptionArn'),
        },
      ),
    ],
  },
];
