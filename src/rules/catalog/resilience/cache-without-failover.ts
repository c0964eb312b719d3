import type { CacheNode } from '../../../estate/kinds/data.ts';
import { cacheAnswer, cacheCluster, replicationGroup } from '../../examples/caches.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const GROUPS = 'elasticache:DescribeReplicationGroups';
const CLUSTERS = 'elasticache:DescribeCacheClusters';

/** Nodes that hold the same data. Undefined when AWS did not tell which belong together and it matters. */
function shardsOf(nodes: readonly CacheNode[]): readonly (readonly CacheNode[])[] | undefined {
  const shards = new Map<string, CacheNode[]>();
  for (const node of nodes) {
    if (node.shard === undefined && nodes.length > 1) return undefined;
    const shard = shards.get(node.shard ?? '');
    if (shard) shard.push(node);
    else shards.set(node.shard ?? '', [node]);
  }
  return [...shards.values()];
}

export const rule = defineRule({
  id: 'cache-without-failover',
  problem: 3,
  severity: 'medium',
  title: 'A Redis or Valkey cache has nothing that takes over',
  why: 'When its node or zone fails, sessions and cached data are gone and every call to it fails until AWS has made a new node. With a replica in another zone and automatic failover the same failure is a short pause.',
  fix: 'A replication group with a replica in another zone, Multi-AZ and automatic failover on.',
  fixedBy: ['cache-failover'],
  subject: 'cache',
  needs: [CLUSTERS, GROUPS],
  messages: {
    single: '{name} is a single {engine} node in {zone}: when it fails, so does everything that calls it',
    bare: '{n} of the {m} shards of {name} are a single node, with no replica to take over',
    manual: '{name} has {n} nodes, but no replica takes over by itself: automatic failover is off',
    together: '{name} has {n} nodes, all of them in {zone}: one zone lost is all of them lost',
  },
  check(subject) {
    if (subject.engine === 'memcached') return { state: 'notApplicable' };
    if (subject.engine === undefined && subject.form === 'cluster')
      return unknown(subject, CLUSTERS, 'the engine of a cache');
    const engine = subject.engine ?? 'Redis or Valkey';
    const { name, nodes } = subject;
    const zones = new Set(nodes?.map((node) => node.zone?.id));
    const [zone] = zones;
    if (subject.form === 'cluster' || nodes?.length === 1)
      return {
        state: 'fail',
        message: 'single',
        data: { name, engine, zone: zone ?? 'one zone' },
        proof: [fact(subject, '', `${name} is one ${engine} node${zone ? ` in ${zone}` : ''}, with no replica`)],
      };
    if (subject.automaticFailover === false)
      return {
        state: 'fail',
        message: 'manual',
        data: { name, n: nodes?.length ?? 'several' },
        proof: [fact(subject, 'AutomaticFailover', `${name} has automatic failover off`)],
      };
    if (nodes === undefined) return unknown(subject, GROUPS, 'each node of a cache');
    const shards = shardsOf(nodes);
    const bare = shards?.filter((shard) => shard.length === 1) ?? [];
    if (shards && bare.length > 0)
      return {
        state: 'fail',
        message: 'bare',
        data: { name, n: bare.length, m: shards.length },
        proof: bare.map(([node]) =>
          fact(subject, 'NodeGroups', `shard ${node?.shard ?? '?'} of ${name} is ${node?.id ?? 'one node'} alone`),
        ),
      };
    if (zones.size === 1 && zone !== undefined)
      return {
        state: 'fail',
        message: 'together',
        data: { name, n: nodes.length, zone },
        proof: nodes.map((node) => fact(subject, 'NodeGroups', `${node.id} of ${name} is in ${zone}`)),
      };
    if (shards === undefined) return unknown(subject, GROUPS, 'which nodes of a cache hold the same data');
    if (subject.automaticFailover === undefined)
      return unknown(subject, GROUPS, 'whether a cache fails over by itself');
    for (const shard of shards) {
      const known = new Set(shard.map((node) => node.zone?.id));
      if (known.size > 1 && !known.has(undefined)) continue;
      if (known.has(undefined)) return unknown(subject, GROUPS, 'the zone of each node of a cache');
      const [only = ''] = known;
      return {
        state: 'fail',
        message: 'together',
        data: { name: `a shard of ${name}`, n: shard.length, zone: only },
        proof: shard.map((node) => fact(subject, 'NodeGroups', `${node.id} of ${name} is in ${only}`)),
      };
    }
    return { state: 'pass' };
  },
  sources: ['https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html'],
  examples: {
    bad: cacheAnswer([cacheCluster('sessions')]),
    good: cacheAnswer(
      [
        cacheCluster('sessions-001', { ReplicationGroupId: 'sessions' }),
        cacheCluster('sessions-002', { ReplicationGroupId: 'sessions', PreferredAvailabilityZone: 'eu-west-1b' }),
      ],
      [replicationGroup('sessions', ['eu-west-1a', 'eu-west-1b'])],
    ),
  },
});
