/** The minimal cut: the fewest rules, routes or flags that close an exposure, and what else each of them would end. */
import { edited } from '../../estate/edited.ts';
import { byId, type Estate, findOf, memoised } from '../../estate/estate.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import { ALL_TRAFFIC, addressesOf, overlaps } from '../../estate/sets/index.ts';
import { type Start, toInterface } from '../reachability/direct.ts';
import { INTERNET_END, interfacesOf, resourceEnd } from '../reachability/endpoint.ts';
import { rulesAdmitting } from '../reachability/groups.ts';
import { indirectly } from '../reachability/indirect.ts';
import { type Network, networkOf, tableOf } from '../reachability/network.ts';
import type { Outcome } from '../reachability/path.ts';
import { lanesFor } from '../reachability/routes.ts';
import { concernedBy } from './concerned.ts';
import type { Exposure } from './exposure.ts';
import { type FlowEffects, flowEffects } from './flow-effects.ts';

export interface CutItem {
  readonly type: 'rule' | 'publicAddress' | 'route';
  /** The resource that is changed. */
  readonly resource: string;
  /** The rule, the route's destination, or the interface that loses its public address. */
  readonly by: string;
  readonly detail: string;
}

export interface Cut extends FlowEffects {
  /** All of them together close the exposure; none can be left out. */
  readonly items: readonly CutItem[];
  /** How many other resources the change touches (the members of a group, the neighbours of a subnet). */
  readonly touches: number;
}

/** The cuts that surely close an exposure, the best first: breaking nothing, touching little. Empty when none was found. */
export function cutsOf(estate: Estate, exposure: Exposure): readonly Cut[] {
  const doors = doorsOf(estate, exposure);
  if (doors.length === 0) return [];
  const cuts = [byRules(estate, doors), byAddress(estate, doors), byRoutes(estate, doors)].flatMap((items) => {
    if (items.length === 0) return [];
    const change = changeOf(estate, items);
    if (!isClosed(change.after, exposure)) return [];
    const touches = new Set([...change.members].filter((one) => !doors.some(({ face }) => face.id === one)));
    return [{ items, ...change.effects, touches: touches.size }];
  });
  return cuts.sort(
    (a, b) =>
      a.breaks.length - b.breaks.length ||
      a.undecided.length - b.undecided.length ||
      a.touches - b.touches ||
      a.alsoCloses.length - b.alsoCloses.length ||
      a.items.length - b.items.length,
  );
}

/** An interface that strangers reach, and who reaches it on what. */
interface Door {
  readonly owner: Resource;
  readonly face: NetworkInterface;
  readonly outcome: Outcome;
}

/** Where the strangers come in: the resource itself, or the load balancers in front of it. */
function doorsOf(estate: Estate, exposure: Exposure): readonly Door[] {
  const network = networkOf(estate);
  const owners =
    exposure.via === 'direct'
      ? [exposure.resource]
      : exposure.through.map((one) => byId(estate, one)).filter((one) => one?.kind === 'loadBalancer');
  return owners.flatMap((owner) =>
    interfacesOf(network, owner)
      .map((face) => ({ owner, face, outcome: toInterface(network, strangers(network), face, ALL_TRAFFIC) }))
      .filter(({ outcome }) => outcome.answer !== 'no'),
  );
}

const strangers = (network: Network): Start => ({ type: 'addresses', set: network.strangers, internet: true });

/** Surely closed: for want of an answer nothing is promised. */
function isClosed(after: Estate, { resource, via }: Exposure): boolean {
  const network = networkOf(after);
  const now = byId(after, resource.id) ?? resource;
  if (via === 'through')
    return indirectly(network, INTERNET_END, resourceEnd(now), ALL_TRAFFIC).every((one) => one.answer === 'no');
  return interfacesOf(network, now).every(
    (one) => toInterface(network, strangers(network), one, ALL_TRAFFIC).answer === 'no',
  );
}

/** Every rule that admits a stranger who gets in. Each admits some of them by itself, so none can be left out. */
function byRules(estate: Estate, doors: readonly Door[]): readonly CutItem[] {
  const network = networkOf(estate);
  const items = new Map<string, CutItem>();
  for (const { face, outcome } of doors) {
    const groups = (face.securityGroups ?? []).map((ref) => ref.id as string);
    for (const { group, rule } of rulesAdmitting(network, 'ingress', groups, { type: 'address' }, outcome.maybe))
      items.set(`${group} ${rule.id}`, {
        type: 'rule',
        resource: group,
        by: rule.id,
        detail: `Remove ${rule.id} from ${group}.`,
      });
  }
  return [...items.values()];
}

