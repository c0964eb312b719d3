/**
 * Leaving any one field out of an answer turns what was known into unknown, and never into something else: but for the
 * fields listed here, by whose absence AWS itself says "none".
 */
import { describe, expect, it } from 'vitest';
import { answersOf } from '../testing.ts';
import { readers } from './index.ts';

type Operations = Parameters<typeof answersOf>[0];

/** `kind.property` with what it becomes when AWS leaves the field out. */
const NONE: Readonly<Record<string, readonly unknown[]>> = {
  'loadBalancer.securityGroups': [[]],
  'loadBalancer.webAcl': [null],
  'database.replicaOf': [null],
  'database.cluster': [null],
  // the field's name is the pending change
  'database.pendingChanges': [[]],
  'bucket.region': ['us-east-1'],
  'bucket.versioning': [null],
  'bucket.logging': [null],
  'bucket.notifications': [[]],
  'queue.policy': [null],
  'queue.deadLetter': [null],
  'topic.encrypted': [false],
  'secret.policy': [null],
  'secret.rotation': [false],
  'secret.lastUsed': [null],
  'logGroup.retention': [null],
};

const LB = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/shop/1';
const QUEUE = 'https://sqs.eu-west-1.amazonaws.com/111122223333/jobs';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:events';
const about = (input: object, output: object) => [{ input: { ...input }, output }];

