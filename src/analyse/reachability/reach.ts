/** Who can open a connection to whom: the one question of this room, for any two ends. */
import { statusOf } from '../../estate/coverage.ts';
import { all, byId, type Estate } from '../../estate/estate.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import {
  type AddressSet,
  ALL_TRAFFIC,
  addressesOf,
  type ConnectionSet,
  connections,
  formatTraffic,
  INTERNET,
  intersect,
  intersectTraffic,
  isEmpty,
  isSubsetConnections,
  overlaps,
  partsOf,
  size,
  type TrafficSet,
  tcp,
  unionConnections,
} from '../../estate/sets/index.ts';
import type { Verdict } from '../verdict.ts';
import { type Handover, handedOver, handoversOf, handoversTo, targetInterfaces } from './balancers.ts';
import type { Clause } from './clauses.ts';
import { closed, faceToAddresses, type Start, toAddresses, toInterface, undecidable } from './direct.ts';
import { frontingsOf, throughDistribution, toEdge } from './distributions.ts';
import { type Endpoint, interfacesOf } from './endpoint.ts';
import { facesOf, imagined, subnetAddresses } from './faces.ts';
import { lacking, type Network, networkOf } from './network.ts';
import { anyOf, given, hop, inTurn, type Outcome, outcomeOf } from './path.ts';
import { fromService, isApiReached, serviceOf, toService } from './services.ts';
import { addressText } from './stages.ts';

/** Far ends with the same traffic. `addresses` are the sources; of a question to addresses, the destinations. */
export interface ReachSet {
  readonly addresses: readonly string[];
  readonly traffic: readonly string[];
}

export interface ReachAnswer {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly verdict: Verdict;
  /** `direct`, or through a load balancer or distribution; of the path that the proof tells. */
  readonly via: 'direct' | 'through';
  /** Whether the addresses of the sets are where connections start, or where they go. */
  readonly over: 'sources' | 'destinations';
  /** Exactly what surely gets through. */
  readonly admitted: ConnectionSet;
  /** What gets through at most; the same as `admitted` where everything needed was read. */
  readonly possible: ConnectionSet;
  readonly sets: readonly ReachSet[];
  /** Whether all that was asked surely gets through, from every asked address. */
  readonly complete: boolean;
  /** Ids of what the connection passes, in order. */
  readonly way: readonly string[];
}

/** `ignored` is for the evaluator's own tests. */
export function reach(
  estate: Estate,
  from: Endpoint,
  to: Endpoint,
  traffic: TrafficSet = ALL_TRAFFIC,
  ignored?: ReadonlySet<Clause>,
): ReachAnswer {
  const network = networkOf(estate, ignored);
  const direct = directly(network, from, to, traffic);
  const through = direct?.answer === 'yes' && to.type !== 'resource' ? [] : indirectly(network, from, to, traffic);
  const best = anyOf([...(direct ? [direct] : []), ...through]) ?? undecidable(noInterfaces(network, to, from));
  const via =
    through.some((one) => one.answer === best.answer) && direct?.answer !== best.answer ? 'through' : 'direct';
  const over =
    to.type === 'internet' || to.type === 'service' || (to.type === 'addresses' && from.type === 'resource')
      ? 'destinations'
      : 'sources';
  const asked = connections(askedAddresses(network, over === 'sources' ? from : to), traffic);
  return {
    from,
    to,
    get verdict() {
      return best.verdict;
    },
    via,
    over,
    admitted: best.sure,
    possible: best.maybe,
    get sets() {
      return setsOf(best.sure);
    },
    complete: best.answer === 'yes' && isSubsetConnections(asked, best.sure),
    get way() {
      return best.way;
    },
  };
}

export const setsOf = (set: ConnectionSet): readonly ReachSet[] =>
  partsOf(set).map((part) => ({ addresses: addressText(part.addresses), traffic: formatTraffic(part.traffic) }));

function askedAddresses(network: Network, end: Endpoint): AddressSet {
  switch (end.type) {
    case 'internet':
    case 'service':
      return network.strangers;
    case 'addresses':
      return end.set;
    case 'resource':
      return { v4: [], v6: [] };
  }
}

const noInterfaces = (network: Network, ...ends: readonly Endpoint[]) => {
  const resource = ends.flatMap((end) =>
    end.type === 'resource' && interfacesOf(network, end.resource).length === 0 ? [end.resource] : [],
  )[0];
  return resource
    ? lacking(network, 'ec2:DescribeNetworkInterfaces', resource, 'the interfaces of the resource')
    : { operation: 'ec2:DescribeNetworkInterfaces', reason: 'it would tell the interfaces' };
};

/** Starts that an endpoint stands for; undefined when we do not know its interfaces. */
function startsOf(network: Network, from: Endpoint): readonly Start[] | undefined {
  switch (from.type) {
    case 'internet':
      return [{ type: 'addresses', set: network.strangers, internet: true }];
    case 'addresses': {
      const held = size(from.set) === 1n ? heldBy(network, from.set) : [];
      return held.length > 0
        ? held.map((one): Start => ({ type: 'interface', one }))
        : [{ type: 'addresses', set: from.set, internet: false }];
    }
    case 'resource': {
      const interfaces = interfacesOf(network, from.resource);
      return interfaces.length > 0 ? interfaces.map((one): Start => ({ type: 'interface', one })) : undefined;
    }
    case 'service':
      return undefined;
  }
}