/** The public address; of a database its flag. */
function byAddress(estate: Estate, doors: readonly Door[]): readonly CutItem[] {
  return doors.flatMap(({ owner, face }) => {
    if (face.hasPublicAddress !== true || owner.kind === 'loadBalancer') return [];
    const whose = (face.owner && byId(estate, face.owner.id)) ?? owner;
    const detail =
      whose.kind === 'database'
        ? `Set publiclyAccessible of ${whose.name} to false.`
        : `Take the public address from ${whose.name}.`;
    return [{ type: 'publicAddress', resource: whose.id, by: face.id, detail }];
  });
}

/** The routes to the internet gateway by which the answers go back to the strangers who get in. */
function byRoutes(estate: Estate, doors: readonly Door[]): readonly CutItem[] {
  const network = networkOf(estate);
  const items = new Map<string, CutItem>();
  for (const { face, outcome } of doors)
    for (const ref of face.subnet ? [face.subnet] : face.candidateSubnets) {
      const subnet = findOf(estate, 'subnet', ref);
      const table = subnet && tableOf(network, subnet);
      if (subnet === undefined || table === undefined || 'missing' in table) continue;
      for (const lane of lanesFor(network, subnet, addressesOf(outcome.maybe))) {
        if (lane.target?.type !== 'internetGateway' || lane.blackhole || lane.route === undefined) continue;
        if (!overlaps(lane.addresses, network.strangers)) continue;
        const { destination } = lane.route;
        const to = destination?.type === 'cidr' ? destination.cidr : (destination?.ref.id ?? '');
        items.set(`${table.value.id} ${to}`, {
          type: 'route',
          resource: table.value.id,
          by: to,
          detail: `Remove route ${to} from ${table.value.id}.`,
        });
      }
    }
  return [...items.values()];
}

interface Change {
  readonly after: Estate;
  /** Interfaces whose own network it changes. */
  readonly members: ReadonlySet<string>;
  readonly effects: FlowEffects;
}

const changes = memoised(() => new Map<string, Change>());

/** Many exposures share one group or route table, but each estate that is kept takes as much room as the first. */
const KEPT = 3;

function changeOf(estate: Estate, items: readonly CutItem[]): Change {
  const known = changes(estate);
  const key = items.map((item) => `${item.type} ${item.resource} ${item.by}`).join();
  const change = known.get(key) ?? changed(estate, items);
  // the one that was not asked for the longest goes
  known.delete(key);
  known.set(key, change);
  for (const oldest of [...known.keys()].slice(0, -KEPT)) known.delete(oldest);
  return change;
}

function changed(estate: Estate, items: readonly CutItem[]): Change {
  const { members, affected } = concernedBy(estate, items);
  const after = without(estate, items);
  const behind = items.some(({ type }) => type !== 'publicAddress');
  return { after, members, effects: flowEffects(estate, after, affected, behind) };
}

/** The estate as it is when a cut is made. */
function without(estate: Estate, items: readonly CutItem[]): Estate {
  const less = new Map<string, Resource>();
  for (const item of items) {
    const target = item.type === 'publicAddress' ? item.by : item.resource;
    const resource = less.get(target) ?? byId(estate, target);
    if (resource !== undefined) less.set(target, lessOf(resource, item));
  }
  return edited(estate, less.values());
}

function lessOf(resource: Resource, { by }: CutItem): Resource {
  switch (resource.kind) {
    case 'securityGroup':
      return { ...resource, ingress: resource.ingress?.filter((rule) => rule.id !== by) };
    case 'routeTable':
      return {
        ...resource,
        routes: resource.routes?.filter(
          ({ destination, target }) =>
            target?.type !== 'internetGateway' ||
            (destination?.type === 'cidr' ? destination.cidr : destination?.ref.id) !== by,
        ),
      };
    case 'networkInterface':
      return {
        ...resource,
        hasPublicAddress: false,
        addresses: resource.addresses?.map((address) => ({ ...address, public: null })),
      };
    default:
      return resource;
  }
}
