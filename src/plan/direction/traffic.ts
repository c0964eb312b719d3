/** Where requests and packets go. */
import { all } from '../../estate/estate.ts';
import type { Route } from '../../estate/kinds/network.ts';
import { addressSetOf, overlaps } from '../../estate/sets/index.ts';
import { same } from '../merge.ts';
import { asSet, changedIds, type Judge, type Judged } from './judge.ts';

/** Weights: a target group that comes with weight 0, or goes from it, gets no request. */
export const asActions: Judge = (before, after) => {
  const flat = (actions: unknown): ReadonlyMap<string, number> | undefined => {
    if (!Array.isArray(actions)) return undefined;
    if (!actions.every((one: { type?: string }) => one.type === 'forward')) return undefined;
    return new Map(
      actions.flatMap((one: { targetGroups: readonly { ref: { id: string }; weight: number }[] }) =>
        one.targetGroups.map(({ ref, weight }) => [ref.id, weight] as const),
      ),
    );
  };
  const [was, is] = [flat(before), flat(after)];
  if (!was || !is) return 'switches';
  const share = (map: ReadonlyMap<string, number>, id: string): number => {
    const total = [...map.values()].reduce((sum, weight) => sum + weight, 0);
    // a single group gets everything, whatever its weight says
    return total === 0 ? (map.size === 1 && map.has(id) ? 1 : 0) : (map.get(id) ?? 0) / total;
  };
  const ids = new Set([...was.keys(), ...is.keys()]);
  if ([...ids].some((id) => share(was, id) !== share(is, id))) return 'switches';
  return is.size > was.size ? 'adds' : is.size < was.size ? 'removes' : 'neutral';
};

/** Associations and routes of a table that no interface uses yet move nothing. */
export const asRouting: Judge = (before, after, change, then, now) => {
  const id = (change.after ?? change.before)?.id;
  const used = [then, now].some((estate) => {
    const table = all(estate, 'routeTable').find((one) => one.id === id);
    const subnets = new Set(table?.subnets?.map((subnet) => subnet.id) ?? []);
    return all(then, 'networkInterface').some((one) => one.subnet !== undefined && subnets.has(one.subnet.id));
  });
  if (!used) return 'neutral';
  if (onlyFreshLocalRoutes(before, after)) return 'adds';
  return 'switches';
};

/** AWS puts a local route to a further block of the VPC into every table: nothing went there, but by the default route. */
function onlyFreshLocalRoutes(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  const [was, is] = [before as readonly Route[], after as readonly Route[]];
  if (!was.every((one) => is.some((two) => same(one, two)))) return false;
  const come = is.filter((one) => !was.some((two) => same(one, two)));
  const blockOf = ({ destination }: Route) =>
    destination?.type === 'cidr' ? addressSetOf([destination.cidr]) : undefined;
  const isDefault = ({ destination }: Route): boolean =>
    destination?.type === 'cidr' && (destination.cidr === '0.0.0.0/0' || destination.cidr === '::/0');
  return come.every((one) => {
    const block = blockOf(one);
    if (one.target?.type !== 'local' || block === undefined) return false;
    return was.every((other) => {
      const there = blockOf(other);
      // a prefix list of AWS holds public addresses, which no block of a VPC meets
      if (there === undefined) return other.destination?.type === 'prefixList' && other.target?.type === 'vpcEndpoint';
      return isDefault(other) || !overlaps(block, there);
    });
  });
}

/** A list of rules comes over a subnet, or leaves it: nothing is kept out of a subnet that nothing stands in. */
export const asEmptyPlaces: Judge = (before, after, change, then, now) => {
  const direction = asSet(before, after, change, then, now);
  if (direction !== 'adds' && direction !== 'removes') return direction;
  const moved = new Set(changedIds(before, after));
  return all(then, 'networkInterface').some((one) => one.subnet !== undefined && moved.has(one.subnet.id))
    ? 'switches'
    : direction;
};

/** An origin that goes while a behaviour still asks it is no removal: CloudFront refuses it, and a request would go nowhere. */
export const asOrigins: Judge = (before, after, change, then, now) => {
  const direction = asSet(before, after, change, then, now);
  if (direction !== 'removes' || change.after?.kind !== 'distribution') return direction;
  const { asks, origins } = change.after;
  const there = new Set(origins?.map(({ id }) => id));
  return asks?.every((id) => there.has(id)) ? 'removes' : 'switches';
};

/** A rule takes what meets all of its conditions: one more keeps out. */
export const asConditions: Judge = (before, after, change, then, now) => {
  const direction = asSet(before, after, change, then, now);
  return direction === 'adds' ? 'removes' : direction === 'removes' ? 'adds' : direction;
};

/** An alias to a balancer or a distribution is kept this long by those who asked; it has no TTL of its own. */
const ALIAS_SECONDS = 60;

/** The longer an answer is kept, the longer everybody who has it is led astray by the next switch of the name. */
export const asKept: Judge<Judged> = (before, after) => {
  const seconds = (ttl: unknown): number => (typeof ttl === 'number' ? ttl : ALIAS_SECONDS);
  return seconds(after) <= seconds(before) ? 'neutral' : { unjudged: 'switches' };
};
