/** What a change of the network does to the flows that must work: which it breaks, and of which nobody can say. */
import { all, byId, type Estate, memoised } from '../../estate/estate.ts';
import type { Flow, FlowEnd } from '../../estate/flow.ts';
import {
  ALL_TRAFFIC,
  addressSetOf,
  INTERNET,
  isSubset,
  isSubsetConnections,
  portTraffic,
  protocolTraffic,
  TCP,
  type TrafficSet,
  UDP,
} from '../../estate/sets/index.ts';
import { handoversOf, targetInterfaces } from '../reachability/balancers.ts';
import { type Endpoint, INTERNET_END, interfacesOf, resourceEnd } from '../reachability/endpoint.ts';
import { type Network, networkOf } from '../reachability/network.ts';
import { type ReachAnswer, reach } from '../reachability/reach.ts';
import { isApiResource } from '../reachability/services.ts';
import { callsFromAws } from '../reachability/starts.ts';

export interface FlowEffects {
  /** Ids of required flows that work and would not, or not for all who use them. */
  readonly breaks: readonly string[];
  /** Ids of required flows of which the input does not tell whether they would still work. */
  readonly undecided: readonly string[];
  /** Ids of flows that are only known to be open (somebody's way in that nobody declared), and end too. */
  readonly alsoCloses: readonly string[];
}

/**
 * Compares before and after. `affected` are the interfaces that the change may matter to; undefined: any. `behind`: also to
 * what a load balancer hands over to them; not where only their public addresses change, since it does so by the private ones.
 */
export function flowEffects(
  before: Estate,
  after: Estate,
  affected: ReadonlySet<string> | undefined,
  behind = true,
): FlowEffects {
  const effects = { breaks: [] as string[], undecided: [] as string[], alsoCloses: [] as string[] };
  for (const flow of flowsAt(before, affected, behind)) {
    const found = pairsOf(before, flow, affected).map((pair) => effectOn(before, after, flow, pair));
    const effect = found.includes('ends') ? 'ends' : found.find((one) => one !== 'same');
    if (effect === undefined) continue;
    if (!isRequired(flow)) {
      if (effect !== 'undecided') effects.alsoCloses.push(flow.id);
    } else effects[effect === 'ends' ? 'breaks' : 'undecided'].push(flow.id);
  }
  return effects;
}

/** `mayEnd`: nobody can tell whether it works today, but afterwards it surely would not. */
type Effect = 'same' | 'ends' | 'mayEnd' | 'undecided';

function effectOn(before: Estate, after: Estate, flow: Flow, pair: Pair): Effect {
  const was = today(before, flow, pair);
  if (was === undefined) return 'undecided';
  if (was.answer === 'no') return 'same';
  const will = stateOf(after, flow, pair);
  if (will === undefined) return 'undecided';
  if (was.answer === 'unknown') return will.answer === 'no' ? 'mayEnd' : 'undecided';
  // Who got in before must still get in, and to all of it: a flow that is narrowed is broken for somebody.
  if (isSubsetConnections(was.admitted, will.admitted)) return 'same';
  return isSubsetConnections(was.admitted, will.possible) ? 'undecided' : 'ends';
}

/** A flow that is only known to be open is nobody's requirement. */
const isRequired = (flow: Flow): boolean => flow.evidence.some((one) => one.type !== 'open');

/** One way the flow is used: both ends, or one interface of each where they have several. */
export interface Pair {
  readonly from: FlowEnd;
  readonly to: FlowEnd;
}

/** A service on two hosts is cut off where one of them is, so ends of several interfaces are asked one by one. */
export function pairsOf(estate: Estate, flow: Flow, affected: ReadonlySet<string> | undefined): readonly Pair[] {
  const [froms, tos] = [partsOf(estate, flow.from), partsOf(estate, flow.to)];
  const matters = ({ at }: Part): boolean => at !== undefined && (affected === undefined || affected.has(at));
  const pairs = froms.flatMap((from) =>
    tos.flatMap((to): Pair[] => (matters(from) || matters(to) ? [{ from: from.end, to: to.end }] : [])),
  );
  return pairs.length > 0 ? pairs : [flow];
}

interface Part {
  readonly end: FlowEnd;
  /** Id of its interface, where it has one. */
  readonly at?: string;
}

function partsOf(estate: Estate, end: FlowEnd): readonly Part[] {
  const resource = end.type === 'resource' ? byId(estate, end.id) : undefined;
  if (resource === undefined || resource.kind === 'function' || isApiResource(resource)) return [{ end }];
  const interfaces = interfacesOf(networkOf(estate), resource);
  const [only, second] = interfaces;
  if (only === undefined) return [{ end }];
  if (second === undefined) return [{ end, at: only.id }];
  return interfaces.map((one) => ({ end: { type: 'resource', id: one.id }, at: one.id }));
}

/** Of every flow as it is today; the answers themselves hold all that they were made of. */
type Today = Pick<ReachAnswer, 'answer' | 'admitted'>;

