/** ElastiCache: replication groups, clusters that stand alone, subnet groups. */
import type { Declared } from '../declared.ts';
import { type Body, detail, listing, type Translation } from '../translation.ts';
import { subnetsIn, vpcOf } from './data.ts';

const CACHE_GROUP = ['aws:elasticache/replicationGroup:ReplicationGroup'];
const CACHE = ['aws:elasticache/cluster:Cluster'];
const CACHE_SUBNETS = ['aws:elasticache/subnetGroup:SubnetGroup'];

const port = (one: Declared): number | undefined =>
  one.number('port', one.text('engine') === 'memcached' ? 11211 : 6379);

interface Node {
  readonly name: string;
  readonly shard: string;
  readonly zone: string | undefined;
  readonly role: string | undefined;
  readonly host?: string | undefined;
}

/** What AWS told of the nodes of a group that was there before the program. */
const observedNodes = (one: Declared): readonly Node[] =>
  (one.madeBlocks('nodes') ?? []).flatMap((node) => {
    const name = node.text('name');
    const [zone, role, host] = [node.text('zone'), node.text('role'), node.text('host')];
    return name === undefined ? [] : [{ name, shard: node.text('shard') ?? '0001', zone, role, host }];
  });

/** The nodes that are there already, and as many more as the program wants. */
function nodesOf(one: Declared): readonly Node[] | undefined {
  const wanted = newNodes(one);
  const observed = observedNodes(one);
  if (wanted === undefined || observed.length === 0) return wanted;
  if (observed.length >= wanted.length) return observed.length === wanted.length ? observed : undefined;
  const names = new Set(observed.map((node) => node.name));
  const led = observed.some((node) => node.role === 'primary');
  const more = wanted.filter((node) => !names.has(node.name)).slice(0, wanted.length - observed.length);
  return [...observed, ...more.map((node) => ({ ...node, role: led ? 'replica' : undefined }))];
}

/** Without shards the first node is the primary; with them AWS numbers the nodes of each shard. */
function newNodes(one: Declared): readonly Node[] | undefined {
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

/** From Redis 6 on a program names two of a version's numbers, and AWS chooses the third. */
function versionOf(one: Declared): string | undefined {
  const [declared, actual] = [one.text('engineVersion'), one.made('engineVersionActual')];
  return declared !== undefined && actual?.startsWith(declared.replace(/x$/, '')) ? actual : declared;
}

const nodeEndpoint = (host: string | undefined, one: Declared): Body | undefined =>
  host === undefined ? undefined : { Address: host, Port: port(one) };

/** The nodes of a cluster that stands alone; undefined where not all of them are told. */
const cacheNodes = (one: Declared): readonly Body[] | undefined => {
  const nodes = one.madeBlocks('cacheNodes');
  return nodes?.length === one.number('numCacheNodes', 1)
    ? nodes?.map((node) => ({
        CacheNodeId: node.text('id'),
        Endpoint: nodeEndpoint(node.text('address'), one),
        CustomerAvailabilityZone: node.text('availabilityZone'),
      }))
    : undefined;
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
              EngineVersion: versionOf(one),
              CacheNodeType: one.text('nodeType'),
              NumCacheNodes: 1,
              PreferredAvailabilityZone: node.zone,
              CacheNodes:
                node.host === undefined
                  ? undefined
                  : [
                      {
                        CacheNodeId: '0001',
                        Endpoint: nodeEndpoint(node.host, one),
                        CustomerAvailabilityZone: node.zone,
                      },
                    ],
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
            EngineVersion: versionOf(one),
            CacheNodeType: one.text('nodeType'),
            NumCacheNodes: one.number('numCacheNodes', 1),
            PreferredAvailabilityZone: one.text('azMode') === 'cross-az' ? 'Multiple' : one.text('availabilityZone'),
            CacheNodes: cacheNodes(one),
            CacheSubnetGroupName: one.text('subnetGroupName'),
            SecurityGroups: cacheGroups(one),
            // https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheCluster.html
            ConfigurationEndpoint: nodeEndpoint(one.made('clusterAddress'), one),
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

export const caches: readonly Translation[] = [
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
];
