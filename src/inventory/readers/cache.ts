import type { Cache, CacheNode } from '../../estate/kinds/data.ts';
import type { Answers } from '../answers.ts';
import {
  CLUSTERS,
  type Clusters,
  clusterId,
  clustersIn,
  endpoints,
  endpointsOf,
  GROUPS,
  groupId,
  memberNames,
  nodesOf,
  securityGroupsOf,
  subnetGroupOf,
  zoneOf,
} from '../caches.ts';
import { endpointIn, tagsOf, text } from '../fields.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { choice, idOf } from '../reading.ts';

const TAGS = 'elasticache:ListTagsForResource';

export const reader: Reader = {
  name: 'cache',
  kinds: ['cache'],
  operations: [GROUPS, CLUSTERS, TAGS],
  read: (answers) => {
    const clusters = clustersIn(answers);
    const groups = answers.items(GROUPS, 'ReplicationGroups').map((item) => replicationGroup(answers, item, clusters));
    const told = new Set<string>(groups.map((group) => group.id));
    return [
      ...groups,
      // a group of which only the clusters were read
      ...[...clusters.members].flatMap(([id, members]) => (told.has(id) ? [] : unlisted(id, members))),
      ...clusters.alone.map((item) => standalone(answers, item)),
    ];
  },
};

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html */
function replicationGroup(answers: Answers, item: Item, clusters: Clusters): Cache {
  const identifier = idOf(item, 'ReplicationGroupId');
  const id = item.has('ReplicationGroupId') ? groupId(item, identifier) : identifier;
  const arn = text(item, 'ARN');
  const members = clusters.members.get(id) ?? [];
  const [first] = members;
  const shards = item.items('NodeGroups') ?? [];
  const found = endpoints([
    endpointIn(item, 'ConfigurationEndpoint'),
    ...shards.flatMap((shard) => [endpointIn(shard, 'PrimaryEndpoint'), endpointIn(shard, 'ReaderEndpoint')]),
    ...shards.flatMap((shard) => shard.items('NodeGroupMembers') ?? []).map((node) => endpointIn(node, 'ReadEndpoint')),
    ...members.flatMap(endpointsOf),
  ]);
  return {
    kind: 'cache',
    ...base(
      'cache',
      item,
      { id, name: identifier, arn },
      tagsOf(answers, TAGS, 'ResourceName', arn ?? id, item.context),
    ),
    identifier,
    form: 'replicationGroup',
    engine: item.string('Engine') ?? first?.string('Engine'),
    engineVersion: first?.string('EngineVersion'),
    nodeType: item.string('CacheNodeType') ?? first?.string('CacheNodeType'),
    nodes: groupNodes(item, clusters),
    subnetGroup: subnetGroupOf(first),
    securityGroups: memberNames(item).length === members.length ? securityGroupsOf(members) : undefined,
    automaticFailover: switchedOn(item, 'AutomaticFailover'),
    multiAz: switchedOn(item, 'MultiAZ'),
    endpoints: found,
    port: found?.find((one) => one.port !== undefined)?.port,
    transitEncryption: item.boolean('TransitEncryptionEnabled') ?? first?.boolean('TransitEncryptionEnabled'),
    atRestEncryption: item.boolean('AtRestEncryptionEnabled') ?? first?.boolean('AtRestEncryptionEnabled'),
    snapshotRetention: item.number('SnapshotRetentionLimit'),
  };
}

/** On only when it is: while it is being switched it protects nobody yet. */
function switchedOn(item: Item, field: string): boolean | undefined {
  const value = choice(item, field, ['enabled', 'disabled', 'enabling', 'disabling']);
  return value === undefined ? undefined : value === 'enabled';
}

function groupNodes(item: Item, clusters: Clusters): readonly CacheNode[] | undefined {
  const shards = allItems(item, 'NodeGroups');
  const byName = (name: string) => clusters.byId.get(clusterId(item, name));
  if (!shards || shards.length === 0) {
    const names = memberNames(item);
    if (names.length === 0) return undefined;
    return names.map((name) => nodeOf(name, byName(name)));
  }
  const nodes: CacheNode[] = [];
  for (const shard of shards) {
    const group = shard.string('NodeGroupId');
    for (const member of allItems(shard, 'NodeGroupMembers') ?? [undefined]) {
      const name = text(member, 'CacheClusterId');
      if (member === undefined || name === undefined) return undefined;
      const known = nodeOf(name, byName(name));
      nodes.push({
        id: name,
        zone: member.ref('PreferredAvailabilityZone') ?? known.zone,
        role: choice(member, 'CurrentRole', ['primary', 'replica']),
        host: endpointIn(member, 'ReadEndpoint')?.host ?? known.host,
        ...(group === undefined ? {} : { shard: group }),
      });
    }
  }
  return nodes;
}

const nodeOf = (name: string, cluster: Item | undefined): CacheNode => {
  const node = cluster && nodesOf(cluster, undefined)?.[0];
  return {
    id: name,
    zone: node?.zone ?? zoneOf(cluster, 'PreferredAvailabilityZone'),
    role: undefined,
    host: node?.host,
  };
};

function unlisted(id: string, members: readonly Item[]): readonly Cache[] {
  const [first] = members;
  if (!first) return [];
  const identifier = first.string('ReplicationGroupId') ?? id;
  const found = endpoints(members.flatMap(endpointsOf));
  return [
    {
      kind: 'cache',
      ...base('cache', first, { id, name: identifier }, undefined),
      derived: { because: `its cache clusters name it, and ${GROUPS} was not read` },
      identifier,
      form: 'replicationGroup',
      engine: first.string('Engine'),
      engineVersion: first.string('EngineVersion'),
      nodeType: first.string('CacheNodeType'),
      nodes: members.map((member) => nodeOf(text(member, 'CacheClusterId') ?? '', member)),
      subnetGroup: subnetGroupOf(first),
      securityGroups: securityGroupsOf(members),
      automaticFailover: undefined,
      multiAz: undefined,
      endpoints: found,
      port: found?.find((one) => one.port !== undefined)?.port,
      transitEncryption: first.boolean('TransitEncryptionEnabled'),
      atRestEncryption: first.boolean('AtRestEncryptionEnabled'),
      snapshotRetention: undefined,
    },
  ];
}

function standalone(answers: Answers, item: Item): Cache {
  const identifier = idOf(item, 'CacheClusterId');
  const id = item.has('CacheClusterId') ? clusterId(item, identifier) : identifier;
  const arn = text(item, 'ARN');
  const engine = item.string('Engine');
  const found = endpoints(endpointsOf(item));
  return {
    kind: 'cache',
    ...base(
      'cache',
      item,
      { id, name: identifier, arn },
      tagsOf(answers, TAGS, 'ResourceName', arn ?? id, item.context),
    ),
    identifier,
    form: 'cluster',
    engine,
    engineVersion: item.string('EngineVersion'),
    nodeType: item.string('CacheNodeType'),
    // the nodes of a memcached cluster are equals
    nodes: nodesOf(item, engine === undefined || engine === 'memcached' ? undefined : 'primary'),
    subnetGroup: subnetGroupOf(item),
    securityGroups: securityGroupsOf([item]),
    // both need a replication group
    automaticFailover: false,
    multiAz: false,
    endpoints: found,
    port: found?.find((one) => one.port !== undefined)?.port,
    transitEncryption: item.boolean('TransitEncryptionEnabled'),
    atRestEncryption: item.boolean('AtRestEncryptionEnabled'),
    snapshotRetention: item.number('SnapshotRetentionLimit'),
  };
}
