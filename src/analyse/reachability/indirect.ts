/** Through load balancers and distributions: connections that somebody in between takes and hands on. */
import type { LoadBalancer } from '../../estate/kinds/balance.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import {
  ALL_ADDRESSES,
  ALL_TRAFFIC,
  addressesOf,
  type ConnectionSet,
  connections,
  INTERNET,
  intersect,
  intersectTraffic,
  isEmpty,
  NO_CONNECTIONS,
  partsOf,
  size,
  type TrafficSet,
  unionConnections,
} from '../../estate/sets/index.ts';
import {
  groupsNaming,
  type Handover,
  handedOver,
  handoversNaming,
  handoversOf,
  handoversTo,
  targetInterfaces,
} from './balancers.ts';
import { byNodes } from './cross-zone.ts';
import { closed, type Start, toNode, undecidable } from './direct.ts';
import { fromDistribution, frontingsOf, throughDistribution } from './distributions.ts';
import { type Endpoint, interfacesOf } from './endpoint.ts';
import type { Network } from './network.ts';
import { anyOf, given, hop, inTurn, type Outcome, outcomeOf } from './path.ts';
import { heldBy, noInterfaces, startsOf } from './starts.ts';
import { unseenFronts } from './unseen-fronts.ts';

/** A network load balancer takes a connection only to hand it on: without a target that can be reached there is none. */
export function onward(network: Network, balancer: LoadBalancer, front: Outcome): Outcome {
  if (front.answer !== 'yes' || network.ignored.has('target')) return front;
  const handovers = handoversOf(network, balancer);
  if (handovers.length === 0) {
    const groups = groupsNaming(network, balancer);
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
      const front = toFront(network, from, handover, one);
      const outcome = front && handedOver(network, handover, one, traffic, front);
      if (outcome) outcomes.push(outcome);
    }
  for (const one of interfaces)
    for (const missing of unseenFronts(network, one))
      outcomes.push(
        given(
          { answer: 'unknown', missing: [missing], assumptions: [] },
          NO_CONNECTIONS,
          connections(ALL_ADDRESSES, traffic),
        ),
      );
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
    if (from.type === 'resource' && from.resource.kind === 'distribution')
      for (const fronting of frontingsOf(network, to.resource, interfaces))
        if (fronting.distribution.id === from.resource.id)
          for (const one of interfaces) {
            const outcome = fromDistribution(network, fronting, one, traffic);
            if (outcome) outcomes.push(outcome);
          }
    if (to.resource.kind === 'function') outcomes.push(...toFunctionTargets(network, from, to.resource.id));
  }
  return outcomes;
}

/** How the balancer of a handover is reached on the listener's port: itself, or through a distribution. */
function toFront(network: Network, from: Endpoint, handover: Handover, to?: NetworkInterface): Outcome | undefined {
  const front: Endpoint = { type: 'resource', resource: handover.balancer };
  const known = interfacesOf(network, handover.balancer);
  const itself = (start: Start): boolean =>
    start.type === 'interface' && known.some((node) => node.id === start.one.id);
  const starts = startsOf(network, from)?.filter((start) => !itself(start));
  if (starts === undefined || starts.length === 0) return undefined;
  if (known.length === 0) return undecidable(noInterfaces(network, front));
  const byThese = (nodes: readonly NetworkInterface[]): Outcome | undefined =>
    anyOf(starts.flatMap((start) => nodes.map((node) => toNode(network, start, node, handover.front))));
  const none = undecidable(noInterfaces(network, front));
  const direct = to ? byNodes(network, handover, to, (nodes) => byThese(nodes) ?? none) : byThese(known);
  const others =
    handover.balancer.type === 'network' && from.type === 'resource'
      ? []
      : indirectly(network, from, front, handover.front);
  return anyOf([...(direct ? [direct] : []), ...others]);
}

/** A load balancer calls a function by itself: AWS carries the call, no network of the team is on the way. */
function toFunctionTargets(network: Network, from: Endpoint, functionId: string): readonly Outcome[] {
  const itself = from.type === 'resource' ? from.resource.id : undefined;
  return handoversNaming(network, functionId).flatMap((handover) => {
    const link = hop(
      'target-group',
      handover.group?.id ?? '',
      functionId,
      `${handover.group?.name} calls the function.`,
      handover.group?.source,
    );
    const { vague } = handover;
    if (vague !== undefined)
      return [given({ answer: 'unknown', missing: [vague], assumptions: [] }, NO_CONNECTIONS, CALL)];
    const verdict = { answer: 'yes', proof: [link], assumptions: [] } as const;
    if (handover.balancer.id === itself) return [given(verdict, CALL, CALL, [itself, functionId])];
    const front = toFront(network, from, handover);
    if (front === undefined) return [];
    return [inTurn([front, given(verdict, front.sure, front.maybe, [functionId])], (side) => front[side])];
  });
}

const CALL = connections(ALL_ADDRESSES, ALL_TRAFFIC);
