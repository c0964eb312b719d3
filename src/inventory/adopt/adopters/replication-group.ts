import type { Answers } from '../../answers.ts';
import { CLUSTERS, type Clusters, clusterId, clustersIn, GROUPS, groupId, memberNames } from '../../caches.ts';
import { allStrings, endpointIn, tagsOf, text } from '../../fields.ts';
import type { Item } from '../../item.ts';
import type { Properties } from '../../pulumi/recorded.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { cacheNodesOf, cacheSettings, declaredVersion, securityGroupsOf } from '../caches.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:elasticache/replicationGroup:ReplicationGroup';
const TAGS = 'elasticache:ListTagsForResource';

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html */
export const adopter: Adopter = {
  name: 'replication-group',
  types: [TYPE],
  operations: [GROUPS, CLUSTERS, TAGS],
  adopt: (answers) => {
    const clusters = clustersIn(answers);
    return answers.items(GROUPS, 'ReplicationGroups').flatMap((item) => group(answers, item, clusters));
  },
};

function group(answers: Answers, item: Item, clusters: Clusters): readonly Adoption[] {
  const name = text(item, 'ReplicationGroupId');
  if (name === undefined) return [];
  const id = groupId(item, name);
  const of: Whole = { kind: 'cache', id };
  const arn = text(item, 'ARN') ?? id;
  const tags = tagged(answers, arn, tagsOf(answers, TAGS, 'ResourceName', arn, item.context));
  const members = clusters.members.get(id) ?? [];
  const [first] = members;
  const nodes = nodesOf(item, clusters);
  const shards = item.items('NodeGroups') ?? [];
  const [shard] = shards;
  const sharded = item.boolean('ClusterEnabled');
  const configuration = endpointIn(item, 'ConfigurationEndpoint');
  const primary = shard && endpointIn(shard, 'PrimaryEndpoint');
  const needed = {
    description: item.string('Description'),
    engine: text(item, 'Engine') ?? text(first, 'Engine'),
    engineVersion: text(first, 'EngineVersion'),
    nodeType: text(item, 'CacheNodeType'),
    clusterEnabled: sharded,
    port: configuration?.port ?? primary?.port,
    nodes,
    subnetGroupName: text(first, 'CacheSubnetGroupName'),
    securityGroupIds: first && memberNames(item).length === members.length ? securityGroupsOf(first) : undefined,
    automaticFailoverEnabled: switched(item, 'AutomaticFailover'),
    multiAzEnabled: switched(item, 'MultiAZ'),
    transitEncryptionEnabled: item.boolean('TransitEncryptionEnabled'),
    atRestEncryptionEnabled: item.boolean('AtRestEncryptionEnabled'),
    snapshotRetentionLimit: item.number('SnapshotRetentionLimit'),
  };
  const other = managed(TYPE, of, tags);
  if (other) return [other];
  if (!isKnown(needed)) return [refused(TYPE, of, untold(`${GROUPS} with ${CLUSTERS}`, needed))];
  const { nodes: listed, clusterEnabled, engineVersion, ...told } = needed;
  const perShard = listed.length / Math.max(shards.length, 1);
  if (!Number.isInteger(perShard))
    return [refused(TYPE, of, 'its shards have different numbers of nodes, which a program declares one by one')];
  return [
    {
      state: 'adopted',
      type: TYPE,
      name: tags.tags?.Name || name,
      id: name,
      importId: name,
      inputs: said({
        replicationGroupId: name,
        ...told,
        engineVersion: declaredVersion(told.engine, engineVersion),
        ...(clusterEnabled
          ? { numNodeGroups: shards.length, replicasPerNodeGroup: perShard - 1 }
          : { numCacheClusters: listed.length }),
        clusterMode: text(item, 'ClusterMode'),
        transitEncryptionMode: text(item, 'TransitEncryptionMode'),
        kmsKeyId: text(item, 'KmsKeyId'),
        snapshotWindow: text(item, 'SnapshotWindow'),
        autoMinorVersionUpgrade: item.boolean('AutoMinorVersionUpgrade') ?? first?.boolean('AutoMinorVersionUpgrade'),
        dataTieringEnabled: onOff(text(item, 'DataTiering')),
        userGroupIds: some(allStrings(item, 'UserGroupIds')),
        ...(first ? cacheSettings(first) : {}),
        ...tags.inputs,
      }),
      outputs: said({
        arn,
        engineVersionActual: engineVersion,
        primaryEndpointAddress: primary?.host,
        readerEndpointAddress: shard && endpointIn(shard, 'ReaderEndpoint')?.host,
        configurationEndpointAddress: configuration?.host,
        memberClusters: listed.flatMap((node) => (typeof node.name === 'string' ? [node.name] : [])),
        // which node is where, and which of them leads, is AWS's to choose
        nodes: listed,
        ...tags.outputs,
      }),
      ignoreChanges: [
        'engineVersion',
        ...(item.boolean('AuthTokenEnabled') ? ['authToken'] : []),
        ...(item.boolean('TransitEncryptionEnabled') ? ['authTokenUpdateStrategy'] : []),
        ...tags.ignoreChanges,
      ],
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}

/** While it is being switched it counts as not on, as the reader of caches has it. */
const switched = (item: Item, field: string): boolean | undefined => {
  const value = text(item, field);
  return value === undefined ? undefined : value === 'enabled';
};

const onOff = (value: string | undefined): boolean | undefined =>
  value === undefined ? undefined : value === 'enabled';
const some = <T>(list: readonly T[] | undefined): readonly T[] | undefined => (list?.length ? list : undefined);

/** Each node with its shard, zone, role and host; undefined when a shard does not show its nodes. */
function nodesOf(item: Item, clusters: Clusters): readonly Properties[] | undefined {
  const shards = item.items('NodeGroups');
  if (shards === undefined || shards.length === 0) return undefined;
  const nodes: Properties[] = [];
  for (const shard of shards)
    for (const member of shard.items('NodeGroupMembers') ?? [undefined]) {
      const name = text(member, 'CacheClusterId');
      if (member === undefined || name === undefined) return undefined;
      const cluster = clusters.byId.get(clusterId(item, name));
      const node = cluster && cacheNodesOf(cluster)?.[0];
      nodes.push(
        said({
          name,
          shard: text(shard, 'NodeGroupId'),
          zone: text(member, 'PreferredAvailabilityZone') ?? node?.availabilityZone,
          role: text(member, 'CurrentRole'),
          host: endpointIn(member, 'ReadEndpoint')?.host ?? node?.address,
        }),
      );
    }
  return nodes;
}
