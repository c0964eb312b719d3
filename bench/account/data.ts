/** Databases, caches, buckets, queues, topics and tables. Each gives what a service's environment names. */
import type { Build } from './build.ts';
import { ACCOUNT, arn, REGION, tags, ZONES } from './names.ts';
import { group, type Network } from './network.ts';

export function subnetGroups({ answers }: Build, net: Network, open: boolean): void {
  const subnets = open ? net.publicSubnets : net.privateSubnets;
  const name = groupName(net);
  answers.item('rds:DescribeDBSubnetGroups', 'DBSubnetGroups', {
    DBSubnetGroupName: name,
    VpcId: net.vpc,
    Subnets: subnets.map((id, n) => ({ SubnetIdentifier: id, SubnetAvailabilityZone: { Name: ZONES[n] } })),
    DBSubnetGroupArn: arn('rds', `subgrp:${name}`),
  });
  answers.item('elasticache:DescribeCacheSubnetGroups', 'CacheSubnetGroups', {
    CacheSubnetGroupName: name,
    VpcId: net.vpc,
    Subnets: subnets.map((id, n) => ({ SubnetIdentifier: id, SubnetAvailabilityZone: { Name: ZONES[n] } })),
    ARN: arn('elasticache', `subnetgroup:${name}`),
  });
}

const groupName = (net: Network): string => `${net.environment}-${net.n}-data`;

/** A MySQL database, sometimes with read replicas; gives its host. */
export function database(build: Build, net: Network, name: string, clients: string): string {
  const { answers, random, mess } = build;
  const own = random.chance(mess)
    ? net.sharedGroup
    : group(build, net.vpc, `${name}-db`, [{ ports: [3306, 3306], peer: clients }]);
  const replicas = Array.from({ length: random.below(3) }, (_, n) => `${name}-replica-${n}`);
  const careless = random.chance(mess);
  const one = (identifier: string, more: object): void =>
    answers.item('rds:DescribeDBInstances', 'DBInstances', {
      DBInstanceIdentifier: identifier,
      DBInstanceArn: arn('rds', `db:${identifier}`),
      DBInstanceClass: careless ? 'db.m4.large' : 'db.m6g.large',
      Engine: 'mysql',
      EngineVersion: careless ? '5.7.44' : '8.0.40',
      DBInstanceStatus: 'available',
      Endpoint: { Address: `${identifier}.cexample0000.${REGION}.rds.amazonaws.com`, Port: 3306 },
      AvailabilityZone: ZONES[careless ? 0 : random.below(3)],
      DBSubnetGroup: { DBSubnetGroupName: groupName(net), VpcId: net.vpc },
      VpcSecurityGroups: [{ VpcSecurityGroupId: own, Status: 'active' }],
      MultiAZ: !careless,
      PubliclyAccessible: careless,
      StorageEncrypted: !careless,
      DeletionProtection: !careless,
      BackupRetentionPeriod: careless ? 0 : 7,
      AllocatedStorage: 100,
      StorageType: 'gp3',
      ReadReplicaDBInstanceIdentifiers: [],
      TagList: tags(net.environment, identifier),
      ...more,
    });
  one(name, { ReadReplicaDBInstanceIdentifiers: replicas });
  for (const replica of replicas) one(replica, { ReadReplicaSourceDBInstanceIdentifier: name, MultiAZ: false });
  return `${name}.cexample0000.${REGION}.rds.amazonaws.com`;
}

/** A Redis of one node, or of two with failover; gives its host. */
export function cache(build: Build, net: Network, name: string, clients: string): string {
  const own = group(build, net.vpc, `${name}-cache`, [{ ports: [6379, 6379], peer: clients }]);
  const host = `${name}.abc123.0001.euw1.cache.amazonaws.com`;
  build.answers.item('elasticache:DescribeCacheClusters', 'CacheClusters', {
    CacheClusterId: name,
    ARN: arn('elasticache', `cluster:${name}`),
    CacheNodeType: build.random.chance(build.mess) ? 'cache.t2.small' : 'cache.t4g.small',
    Engine: 'redis',
    EngineVersion: '7.1.0',
    CacheClusterStatus: 'available',
    NumCacheNodes: 1,
    PreferredAvailabilityZone: ZONES[build.random.below(3)],
    CacheSubnetGroupName: groupName(net),
    SecurityGroups: [{ SecurityGroupId: own, Status: 'active' }],
    CacheNodes: [{ CacheNodeId: '0001', Endpoint: { Address: host, Port: 6379 } }],
    TransitEncryptionEnabled: true,
    AtRestEncryptionEnabled: true,
    SnapshotRetentionLimit: 1,
  });
  return host;
}

