/** Databases and their subnet groups; tables. */
import type { Declared } from '../declared.ts';
import { type Body, declaredOnly, detail, listing, type Translation, whole } from '../translation.ts';
import type { World } from '../world.ts';

const INSTANCE = ['aws:rds/instance:Instance'];
const CLUSTER = ['aws:rds/cluster:Cluster'];
const MEMBER = ['aws:rds/clusterInstance:ClusterInstance'];
const SUBNET_GROUP = ['aws:rds/subnetGroup:SubnetGroup'];

/** The subnets of a group with their zones; undefined when one is not known. */
export const subnetsIn = (group: Declared | undefined, world: World): readonly Body[] | undefined =>
  group?.texts('subnetIds')?.map((SubnetIdentifier) => ({
    SubnetIdentifier,
    SubnetAvailabilityZone: { Name: world.byId(SubnetIdentifier)?.text('availabilityZone') },
  }));

export const vpcOf = (group: Declared | undefined, world: World): string | undefined =>
  group
    ?.texts('subnetIds')
    ?.map((subnet) => world.byId(subnet)?.text('vpcId'))
    .find((vpc) => vpc !== undefined) ?? group?.made('vpcId');

/** The group that an instance stands in. Of a group that no program declares (AWS's default one) AWS tells the VPC. */
function subnetGroup(name: string | undefined, one: Declared, world: World): Body | undefined {
  if (name === undefined) return undefined;
  const group = world.of(...SUBNET_GROUP).find((each) => each.id === name);
  return {
    DBSubnetGroupName: name,
    DBSubnetGroupArn: group?.made('arn'),
    VpcId: vpcOf(group, world) ?? (group === undefined ? one.made('vpcId') : undefined),
    Subnets: subnetsIn(group, world),
  };
}

const groupsOf = (one: Declared): readonly Body[] | undefined =>
  one.has('vpcSecurityGroupIds')
    ? one.texts('vpcSecurityGroupIds')?.map((VpcSecurityGroupId) => ({ VpcSecurityGroupId }))
    : undefined;

/** The primary of a replica, named by its identifier or its ARN. */
function primaryOf(one: Declared, world: World): Declared | undefined {
  const at = one.text('replicateSourceDb');
  const found = world.byId(at);
  // a name may be another thing's as well
  return found && INSTANCE.includes(found.resource.type) ? found : world.pointing(INSTANCE, 'identifier', at)[0];
}

/** Those that a text names them by. */
const namesOf = (one: Declared): readonly string[] => [
  ...new Set([one.id, one.either('identifier'), one.made('arn')].filter((name) => name !== undefined)),
];

/** The replicas of a database; a replica whose primary is only known after a deployment may be one more. */
const replicasOf = (one: Declared, world: World): readonly string[] | undefined =>
  world.unknown(INSTANCE, 'replicateSourceDb').length > 0
    ? undefined
    : whole(
        namesOf(one)
          .flatMap((name) => world.pointing(INSTANCE, 'replicateSourceDb', name))
          .map((each) => each.either('identifier')),
      );

const portIn = (endpoint: string | undefined): number | undefined => {
  const port = endpoint?.split(':')[1];
  return port === undefined ? undefined : Number(port);
};

const database = (one: Declared, world: World): Body => {
  const primary = primaryOf(one, world);
  // what a replica takes from its primary
  const inherited = <T>(read: (from: Declared) => T | undefined): T | undefined =>
    read(one) ?? (primary && read(primary));
  const replica = one.has('replicateSourceDb');
  const group = inherited((from) => from.text('dbSubnetGroupName'));
  return {
    DBInstanceIdentifier: one.either('identifier'),
    DBInstanceArn: one.made('arn'),
    Engine: inherited((from) => from.text('engine')),
    EngineVersion: inherited((from) => from.text('engineVersion')),
    DBInstanceClass: one.text('instanceClass'),
    DBInstanceStatus: 'available',
    Endpoint: {
      Address: one.made('address'),
      Port: inherited((from) => from.number('port')) ?? portIn(one.made('endpoint')),
    },
    MultiAZ: one.flag('multiAz', false),
    AvailabilityZone: one.either('availabilityZone'),
    SecondaryAvailabilityZone: one.flag('multiAz', false) ? one.made('secondaryAvailabilityZone') : undefined,
    PubliclyAccessible: one.flag('publiclyAccessible', false),
    DBSubnetGroup: subnetGroup(group, one, world),
    VpcSecurityGroups: groupsOf(one),
    ReadReplicaSourceDBInstanceIdentifier: replica
      ? (primary?.either('identifier') ?? one.text('replicateSourceDb'))
      : undefined,
    ...(replica && !one.text('replicateSourceDb') ? { StatusInfos: [{ StatusType: 'read replication' }] } : {}),
    ReadReplicaDBInstanceIdentifiers: replicasOf(one, world),
    StorageEncrypted:
      inherited((from) => (from.has('storageEncrypted') ? from.flag('storageEncrypted') : undefined)) ??
      one.flag('storageEncrypted', false),
    StorageType: inherited((from) => from.text('storageType')),
    AllocatedStorage: inherited((from) => from.number('allocatedStorage')),
    Iops: one.number('iops'),
    BackupRetentionPeriod: one.number('backupRetentionPeriod', 0),
    DeletionProtection: one.flag('deletionProtection', false),
    IAMDatabaseAuthenticationEnabled: one.flag('iamDatabaseAuthenticationEnabled', false),
    PendingModifiedValues: {},
    TagList: one.tags(),
  };
};

