import { generationOf } from '../../analyse/cost/generations.ts';
import { all } from '../../estate/estate.ts';
import type { Cache } from '../../estate/kinds/data.ts';
import type { Properties } from '../../inventory/pulumi/recorded.ts';
import { ref } from '../edit.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { callerKey, type Naming, namings, rollout, unwritten } from '../structure/addresses-in-settings.ts';
import { adoptedByGroup, GROUP } from '../structure/cache-group.ts';
import { roomFor, zonesOfNodes } from '../structure/cache-room.ts';
import { declaredOf } from '../structure/declared.ts';
import { slug } from '../structure/names.ts';
import type { DeclaredResource } from '../world.ts';

const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';
const API = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html';

type Refused = Omit<Refusal, 'move' | 'environment'>;
type Problem = Omit<Refused, 'subject'>;

export const move: Move = {
  name: 'cache-failover',
  title: 'Caches get a replica that takes over',
  about: 'When the node or the zone of a cache fails, a replica elsewhere goes on with its data in seconds.',
  scope: 'environment',
  risk: 'risky',
  preconditions: [
    'Redis or Valkey, of a node type that AWS fails over (not T1)',
    'the subnet group has subnets in two zones, or the VPC has private ones to add',
    'what uses the cache can take another address: the group has one that follows the primary',
  ],
  undo: 'failover off and the replica removed; a node that is in a group stays in one',
  sources: [
    {
      claim: 'a cluster that stands alone becomes the primary of a new group, and goes on serving under its address',
      url: API,
      certainty: 'documented',
    },
    {
      claim: 'a replica is added without any downtime',
      url: `${GUIDE}/increase-replica-count.html`,
      certainty: 'documented',
    },
    {
      claim: 'a replica takes over in a few seconds, and the writes that it had not yet got are lost',
      url: `${GUIDE}/AutoFailover.html`,
      certainty: 'documented',
    },
    {
      claim: 'the node type of a group is changed online, with a short pause when the new primary takes over',
      url: `${GUIDE}/redis-cluster-vertical-scaling.html`,
      certainty: 'documented',
    },
    { claim: 'it takes 10 to 30 minutes', url: `${GUIDE}/increase-replica-count.html`, certainty: 'estimate' },
  ],
  propose: (context) => {
    const { estate, scope } = context;
    const refusals: Refused[] = [];
    const steps: Step[] = [];
    let waits: string | undefined;
    for (const cache of all(estate, 'cache')) {
      if (!scope.holds(cache) || cache.engine === 'memcached') continue;
      const told = stepsFor(context, cache, refusals);
      if (told === undefined) continue;
      if ('because' in told) refusals.push({ subject: cache.id, ...told });
      else if ('waits' in told) waits = told.waits;
      else steps.push(...told.steps);
    }
    if (waits !== undefined) return { state: 'waits', for: waits };
    if (steps.length > 0) return { state: 'ready', steps, refusals };
    return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  },
};

type Told = { readonly steps: readonly Step[] } | { readonly waits: string } | Problem | undefined;

/**
 * Whether each shard fails over to another zone today; undefined when the input does not tell. A group with shards has
 * automatic failover on even where a shard has no replica. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
 */
function isSafe({ form, automaticFailover, nodes }: Cache): boolean | undefined {
  if (form === 'cluster') return false;
  if (automaticFailover === false || nodes?.length === 1) return false;
  if (automaticFailover === undefined || nodes === undefined) return undefined;
  const zones = new Map<string, Set<string>>();
  for (const { shard, zone } of nodes) {
    if (shard === undefined || zone === undefined) return undefined;
    zones.set(shard, (zones.get(shard) ?? new Set()).add(zone.id));
  }
  return zones.size > 0 && [...zones.values()].every(({ size }) => size > 1);
}

const newerType = ({ nodeType }: Cache): string | undefined => {
  if (nodeType === undefined) return undefined;
  const { generation, equivalent } = generationOf('elasticache', nodeType);
  return generation === 'previous' ? equivalent?.x86 : undefined;
};