/** Interfaces that have one of the private addresses. */
function heldBy(network: Network, set: AddressSet): readonly NetworkInterface[] {
  const [text] = addressText(set);
  return network.privately.get(text?.replace(/\/(32|128)$/, '') ?? '') ?? [];
}

function directly(network: Network, from: Endpoint, to: Endpoint, traffic: TrafficSet): Outcome | undefined {
  if (from.type === 'service') return fromService(from.service);
  const starts = startsOf(network, from);
  switch (to.type) {
    case 'internet':
      return outTo(network, from, starts, INTERNET, traffic);
    case 'service':
      return toService(network, from, starts, to.service, traffic);
    case 'addresses':
      return toAddressSet(network, from, starts, to.set, traffic);
    case 'resource':
      return toResource(network, from, starts, to.resource, traffic);
  }
}

function outTo(
  network: Network,
  from: Endpoint,
  starts: readonly Start[] | undefined,
  set: AddressSet,
  traffic: TrafficSet,
): Outcome | undefined {
  if (from.type === 'internet')
    return closed(hop('no-such-address', 'internet', '', 'Nothing of the input is at either end.'));
  return anyOf(
    (starts ?? []).flatMap((start): readonly Outcome[] => {
      if (start.type === 'interface') return [toAddresses(network, start.one, set, traffic)];
      return all(network.estate, 'subnet').flatMap((subnet) => {
        const here = intersect(subnetAddresses(subnet), start.set);
        return isEmpty(here) ? [] : [faceToAddresses(network, imagined(network, subnet, here), set, traffic)];
      });
    }),
  );
}

function toAddressSet(
  network: Network,
  from: Endpoint,
  starts: readonly Start[] | undefined,
  set: AddressSet,
  traffic: TrafficSet,
): Outcome | undefined {
  const single = size(set) === 1n;
  const outcomes: Outcome[] = [];
  const [text] = addressText(set);
  const address = text?.replace(/\/(32|128)$/, '') ?? '';
  const privately = single ? (network.privately.get(address) ?? []) : holders(network, set);
  const publicly = single ? (network.publicly.get(address) ?? []) : [];
  for (const start of starts ?? []) {
    for (const one of privately) {
      if (start.type === 'addresses' && start.internet && !overlaps(set, INTERNET)) continue;
      outcomes.push(toInterface(network, start, one, traffic));
    }
    for (const one of publicly) outcomes.push(toInterface(network, start, one, traffic));
  }
  const nat = single
    ? all(network.estate, 'natGateway').find((one) => one.publicAddresses?.includes(address))
    : undefined;
  if (nat && outcomes.length === 0)
    return closed(
      hop(
        'nat-inbound',
        nat.id,
        address,
        `${address} is ${nat.id}, which passes only what was started inside.`,
        nat.source,
      ),
    );
  const outside = overlaps(set, INTERNET) && publicly.length === 0;
  if (from.type !== 'internet' && (outside || privately.length === 0)) {
    const out = outTo(network, from, starts, set, traffic);
    if (out) outcomes.push(out);
  }
  if (outcomes.length > 0) return anyOf(outcomes);
  if (from.type === 'internet' && !overlaps(set, INTERNET))
    return closed(
      hop('private-address', address, '', `${address} is a private address; the internet does not route it.`),
    );
  const status = statusOf(network.estate.coverage, 'ec2:DescribeNetworkInterfaces');
  if (status !== 'read')
    return undecidable({ operation: 'ec2:DescribeNetworkInterfaces', reason: `it would tell who has ${address}` });
  return closed(hop('no-such-address', address, '', `Nothing in the input has the address ${address}.`));
}

function holders(network: Network, set: AddressSet): readonly NetworkInterface[] {
  return all(network.estate, 'networkInterface').filter((one) =>
    facesOf(network, one).some((face) => overlaps(face.addresses, set)),
  );
}

function toResource(
  network: Network,
  from: Endpoint,
  starts: readonly Start[] | undefined,
  to: Resource,
  traffic: TrafficSet,
): Outcome | undefined {
  if (to.kind === 'distribution') {
    if (from.type === 'internet') return toEdge(to, network.strangers, traffic);
    return outTo(
      network,
      from,
      starts,
      INTERNET,
      intersectTraffic(traffic, tcp(80)).length > 0 ? tcp(80) : intersectTraffic(traffic, tcp(443)),
    );
  }
  if (isApiReached(to)) return toService(network, from, starts, serviceOf(to), traffic, to);
  if (starts === undefined) return undefined;
  const interfaces = interfacesOf(network, to);
  const outcomes = starts.flatMap((start) =>
    interfaces
      .filter((one) => start.type !== 'interface' || start.one.id !== one.id || interfaces.length === 1)
      .map((one) => toInterface(network, start, one, traffic)),
  );
  const direct = anyOf(outcomes);
  const owner = to.kind === 'networkInterface' && to.owner ? byId(network.estate, to.owner.id) : to;
  return direct && owner?.kind === 'loadBalancer' && owner.type === 'network' ? onward(network, owner, direct) : direct;
}