const INPUTS: Readonly<Record<string, Operations>> = {
  'load-balancer': {
    'elbv2:DescribeLoadBalancers': {
      LoadBalancers: [
        {
          LoadBalancerArn: LB,
          LoadBalancerName: 'shop',
          Type: 'network',
          Scheme: 'internal',
          DNSName: 'shop.example.com',
          VpcId: 'vpc-1',
          State: { Code: 'active' },
          IpAddressType: 'ipv4',
          AvailabilityZones: [
            { ZoneName: 'eu-west-1a', SubnetId: 'subnet-a' },
            { ZoneName: 'eu-west-1b', SubnetId: 'subnet-b' },
          ],
          SecurityGroups: ['sg-1'],
        },
      ],
    },
    'elbv2:DescribeLoadBalancerAttributes': about({ LoadBalancerArn: LB }, { Attributes: [{ Key: 'a', Value: 'b' }] }),
    'wafv2:GetWebACLForResource': about({ ResourceArn: LB }, { WebACL: { ARN: 'arn:acl' } }),
  },
  listener: {
    'elbv2:DescribeListeners': {
      Listeners: [
        {
          ListenerArn: 'arn:l',
          LoadBalancerArn: LB,
          Protocol: 'HTTPS',
          Port: 443,
          SslPolicy: 'p',
          Certificates: [{ CertificateArn: 'arn:c' }],
          DefaultActions: [
            { Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: 'arn:t', Weight: 1 }] } },
            { Type: 'redirect', RedirectConfig: { Protocol: '#{protocol}', Port: '#{port}' } },
          ],
        },
      ],
    },
  },
  'listener-rule': {
    'elbv2:DescribeRules': about(
      { ListenerArn: 'arn:l' },
      {
        Rules: [
          {
            RuleArn: 'arn:r',
            Priority: '1',
            Conditions: [
              { Field: 'path-pattern', Values: ['/a'] },
              { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'h', Values: ['v'] } },
            ],
            Actions: [{ Type: 'forward', TargetGroupArn: 'arn:t' }],
          },
        ],
      },
    ),
  },
  'target-group': {
    'elbv2:DescribeTargetGroups': {
      TargetGroups: [{ TargetGroupArn: 'arn:t', TargetType: 'ip', Port: 80, VpcId: 'vpc-1', LoadBalancerArns: [LB] }],
    },
    'elbv2:DescribeTargetHealth': about(
      { TargetGroupArn: 'arn:t' },
      { TargetHealthDescriptions: [{ Target: { Id: '10.0.0.1', Port: 80 }, TargetHealth: { State: 'healthy' } }] },
    ),
  },
  'database-cluster': {
    'rds:DescribeDBClusters': {
      DBClusters: [
        {
          DBClusterIdentifier: 'c',
          Endpoint: 'c.example.com',
          Port: 3306,
          MultiAZ: true,
          StorageEncrypted: true,
          AvailabilityZones: ['eu-west-1a'],
          VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }],
          DBClusterMembers: [
            { DBInstanceIdentifier: 'a', IsClusterWriter: true },
            { DBInstanceIdentifier: 'b', IsClusterWriter: false },
          ],
        },
      ],
    },
  },
  'hosted-zone': {
    'route53:ListHostedZones': {
      HostedZones: [{ Id: '/hostedzone/Z1', Name: 'example.com.', Config: { PrivateZone: true } }],
    },
    'route53:GetHostedZone': about({ Id: 'Z1' }, { VPCs: [{ VPCId: 'vpc-1' }, { VPCId: 'vpc-2' }] }),
  },
  database: {
    'rds:DescribeDBInstances': {
      DBInstances: [
        {
          DBInstanceIdentifier: 'shop',
          DBInstanceArn: 'arn:aws:rds:eu-west-1:111122223333:db:shop',
          Engine: 'mysql',
          MultiAZ: true,
          AvailabilityZone: 'eu-west-1a',
          SecondaryAvailabilityZone: 'eu-west-1b',
          PubliclyAccessible: true,
          StorageEncrypted: true,
          DeletionProtection: true,
          BackupRetentionPeriod: 7,
          DBClusterIdentifier: 'c',
          ReadReplicaSourceDBInstanceIdentifier: 'other',
          ReadReplicaDBInstanceIdentifiers: ['r1'],
          Endpoint: { Address: 'shop.example.com', Port: 3306 },
          DBSubnetGroup: {
            DBSubnetGroupArn: 'arn:aws:rds:eu-west-1:111122223333:subgrp:db',
            DBSubnetGroupName: 'db',
            VpcId: 'vpc-1',
          },
          VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }, { VpcSecurityGroupId: 'sg-2' }],
          PendingModifiedValues: { DBInstanceClass: 'db.t4g.small' },
        },
      ],
    },
  },
  cache: {
    'elasticache:DescribeReplicationGroups': {
      ReplicationGroups: [
        {
          ReplicationGroupId: 'shop',
          ARN: 'arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:shop',
          AutomaticFailover: 'enabled',
          MultiAZ: 'enabled',
          MemberClusters: ['shop-001'],
          AtRestEncryptionEnabled: true,
          TransitEncryptionEnabled: true,
          NodeGroups: [
            {
              NodeGroupMembers: [
                { CacheClusterId: 'shop-001', PreferredAvailabilityZone: 'eu-west-1a', CurrentRole: 'primary' },
              ],
            },
          ],
        },
      ],
    },
    'elasticache:DescribeCacheClusters': {
      CacheClusters: [
        {
          CacheClusterId: 'shop-001',
          ReplicationGroupId: 'shop',
          CacheSubnetGroupName: 'g',
          SecurityGroups: [{ SecurityGroupId: 'sg-1' }],
        },
      ],
    },
  },
  bucket: {
    's3:ListBuckets': { Buckets: [{ Name: 'media', CreationDate: '2020-01-01T00:00:00Z' }] },
    's3:GetBucketLocation': about({ Bucket: 'media' }, { LocationConstraint: 'ap-northeast-2' }),
    's3:GetBucketPolicy': about({ Bucket: 'media' }, { Policy: '{"Statement":[]}' }),
    's3:GetBucketPolicyStatus': about({ Bucket: 'media' }, { PolicyStatus: { IsPublic: true } }),
    's3:GetBucketAcl': about(
      { Bucket: 'media' },
      {
        Grants: [
          { Grantee: { ID: 'me' }, Permission: 'READ' },
          { Grantee: { URI: 'all' }, Permission: 'READ' },
        ],
      },
    ),
    's3:GetPublicAccessBlock': about(
      { Bucket: 'media' },
      { PublicAccessBlockConfiguration: { BlockPublicAcls: false } },
    ),
    's3:GetBucketWebsite': about({ Bucket: 'media' }, { IndexDocument: { Suffix: 'i' } }),
    's3:GetBucketVersioning': about({ Bucket: 'media' }, { Status: 'Enabled' }),
    's3:GetBucketLogging': about({ Bucket: 'media' }, { LoggingEnabled: { TargetBucket: 'logs' } }),
    's3:GetBucketNotificationConfiguration': about(
      { Bucket: 'media' },
      { QueueConfigurations: [{ QueueArn: 'arn:q' }] },
    ),
  },
  queue: {
    'sqs:ListQueues': { QueueUrls: [QUEUE] },
    'sqs:GetQueueAttributes': about(
      { QueueUrl: QUEUE, AttributeNames: ['All'] },
      {
        Attributes: {
          Policy: '{}',
          RedrivePolicy: '{"deadLetterTargetArn":"arn:d"}',
          SqsManagedSseEnabled: 'true',
          VisibilityTimeout: '30',
        },
      },
    ),
  },
  topic: {
    'sns:ListTopics': { Topics: [{ TopicArn: TOPIC }] },
    'sns:GetTopicAttributes': about({ TopicArn: TOPIC }, { Attributes: { Policy: '{}', KmsMasterKeyId: 'k' } }),
  },
  secret: {
    'secretsmanager:ListSecrets': {
      SecretList: [{ ARN: 'arn:s', Name: 's', RotationEnabled: true, LastAccessedDate: '2020-01-01T00:00:00Z' }],
    },
    'secretsmanager:GetResourcePolicy': about({ SecretId: 'arn:s' }, { ResourcePolicy: '{}' }),
  },
  'log-group': { 'logs:DescribeLogGroups': { logGroups: [{ logGroupName: 'g', retentionInDays: 7 }] } },
  alarm: {
    'cloudwatch:DescribeAlarms': {
      MetricAlarms: [
        {
          AlarmName: 'a',
          MetricName: 'm',
          Namespace: 'n',
          Dimensions: [{ Name: 'd', Value: 'v' }],
          ActionsEnabled: true,
          AlarmActions: ['arn:t'],
        },
      ],
    },
  },
  distribution: {
    'cloudfront:ListDistributions': {
      DistributionList: {
        Items: [
          {
            Id: 'E1',
            DomainName: 'd.cloudfront.net',
            Enabled: true,
            WebACLId: 'arn:acl',
            Aliases: { Quantity: 1, Items: ['shop.example.com'] },
            DefaultCacheBehavior: { ViewerProtocolPolicy: 'https-only' },
            CacheBehaviors: { Quantity: 0 },
            Origins: {
              Quantity: 1,
              Items: [
                {
                  Id: 'o',
                  DomainName: 'b.s3.amazonaws.com',
                  S3OriginConfig: { OriginAccessIdentity: '' },
                  OriginAccessControlId: 'EOAC',
                },
              ],
            },
          },
        ],
      },
    },
  },
};