function stepsFor(context: Context, cache: Cache, refusals: Refused[]): Told {
  const { state } = context;
  const safe = isSafe(cache);
  const newer = newerType(cache);
  if (safe === true && newer === undefined && cache.nodeType !== undefined) return undefined;
  const declared = declaredOf(state, cache);
  const problem = problemOf(cache, declared, safe);
  if (problem) return problem;
  if (!declared) return undefined;
  if (safe === true) return { steps: newer === undefined ? [] : [newerNodes(context, cache, declared, newer)] };
  const room = roomFor(context, move, cache);
  if ('waits' in room || 'because' in room) return room;
  const steps: Step[] = [...room.steps];
  let group = declared;
  if (cache.form === 'cluster') {
    const adopted = adoptedByGroup(context, move, cache, declared, room.zones);
    steps.push(adopted.step);
    group = { ...declared, type: GROUP, name: declared.name };
    steps.push(failover(context, cache, group), ...callersMoved(context, cache, group, refusals));
  } else {
    const count = cache.nodes?.length ?? 1;
    if (room.alone)
      steps.push(
        replica(context, cache, group, {
          numCacheClusters: count + 1,
          preferredCacheClusterAzs: zonesOfNodes(cache, room),
        }),
      );
    steps.push(failover(context, cache, group));
  }
  if (newer !== undefined) steps.push(newerNodes(context, cache, group, newer));
  return { steps };
}

function problemOf(
  cache: Cache,
  declared: DeclaredResource | undefined,
  safe: boolean | undefined,
): Problem | undefined {
  const { name, engine, nodeType, nodes } = cache;
  if (engine === undefined)
    return {
      because: `Whether ${name} is Memcached, which has no failover, is not known.`,
      change: 'Collect elasticache:DescribeCacheClusters.',
    };
  if (safe === undefined)
    return {
      because: `Whether ${name} fails over, or where its nodes are, is not known.`,
      change: 'Collect elasticache:DescribeReplicationGroups and elasticache:DescribeCacheClusters.',
    };
  if (!declared)
    return { because: `${name} is not under the program's care.`, change: 'Collect what was not read of it.' };
  if (nodeType === undefined)
    return { because: `The node type of ${name} is not known.`, change: 'Collect elasticache:DescribeCacheClusters.' };
  if (/^cache\.t1\./.test(nodeType) && !safe)
    return {
      because: `${name} is a ${nodeType}, for which AWS does no failover.`,
      change: 'Change its node type by hand in the quietest hour (it pauses for some minutes), then collect again.',
    };
  if (!nodes?.[0]?.zone && !safe)
    return { because: `The zone of ${name} is not known.`, change: 'Collect elasticache:DescribeCacheClusters.' };
  const shards = new Set(nodes?.map(({ shard }) => shard)).size;
  if (!safe && cache.form === 'replicationGroup' && (shards > 1 || declared.properties.numNodeGroups !== undefined))
    return {
      because: `${name} has shards, and which zone AWS gives to each new replica is not in the program's hand.`,
      change: `Add a replica in another zone to each shard: aws elasticache increase-replica-count --replication-group-id ${cache.identifier} --new-replica-count 1 --apply-immediately; then collect again.`,
    };
  return undefined;
}

const common = ({ scope }: Context) => ({ move: move.name, environment: scope.environment }) as const;

function replica(context: Context, cache: Cache, group: DeclaredResource, properties: Properties): Step {
  return step({
    ...common(context),
    id: `${context.scope.stem}-cache-replica-${slug(cache.name)}`,
    title: `A replica of ${cache.name} in another zone`,
    kind: 'expand',
    why: 'Failover needs a node to fail over to, and the loss of a zone needs it elsewhere.',
    edits: [
      { op: 'update', type: group.type, name: group.name, properties: { ...properties, applyImmediately: true } },
    ],
    gate: [
      {
        type: 'query',
        check: 'The new node stands in another zone than the primary.',
        query: `aws elasticache describe-replication-groups --replication-group-id ${cache.identifier} --query 'ReplicationGroups[0].NodeGroups[].NodeGroupMembers[].[CacheClusterId,PreferredAvailabilityZone,CurrentRole]'`,
      },
    ],
    duration: minutes(5, 30),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'one replica less', until: 'failover is on', exact: true },
    sources: [...move.sources.slice(1, 2), ...move.sources.slice(4)],
  });
}