const membersOf = (cluster: Declared, world: World): readonly Declared[] =>
  [cluster.id, cluster.made('arn')].flatMap((id) => world.pointing(MEMBER, 'clusterIdentifier', id));

/**
 * Which of the members writes is AWS's to choose, and changes at a failover: known where there is one, and where the
 * cluster was there before the program (`writer`, by its identifier).
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Failover.html
 */
function isWriter(one: Declared, cluster: Declared, members: readonly Declared[], world: World): boolean | undefined {
  const writer = cluster.made('writer');
  if (writer !== undefined && members.some((member) => member.either('identifier') === writer))
    return one.either('identifier') === writer;
  return members.length === 1 && world.unknown(MEMBER, 'clusterIdentifier').length === 0 ? true : undefined;
}

/** Every instance of a cluster; undefined where one more may be of it. */
function clusterMembers(one: Declared, world: World): readonly Body[] | undefined {
  if (world.unknown(MEMBER, 'clusterIdentifier').length > 0) return undefined;
  const members = membersOf(one, world);
  return members.map((member) => ({
    DBInstanceIdentifier: member.either('identifier'),
    IsClusterWriter: isWriter(member, one, members, world),
  }));
}

/** AWS chooses the zone of an instance that names none: whether it is another one is then not known. */
const inSeveralZones = (zones: readonly (string | undefined)[]): boolean | undefined => {
  if (new Set(zones.filter((zone) => zone !== undefined)).size > 1) return true;
  return zones.length > 1 && zones.includes(undefined) ? undefined : false;
};

const cluster = (one: Declared, world: World): Body => ({
  DBClusterIdentifier: one.either('clusterIdentifier'),
  DBClusterArn: one.made('arn'),
  Engine: one.text('engine'),
  EngineVersion: one.text('engineVersion'),
  Endpoint: one.made('endpoint'),
  ReaderEndpoint: one.made('readerEndpoint'),
  Port: one.number('port') ?? (/postgres/.test(one.text('engine') ?? '') ? 5432 : 3306),
  DBClusterMembers: clusterMembers(one, world),
  AvailabilityZones: one.madeTexts('availabilityZones'),
  DBSubnetGroup: one.text('dbSubnetGroupName'),
  VpcSecurityGroups: groupsOf(one),
  MultiAZ: inSeveralZones(membersOf(one, world).map((member) => member.either('availabilityZone'))),
  StorageEncrypted: one.flag('storageEncrypted', false),
  BackupRetentionPeriod: one.number('backupRetentionPeriod', 1),
  DeletionProtection: one.flag('deletionProtection', false),
  TagList: one.tags(),
});

/** The cluster of a member. */
function ownerOf(one: Declared, world: World): Declared | undefined {
  const at = one.text('clusterIdentifier');
  const found = world.byId(at);
  // a name may be another thing's as well
  return found && CLUSTER.includes(found.resource.type) ? found : world.pointing(CLUSTER, 'clusterIdentifier', at)[0];
}

const member = (one: Declared, world: World): Body => {
  const owner = ownerOf(one, world);
  return {
    DBInstanceIdentifier: one.either('identifier'),
    DBInstanceArn: one.made('arn'),
    DBClusterIdentifier: owner?.either('clusterIdentifier') ?? one.text('clusterIdentifier'),
    Engine: one.text('engine') ?? owner?.text('engine'),
    EngineVersion: one.text('engineVersion') ?? owner?.text('engineVersion'),
    DBInstanceClass: one.text('instanceClass'),
    DBInstanceStatus: 'available',
    Endpoint: {
      Address: one.made('endpoint'),
      Port: owner?.number('port') ?? (/postgres/.test(one.text('engine') ?? '') ? 5432 : 3306),
    },
    MultiAZ: false,
    AvailabilityZone: one.either('availabilityZone'),
    PubliclyAccessible: one.flag('publiclyAccessible', false),
    DBSubnetGroup: subnetGroup(one.text('dbSubnetGroupName') ?? owner?.text('dbSubnetGroupName'), one, world),
    VpcSecurityGroups: owner && groupsOf(owner),
    ReadReplicaDBInstanceIdentifiers: replicasOf(one, world),
    StorageEncrypted: owner?.flag('storageEncrypted', false),
    StorageType: one.made('storageType'),
    AllocatedStorage: one.outputs.number('allocatedStorage'),
    BackupRetentionPeriod: owner?.number('backupRetentionPeriod', 1),
    // AWS tells of an instance what was set on it, whatever its cluster has
    DeletionProtection: one.outputs.flag('deletionProtection') ?? owner?.flag('deletionProtection', false),
    IAMDatabaseAuthenticationEnabled: owner?.flag('iamDatabaseAuthenticationEnabled', false),
    PendingModifiedValues: {},
    TagList: one.tags(),
  };
};

