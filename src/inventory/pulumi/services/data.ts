/** Databases and caches, their subnet groups; tables. */
import type { Declared } from '../declared.ts';
import { type Body, declaredOnly, detail, listing, type Translation, whole } from '../translation.ts';
import type { World } from '../world.ts';

const INSTANCE = ['aws:rds/instance:Instance'];
const CLUSTER = ['aws:rds/cluster:Cluster'];
const MEMBER = ['aws:rds/clusterInstance:ClusterInstance'];
const SUBNET_GROUP = ['aws:rds/subnetGroup:SubnetGroup'];

/** The subnets of a group with their zones; undefined when one is not known. */
const subnetsIn = (group: Declared | undefined, world: World): readonly Body[] | undefined =>
  group?.texts('subnetIds')?.map((SubnetIdentifier) => ({
    SubnetIdentifier,
    SubnetAvailabilityZone: { Name: world.byId(SubnetIdentifier)?.text('availabilityZone') },
  }));

const vpcOf = (group: Declared | undefined, world: World): string | undefined =>
  group
    ?.texts('subnetIds')
    ?.map((subnet) => world.byId(subnet)?.text('vpcId'))
    .find((vpc) => vpc !== undefined);

function subnetGroup(name: string | undefined, world: World): Body | undefined {
  if (name === undefined) return undefined;
  const group = world.of(...SUBNET_GROUP).find((one) => one.id === name);
  return {
    DBSubnetGroupName: name,
    DBSubnetGroupArn: group?.made('arn'),
    VpcId: vpcOf(group, world),
    Subnets: subnetsIn(group, world),
  };
}

const groupsOf = (one: Declared): readonly Body[] | undefined =>
  one.has('vpcSecurityGroupIds')
    ? one.texts('vpcSecurityGroupIds')?.map((VpcSecurityGroupId) => ({ VpcSecurityGroupId }))
    : undefined;

/** The primary of a replica, named by its identifier or its ARN. */
const primaryOf = (one: Declared, world: World): Declared | undefined => world.byId(one.text('replicateSourceDb'));

const database = (one: Declared, world: World): Body => {
  const primary = primaryOf(one, world);
  // what a replica takes from its primary
  const inherited = <T>(read: (from: Declared) => T | undefined): T | undefined =>
    read(one) ?? (primary && read(primary));
  const replica = one.has('replicateSourceDb');
  const group = inherited((from) => from.text('dbSubnetGroupName'));
  const replicas = world.of(...INSTANCE).filter((each) => primaryOf(each, world) === one);
  return {
    DBInstanceIdentifier: one.either('identifier'),
    DBInstanceArn: one.made('arn'),
    Engine: inherited((from) => from.text('engine')),
    EngineVersion: inherited((from) => from.text('engineVersion')),
    DBInstanceClass: one.text('instanceClass'),
    DBInstanceStatus: 'available',
    Endpoint: {
      Address: one.made('address'),
      Port: inherited((from) => from.number('port')) ?? Number(one.made('endpoint')?.split(':')[1]),
    },
    MultiAZ: one.flag('multiAz', false),
    AvailabilityZone: one.text('availabilityZone'),
    PubliclyAccessible: one.flag('publiclyAccessible', false),
    DBSubnetGroup: subnetGroup(group, world),
    VpcSecurityGroups: groupsOf(one),
    ReadReplicaSourceDBInstanceIdentifier: replica
      ? (primary?.either('identifier') ?? one.text('replicateSourceDb'))
      : undefined,
    ...(replica && !one.text('replicateSourceDb') ? { StatusInfos: [{ StatusType: 'read replication' }] } : {}),
    ReadReplicaDBInstanceIdentifiers: whole(replicas.map((each) => each.either('identifier'))),
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
  // Aurora makes the first instance the writer; which of them is it today only AWS knows
  DBClusterMembers: membersOf(one, world).map((member, n) => ({
    DBInstanceIdentifier: member.either('identifier'),
    IsClusterWriter: n === 0,
  })),
  AvailabilityZones: one.has('availabilityZones') ? one.texts('availabilityZones') : undefined,
  DBSubnetGroup: one.text('dbSubnetGroupName'),
  VpcSecurityGroups: groupsOf(one),
  MultiAZ: inSeveralZones(membersOf(one, world).map((member) => member.text('availabilityZone'))),
  StorageEncrypted: one.flag('storageEncrypted', false),
  BackupRetentionPeriod: one.number('backupRetentionPeriod', 1),
  DeletionProtection: one.flag('deletionProtection', false),
  TagList: one.tags(),
});

