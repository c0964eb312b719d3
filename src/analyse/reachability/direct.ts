/** Connections from one end to the interfaces of another, with no load balancer or CDN between. */
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import {
  type AddressSet,
  INTERNET,
  INTERNET_IPV4,
  internetPart,
  intersect,
  isEmpty,
  isSubsetTraffic,
  NO_ADDRESSES,
  NO_CONNECTIONS,
  overlaps,
  subtract,
  type TrafficSet,
  trafficIn,
  union,
} from '../../estate/sets/index.ts';
import type { Hop, Missing } from '../verdict.ts';
import { aclStage, returnAclStage } from './acl-stages.ts';
import { unknown } from './admission.ts';
import { asStage, between, singles } from './between.ts';
import { type Face, facesOf, imagined, labelOf, subnetAddresses } from './faces.ts';
import type { Peer } from './groups.ts';
import { fromInternet } from './into.ts';
import { listeningStages } from './listening.ts';
import type { Network } from './network.ts';
import { waysOut } from './out.ts';
import { anyOf, type hop, judge, type Outcome, outcomeOf, type Path, type Stage, whichever } from './path.ts';
import { vpcAddresses } from './routes.ts';
import { arrival, groupStage, mark, routeStage, shut } from './stages.ts';

/** Where a connection starts: outside addresses, or an interface. */
export type Start =
  | {
      readonly type: 'addresses';
      readonly set: AddressSet;
      readonly internet: boolean;
      /** Set when it is one of the addresses and nobody can tell which: what it is, and what is missing. */
      readonly unnamed?: { readonly by: Hop; readonly missing: Missing };
    }
  | { readonly type: 'interface'; readonly one: NetworkInterface };

const WHICH_SUBNET = (id: string): Missing => ({
  operation: 'ec2:DescribeNetworkInterfaces',
  reason: 'it would tell in which of several subnets the interface is',
  resource: id,
});

/** All that is known of the connection from a start to an interface. */
export function toInterface(network: Network, start: Start, one: NetworkInterface, traffic: TrafficSet): Outcome {
  const outcomes = facesOf(network, one).map((face) => toFace(network, start, face, traffic));
  return whichever(outcomes, WHICH_SUBNET(one.id)) ?? nowhere(one.id);
}

const fromAnywhere = new WeakMap<Network, Map<string, Outcome>>();

/** As `toInterface`, kept where it starts anywhere on the internet: a load balancer's node is asked about for each of its targets. */
export function toNode(network: Network, start: Start, node: NetworkInterface, traffic: TrafficSet): Outcome {
  const anywhere = start.type === 'addresses' && start.set === network.strangers && start.unnamed === undefined;
  if (!anywhere || !start.internet) return toInterface(network, start, node, traffic);
  const known = fromAnywhere.get(network) ?? new Map<string, Outcome>();
  fromAnywhere.set(network, known);
  const key = `${node.id} ${traffic.join()}`;
  const outcome = known.get(key) ?? toInterface(network, start, node, traffic);
  known.set(key, outcome);
  return outcome;
}

const nowhere = (id: string): Outcome =>
  judge(
    {
      stages: [{ clause: 'route', admission: unknown(WHICH_SUBNET(id)), admits: () => [], blocks: () => [] }],
      way: [],
      assumptions: [],
    },
    { addresses: INTERNET_IPV4, traffic: [0, 1] },
    new Set(),
  );

function toFace(network: Network, start: Start, to: Face, traffic: TrafficSet): Outcome {
  if (start.type === 'addresses') return fromAddresses(network, start, to, traffic);
  const outcomes = facesOf(network, start.one).map((from) => faceToFace(network, from, to, traffic));
  return whichever(outcomes, WHICH_SUBNET(start.one.id)) ?? nowhere(start.one.id);
}

export function faceToFace(network: Network, from: Face, to: Face, traffic: TrafficSet): Outcome {
  const outcomes = singles(to).map((one) => {
    const v4 = one.addresses.v4.length > 0;
    const addresses = v4 ? { v4: from.addresses.v4, v6: [] } : { v4: [], v6: from.addresses.v6 };
    return judge(between(network, from, one), { addresses, traffic, oneOf: !from.exact }, network.ignored);
  });
  // An interface also reaches another by way of the internet, at its public address.
  if (!outcomes.some((one) => isSubsetTraffic(traffic, trafficIn(one.sure))))
    outcomes.push(...overInternet(network, from, to, traffic));
  return anyOf(outcomes) ?? nowhere(to.id);
}

function overInternet(network: Network, from: Face, to: Face, traffic: TrafficSet): readonly Outcome[] {
  const v4 = to.hasPublic === false ? [] : [overFamily(network, from, to, traffic, to.publicAddresses, 'v4')];
  const v6 =
    to.vpc === from.vpc || to.hasIpv6 === false ? [] : [overFamily(network, from, to, traffic, to.addresses, 'v6')];
  return [...v4, ...v6].flat();
}

function overFamily(
  network: Network,
  from: Face,
  to: Face,
  traffic: TrafficSet,
  known: AddressSet | undefined,
  family: 'v4' | 'v6',
): readonly Outcome[] {
  const only = (set: AddressSet): AddressSet => ({ v4: [], v6: [], [family]: set[family] });
  const there = only(known ?? INTERNET);
  return waysOut(network, from, there)
    .filter((way) => way.toInternet && (way.seenAs === undefined || !isEmpty(only(way.seenAs))))
    .map((way) => {
      const out = judge(way, { addresses: there, traffic, oneOf: known === undefined }, network.ignored);
      const path = fromInternet(network, to);
      return judge(
        { ...path, stages: [asStage(out), ...path.stages.slice(1)], way: [...out.way, ...path.way.slice(1)] },
        { addresses: only(way.seenAs ?? INTERNET), traffic, oneOf: way.seenAs === undefined },
        network.ignored,
      );
    });
}

