/** Who can open a connection to whom: the one question of this room, for any two ends. */
import { statusOf } from '../../estate/coverage.ts';
import { all, byId, type Estate } from '../../estate/estate.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import {
  type AddressSet,
  ALL_TRAFFIC,
  type ConnectionSet,
  connections,
  formatTraffic,
  INTERNET,
  INTERNET_IPV4,
  intersect,
  intersectTraffic,
  isEmpty,
  isSubsetConnections,
  overlaps,
  partsOf,
  size,
  type TrafficSet,
  tcp,
} from '../../estate/sets/index.ts';
import type { Hop, Verdict } from '../verdict.ts';
import type { Clause } from './clauses.ts';
import { closed, faceToAddresses, type Start, toAddresses, toInterface, undecidable } from './direct.ts';
import { toEdge } from './distributions.ts';
import { type Endpoint, interfacesOf } from './endpoint.ts';
import { facesOf, imagined, subnetAddresses } from './faces.ts';
import { addressOfHost, mayHaveItself, unanswered } from './hosts.ts';
import { indirectly, onward } from './indirect.ts';
import { type Network, networkOf } from './network.ts';
import { anyOf, hop, judge, type Outcome } from './path.ts';
import { fromService, isApiReached, serviceOf, toService } from './services.ts';
import { addressText, mark } from './stages.ts';
import { awsStart, noInterfaces, startsOf } from './starts.ts';

/** Far ends with the same traffic. `addresses` are the sources; of a question to addresses, the destinations. */
export interface ReachSet {
  readonly addresses: readonly string[];
  readonly traffic: readonly string[];
}

export interface ReachAnswer {
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** That of the verdict, which is worked out when it is asked for. */
  readonly answer: Verdict['answer'];
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
    to.type === 'internet' ||
    to.type === 'host' ||
    to.type === 'service' ||
    (to.type === 'addresses' && from.type === 'resource')
      ? 'destinations'
      : 'sources';
  const asked = connections(askedAddresses(network, over === 'sources' ? from : to), traffic);
  return {
    from,
    to,
    answer: best.answer,
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
    case 'host':
      return addressOfHost(end.host) ?? network.strangers;
    case 'addresses':
      return end.set;
    case 'resource':
      return { v4: [], v6: [] };
  }
}

function directly(network: Network, from: Endpoint, to: Endpoint, traffic: TrafficSet): Outcome | undefined {
  if (from.type === 'service') return fromService(from.service);
  const starts = asksStores(from, to) ? [awsStart(network, from.resource)] : startsOf(network, from);
  switch (to.type) {
    case 'internet':
      return outTo(network, from, starts, INTERNET, traffic);
    case 'host':
      return toHost(network, from, starts, to.host, traffic);
    case 'service':
      return toService(network, from, starts, to.service, traffic);
    case 'addresses':
      return toAddressSet(network, from, starts, to.set, traffic);
    case 'resource':
      return toResource(network, from, starts, to.resource, traffic);
  }
}

/** CloudFront asks a bucket or the URL of a function on AWS's own side. */
const asksStores = (from: Endpoint, to: Endpoint): from is Extract<Endpoint, { type: 'resource' }> =>
  from.type === 'resource' &&
  from.resource.kind === 'distribution' &&
  to.type === 'resource' &&
  isApiReached(to.resource);

function outTo(
  network: Network,
  from: Endpoint,
  starts: readonly Start[] | undefined,
  set: AddressSet,
  traffic: TrafficSet,
  oneOf = false,
): Outcome | undefined {
  if (from.type === 'internet' || from.type === 'host')
    return closed(hop('no-such-address', 'internet', '', 'Nothing of the input is at either end.'));
  return anyOf(
    (starts ?? []).flatMap((start): readonly Outcome[] => {
      if (start.type === 'interface') return [toAddresses(network, start.one, set, traffic, { oneOf })];
      if (start.unnamed) return [fromAws(start.unnamed.by, set, traffic)];
      return all(network.estate, 'subnet').flatMap((subnet) => {
        const here = intersect(subnetAddresses(subnet), start.set);
        return isEmpty(here)
          ? []
          : [faceToAddresses(network, imagined(network, subnet, here), set, traffic, { oneOf })];
      });
    }),
  );
}

/** To the one address that the host is; where only a name is known, to some address of the internet. */
function toHost(
  network: Network,
  from: Endpoint,
  starts: readonly Start[] | undefined,
  host: string,
  traffic: TrafficSet,
): Outcome | undefined {
  const untold = unanswered(host);
  if (untold) return undecidable(untold);
  const set = addressOfHost(host);
  if (set === undefined) return outTo(network, from, starts, INTERNET_IPV4, traffic, true);
  if (starts === undefined || starts.length === 0) return undefined; // who asks has no interface that is known
  const outcome = toAddressSet(network, from, starts, set, traffic);
  if (outcome?.answer !== 'no' || overlaps(set, INTERNET)) return outcome;
  // a private address may be one of another network too: only where nothing else can have it, it is surely a no
  const others = (starts ?? []).flatMap((start): readonly Outcome[] => {
    const own = start.type === 'interface' ? mayHaveItself(network, start.one, set) : undefined;
    return own ? [undecidable(own)] : [];
  });
  const out = outTo(network, from, starts, set, traffic);
  return anyOf([outcome, ...others, ...(out ? [out] : []), ...unseen(network)]);
}

/** Where the interfaces were not all read, somebody unseen may have the address. */
function unseen(network: Network): readonly Outcome[] {
  const operation = 'ec2:DescribeNetworkInterfaces';
  return statusOf(network.estate.coverage, operation) === 'read'
    ? []
    : [undecidable({ operation, reason: 'it would tell who has the address' })];
}

/** Nothing of ours stands between AWS's public side and the internet. */
const fromAws = (start: Hop, addresses: AddressSet, traffic: TrafficSet): Outcome =>
  judge(
    {
      stages: [mark('listening', start), mark('listening', OUTSIDE)],
      way: [start.resource, 'internet'],
      assumptions: [],
    },
    { addresses: intersect(addresses, INTERNET), traffic },
    new Set(),
  );
const OUTSIDE = hop('internet', 'internet', '', 'The connection ends on the internet.');

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
  // Who is in the account calls a function by Lambda's API; a URL is for those outside.
  if (to.kind === 'function' && from.type === 'resource')
    return toService(network, from, starts, 'lambda', traffic, to);
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
