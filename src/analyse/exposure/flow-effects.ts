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

/** Compares before and after. `affected` are the interfaces that the change may matter to; undefined: any. */
export function flowEffects(before: Estate, after: Estate, affected: ReadonlySet<string> | undefined): FlowEffects {
  const effects = { breaks: [] as string[], undecided: [] as string[], alsoCloses: [] as string[] };
  for (const flow of flowsAt(before, affected)) {
    const was = today(before, flow);
    const will = was?.verdict.answer === 'no' ? was : stateOf(after, flow);
    const effect = was && will ? compare(was, will) : 'undecided';
    if (effect === 'same') continue;
    if (isRequired(flow)) effects[effect].push(flow.id);
    else if (effect === 'breaks' || will?.verdict.answer === 'no') effects.alsoCloses.push(flow.id);
  }
  return effects;
}

/** A flow that is only known to be open is nobody's requirement. */
const isRequired = (flow: Flow): boolean => flow.evidence.some((one) => one.type !== 'open');

function compare(was: ReachAnswer, will: ReachAnswer): 'same' | 'breaks' | 'undecided' {
  if (was.verdict.answer === 'no') return 'same';
  if (was.verdict.answer === 'unknown') return 'undecided';
  // Who got in before must still get in, and to all of it: a flow that is narrowed is broken for somebody.
  if (isSubsetConnections(was.admitted, will.admitted)) return 'same';
  return isSubsetConnections(was.admitted, will.possible) ? 'undecided' : 'breaks';
}

const states = memoised(() => new Map<string, ReachAnswer | undefined>());
function today(estate: Estate, flow: Flow): ReachAnswer | undefined {
  const known = states(estate);
  if (!known.has(flow.id)) known.set(flow.id, stateOf(estate, flow));
  return known.get(flow.id);
}

function stateOf(estate: Estate, flow: Flow): ReachAnswer | undefined {
  const [from, to] = [endOf(estate, flow.from), endOf(estate, flow.to)];
  return from && to && reach(estate, from, to, trafficOf(flow));
}

interface FlowIndex {
  readonly byInterface: ReadonlyMap<string, readonly Flow[]>;
  /** Flows that may pass any interface, because one of their ends is not known. */
  readonly anywhere: readonly Flow[];
}

const indexOf = memoised((estate): FlowIndex => {
  const byInterface = new Map<string, Flow[]>();
  const anywhere: Flow[] = [];
  for (const flow of estate.flows) {
    const places = [flow.from, flow.to].map((end) => placesOf(estate, end));
    if (places.includes(undefined)) anywhere.push(flow);
    else
      for (const one of new Set(places.flatMap((ids) => ids ?? []))) {
        const list = byInterface.get(one);
        if (list) list.push(flow);
        else byInterface.set(one, [flow]);
      }
  }
  return { byInterface, anywhere };
});

function flowsAt(estate: Estate, affected: ReadonlySet<string> | undefined): readonly Flow[] {
  if (affected === undefined) return estate.flows;
  const { byInterface, anywhere } = indexOf(estate);
  const flows = new Set(anywhere);
  for (const one of affected) for (const flow of byInterface.get(one) ?? []) flows.add(flow);
  return [...flows].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Ids of the interfaces that a connection of this end may pass; undefined when they are not known. */
function placesOf(estate: Estate, end: FlowEnd): readonly string[] | undefined {
  const network = networkOf(estate);
  const ids = (list: readonly { readonly id: string }[]): readonly string[] => list.map((one) => one.id);
  switch (end.type) {
    case 'internet':
    case 'people': {
      const set = end.cidrs && addressSetOf(end.cidrs);
      return end.cidrs === undefined || (set && isSubset(set, INTERNET)) ? [] : undefined;
    }
    case 'host':
      return [];
    case 'service':
      return ids(endpointsOf(network));
    case 'resource': {
      const resource = byId(estate, end.id);
      if (resource === undefined) return undefined;
      if (isApiResource(resource)) return ids(endpointsOf(network));
      if (callsFromAws(resource)) return [];
      // What a distribution asks is found out by its own flows to its origins.
      if (resource.kind === 'distribution') return [];
      const own = interfacesOf(network, resource);
      if (own.length === 0) return undefined;
      if (resource.kind !== 'loadBalancer') return ids(own);
      const behind = handoversOf(network, resource).flatMap((handover) => targetInterfaces(network, handover));
      return ids([...own, ...behind]);
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
