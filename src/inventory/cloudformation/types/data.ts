/** Databases, their subnet groups, and tables. */
import type { Value } from '../../pulumi/recorded.ts';
import type { Draft, Given } from '../given.ts';
import { row, type TypeRow } from '../row.ts';
import { UNKNOWN } from '../values.ts';

/** AWS keeps these names in small letters. */
const lower = (value: Value | undefined): Value | undefined =>
  typeof value === 'string' ? value.toLowerCase() : value;

/** Settings that a copy takes from what it was copied from. */
const copied = (one: Given): boolean =>
  one.has('SourceDBInstanceIdentifier') ||
  one.has('SourceDBClusterIdentifier') ||
  one.has('DBSnapshotIdentifier') ||
  one.has('SnapshotIdentifier') ||
  one.has('DBClusterSnapshotIdentifier') ||
  one.has('SourceDbiResourceId');

const isMember = (one: Given): boolean => one.has('DBClusterIdentifier');

/**
 * An instance that says nothing is public where it is in no subnet group or in the default one, and not of Aurora.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
function isPublic(one: Given): Value | undefined {
  if (one.has('PubliclyAccessible')) return one.flag('PubliclyAccessible');
  if (one.has('SourceDBInstanceIdentifier')) return UNKNOWN;
  const group = one.text('DBSubnetGroupName');
  if (group !== undefined) return typeof group === 'string' ? group === 'default' : UNKNOWN;
  const engine = one.sure('Engine');
  if (engine === undefined) return UNKNOWN;
  // the members of a Multi-AZ cluster have their cluster's group
  return engine.toLowerCase().startsWith('aurora') ? false : isMember(one) ? UNKNOWN : true;
}

const encrypted = (one: Given): Value | undefined =>
  one.flag('StorageEncrypted') ?? (one.has('KmsKeyId') || copied(one) ? UNKNOWN : undefined);

const shared = (one: Given): Draft => ({
  engine: lower(one.text('Engine')) ?? (copied(one) && !one.has('SourceDBInstanceIdentifier') ? UNKNOWN : undefined),
  engineVersion: one.text('EngineVersion'),
  port: one.number('Port'),
  dbSubnetGroupName: lower(one.text('DBSubnetGroupName')),
  storageEncrypted: encrypted(one),
  iamDatabaseAuthenticationEnabled: one.flag('EnableIAMDatabaseAuthentication'),
  manageMasterUserPassword: one.flag('ManageMasterUserPassword'),
  // off where nothing says otherwise, for copies as well
  deletionProtection: one.flag('DeletionProtection'),
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html: a day where nothing is said
  backupRetentionPeriod: one.number('BackupRetentionPeriod') ?? (copied(one) ? UNKNOWN : 1),
  tags: one.tags(),
});

const instance = row(
  'AWS::RDS::DBInstance',
  (one) => (isMember(one) ? 'aws:rds/clusterInstance:ClusterInstance' : 'aws:rds/instance:Instance'),
  (one) => ({
    identifier: lower(one.text('DBInstanceIdentifier')),
    instanceClass: one.text('DBInstanceClass'),
    availabilityZone: one.text('AvailabilityZone'),
    publiclyAccessible: isPublic(one),
    ...(isMember(one)
      ? {
          clusterIdentifier: lower(one.text('DBClusterIdentifier')),
          engine: lower(one.text('Engine')),
          engineVersion: one.text('EngineVersion'),
          dbSubnetGroupName: lower(one.text('DBSubnetGroupName')),
          tags: one.tags(),
        }
      : {
          ...shared(one),
          multiAz: one.flag('MultiAZ') ?? (one.has('DBSnapshotIdentifier') ? UNKNOWN : undefined),
          vpcSecurityGroupIds: one.list('VPCSecurityGroups') ?? (one.has('DBSecurityGroups') ? UNKNOWN : undefined),
          replicateSourceDb: lower(one.either('SourceDBInstanceIdentifier', 'SourceDBClusterIdentifier')),
          storageType: one.text('StorageType'),
          allocatedStorage: one.number('AllocatedStorage'),
          iops: one.number('Iops'),
        }),
  }),
  {
    named: 'identifier',
    lower: true,
    ref: 'identifier',
    attributes: {
      'Endpoint.Address': ({ outputs }) => outputs.address ?? outputs.endpoint,
      'Endpoint.Port': 'port',
      DBInstanceArn: 'arn',
      DbiResourceId: 'resourceId',
      'MasterUserSecret.SecretArn': secretOf,
    },
  },
);

function secretOf({ outputs }: { readonly outputs: Readonly<Record<string, Value>> }): Value | undefined {
  const [first] = Array.isArray(outputs.masterUserSecrets) ? outputs.masterUserSecrets : [];
  return first?.secretArn;
}

const cluster = row(
  'AWS::RDS::DBCluster',
  'aws:rds/cluster:Cluster',
  (one) => ({
    ...shared(one),
    clusterIdentifier: lower(one.text('DBClusterIdentifier')),
    vpcSecurityGroupIds: one.list('VpcSecurityGroupIds'),
  }),
  {
    named: 'clusterIdentifier',
    lower: true,
    ref: 'clusterIdentifier',
    attributes: {
      'Endpoint.Address': 'endpoint',
      'Endpoint.Port': 'port',
      'ReadEndpoint.Address': 'readerEndpoint',
      DBClusterArn: 'arn',
      DBClusterResourceId: 'clusterResourceId',
      'MasterUserSecret.SecretArn': secretOf,
    },
  },
);

const subnetGroup = row(
  'AWS::RDS::DBSubnetGroup',
  'aws:rds/subnetGroup:SubnetGroup',
  (one) => ({ name: lower(one.text('DBSubnetGroupName')), subnetIds: one.list('SubnetIds'), tags: one.tags() }),
  { lower: true },
);

const named = (type: string, token: string, name: string): TypeRow =>
  row(type, token, (one) => ({ name: lower(one.text(name)), tags: one.tags() }), { lower: true });

/** Without a billing mode a table has a fixed throughput. */
const table = row(
  'AWS::DynamoDB::Table',
  'aws:dynamodb/table:Table',
  (one) => ({
    name: one.text('TableName'),
    billingMode: one.text('BillingMode'),
    readCapacity: one.number('ProvisionedThroughput.ReadCapacityUnits'),
    writeCapacity: one.number('ProvisionedThroughput.WriteCapacityUnits'),
    pointInTimeRecovery: one.one('PointInTimeRecoverySpecification', (each) => ({
      enabled: each.flag('PointInTimeRecoveryEnabled'),
    })),
    streamEnabled: one.has('StreamSpecification') ? true : undefined,
    tags: one.tags(),
  }),
  {
    attributes: { Arn: 'arn', StreamArn: 'streamArn' },
    beside: (one, self) => tablePolicy(one, self.outputs.arn),
  },
);