/** Gives the bucket's name. */
export function bucket({ answers, random, mess }: Build, net: Network, name: string): string {
  answers.item('s3:ListBuckets', 'Buckets', { Name: name, CreationDate: '2021-04-03T02:30:00.000Z' });
  const input = { Bucket: name };
  const open = random.chance(mess / 2);
  answers.answer('s3:GetBucketLocation', input, { LocationConstraint: REGION });
  answers.answer('s3:GetBucketAcl', input, {
    Owner: { ID: 'owner' },
    Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'owner' }, Permission: 'FULL_CONTROL' }],
  });
  answers.answer('s3:GetBucketVersioning', input, random.chance(mess) ? {} : { Status: 'Enabled' });
  answers.answer('s3:GetBucketTagging', input, { TagSet: tags(net.environment, name) });
  answers.answer('s3:GetBucketLogging', input, {});
  answers.refuse('s3:GetBucketWebsite', input, 'NoSuchWebsiteConfiguration');
  if (open) {
    const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${name}/*` };
    answers.answer('s3:GetBucketPolicy', input, {
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    });
    answers.refuse('s3:GetPublicAccessBlock', input, 'NoSuchPublicAccessBlockConfiguration');
  } else {
    answers.refuse('s3:GetBucketPolicy', input, 'NoSuchBucketPolicy');
    answers.answer('s3:GetPublicAccessBlock', input, {
      PublicAccessBlockConfiguration: {
        ...{ BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
      },
    });
  }
  return name;
}

/** A queue with (or without) a queue for dead letters; gives its URL. */
export function queue({ answers, random, mess }: Build, net: Network, name: string): string {
  const one = (queueName: string, redrive: string | undefined): string => {
    const url = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${queueName}`;
    answers.item('sqs:ListQueues', 'QueueUrls', url);
    const open = random.chance(mess / 4);
    const statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: arn('sqs', queueName) };
    answers.answer(
      'sqs:GetQueueAttributes',
      { QueueUrl: url },
      {
        Attributes: {
          QueueArn: arn('sqs', queueName),
          VisibilityTimeout: '300',
          ...(open ? { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) } : {}),
          ...(redrive ? { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: redrive, maxReceiveCount: 3 }) } : {}),
        },
      },
    );
    answers.answer('sqs:ListQueueTags', { QueueUrl: url }, { Tags: { Environment: net.environment } });
    return url;
  };
  if (random.chance(mess)) return one(name, undefined);
  one(`${name}-dead`, undefined);
  return one(name, arn('sqs', `${name}-dead`));
}

/** Gives the topic's ARN. */
export function topic({ answers }: Build, name: string, queueName: string): string {
  const own = arn('sns', name);
  answers.item('sns:ListTopics', 'Topics', { TopicArn: own });
  answers.answer('sns:GetTopicAttributes', { TopicArn: own }, { Attributes: { TopicArn: own, Owner: ACCOUNT } });
  answers.item('sns:ListSubscriptions', 'Subscriptions', {
    SubscriptionArn: `${own}:0001`,
    Owner: ACCOUNT,
    Protocol: 'sqs',
    Endpoint: arn('sqs', queueName),
    TopicArn: own,
  });
  return own;
}

/** Gives the table's name. */
export function table({ answers, random, mess }: Build, name: string): string {
  answers.item('dynamodb:ListTables', 'TableNames', name);
  answers.answer(
    'dynamodb:DescribeTable',
    { TableName: name },
    {
      Table: {
        TableName: name,
        TableArn: arn('dynamodb', `table/${name}`),
        TableStatus: 'ACTIVE',
        DeletionProtectionEnabled: false,
        BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      },
    },
  );
  const status = random.chance(mess) ? 'DISABLED' : 'ENABLED';
  answers.answer(
    'dynamodb:DescribeContinuousBackups',
    { TableName: name },
    {
      ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: status } },
    },
  );
  return name;
}