const states = memoised(() => new Map<string, Today | undefined>());
function today(estate: Estate, flow: Flow, pair: Pair): Today | undefined {
  const known = states(estate);
  const key = [flow.id, ...[pair.from, pair.to].map((end) => (end.type === 'resource' ? end.id : ''))].join(' ');
  if (!known.has(key)) {
    const is = stateOf(estate, flow, pair);
    known.set(key, is && { answer: is.answer, admitted: is.admitted });
  }
  return known.get(key);
}

function stateOf(estate: Estate, flow: Flow, pair: Pair): ReachAnswer | undefined {
  const [from, to] = [endOf(estate, pair.from), endOf(estate, pair.to)];
  return from && to && reach(estate, from, to, trafficOf(flow));
}

interface FlowIndex {
  readonly byInterface: ReadonlyMap<string, readonly Flow[]>;
  /** By the interfaces to which a load balancer hands it over. */
  readonly behind: ReadonlyMap<string, readonly Flow[]>;
  /** Flows that may pass any interface, because one of their ends is not known. */
  readonly anywhere: readonly Flow[];
}

const indexOf = memoised((estate): FlowIndex => {
  const [byInterface, behind] = [new Map<string, Flow[]>(), new Map<string, Flow[]>()];
  const anywhere: Flow[] = [];
  const add = (index: Map<string, Flow[]>, ids: readonly string[], flow: Flow): void => {
    for (const one of new Set(ids)) {
      const list = index.get(one);
      if (list) list.push(flow);
      else index.set(one, [flow]);
    }
  };
  for (const flow of estate.flows) {
    const places = [flow.from, flow.to].map((end) => placesOf(estate, end));
    if (places.includes(undefined)) anywhere.push(flow);
    else {
      add(
        byInterface,
        places.flatMap((place) => place?.own ?? []),
        flow,
      );
      add(
        behind,
        places.flatMap((place) => place?.behind ?? []),
        flow,
      );
    }
  }
  return { byInterface, behind, anywhere };
});

function flowsAt(estate: Estate, affected: ReadonlySet<string> | undefined, handedOver: boolean): readonly Flow[] {
  if (affected === undefined) return estate.flows;
  const { byInterface, behind, anywhere } = indexOf(estate);
  const flows = new Set(anywhere);
  for (const index of handedOver ? [byInterface, behind] : [byInterface])
    for (const one of affected) for (const flow of index.get(one) ?? []) flows.add(flow);
  return [...flows].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Ids of interfaces that a connection may pass. */
interface Places {
  readonly own: readonly string[];
  readonly behind: readonly string[];
}

/** Undefined when they are not known. */
function placesOf(estate: Estate, end: FlowEnd): Places | undefined {
  const network = networkOf(estate);
  const ids = (list: readonly { readonly id: string }[]): readonly string[] => list.map((one) => one.id);
  const places = (own: readonly { readonly id: string }[]): Places => ({ own: ids(own), behind: [] });
  switch (end.type) {
    case 'internet':
    case 'people': {
      const set = end.cidrs && addressSetOf(end.cidrs);
      return end.cidrs === undefined || (set && isSubset(set, INTERNET)) ? places([]) : undefined;
    }
    case 'host':
      return places([]);
    case 'service':
      return places(endpointsOf(network));
    case 'resource': {
      const resource = byId(estate, end.id);
      if (resource === undefined) return undefined;
      if (isApiResource(resource)) return places(endpointsOf(network));
      if (callsFromAws(resource)) return places([]);
      // What a distribution asks is found out by its own flows to its origins.
      if (resource.kind === 'distribution') return places([]);
      const own = interfacesOf(network, resource);
      if (own.length === 0) return undefined;
      if (resource.kind !== 'loadBalancer') return places(own);
      const behind = handoversOf(network, resource).flatMap((handover) => targetInterfaces(network, handover));
      return { own: ids(own), behind: ids(behind) };
    }
  }
}

const endpointsOf = (network: Network): readonly { readonly id: string }[] =>
  all(network.estate, 'vpcEndpoint').flatMap((endpoint) => interfacesOf(network, endpoint));

export const trafficOf = ({ protocol, ports }: Flow): TrafficSet => {
  const number = { tcp: TCP, udp: UDP, icmp: 1, any: -1 }[protocol];
  if (protocol === 'any') return ALL_TRAFFIC;
  return ports === null || protocol === 'icmp' ? protocolTraffic(number) : portTraffic(number, ports.from, ports.to);
};

export function endOf(estate: Estate, end: FlowEnd): Endpoint | undefined {
  switch (end.type) {
    case 'resource': {
      const resource = byId(estate, end.id);
      return resource && resourceEnd(resource);
    }
    case 'internet':
    case 'people': {
      const set = end.cidrs && addressSetOf(end.cidrs);
      return set ? { type: 'addresses', text: end.cidrs?.join(', ') ?? '', set } : INTERNET_END;
    }
    case 'host':
      return { type: 'host', host: end.host };
    case 'service':
      return { type: 'service', service: end.service };
  }
}
