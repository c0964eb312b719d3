/** In which zones the nodes of a cache may stand, and a step that adds one where there is one only. */
import { find } from '../../estate/estate.ts';
import type { Cache } from '../../estate/kinds/data.ts';
import type { Subnet } from '../../estate/kinds/network.ts';
import type { Context, Move } from '../move.ts';
import { minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { zonesIn } from './databases.ts';
import { declaredOf } from './declared.ts';
import { idOf, slug } from './names.ts';
import { tierSubnets } from './tiers.ts';

export interface Room {
  readonly steps: readonly Step[];
  /** Zones for the nodes, the primary's first. */
  readonly zones: readonly string[];
  /** Whether every node stands in one zone. */
  readonly alone: boolean;
}

/** Zones that the subnet group has, with a step that adds one where there is one only. */
export function roomFor(
  context: Context,
  move: Pick<Move, 'name' | 'sources'>,
  cache: Cache,
): Room | { readonly because: string; readonly change: string } | { readonly waits: string } {
  const { estate, state, scope } = context;
  const group = find(estate, cache.subnetGroup);
  const subnets = group?.subnets?.flatMap((one): readonly Subnet[] => {
    const subnet = find(estate, one);
    return subnet ? [subnet] : [];
  });
  if (!group || !subnets || subnets.length !== group.subnets?.length)
    return {
      because: `The subnet group of ${cache.name} is not known.`,
      change: 'Collect elasticache:DescribeCacheSubnetGroups and ec2:DescribeSubnets.',
    };
  const primary = cache.nodes?.find(({ role }) => role === 'primary') ?? cache.nodes?.[0];
  const own = primary?.zone?.id ?? '';
  const alone = new Set(cache.nodes?.map(({ zone }) => zone?.id)).size <= 1;
  const inOrder = (zones: readonly string[]): readonly string[] => [own, ...zones.filter((zone) => zone !== own)];
  const zones = zonesIn(subnets);
  if (zones.length >= 2) return { steps: [], zones: inOrder(zones), alone };
  const vpc = find(estate, group.vpc) ?? find(estate, subnets[0]?.vpc);
  const more = vpc ? tierSubnets(estate, vpc, 'data').filter(({ zone }) => zone && !zones.includes(zone.id)) : [];
  if (more.length === 0) return { waits: `private subnets in another zone than ${zones.join(', ')}` };
  const declared = declaredOf(state, group);
  const written = declared?.properties.subnetIds;
  if (!declared || !Array.isArray(written))
    return {
      because: `The subnet group of ${cache.name} is not under the program's care.`,
      change: 'Collect elasticache:DescribeCacheSubnetGroups.',
    };
  const subnetIds = [...written, ...more.map((subnet) => idOf(state, subnet))];
  return {
    zones: inOrder([...zones, ...zonesIn(more)]),
    alone,
    steps: [
      step({
        move: move.name,
        environment: scope.environment,
        id: `${scope.stem}-cache-room-${slug(cache.name)}`,
        title: `A subnet in another zone for ${cache.name}`,
        kind: 'expand',
        why: 'A replica is to stand in another zone, and the subnet group has none there.',
        edits: [{ op: 'update', type: declared.type, name: declared.name, properties: { subnetIds } }],
        gate: [{ type: 'inventory', check: 'the subnet group has subnets in two zones' }],
        duration: minutes(1, 3),
        clientsNotice: NOTHING_NOTICED,
        undo: { how: 'take the subnets out again', until: 'a node stands in one', exact: true },
        sources: move.sources.slice(1, 2),
      }),
    ],
  };
}

/** The zones of the nodes that are there, and another one for the new node. */
export function zonesOfNodes(cache: Cache, { zones }: Room): readonly string[] {
  const own = zones[0] ?? '';
  return [...(cache.nodes ?? []).map(({ zone }) => zone?.id ?? own), zones[1] ?? own];
}
