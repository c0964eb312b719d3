/** Cache clusters and the replication groups that they belong to: the groundwork of the `cache` reader. */
import type { CacheNode, Endpoint } from '../estate/kinds/data.ts';
import type { Ref } from '../estate/source.ts';
import type { Answers } from './answers.ts';
import { allRefsIn, endpointIn, text } from './fields.ts';
import { cacheClusterArn, cacheSubnetGroupArn, replicationGroupArn } from './ids.ts';
import type { Item } from './item.ts';
import { allItems } from './listing.ts';

export const CLUSTERS = 'elasticache:DescribeCacheClusters';
export const GROUPS = 'elasticache:DescribeReplicationGroups';

export const clusterId = (item: Item, name: string): string =>
  cacheClusterArn(item.context.account, item.context.region, name);
export const groupId = (item: Item, name: string): string =>
  replicationGroupArn(item.context.account, item.context.region, name);

export interface Clusters {
  readonly byId: ReadonlyMap<string, Item>;
  /** Clusters in no replication group. */
  readonly alone: readonly Item[];
  /** Members by the id of their replication group, in the order of their names. */
  readonly members: ReadonlyMap<string, readonly Item[]>;
}

/** A cluster tells its group, and a group its clusters; either is enough. */
export function clustersIn(answers: Answers): Clusters {
  const groupOf = new Map<string, string>();
  for (const group of answers.items(GROUPS, 'ReplicationGroups')) {
    const name = text(group, 'ReplicationGroupId');
    if (name === undefined) continue;
    for (const member of memberNames(group)) groupOf.set(clusterId(group, member), groupId(group, name));
  }
  const byId = new Map<string, Item>();
  const alone: Item[] = [];
  const members = new Map<string, Item[]>();
  const nameOf = (item: Item) => text(item, 'CacheClusterId') ?? '';
  const items = [...answers.items(CLUSTERS, 'CacheClusters')].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  for (const item of items) {
    const id = clusterId(item, nameOf(item));
    if (byId.has(id) && nameOf(item) !== '') continue;
    byId.set(id, item);
    const name = text(item, 'ReplicationGroupId');
    const group = name ? groupId(item, name) : groupOf.get(id);
    if (group === undefined) alone.push(item);
    else members.set(group, [...(members.get(group) ?? []), item]);
  }
  return { byId, alone, members };
}

/** Every cluster that a group names. */
export function memberNames(group: Item): readonly string[] {
  const names = new Set(group.strings('MemberClusters'));
  for (const shard of group.items('NodeGroups') ?? [])
    for (const node of shard.items('NodeGroupMembers') ?? []) {
      const name = node.string('CacheClusterId');
      if (name !== undefined) names.add(name);
    }
  return [...names].sort();
}

/** AWS says `Multiple` where the nodes of a cluster are in several zones. */
export const zoneOf = (item: Item | undefined, field: string): Ref<'zone'> | undefined =>
  item?.value[field] === 'Multiple' ? undefined : item?.ref<'zone'>(field);

/** The nodes of a cluster; AWS lists them when asked to (ShowCacheNodeInfo), but a single one needs no list. */
export function nodesOf(cluster: Item, role: CacheNode['role']): readonly CacheNode[] | undefined {
  const name = text(cluster, 'CacheClusterId');
  const listed = allItems(cluster, 'CacheNodes');
  if (name === undefined) return undefined;
  if (listed && listed.length > 0)
    return listed.map((node, n) => ({
      id: `${name}/${node.string('CacheNodeId') ?? n + 1}`,
      zone: node.ref('CustomerAvailabilityZone') ?? zoneOf(cluster, 'PreferredAvailabilityZone'),
      role,
      host: endpointIn(node, 'Endpoint')?.host,
    }));
  if (cluster.number('NumCacheNodes') !== 1) return undefined;
  return [{ id: `${name}/0001`, zone: zoneOf(cluster, 'PreferredAvailabilityZone'), role, host: undefined }];
}

export const endpointsOf = (cluster: Item): readonly (Endpoint | undefined)[] => [
  endpointIn(cluster, 'ConfigurationEndpoint'),
  ...(cluster.items('CacheNodes') ?? []).map((node) => endpointIn(node, 'Endpoint')),
];

/** Each endpoint once, in the order given; undefined when AWS told none. */
export function endpoints(given: readonly (Endpoint | undefined)[]): readonly Endpoint[] | undefined {
  const byHost = new Map<string, Endpoint>();
  for (const one of given)
    if (one?.host !== undefined && !byHost.has(`${one.host}:${one.port}`)) byHost.set(`${one.host}:${one.port}`, one);
  return byHost.size > 0 ? [...byHost.values()] : undefined;
}

/** The groups in front of all the clusters; undefined when one of them does not tell. */
export function securityGroupsOf(clusters: readonly Item[]): readonly Ref<'securityGroup'>[] | undefined {
  const byId = new Map<string, Ref<'securityGroup'>>();
  for (const cluster of clusters) {
    const refs = allRefsIn<'securityGroup'>(cluster, 'SecurityGroups', 'SecurityGroupId');
    if (!refs) return undefined;
    for (const ref of refs) if (!byId.has(ref.id)) byId.set(ref.id, ref);
  }
  return clusters.length > 0 ? [...byId.values()] : undefined;
}

export const subnetGroupOf = (cluster: Item | undefined): Ref<'cacheSubnetGroup'> | undefined =>
  cluster?.ref('CacheSubnetGroupName', (name) =>
    cacheSubnetGroupArn(cluster.context.account, cluster.context.region, name),
  );
