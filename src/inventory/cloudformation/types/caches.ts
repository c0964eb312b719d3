/** ElastiCache. */
import type { Value } from '../../pulumi/recorded.ts';
import type { Given } from '../given.ts';
import { row, type TypeRow } from '../row.ts';
import { UNKNOWN } from '../values.ts';

const lower = (value: Value | undefined): Value | undefined =>
  typeof value === 'string' ? value.toLowerCase() : value;

/** What a copy takes from its snapshot or its global group. */
const elsewhere = (one: Given): Value | undefined => (one.has('GlobalReplicationGroupId') ? UNKNOWN : undefined);

const replicationGroup = row(
  'AWS::ElastiCache::ReplicationGroup',
  'aws:elasticache/replicationGroup:ReplicationGroup',
  (one) => ({
    replicationGroupId: lower(one.text('ReplicationGroupId')),
    engine: lower(one.text('Engine')) ?? elsewhere(one),
    engineVersion: one.text('EngineVersion'),
    nodeType: one.text('CacheNodeType'),
    numCacheClusters: one.number('NumCacheClusters') ?? elsewhere(one),
    numNodeGroups: one.number('NumNodeGroups') ?? shards(one),
    replicasPerNodeGroup:
      one.number('ReplicasPerNodeGroup') ?? (one.has('NodeGroupConfiguration') ? UNKNOWN : undefined),
    preferredCacheClusterAzs: one.list('PreferredCacheClusterAZs'),
    automaticFailoverEnabled: one.flag('AutomaticFailoverEnabled'),
    multiAzEnabled: one.flag('MultiAZEnabled'),
    transitEncryptionEnabled: one.flag('TransitEncryptionEnabled') ?? elsewhere(one),
    atRestEncryptionEnabled: one.flag('AtRestEncryptionEnabled') ?? elsewhere(one),
    snapshotRetentionLimit: one.number('SnapshotRetentionLimit'),
    subnetGroupName: lower(one.text('CacheSubnetGroupName')),
    securityGroupIds: one.list('SecurityGroupIds') ?? (one.has('CacheSecurityGroupNames') ? UNKNOWN : undefined),
    port: one.number('Port'),
    tags: one.tags(),
  }),
  {
    named: 'replicationGroupId',
    lower: true,
    attributes: {
      'PrimaryEndPoint.Address': 'primaryEndpointAddress',
      'PrimaryEndPoint.Port': 'port',
      'ReaderEndPoint.Address': 'readerEndpointAddress',
      'ReaderEndPoint.Port': 'port',
      'ConfigurationEndPoint.Address': 'configurationEndpointAddress',
      'ConfigurationEndPoint.Port': 'port',
      ReplicationGroupId: 'id',
    },
  },
);

function shards(one: Given): Value | undefined {
  const groups = one.value('NodeGroupConfiguration');
  if (groups === undefined) return undefined;
  return Array.isArray(groups) ? groups.length : UNKNOWN;
}

const cluster = row(
  'AWS::ElastiCache::CacheCluster',
  'aws:elasticache/cluster:Cluster',
  (one) => ({
    clusterId: lower(one.text('ClusterName')),
    engine: lower(one.text('Engine')),
    engineVersion: one.text('EngineVersion'),
    nodeType: one.text('CacheNodeType'),
    numCacheNodes: one.number('NumCacheNodes'),
    azMode: one.text('AZMode'),
    availabilityZone: one.text('PreferredAvailabilityZone'),
    subnetGroupName: lower(one.text('CacheSubnetGroupName')),
    securityGroupIds: one.list('VpcSecurityGroupIds') ?? (one.has('CacheSecurityGroupNames') ? UNKNOWN : undefined),
    transitEncryptionEnabled: one.flag('TransitEncryptionEnabled'),
    snapshotRetentionLimit: one.number('SnapshotRetentionLimit'),
    port: one.number('Port'),
    tags: one.tags(),
  }),
  {
    named: 'clusterId',
    lower: true,
    attributes: {
      'RedisEndpoint.Address': 'clusterAddress',
      'RedisEndpoint.Port': 'port',
      'ConfigurationEndpoint.Address': 'clusterAddress',
      'ConfigurationEndpoint.Port': 'port',
    },
  },
);

export const caches: readonly TypeRow[] = [
  replicationGroup,
  cluster,
  row(
    'AWS::ElastiCache::SubnetGroup',
    'aws:elasticache/subnetGroup:SubnetGroup',
    (one) => ({ name: lower(one.text('CacheSubnetGroupName')), subnetIds: one.list('SubnetIds'), tags: one.tags() }),
    { lower: true },
  ),
  row(
    'AWS::ElastiCache::ParameterGroup',
    'aws:elasticache/parameterGroup:ParameterGroup',
    (one) => ({ name: lower(one.text('CacheParameterGroupName')), tags: one.tags() }),
    { lower: true },
  ),
];
