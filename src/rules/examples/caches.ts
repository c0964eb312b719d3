/** ElastiCache clusters and replication groups of example inventories. */
import { ACCOUNT, REGION } from '../example.ts';
import type { Example } from '../rule.ts';

/** A cluster of one node that stands alone, or a member of a replication group. */
export const cacheCluster = (identifier: string, fields: Readonly<Record<string, unknown>> = {}): object => ({
  CacheClusterId: identifier,
  ARN: `arn:aws:elasticache:${REGION}:${ACCOUNT}:cluster:${identifier}`,
  CacheNodeType: 'cache.t4g.small',
  Engine: 'redis',
  EngineVersion: '7.1.0',
  CacheClusterStatus: 'available',
  NumCacheNodes: 1,
  PreferredAvailabilityZone: 'eu-west-1a',
  SecurityGroups: [],
  SnapshotRetentionLimit: 1,
  ...fields,
});

/** A replication group of one shard with a node in each of the zones given, the first the primary. */
export const replicationGroup = (
  identifier: string,
  zones: readonly string[],
  fields: Readonly<Record<string, unknown>> = {},
): object => ({
  ReplicationGroupId: identifier,
  ARN: `arn:aws:elasticache:${REGION}:${ACCOUNT}:replicationgroup:${identifier}`,
  Status: 'available',
  CacheNodeType: 'cache.t4g.small',
  AutomaticFailover: 'enabled',
  MultiAZ: 'enabled',
  MemberClusters: zones.map((_, n) => `${identifier}-00${n + 1}`),
  NodeGroups: [
    {
      NodeGroupId: '0001',
      Status: 'available',
      NodeGroupMembers: zones.map((PreferredAvailabilityZone, n) => ({
        CacheClusterId: `${identifier}-00${n + 1}`,
        CacheNodeId: '0001',
        PreferredAvailabilityZone,
        CurrentRole: n === 0 ? 'primary' : 'replica',
      })),
    },
  ],
  SnapshotRetentionLimit: 1,
  ...fields,
});

/** Both lists, as AWS has both; a replication group's members are clusters too. */
export const cacheAnswer = (clusters: readonly object[], groups: readonly object[] = []): Example => ({
  'elasticache:DescribeCacheClusters': { CacheClusters: clusters },
  'elasticache:DescribeReplicationGroups': { ReplicationGroups: groups },
});

export const cacheSubnetGroupAnswer = (name: string, subnets: readonly string[]): Example => ({
  'elasticache:DescribeCacheSubnetGroups': {
    CacheSubnetGroups: [
      {
        CacheSubnetGroupName: name,
        ARN: `arn:aws:elasticache:${REGION}:${ACCOUNT}:subnetgroup:${name}`,
        VpcId: 'vpc-0example0000000001',
        Subnets: subnets.map((SubnetIdentifier) => ({
          SubnetIdentifier,
          SubnetAvailabilityZone: { Name: `eu-west-1${SubnetIdentifier.slice(-1)}` },
        })),
      },
    ],
  },
});

/** The interface of a cache node as DescribeNetworkInterfaces tells it. */
export const cacheInterfaceAnswer = (
  identifier: string,
  SubnetId: string,
  PrivateIpAddress: string,
  groups: readonly string[],
): Example => ({
  'ec2:DescribeNetworkInterfaces': {
    NetworkInterfaces: [
      {
        NetworkInterfaceId: 'eni-0cache00000000001',
        SubnetId,
        VpcId: 'vpc-0example0000000001',
        AvailabilityZone: `eu-west-1${SubnetId.slice(-1)}`,
        OwnerId: ACCOUNT,
        RequesterId: 'amazon-elasticache',
        RequesterManaged: true,
        Description: `ElastiCache ${identifier}`,
        Status: 'in-use',
        InterfaceType: 'interface',
        SourceDestCheck: true,
        PrivateIpAddress,
        PrivateIpAddresses: [{ Primary: true, PrivateIpAddress }],
        Ipv6Addresses: [],
        Groups: groups.map((GroupId) => ({ GroupId })),
        TagSet: [],
      },
    ],
  },
});