/** From addresses that are not an interface of the input: strangers, a host thought of, a network behind a VPN. */
function fromAddresses(
  network: Network,
  { set, internet, unnamed }: Extract<Start, { readonly type: 'addresses' }>,
  to: Face,
  traffic: TrafficSet,
): Outcome {
  const outcomes: Outcome[] = [];
  const strangers = internet ? set : internetPart(set);
  if (!isEmpty(strangers)) {
    const judged = (): Outcome =>
      judge(
        fromInternet(network, to, { by: unnamed?.by }),
        { addresses: strangers, traffic, ...(unnamed ? { oneOf: true, missing: unnamed.missing } : {}) },
        network.ignored,
      );
    outcomes.push(isAddressless(network, to) ? shutOut(judged) : judged());
  }
  if (!internet) {
    const inside = subtract(set, strangers);
    outcomes.push(...fromInside(network, inside, to, traffic));
  }
  return anyOf(outcomes) ?? nowhere(to.id);
}

/** Known to have no address of the internet: that stage of the path is shut, whatever the others are. */
const isAddressless = ({ ignored }: Network, { hasPublic, hasIpv6 }: Face): boolean =>
  hasPublic === false && hasIpv6 === false && !ignored.has('public-address');

/** A no that is known beforehand; the path is put together where its blockers are asked for. */
const shutOut = (judged: () => Outcome): Outcome =>
  outcomeOf(
    'no',
    { sure: NO_CONNECTIONS, maybe: NO_CONNECTIONS },
    () => judged().verdict,
    () => judged().way,
  );

function fromInside(network: Network, set: AddressSet, to: Face, traffic: TrafficSet): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  let seen = NO_ADDRESSES;
  for (const [vpc, subnets] of network.subnetsOf()) {
    const block = vpcAddresses(network, vpc);
    if (block === undefined || !overlaps(block, set)) continue;
    for (const subnet of subnets) {
      const here = intersect(subnetAddresses(subnet), set);
      if (isEmpty(here)) continue;
      seen = union(seen, here);
      outcomes.push(faceToFace(network, imagined(network, subnet, here), to, traffic));
    }
  }
  const rest = subtract(set, seen);
  if (!isEmpty(rest)) outcomes.push(judge(fromElsewhere(network, to), { addresses: rest, traffic }, network.ignored));
  return outcomes;
}

/** From private addresses in none of the subnets: behind a VPN, a transit gateway, a peer we do not see, or nowhere. */
function fromElsewhere(network: Network, to: Face): Path {
  return {
    stages: [
      aclStage(network, to.subnet, 'in', to),
      groupStage(network, to, { direction: 'ingress', peer: { type: 'address' } }),
      mark('listening', arrival(to)),
      ...listeningStages(network, to),
      returnAclStage(network, [{ subnet: to.subnet, direction: 'out', face: to }]),
      routeStage(network, to, {
        clause: 'return-route',
        towards: 'a network outside',
        accept: (target) =>
          target.type === 'transitGateway' ||
          target.type === 'vpnGateway' ||
          target.type === 'other' ||
          target.type === 'peering'
            ? { operation: 'ec2:SearchTransitGatewayRoutes', reason: 'what lies beyond is not in the input' }
            : 'no',
      }),
    ],
    way: [to.vpc, to.subnet?.id, labelOf(to)].filter((id) => id !== undefined),
    assumptions: to.assumptions,
  };
}

/** From an interface to addresses outside its VPC: over the addresses reached. */
export function toAddresses(
  network: Network,
  one: NetworkInterface,
  to: AddressSet,
  traffic: TrafficSet,
  options: { readonly peer?: Peer; readonly oneOf?: boolean } = {},
): Outcome {
  const outcomes = facesOf(network, one).map((face) => faceToAddresses(network, face, to, traffic, options));
  return whichever(outcomes, WHICH_SUBNET(one.id)) ?? nowhere(one.id);
}

export function faceToAddresses(
  network: Network,
  face: Face,
  to: AddressSet,
  traffic: TrafficSet,
  { peer, oneOf = false }: { readonly peer?: Peer; readonly oneOf?: boolean } = {},
): Outcome {
  const outcomes = waysOut(network, face, to, peer).map((way) =>
    judge(way, { addresses: to, traffic, oneOf }, network.ignored),
  );
  return anyOf(outcomes) ?? nowhere(face.id);
}

/** A path that is shut at once. */
export const closed = (blocker: ReturnType<typeof hop>, assumptions: readonly string[] = []): Outcome =>
  judge(
    { stages: [shut('route', blocker)], way: [], assumptions },
    { addresses: INTERNET_IPV4, traffic: [0, 1] },
    new Set(),
  );

export const undecidable = (missing: Missing): Outcome => {
  const stage: Stage = { clause: 'route', admission: unknown(missing), admits: () => [], blocks: () => [] };
  return judge(
    { stages: [stage], way: [], assumptions: [] },
    { addresses: INTERNET_IPV4, traffic: [0, 256 * 65536] },
    new Set(),
  );
};