const member = (one: Declared, world: World): Body => {
  const owner = world.byId(one.text('clusterIdentifier'));
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
    AvailabilityZone: one.text('availabilityZone'),
    PubliclyAccessible: one.flag('publiclyAccessible', false),
    DBSubnetGroup: subnetGroup(one.text('dbSubnetGroupName') ?? owner?.text('dbSubnetGroupName'), world),
    VpcSecurityGroups: owner && groupsOf(owner),
    StorageEncrypted: owner?.flag('storageEncrypted', false),
    BackupRetentionPeriod: owner?.number('backupRetentionPeriod', 1),
    DeletionProtection: owner?.flag('deletionProtection', false),
    IAMDatabaseAuthenticationEnabled: owner?.flag('iamDatabaseAuthenticationEnabled', false),
    PendingModifiedValues: {},
    TagList: one.tags(),
  };
};

const CACHE_GROUP = ['aws:elasticache/replicationGroup:ReplicationGroup'];
const CACHE = ['aws:elasticache/cluster:Cluster'];
const CACHE_SUBNETS = ['aws:elasticache/subnetGroup:SubnetGroup'];

const port = (one: Declared): number | undefined =>
  one.number('port', one.text('engine') === 'memcached' ? 11211 : 6379);

interface Node {
  readonly name: string;
  readonly shard: string;
  readonly zone: string | undefined;
  readonly role: 'primary' | 'replica' | undefined;
}

/** Without shards the first node is the primary; with them AWS numbers the nodes of each shard. */
function nodesOf(one: Declared): readonly Node[] | undefined {
  const shards = one.number('numNodeGroups', 1);
  const perShard =
    one.has('numNodeGroups') || one.has('replicasPerNodeGroup')
      ? (one.number('replicasPerNodeGroup', 0) ?? 0) + 1
      : one.number('numCacheClusters', 1);
  if (shards === undefined || perShard === undefined || shards * perShard > 600) return undefined;
  const zones = one.texts('preferredCacheClusterAzs') ?? [];
  return Array.from({ length: shards }, (_, shard) =>
    Array.from({ length: perShard }, (_, n): Node => {
      const number = String(n + 1).padStart(3, '0');
      const group = String(shard + 1).padStart(4, '0');
      return {
        name: shards > 1 ? `${one.id}-${group}-${number}` : `${one.id}-${number}`,
        shard: group,
        zone: zones[n],
        role: shards > 1 ? undefined : n === 0 ? 'primary' : 'replica',
      };
    }),
  ).flat();
}

const onOff = (flag: boolean | undefined): string | undefined =>
  flag === undefined ? undefined : flag ? 'enabled' : 'disabled';

const replicationGroup = (one: Declared): Body => {
  const nodes = nodesOf(one);
  const shards = [...new Set(nodes?.map((node) => node.shard))];
  const sharded = shards.length > 1 || one.has('numNodeGroups');
  const at = (key: string): Body => ({ Address: one.made(key), Port: port(one) });
  return {
    ReplicationGroupId: one.id,
    ARN: one.made('arn'),
    Engine: one.text('engine', 'redis'),
    CacheNodeType: one.text('nodeType'),
    MemberClusters: nodes?.map((node) => node.name),
    NodeGroups:
      nodes &&
      shards.map((NodeGroupId) => ({
        NodeGroupId,
        ...(sharded
          ? {}
          : { PrimaryEndpoint: at('primaryEndpointAddress'), ReaderEndpoint: at('readerEndpointAddress') }),
        NodeGroupMembers: nodes
          .filter((node) => node.shard === NodeGroupId)
          .map((node) => ({ CacheClusterId: node.name, PreferredAvailabilityZone: node.zone, CurrentRole: node.role })),
      })),
    ConfigurationEndpoint: sharded ? at('configurationEndpointAddress') : undefined,
    AutomaticFailover: onOff(one.flag('automaticFailoverEnabled', false)),
    MultiAZ: onOff(one.flag('multiAzEnabled', false)),
    TransitEncryptionEnabled: one.flag('transitEncryptionEnabled', false),
    AtRestEncryptionEnabled: one.flag('atRestEncryptionEnabled', /valkey/.test(one.text('engine') ?? '')),
    SnapshotRetentionLimit: one.number('snapshotRetentionLimit', 0),
  };
};

