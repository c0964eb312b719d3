/** Databases and caches after a loss. */
import { find } from '../../estate/estate.ts';
import type { CacheNode } from '../../estate/kinds/data.ts';
import type { ResourceOf } from '../../estate/resource.ts';
import type { Hop } from '../verdict.ts';
import { hop, lacks } from './codes.ts';
import type { Context } from './context.ts';
import * as failovers from './failover.ts';
import { losesResource, losesZone, nameOfLoss } from './loss.ts';
import { gone, type Standing, stands, standsAfter, unknown } from './standing.ts';
import { zonesOfSubnets } from './zones.ts';

const DATABASES = 'rds:DescribeDBInstances';

/** Read replicas of a database that is gone: what a person could do with them, and why that is no failover. */
function replicaHops(context: Context, database: ResourceOf<'database'>): readonly Hop[] {
  return (context.topology.replicasOf.get(database.id) ?? []).map((replica) => {
    const zone = replica.zone?.id;
    if (zone !== undefined && losesZone(context.loss, zone)) {
      return hop(
        'replica-same-zone',
        replica,
        `Read replica ${replica.name} stands in ${zone} too and is lost with its primary.`,
        zone,
      );
    }
    const where = zone === undefined ? 'in a zone that the input does not tell' : `in ${zone}`;
    const detail = `Read replica ${replica.name} ${where} has the data, but RDS promotes no replica by itself: a person must promote it and change the address.`;
    return hop('replica-not-failover', replica, detail, zone);
  });
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html#Overview.DBInstance.Status */
const IDLE = new Set(['stopped', 'stopping', 'deleting', 'failed', 'storage-full']);

export function databaseStanding(context: Context, database: ResourceOf<'database'>): Standing {
  const { loss, estate } = context;
  if (database.status !== undefined && IDLE.has(database.status))
    return gone(hop('not-running', database, `${database.name} is ${database.status}.`));
  if (loss.type === 'nothing') return stands();
  const itself = losesResource(loss, database.id);
  const zone = database.zone?.id;
  if (loss.type === 'resource' && !itself)
    return stands(hop('zone-left', database, `${database.name} is not what is lost.`));
  const place = nameOfLoss(loss);
  if (!itself) {
    if (zone !== undefined && zone !== place)
      return stands(hop('zone-left', database, `${database.name} stands in ${zone}.`, zone));
    const possible = zonesOfSubnets(estate, find(estate, database.subnetGroup)?.subnets);
    if (zone === undefined && possible && !possible.includes(place)) {
      return stands(hop('zone-left', database, `${database.name} has no subnet in ${place}.`));
    }
    if (zone === undefined && database.multiAz !== true && possible?.length !== 1) {
      return unknown(lacks(database, `The zone of ${database.name} is not told.`, DATABASES));
    }
  }
  if (database.cluster === undefined && database.multiAz === undefined) {
    return unknown(lacks(database, `Whether ${database.name} is Multi-AZ is not told.`, DATABASES));
  }
  if (database.cluster) {
    return gone(
      hop(
        itself ? 'itself-lost' : 'zone-single',
        database,
        `The address of ${database.name} itself does not fail over, only its cluster’s does.`,
        place,
      ),
    );
  }
  if (database.multiAz === undefined)
    return unknown(lacks(database, `Whether ${database.name} is Multi-AZ is not told.`, DATABASES));
  if (database.multiAz) {
    const standby = database.secondaryZone?.id;
    const detail = `${database.name} is Multi-AZ: its standby${standby === undefined ? '' : ` in ${standby}`} takes over.`;
    return standsAfter(failovers.MULTI_AZ_INSTANCE, hop('failover-multi-az', database, detail, standby));
  }
  const detail = itself ? `${database.name} has no standby.` : `${database.name} is Single-AZ and stands in ${place}.`;
  return gone(hop(itself ? 'itself-lost' : 'zone-single', database, detail, place), ...replicaHops(context, database));
}

export function clusterStanding(context: Context, cluster: ResourceOf<'databaseCluster'>): Standing {
  const { loss, estate } = context;
  if (loss.type === 'nothing') return stands();
  const members = cluster.members?.map((one) => ({ ...one, database: find(estate, one.ref) }));
  if (members === undefined || members.length === 0)
    return unknown(lacks(cluster, `The instances of ${cluster.name} are not told.`, 'rds:DescribeDBClusters'));
  const writer = members.find((one) => one.writer);
  const writerLost = losesResource(loss, cluster.id) || (writer !== undefined && losesResource(loss, writer.ref.id));
  // where nobody tells which of them writes, any of them may
  const mayBeLost = writer === undefined && members.some((one) => losesResource(loss, one.ref.id));
  if (loss.type === 'resource' && !writerLost && !mayBeLost)
    return stands(hop('zone-left', cluster, `The writer of ${cluster.name} is not what is lost.`));
  if (writer === undefined)
    return unknown(lacks(cluster, `Which instance of ${cluster.name} writes is not told.`, 'rds:DescribeDBClusters'));
  const writerZone = writer.database?.zone?.id;
  if (loss.type === 'zone') {
    if (writerZone === undefined)
      return unknown(lacks(cluster, `The zone of the writer of ${cluster.name} is not told.`, DATABASES));
    if (writerZone !== loss.zone)
      return stands(hop('zone-left', cluster, `The writer of ${cluster.name} stands in ${writerZone}.`, writerZone));
  }
  const readers = members.filter((one) => one !== writer);
  const left = readers.find(
    (one) => loss.type === 'resource' || (one.database?.zone !== undefined && one.database.zone.id !== loss.zone),
  );
  const aurora = cluster.engine?.startsWith('aurora');
  if (left) {
    const where = left.database?.zone ? ` in ${left.database.zone.id}` : '';
    const name = left.database?.name ?? left.ref.id;
    if (aurora === undefined)
      return unknown(lacks(cluster, `The engine of ${cluster.name} is not told.`, 'rds:DescribeDBClusters'));
    return aurora
      ? standsAfter(
          failovers.AURORA_READER,
          hop('failover-aurora', cluster, `Reader ${name}${where} becomes the writer.`, left.ref.id),
        )
      : standsAfter(
          failovers.MULTI_AZ_CLUSTER,
          hop('failover-multi-az-cluster', cluster, `Standby ${name}${where} becomes the writer.`, left.ref.id),
        );
  }
  if (readers.some((one) => one.database?.zone === undefined)) {
    return unknown(lacks(cluster, `The zones of the readers of ${cluster.name} are not told.`, DATABASES));
  }
  if (aurora && loss.type === 'resource') {
    return standsAfter(
      failovers.AURORA_RECREATED,
      hop('recreated-aurora', cluster, `${cluster.name} has no reader; Aurora makes its instance again.`),
    );
  }
  // https://aws.amazon.com/rds/aurora/faqs/: without a reader the new instance is tried in the same zone only.
  return gone(
    hop('zone-single', cluster, `Every instance of ${cluster.name} stands in ${nameOfLoss(loss)}.`, writerZone),
  );
}

/** `shop-0001-002` is node 2 of shard 1; a group without shards has `shop-002`. */
const shardOf = (node: CacheNode): string => /-(\d{4})-\d{3}$/.exec(node.id)?.[1] ?? '';

export function cacheStanding(context: Context, cache: ResourceOf<'cache'>): Standing {
  const { loss, estate } = context;
  if (loss.type === 'nothing') return stands();
  const itself = losesResource(loss, cache.id);
  if (loss.type === 'resource' && !itself) return stands(hop('zone-left', cache, `${cache.name} is not what is lost.`));
  const operation =
    cache.form === 'replicationGroup' ? 'elasticache:DescribeReplicationGroups' : 'elasticache:DescribeCacheClusters';
  const nodes = cache.nodes;
  const possible = zonesOfSubnets(estate, find(estate, cache.subnetGroup)?.subnets);
  if (loss.type === 'zone' && possible && !possible.includes(loss.zone)) {
    return stands(hop('zone-left', cache, `${cache.name} has no subnet in ${loss.zone}.`));
  }
  if (nodes === undefined || nodes.length === 0)
    return unknown(lacks(cache, `The nodes of ${cache.name} are not told.`, operation));
  const zoneOf = (node: CacheNode): string | undefined =>
    node.zone?.id ?? (possible?.length === 1 ? possible[0] : undefined);
  if (loss.type === 'zone' && nodes.some((node) => zoneOf(node) === undefined)) {
    return unknown(
      lacks(cache, `The zones of the nodes of ${cache.name} are not told.`, 'elasticache:DescribeCacheClusters'),
    );
  }
  const shards = new Map<string, CacheNode[]>();
  for (const node of nodes) shards.set(shardOf(node), [...(shards.get(shardOf(node)) ?? []), node]);
  const lost = (node: CacheNode): boolean => (itself ? node === primaryOf(nodes) : zoneOf(node) === nameOfLoss(loss));
  const left = nodes.filter((node) => !lost(node));
  const capacity = [
    { resource: cache.id, unit: 'node' as const, left: left.length, now: nodes.length, restored: 'unknown' as const },
  ];
  if (left.length === nodes.length)
    return stands(hop('zone-left', cache, `No node of ${cache.name} stands in ${nameOfLoss(loss)}.`));
  if (cache.form === 'cluster') {
    if (left.length === 0)
      return {
        ...gone(
          hop(itself ? 'itself-lost' : 'zone-single', cache, `${cache.name} has no node elsewhere.`, nameOfLoss(loss)),
        ),
        capacity,
      };
    return {
      ...stands(
        hop(
          'cache-nodes-left',
          cache,
          `${left.length} of ${nodes.length} nodes are left; clients that know every node go on, with an emptier cache.`,
        ),
      ),
      capacity,
    };
  }
  return { ...worstShard([...shards.values()]), capacity };

  function worstShard(groups: readonly (readonly CacheNode[])[]): Standing {
    let worst: Standing = stands(
      hop(
        'zone-left',
        cache,
        `The primary of ${cache.name} does not stand in ${nameOfLoss(loss)}; replicas there are lost.`,
      ),
    );
    for (const group of groups) {
      const rest = group.filter((node) => !lost(node));
      if (rest.length === group.length) continue;
      if (rest.length === 0)
        return gone(
          hop(
            itself ? 'itself-lost' : 'zone-single',
            cache,
            `Every node of ${cache.name}${groups.length > 1 ? ` (shard ${shardOf(group[0] ?? { id: '', zone: undefined, role: undefined, host: undefined })})` : ''} stands in ${nameOfLoss(loss)}.`,
            nameOfLoss(loss),
          ),
        );
      const primary = group.find((node) => node.role === 'primary');
      if (primary && !lost(primary)) continue;
      if (cache.automaticFailover === true) {
        if (worst.state === 'stands')
          worst = standsAfter(
            failovers.CACHE_REPLICA,
            hop(
              'failover-cache',
              cache,
              `A replica of ${cache.name} in ${rest.map((node) => zoneOf(node) ?? 'another zone').join(', ')} becomes the primary.`,
            ),
          );
      } else if (cache.automaticFailover === false && primary) {
        return gone(
          hop(
            'no-automatic-failover',
            cache,
            `The primary of ${cache.name} is lost and automatic failover is off; a person must promote a replica.`,
          ),
        );
      } else {
        worst = unknown(
          lacks(
            cache,
            primary
              ? `Whether ${cache.name} fails over by itself is not told.`
              : `Which node of ${cache.name} is the primary is not told.`,
            operation,
          ),
        );
      }
    }
    return worst;
  }
}

const primaryOf = (nodes: readonly CacheNode[]): CacheNode | undefined =>
  nodes.find((node) => node.role === 'primary') ?? nodes[0];