const SKIPPED = new Set(['source', 'name', 'arn', 'tags', 'kind', 'id', 'derived', 'identifier']);

/** Every copy of a value in which one field of one object is missing, with the field's path. */
function* without(value: unknown, path = ''): Generator<readonly [string, unknown]> {
  if (Array.isArray(value)) {
    for (const [n, one] of value.entries())
      for (const [at, copy] of without(one, `${path}/${n}`)) yield [at, value.with(n, copy)];
  } else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) {
      const { [key]: _, ...rest } = value as Readonly<Record<string, unknown>>;
      // requests and the shells around answers stay
      if (!/^(input|output)$/.test(key)) yield [`${path}/${key}`, rest];
      if (key !== 'input')
        for (const [at, copy] of without(one, `${path}/${key}`)) yield [at, { ...rest, [key]: copy }];
    }
}

/** A value without where it was read. */
const facts = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value ?? null, (key, one: unknown) => (key === 'source' || key === 'field' ? undefined : one)),
  );

describe.each(Object.entries(INPUTS))('%s', (name, operations) => {
  const reader = readers.find((one) => one.name === name);
  const read = (given: Operations) => reader?.read(answersOf(given)) ?? [];
  const whole = read(operations);

  it('is read whole', () => expect(whole.length).toBeGreaterThan(0));

  it.each(
    Object.entries(operations).flatMap(([operation, answer]) =>
      [...without(answer)].map(
        ([path, copy]) => [`${operation}${path}`, { ...operations, [operation]: copy as object }] as const,
      ),
    ),
  )('knows no other thing without %s', (_, less) => {
    for (const resource of read(less)) {
      const before = whole.find((one) => one.id === resource.id);
      if (!before) continue;
      for (const [property, now] of Object.entries(resource)) {
        if (SKIPPED.has(property) || now === undefined) continue;
        const then = Reflect.get(before, property) as unknown;
        const allowed = [then, ...(NONE[`${resource.kind}.${property}`] ?? [])].map(facts);
        if (!holds(facts(then), facts(now))) expect(allowed).toContainEqual(facts(now));
      }
    }
  });
});

/** Whether what is known now was known before: the same, but for parts that are not told any more. */
function holds(before: unknown, now: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(now))
    return before.length === now.length && before.every((one, n) => holds(one, now[n]));
  if (typeof before === 'object' && before !== null && typeof now === 'object' && now !== null && !Array.isArray(now))
    return Object.entries(now).every(([key, value]) => holds(Reflect.get(before, key), value));
  return before === now;
}
