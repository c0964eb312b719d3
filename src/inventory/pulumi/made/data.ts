import {
  accountHash,
  arn,
  byArn,
  byName,
  host,
  letterId,
  physical,
  type Shape,
  type Subject,
  shortHash,
  text,
  uuid,
} from './shape.ts';

/** The ports that RDS takes where none is set. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
export const databasePort = (engine: string): number => {
  if (/postgres/.test(engine)) return 5432;
  if (/sqlserver/.test(engine)) return 1433;
  if (/oracle/.test(engine)) return 1521;
  return 3306;
};

const portOf = (subject: Subject): number =>
  typeof subject.inputs.port === 'number' ? subject.inputs.port : databasePort(text(subject.inputs.engine) ?? 'mysql');

/** The password that RDS keeps itself stands in a secret of its own. */
const managedSecret = (subject: Subject, kind: string) => ({
  masterUserSecrets:
    subject.inputs.manageMasterUserPassword === true
      ? [
          {
            secretArn: arn(subject, 'secretsmanager', `secret:rds!${kind}-${uuid(subject)}-${shortHash(subject, 6)}`),
            secretStatus: 'active',
            kmsKeyId: arn(subject, 'kms', `key/${uuid(subject, 'kms')}`),
          },
        ]
      : [],
});

const instance: Shape = (subject) => {
  const identifier = physical(subject, 'identifier');
  const address = host(subject, 'rds', identifier, accountHash(subject));
  return {
    id: subject.importId ?? identifier,
    identifier,
    arn: arn(subject, 'rds', `db:${identifier}`),
    resourceId: `db-${shortHash(subject, 26).toUpperCase()}`,
    address,
    port: portOf(subject),
    endpoint: `${address}:${portOf(subject)}`,
    hostedZoneId: 'Z0123456789DATABASE',
    status: 'available',
    ...managedSecret(subject, 'db'),
  };
};

const cluster: Shape = (subject) => {
  const identifier = physical(subject, 'clusterIdentifier');
  return {
    id: subject.importId ?? identifier,
    clusterIdentifier: identifier,
    arn: arn(subject, 'rds', `cluster:${identifier}`),
    clusterResourceId: `cluster-${shortHash(subject, 26).toUpperCase()}`,
    endpoint: host(subject, 'rds', identifier, `cluster-${accountHash(subject)}`),
    readerEndpoint: host(subject, 'rds', identifier, `cluster-ro-${accountHash(subject)}`),
    port: portOf(subject),
    hostedZoneId: 'Z0123456789DATABASE',
    ...managedSecret(subject, 'cluster'),
  };
};

const clusterInstance: Shape = (subject) => {
  const identifier = physical(subject, 'identifier');
  return {
    id: identifier,
    identifier,
    arn: arn(subject, 'rds', `db:${identifier}`),
    endpoint: host(subject, 'rds', identifier, accountHash(subject)),
    port: databasePort(text(subject.inputs.engine) ?? ''),
  };
};

const cacheHost = (subject: Subject, kind: string, name: string): string =>
  `${kind}${name}.${accountHash(subject).slice(0, 6)}.ng.0001.${subject.region}.cache.amazonaws.com`;

const bucket = byName(
  'bucket',
  's3',
  (name) => name,
  (name, subject) => ({
    bucketDomainName: `${name}.s3.amazonaws.com`,
    bucketRegionalDomainName: `${name}.s3.${subject.region}.amazonaws.com`,
    hostedZoneId: 'Z0123456789BUCKET',
    websiteEndpoint: `${name}.s3-website-${subject.region}.amazonaws.com`,
  }),
  'bare',
);

/** Settings of a bucket are known by the bucket. */
const ofBucket: Shape = (subject) => ({ id: text(subject.inputs.bucket) ?? subject.name });