const tablePolicy = (one: Given, arn: Value | undefined) =>
  one.has('ResourcePolicy')
    ? [
        {
          token: 'aws:dynamodb/resourcePolicy:ResourcePolicy',
          part: 'policy',
          inputs: { resourceArn: arn, policy: one.block('ResourcePolicy')?.document('PolicyDocument') ?? UNKNOWN },
        },
      ]
    : [];

/** What is set for each of its copies in a list of their own is not read. */
const globalTable = row(
  'AWS::DynamoDB::GlobalTable',
  'aws:dynamodb/table:Table',
  (one) => ({
    name: one.text('TableName'),
    billingMode: one.text('BillingMode'),
    readCapacity: UNKNOWN,
    writeCapacity: UNKNOWN,
    pointInTimeRecovery: UNKNOWN,
    streamEnabled: one.has('StreamSpecification') ? true : undefined,
    tags: UNKNOWN,
  }),
  {
    attributes: { Arn: 'arn', StreamArn: 'streamArn' },
    beside: (_, self) => [
      {
        token: 'aws:dynamodb/resourcePolicy:ResourcePolicy',
        part: 'policy',
        inputs: { resourceArn: self.outputs.arn, policy: UNKNOWN },
      },
    ],
  },
);

export const data: readonly TypeRow[] = [
  instance,
  cluster,
  subnetGroup,
  named('AWS::RDS::DBParameterGroup', 'aws:rds/parameterGroup:ParameterGroup', 'DBParameterGroupName'),
  named(
    'AWS::RDS::DBClusterParameterGroup',
    'aws:rds/clusterParameterGroup:ClusterParameterGroup',
    'DBClusterParameterGroupName',
  ),
  table,
  globalTable,
];