function failover(context: Context, cache: Cache, group: DeclaredResource): Step {
  return step({
    ...common(context),
    id: `${context.scope.stem}-cache-failover-${slug(cache.name)}`,
    title: `${cache.name} fails over by itself`,
    kind: 'expand',
    why: 'A replica that nobody promotes is only a copy.',
    edits: [
      {
        op: 'update',
        type: group.type,
        name: group.name,
        properties: { automaticFailoverEnabled: true, multiAzEnabled: true, applyImmediately: true },
      },
    ],
    gate: [
      {
        type: 'query',
        check: 'AutomaticFailover and MultiAZ are enabled.',
        query: `aws elasticache describe-replication-groups --query 'ReplicationGroups[].[ReplicationGroupId,Status,AutomaticFailover,MultiAZ]'`,
      },
    ],
    duration: minutes(2, 15),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'both off again', until: 'always', exact: true },
    sources: move.sources.slice(2, 3),
  });
}

/** Who knows the address of the node stays with the node; the address of the group follows the primary. */
function callersMoved(context: Context, cache: Cache, group: DeclaredResource, refusals: Refused[]): readonly Step[] {
  const { state, estate } = context;
  const hosts = new Set([...(cache.nodes ?? []), ...(cache.endpoints ?? [])].flatMap(({ host }) => host ?? []));
  const renamed = new Map([...hosts].map((host) => [host, ref(group, 'primaryEndpointAddress')] as const));
  const found = namings(state, renamed);
  for (const caller of unwritten(estate, cache, found))
    refusals.push({
      subject: caller.id,
      because: `${caller.name} names the node of ${cache.name} in settings that the program does not hold: after a failover it would write to a replica.`,
      change: 'Write the primary address of the group there by hand.',
    });
  return found.map((naming) => callerMoved(context, cache, naming));
}

function callerMoved(context: Context, cache: Cache, naming: Naming): Step {
  const { declared, edit } = naming;
  return step({
    ...common(context),
    id: `${context.scope.stem}-cache-address-${slug(cache.name)}-${callerKey(naming)}`,
    title: `${declared.name} uses the address that follows the primary of ${cache.name}`,
    kind: 'switch',
    why: 'The address of the node stays with the node: after a failover it leads to a replica, which takes no writes.',
    edits: [edit],
    actions: rollout(naming, context.estate),
    gate: [{ type: 'person', check: 'The application reads and writes the cache as before.' }],
    duration: minutes(3, 30),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'name the node again', until: 'a failover has happened', exact: true },
    sources: [
      {
        claim: 'the primary address of a group follows a failover, the address of a node does not',
        url: `${GUIDE}/Endpoints.html`,
        certainty: 'documented',
      },
    ],
  });
}

function newerNodes(context: Context, cache: Cache, group: DeclaredResource, to: string): Step {
  return step({
    ...common(context),
    id: `${context.scope.stem}-cache-newer-${slug(cache.name)}`,
    title: `${cache.name} moves from ${cache.nodeType} to ${to}`,
    kind: 'switch',
    why: 'The node type is of a previous generation: less memory and network for more money, and retired on a day of AWS’s choice.',
    edits: [{ op: 'update', type: group.type, name: group.name, properties: { nodeType: to, applyImmediately: true } }],
    gate: [
      {
        type: 'query',
        check: `Before: AWS offers ${to} to this group.`,
        query: `aws elasticache list-allowed-node-type-modifications --replication-group-id ${cache.identifier}`,
      },
      {
        type: 'query',
        check: 'Before: the data fits, with a quarter of the memory left.',
        query: `aws cloudwatch get-metric-statistics --namespace AWS/ElastiCache --metric-name BytesUsedForCache --dimensions Name=CacheClusterId,Value=${cache.nodes?.[0]?.id.split('/')[0] ?? cache.identifier} --statistics Maximum --period 86400 --start-time "$(date -u -d '-14 days' +%FT%TZ)" --end-time "$(date -u +%FT%TZ)"`,
      },
    ],
    duration: minutes(15, 60),
    clientsNotice: {
      from: 1,
      to: 30,
      what: 'New nodes are filled beside the old ones; when they take over, writes fail for some seconds and connections are opened again.',
    },
    undo: { how: 'the old type again, the same way', until: 'AWS no longer offers the old type', exact: false },
    sources: move.sources.slice(3, 4),
  });
}