export const data: Readonly<Record<string, Shape>> = {
  'aws:rds/instance:Instance': instance,
  'aws:rds/cluster:Cluster': cluster,
  'aws:rds/clusterInstance:ClusterInstance': clusterInstance,
  'aws:rds/subnetGroup:SubnetGroup': byName('name', 'rds', (name) => `subgrp:${name}`),
  'aws:rds/parameterGroup:ParameterGroup': byName('name', 'rds', (name) => `pg:${name}`),
  'aws:rds/clusterParameterGroup:ClusterParameterGroup': byName('name', 'rds', (name) => `cluster-pg:${name}`),
  'aws:elasticache/subnetGroup:SubnetGroup': byName('name', 'elasticache', (name) => `subnetgroup:${name}`),
  'aws:elasticache/parameterGroup:ParameterGroup': byName('name', 'elasticache', (name) => `parametergroup:${name}`),
  'aws:elasticache/replicationGroup:ReplicationGroup': byName(
    'replicationGroupId',
    'elasticache',
    (name) => `replicationgroup:${name}`,
    (name, subject) => ({
      primaryEndpointAddress: cacheHost(subject, 'master.', name),
      readerEndpointAddress: cacheHost(subject, 'replica.', name),
      configurationEndpointAddress: cacheHost(subject, 'clustercfg.', name),
      port: typeof subject.inputs.port === 'number' ? subject.inputs.port : 6379,
      memberClusters: Array.from(
        { length: typeof subject.inputs.numCacheClusters === 'number' ? subject.inputs.numCacheClusters : 1 },
        (_, n) => `${name}-${String(n + 1).padStart(3, '0')}`,
      ),
    }),
  ),
  'aws:elasticache/cluster:Cluster': byName(
    'clusterId',
    'elasticache',
    (name) => `cluster:${name}`,
    (name, subject) => {
      const port =
        typeof subject.inputs.port === 'number'
          ? subject.inputs.port
          : subject.inputs.engine === 'memcached'
            ? 11211
            : 6379;
      return {
        port,
        clusterAddress: cacheHost(subject, '', name),
        configurationEndpoint: `${cacheHost(subject, '', name)}:${port}`,
        cacheNodes: [{ id: '0001', address: cacheHost(subject, '', name), port }],
      };
    },
  ),
  'aws:s3/bucket:Bucket': bucket,
  'aws:s3/bucketV2:BucketV2': bucket,
  'aws:s3/bucketPolicy:BucketPolicy': ofBucket,
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': ofBucket,
  'aws:s3/bucketVersioning:BucketVersioning': ofBucket,
  'aws:s3/bucketVersioningV2:BucketVersioningV2': ofBucket,
  'aws:dynamodb/table:Table': byName(
    'name',
    'dynamodb',
    (name) => `table/${name}`,
    (name, subject) => ({
      streamArn:
        subject.inputs.streamEnabled === true
          ? arn(subject, 'dynamodb', `table/${name}/stream/2024-01-01T00:00:00.000`)
          : '',
    }),
  ),
  'aws:secretsmanager/secret:Secret': byArn(
    'secretsmanager',
    (subject) => `secret:${physical(subject)}-${shortHash(subject, 6)}`,
    (_, subject) => ({ name: physical(subject) }),
  ),
  'aws:secretsmanager/secretVersion:SecretVersion': (subject) => ({
    id: `${text(subject.inputs.secretId) ?? subject.name}|${uuid(subject)}`,
    arn: text(subject.inputs.secretId) ?? '',
    versionId: uuid(subject),
  }),
  'aws:ssm/parameter:Parameter': byName('name', 'ssm', (name) => `parameter/${name.replace(/^\//, '')}`),
  'aws:kms/key:Key': (subject) => {
    const id = subject.importId ?? uuid(subject);
    return { id, keyId: id, arn: arn(subject, 'kms', `key/${id}`) };
  },
  'aws:kms/alias:Alias': byName(
    'name',
    'kms',
    (name) => name,
    (_, subject) => ({
      targetKeyArn: arn(subject, 'kms', `key/${text(subject.inputs.targetKeyId) ?? ''}`),
    }),
  ),
  'aws:sqs/queue:Queue': (subject) => {
    const name = `${physical(subject).replace(/\.fifo$/, '')}${subject.inputs.fifoQueue === true ? '.fifo' : ''}`;
    const url = subject.importId ?? `https://sqs.${subject.region}.amazonaws.com/${subject.account}/${name}`;
    return { id: url, url, name, arn: arn(subject, 'sqs', name) };
  },
  'aws:sns/topic:Topic': byArn(
    'sns',
    (subject) => physical(subject),
    (_, subject) => ({ name: physical(subject), owner: subject.account }),
  ),
  'aws:sns/topicSubscription:TopicSubscription': (subject) => {
    const own = `${text(subject.inputs.topic) ?? arn(subject, 'sns', 'unknown')}:${uuid(subject)}`;
    return { id: own, arn: own, ownerId: subject.account };
  },
  'aws:kinesis/stream:Stream': byArn(
    'kinesis',
    (subject) => `stream/${physical(subject)}`,
    (_, subject) => ({ name: physical(subject) }),
  ),
  'aws:efs/fileSystem:FileSystem': (subject) => {
    const id = `fs-${shortHash(subject, 17)}`;
    return {
      id,
      arn: arn(subject, 'elasticfilesystem', `file-system/${id}`),
      dnsName: `${id}.efs.${subject.region}.amazonaws.com`,
    };
  },
  'aws:cloudfront/originAccessControl:OriginAccessControl': (subject) => {
    const id = letterId(subject, 'E');
    return { id, name: physical(subject), arn: arn(subject, 'cloudfront', `origin-access-control/${id}`, 'global') };
  },
};