const TABLE = ['aws:dynamodb/table:Table'];
const TABLE_POLICY = ['aws:dynamodb/resourcePolicy:ResourcePolicy'];

const table = (one: Declared): Body => ({
  Table: {
    TableName: one.id,
    TableArn: one.made('arn'),
    BillingModeSummary: { BillingMode: one.text('billingMode', 'PROVISIONED') },
    ProvisionedThroughput: {
      ReadCapacityUnits: one.number('readCapacity', 0),
      WriteCapacityUnits: one.number('writeCapacity', 0),
    },
  },
});

export const data: readonly Translation[] = [
  {
    operation: 'rds:DescribeDBInstances',
    types: [...INSTANCE, ...MEMBER],
    tell: (world) => [
      ...world.of(...INSTANCE).map((one) => ({ from: one, body: { DBInstances: [database(one, world)] } })),
      ...world.of(...MEMBER).map((one) => ({ from: one, body: { DBInstances: [member(one, world)] } })),
    ],
    none: { DBInstances: [] },
  },
  listing('rds:DescribeDBClusters', 'DBClusters', CLUSTER, cluster),
  listing('rds:DescribeDBSubnetGroups', 'DBSubnetGroups', SUBNET_GROUP, (one, world) => ({
    DBSubnetGroupName: one.id,
    DBSubnetGroupArn: one.made('arn'),
    VpcId: vpcOf(one, world),
    Subnets: subnetsIn(one, world),
  })),
  detail(
    'rds:ListTagsForResource',
    SUBNET_GROUP,
    (one) => ({ ResourceName: one.made('arn') }),
    (one) => ({ TagList: one.tags() }),
  ),
  {
    operation: 'dynamodb:ListTables',
    types: TABLE,
    tell: (world) => world.of(...TABLE).map((one) => ({ from: one, body: { TableNames: [one.id] } })),
    none: { TableNames: [] },
  },
  detail('dynamodb:DescribeTable', TABLE, (one) => ({ TableName: one.id }), table),
  detail(
    'dynamodb:DescribeContinuousBackups',
    TABLE,
    (one) => ({ TableName: one.id }),
    (one) => {
      const recovery = one.blocks('pointInTimeRecovery');
      const on = recovery?.[0] ? recovery[0].flag('enabled') : recovery && false;
      return {
        ContinuousBackupsDescription: {
          PointInTimeRecoveryDescription: {
            PointInTimeRecoveryStatus: on === undefined ? undefined : on ? 'ENABLED' : 'DISABLED',
          },
        },
      };
    },
  ),
  detail(
    'dynamodb:GetResourcePolicy',
    TABLE,
    (one) => ({ ResourceArn: one.made('arn') }),
    (one, world) => {
      const [policy] = world.pointing(TABLE_POLICY, 'resourceArn', one.made('arn'));
      if (policy) return { Policy: policy.value('policy') };
      // one whose table is only known after a deployment may be this table's
      const untold = world.unknown(TABLE_POLICY, 'resourceArn').length > 0;
      return untold || one.madeTexts('undeclared')?.includes('policy') ? undefined : null;
    },
  ),
  detail(
    'dynamodb:ListTagsOfResource',
    TABLE,
    (one) => ({ ResourceArn: one.made('arn') }),
    (one) => ({ Tags: one.tags() }),
  ),
  declaredOnly(
    listing('rds:DescribeDBParameterGroups', 'DBParameterGroups', ['aws:rds/parameterGroup:ParameterGroup'], (one) => ({
      DBParameterGroupArn: one.made('arn'),
      DBParameterGroupName: one.id,
    })),
  ),
  declaredOnly(
    listing(
      'rds:DescribeDBClusterParameterGroups',
      'DBClusterParameterGroups',
      ['aws:rds/clusterParameterGroup:ClusterParameterGroup'],
      (one) => ({ DBClusterParameterGroupArn: one.made('arn'), DBClusterParameterGroupName: one.id }),
    ),
  ),
  { operation: 'dynamodb:GetResourcePolicy', types: TABLE_POLICY, tell: () => [] },
];