const cacheGroups = (one: Declared): readonly Body[] | undefined =>
  one.has('securityGroupIds')
    ? one.texts('securityGroupIds')?.map((SecurityGroupId) => ({ SecurityGroupId }))
    : undefined;

const cacheClusters: Translation = {
  operation: 'elasticache:DescribeCacheClusters',
  types: CACHE,
  tell: (world) => [
    ...world.of(...CACHE_GROUP).flatMap((one) =>
      (nodesOf(one) ?? []).map((node) => ({
        from: one,
        because: 'a node of its replication group',
        body: {
          CacheClusters: [
            {
              CacheClusterId: node.name,
              ReplicationGroupId: one.id,
              Engine: one.text('engine', 'redis'),
              EngineVersion: one.text('engineVersion'),
              CacheNodeType: one.text('nodeType'),
              NumCacheNodes: 1,
              PreferredAvailabilityZone: node.zone,
              CacheSubnetGroupName: one.text('subnetGroupName'),
              SecurityGroups: cacheGroups(one),
              TransitEncryptionEnabled: one.flag('transitEncryptionEnabled', false),
              AtRestEncryptionEnabled: one.flag('atRestEncryptionEnabled', false),
            },
          ],
        },
      })),
    ),
    ...world.of(...CACHE).map((one) => ({
      from: one,
      body: {
        CacheClusters: [
          {
            CacheClusterId: one.id,
            ARN: one.made('arn'),
            ReplicationGroupId: one.text('replicationGroupId'),
            Engine: one.text('engine'),
            EngineVersion: one.text('engineVersion'),
            CacheNodeType: one.text('nodeType'),
            NumCacheNodes: one.number('numCacheNodes', 1),
            PreferredAvailabilityZone: one.text('availabilityZone'),
            CacheSubnetGroupName: one.text('subnetGroupName'),
            SecurityGroups: cacheGroups(one),
            ConfigurationEndpoint: { Address: one.made('clusterAddress'), Port: port(one) },
            TransitEncryptionEnabled: one.flag('transitEncryptionEnabled', false),
            AtRestEncryptionEnabled: false,
            SnapshotRetentionLimit: one.number('snapshotRetentionLimit', 0),
          },
        ],
      },
    })),
  ],
  none: { CacheClusters: [] },
};

const TABLE = ['aws:dynamodb/table:Table'];

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
  listing('elasticache:DescribeReplicationGroups', 'ReplicationGroups', CACHE_GROUP, replicationGroup),
  cacheClusters,
  listing('elasticache:DescribeCacheSubnetGroups', 'CacheSubnetGroups', CACHE_SUBNETS, (one, world) => ({
    CacheSubnetGroupName: one.id,
    ARN: one.made('arn'),
    VpcId: vpcOf(one, world),
    Subnets: subnetsIn(one, world),
  })),
  detail(
    'elasticache:ListTagsForResource',
    [...CACHE_GROUP, ...CACHE, ...CACHE_SUBNETS],
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
      const recovery = one.block('pointInTimeRecovery');
      const on = recovery ? recovery.flag('enabled') : one.has('pointInTimeRecovery') ? undefined : false;
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
      const [policy] = world.pointing(['aws:dynamodb/resourcePolicy:ResourcePolicy'], 'resourceArn', one.made('arn'));
      return policy ? { Policy: policy.value('policy') } : null;
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
  { operation: 'dynamodb:GetResourcePolicy', types: ['aws:dynamodb/resourcePolicy:ResourcePolicy'], tell: () => [] },
];