/** A network load balancer takes a connection only to hand it on: without a target that can be reached there is none. */
function onward(network: Network, balancer: Extract<Resource, { kind: 'loadBalancer' }>, front: Outcome): Outcome {
  if (front.answer !== 'yes' || network.ignored.has('target')) return front;
  const handovers = handoversOf(network, balancer);
  if (handovers.length === 0) {
    const groups = all(network.estate, 'targetGroup').filter((group) =>
      group.loadBalancers?.some((ref) => ref.id === balancer.id),
    );
    if (groups.length > 0 && groups.every((group) => group.targets !== undefined))
      return inTurn(
        [
          front,
          closed(hop('no-target', balancer.id, '', `${balancer.name} has no registered target.`, balancer.source)),
        ],
        () => front.sure,
      );
    return front;
  }
  const behind = handovers.flatMap((handover) =>
    targetInterfaces(network, handover).flatMap((one) => {
      const restricted = restrict(front, handover.front);
      const outcome = restricted && handedOver(network, handover, one, ALL_TRAFFIC, restricted);
      if (restricted === undefined || outcome === undefined) return [];
      const sets = { sure: outcome.answer === 'yes' ? restricted.sure : outcome.sure, maybe: restricted.maybe };
      return [
        outcomeOf(
          outcome.answer,
          sets,
          () => outcome.verdict,
          () => outcome.way,
        ),
      ];
    }),
  );
  return anyOf(behind) ?? front;
}

function restrict(front: Outcome, traffic: TrafficSet): Outcome | undefined {
  const cut = (set: ConnectionSet): ConnectionSet =>
    partsOf(set)
      .map((part) => connections(part.addresses, intersectTraffic(part.traffic, traffic)))
      .reduce(unionConnections, connections({ v4: [], v6: [] }, []));
  const [sure, maybe] = [cut(front.sure), cut(front.maybe)];
  return isEmpty(addressesOf(maybe))
    ? undefined
    : outcomeOf(
        front.answer,
        { sure, maybe },
        () => front.verdict,
        () => front.way,
      );
}

/** Through load balancers and distributions. */
export function indirectly(network: Network, from: Endpoint, to: Endpoint, traffic: TrafficSet): readonly Outcome[] {
  if (network.ignored.has('target')) return [];
  const interfaces =
    to.type === 'resource'
      ? interfacesOf(network, to.resource)
      : to.type === 'addresses' && size(to.set) === 1n
        ? heldBy(network, to.set)
        : [];
  const outcomes: Outcome[] = [];
  for (const one of interfaces)
    for (const handover of handoversTo(network, one)) {
      const front = toFront(network, from, handover);
      const outcome = front && handedOver(network, handover, one, traffic, front);
      if (outcome) outcomes.push(outcome);
    }
  if (to.type === 'resource') {
    const strangers =
      from.type === 'internet'
        ? network.strangers
        : from.type === 'addresses'
          ? intersect(from.set, INTERNET)
          : undefined;
    if (strangers && !isEmpty(strangers))
      for (const fronting of frontingsOf(network, to.resource, interfaces))
        for (const one of interfaces) {
          const outcome = throughDistribution(network, fronting, one, strangers, traffic);
          if (outcome) outcomes.push(outcome);
        }
    if (to.resource.kind === 'function') outcomes.push(...toFunctionTargets(network, from, to.resource.id));
  }
  return outcomes;
}

/** How the balancer of a handover is reached on the listener's port: itself, or through a distribution. */
function toFront(network: Network, from: Endpoint, handover: Handover): Outcome | undefined {
  const front: Endpoint = { type: 'resource', resource: handover.balancer };
  const starts = startsOf(network, from);
  const nodes = interfacesOf(network, handover.balancer);
  if (starts === undefined) return undefined;
  if (nodes.length === 0) return undecidable(noInterfaces(network, front));
  const direct = starts.flatMap((start) =>
    start.type === 'interface' && nodes.some((node) => node.id === start.one.id)
      ? []
      : nodes.map((node) => toInterface(network, start, node, handover.front)),
  );
  const others =
    handover.balancer.type === 'network' && from.type === 'resource'
      ? []
      : indirectly(network, from, front, handover.front);
  return anyOf([...direct, ...others]);
}

function toFunctionTargets(network: Network, from: Endpoint, functionId: string): readonly Outcome[] {
  return all(network.estate, 'loadBalancer')
    .flatMap((balancer) => handoversOf(network, balancer).filter((one) => one.target === functionId))
    .flatMap((handover) => {
      const front = toFront(network, from, handover);
      if (front === undefined) return [];
      const link = hop(
        'target-group',
        handover.group?.id ?? '',
        functionId,
        `${handover.group?.name} calls the function.`,
        handover.group?.source,
      );
      const called = given({ answer: 'yes', proof: [link], assumptions: [] }, front.sure, front.maybe, [functionId]);
      return [inTurn([front, called], (side) => front[side])];
    });
}
