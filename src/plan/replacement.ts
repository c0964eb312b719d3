/**
 * Properties whose change makes Pulumi replace a resource, or makes AWS refuse. An imported resource has its name written
 * out, so its replacement deletes first: such a change is never planned on what is adopted.
 *
 * Rows rest on the provider's schemas (ForceNew) and on AWS's own refusals; `why` names what happens.
 * https://www.pulumi.com/docs/iac/concepts/resources/options/deletebeforereplace/
 */
export interface Replacement {
  readonly type: string;
  readonly properties: readonly string[];
  readonly why: string;
}

const FORCE_NEW = 'the provider replaces the resource';

export const REPLACEMENTS: readonly Replacement[] = [
  {
    type: 'aws:rds/instance:Instance',
    properties: [
      'availabilityZone',
      'storageEncrypted',
      'kmsKeyId',
      'engine',
      'username',
      'dbName',
      'snapshotIdentifier',
      'identifier',
      'characterSetName',
      'timezone',
    ],
    why: FORCE_NEW,
  },
  {
    type: 'aws:rds/instance:Instance',
    properties: ['dbSubnetGroupName'],
    why: 'RDS refuses another subnet group of the same VPC (InvalidVPCNetworkStateFault)',
  },
  { type: 'aws:rds/instance:Instance', properties: ['replicateSourceDb'], why: 'taking it away promotes the replica' },
  {
    type: 'aws:rds/cluster:Cluster',
    properties: [
      'dbSubnetGroupName',
      'storageEncrypted',
      'kmsKeyId',
      'engine',
      'databaseName',
      'masterUsername',
      'clusterIdentifier',
    ],
    why: FORCE_NEW,
  },
  {
    type: 'aws:rds/clusterInstance:ClusterInstance',
    properties: ['dbSubnetGroupName', 'availabilityZone', 'clusterIdentifier', 'engine', 'identifier'],
    why: FORCE_NEW,
  },
  { type: 'aws:rds/subnetGroup:SubnetGroup', properties: ['name'], why: FORCE_NEW },
  {
    type: 'aws:elasticache/replicationGroup:ReplicationGroup',
    properties: [
      'subnetGroupName',
      'atRestEncryptionEnabled',
      'kmsKeyId',
      'port',
      'networkType',
      'snapshotName',
      'replicationGroupId',
      'engine',
    ],
    why: FORCE_NEW,
  },
  {
    type: 'aws:elasticache/cluster:Cluster',
    properties: [
      'subnetGroupName',
      'availabilityZone',
      'port',
      'clusterId',
      'engine',
      'replicationGroupId',
      'nodeType',
    ],
    why: FORCE_NEW,
  },
  { type: 'aws:elasticache/subnetGroup:SubnetGroup', properties: ['name'], why: FORCE_NEW },
  {
    type: 'aws:ecs/service:Service',
    properties: ['launchType', 'cluster', 'name', 'iamRole', 'schedulingStrategy'],
    why: FORCE_NEW,
  },
  { type: 'aws:lb/loadBalancer:LoadBalancer', properties: ['internal', 'name', 'loadBalancerType'], why: FORCE_NEW },
  { type: 'aws:lb/listener:Listener', properties: ['loadBalancerArn'], why: FORCE_NEW },
  {
    type: 'aws:lb/targetGroup:TargetGroup',
    properties: ['targetType', 'port', 'protocol', 'protocolVersion', 'vpcId', 'name', 'ipAddressType'],
    why: FORCE_NEW,
  },
  {
    type: 'aws:ec2/instance:Instance',
    properties: [
      'subnetId',
      'privateIp',
      'tenancy',
      'placementGroup',
      'securityGroups',
      'ami',
      'availabilityZone',
      'keyName',
    ],
    why: FORCE_NEW,
  },
  {
    type: 'aws:ec2/securityGroup:SecurityGroup',
    properties: ['name', 'namePrefix', 'description', 'vpcId'],
    why: FORCE_NEW,
  },
  { type: 'aws:ec2/routeTableAssociation:RouteTableAssociation', properties: ['subnetId'], why: FORCE_NEW },
  {
    type: 'aws:ec2/natGateway:NatGateway',
    properties: ['allocationId', 'connectivityType', 'subnetId', 'availabilityMode'],
    why: FORCE_NEW,
  },
  { type: 'aws:ec2/subnet:Subnet', properties: ['cidrBlock', 'availabilityZone', 'vpcId'], why: FORCE_NEW },
  { type: 'aws:ec2/vpc:Vpc', properties: ['cidrBlock', 'instanceTenancy'], why: FORCE_NEW },
  { type: 'aws:ec2/route:Route', properties: ['routeTableId', 'destinationCidrBlock'], why: FORCE_NEW },
  { type: 'aws:s3/bucket:Bucket', properties: ['bucket'], why: FORCE_NEW },
  { type: 'aws:dynamodb/table:Table', properties: ['name', 'hashKey', 'rangeKey'], why: FORCE_NEW },
  { type: 'aws:sqs/queue:Queue', properties: ['name', 'fifoQueue'], why: FORCE_NEW },
  { type: 'aws:sns/topic:Topic', properties: ['name', 'fifoTopic'], why: FORCE_NEW },
  { type: 'aws:iam/role:Role', properties: ['name', 'path'], why: FORCE_NEW },
  { type: 'aws:iam/user:User', properties: ['name'], why: 'renaming a user changes its ARN, which policies name' },
  { type: 'aws:lambda/function:Function', properties: ['name'], why: FORCE_NEW },
  { type: 'aws:cloudfront/distribution:Distribution', properties: [], why: FORCE_NEW },
];

/** Why changing a property replaces the resource; undefined where it is done in place. */
export const replaces = (type: string, property: string): string | undefined =>
  REPLACEMENTS.find((row) => row.type === type && row.properties.includes(property))?.why;

/** What keeps data: deleting it loses what it holds. */
export const STATEFUL: ReadonlySet<string> = new Set([
  'aws:rds/instance:Instance',
  'aws:rds/cluster:Cluster',
  'aws:rds/clusterInstance:ClusterInstance',
  'aws:elasticache/replicationGroup:ReplicationGroup',
  'aws:elasticache/cluster:Cluster',
  'aws:s3/bucket:Bucket',
  'aws:dynamodb/table:Table',
  'aws:sqs/queue:Queue',
  'aws:sns/topic:Topic',
  'aws:kms/key:Key',
  'aws:secretsmanager/secret:Secret',
  'aws:ec2/instance:Instance',
  'aws:ebs/volume:Volume',
  'aws:efs/fileSystem:FileSystem',
  'aws:cloudwatch/logGroup:LogGroup',
  'aws:ecr/repository:Repository',
]);

/** Database properties that change how the data is kept: a copy comes first. */
export const MOVES_DATA: Readonly<Record<string, readonly string[]>> = {
  'aws:rds/instance:Instance': [
    'multiAz',
    'instanceClass',
    'allocatedStorage',
    'storageType',
    'engineVersion',
    'backupRetentionPeriod',
  ],
  'aws:rds/cluster:Cluster': ['engineVersion', 'backupRetentionPeriod'],
  'aws:rds/subnetGroup:SubnetGroup': ['subnetIds'],
};
