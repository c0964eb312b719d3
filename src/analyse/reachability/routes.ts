/**
 * Route tables: the most specific route decides. Ties go to the static route, then the prefix list, then propagation.
 * https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 */
import { find } from '../../estate/estate.ts';
import { id } from '../../estate/ids.ts';
import type { Route, RouteTable, RouteTarget, Subnet } from '../../estate/kinds/network.ts';
import {
  type AddressSet,
  ALL_ADDRESSES,
  addressSetOf,
  intersect,
  isEmpty,
  isSubset,
  NO_ADDRESSES,
  overlaps,
  parseBlock,
  subtract,
  union,
} from '../../estate/sets/index.ts';
import type { Missing } from '../verdict.ts';
import type { Addresses } from './admission.ts';
import { lacking, type Network, recalledIn, tableOf } from './network.ts';
import { listFacts } from './prefix-lists.ts';

/** Addresses that one route decides. */
export interface Lane {
  readonly addresses: AddressSet;
  /** Undefined for the local route that every table has, where the input does not list it. */
  readonly route: Route | undefined;
  readonly target: RouteTarget | undefined;
  readonly blackhole: boolean;
  /** False when the input does not tell whether the route is in force. */
  readonly certain: boolean;
}

export interface Lanes {
  readonly lanes: readonly Lane[];
  /** Routes that may take any address, because their destination is not known. */
  readonly anywhere: readonly Route[];
  readonly missing: readonly Missing[];
}

interface Candidate {
  readonly prefix: number;
  readonly rank: number;
  readonly set: AddressSet;
  readonly route: Route | undefined;
}

function candidatesOf(network: Network, table: RouteTable, anywhere: Route[], missing: Missing[]): Candidate[] {
  const candidates: Candidate[] = [];
  const local: AddressSet[] = [];
  const vpc = find(network.estate, table.vpc);
  // Every table routes the VPC's own blocks locally; templates and states do not list these routes.
  for (const cidr of [...(vpc?.cidrs ?? []), ...(vpc?.ipv6Cidrs ?? [])]) {
    const block = parseBlock(cidr);
    if (!block) continue;
    candidates.push({ ...block, rank: 3, route: undefined });
    local.push(block.set);
  }
  for (const route of table.routes ?? []) {
    const { destination } = route;
    const cidrs =
      destination?.type === 'cidr'
        ? [destination.cidr]
        : destination?.type === 'prefixList'
          ? listCidrs(network, table, destination.ref, missing)
          : undefined;
    const blocks = cidrs?.map((cidr) => parseBlock(cidr));
    if (blocks === undefined || blocks.includes(undefined)) {
      anywhere.push(route);
      missing.push(lacking(network, 'ec2:DescribeRouteTables', table, 'where each route leads'));
      continue;
    }
    const rank = route.propagated ? 2 : destination?.type === 'prefixList' ? 1 : 0;
    for (const block of blocks) {
      // the local route is preferred to propagated ones inside of it, however specific:
      // https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html
      const overruled = route.propagated && local.some((own) => block && isSubset(block.set, own));
      if (block && !overruled) candidates.push({ ...block, rank, route });
    }
  }
  return candidates;
}

/** Undefined when a list of unknown entries may hold anything; AWS's own lists then hold nothing we need. */
function listCidrs(
  network: Network,
  table: RouteTable,
  ref: Parameters<typeof listFacts>[1],
  missing: Missing[],
): readonly string[] | undefined {
  const facts = listFacts(network, ref, table);
  if (facts.missing.length === 0) return find(network.estate, ref)?.cidrs ?? [];
  missing.push(...facts.missing);
  return undefined;
}

export const lanesOf = recalledIn((network, tableId): Lanes => {
  const table = find(network.estate, id<'routeTable'>(tableId));
  const anywhere: Route[] = [];
  const missing: Missing[] = [];
  if (table === undefined) return { lanes: [], anywhere, missing };
  const candidates = candidatesOf(network, table, anywhere, missing);
  if (!network.ignored.has('longest-prefix')) candidates.sort((a, b) => b.prefix - a.prefix || a.rank - b.rank);
  const lanes: Lane[] = [];
  let left = ALL_ADDRESSES;
  for (const { set, route } of candidates) {
    const addresses = intersect(set, left);
    if (isEmpty(addresses)) continue;
    left = subtract(left, set);
    const blackhole = route?.state === 'blackhole' && !network.ignored.has('blackhole');
    const certain = route === undefined || (route.state !== undefined && (blackhole || route.target !== undefined));
    if (!certain) missing.push(lacking(network, 'ec2:DescribeRouteTables', table, 'target and state of each route'));
    lanes.push({
      addresses,
      route,
      target: route === undefined ? { type: 'local' } : route.target,
      blackhole,
      certain,
    });
  }
  return { lanes, anywhere, missing };
});

/** Whether a target is the one meant: surely, surely not, or not known for want of something. */
export type Accept = (target: RouteTarget) => 'yes' | 'no' | Missing;

/** The addresses that the subnet's table sends to a target that `accept` takes. */
export function sentTo(network: Network, subnet: Subnet, accept: Accept): Addresses {
  const table = tableOf(network, subnet);
  if ('missing' in table) return { sure: NO_ADDRESSES, maybe: ALL_ADDRESSES, missing: [table.missing] };
  if (table.value.routes === undefined) {
    const missing = lacking(network, 'ec2:DescribeRouteTables', table.value, 'the routes');
    return { sure: NO_ADDRESSES, maybe: ALL_ADDRESSES, missing: [missing] };
  }
  return sentBy(network, table.value, accept);
}

export function sentBy(network: Network, table: RouteTable, accept: Accept): Addresses {
  const { lanes, anywhere, missing: vague } = lanesOf(network, table.id);
  const missing: Missing[] = [...vague];
  let sure = NO_ADDRESSES;
  let maybe = NO_ADDRESSES;
  for (const lane of lanes) {
    if (lane.blackhole) continue;
    const taken = lane.target === undefined ? 'maybe' : accept(lane.target);
    if (taken === 'no') continue;
    maybe = union(maybe, lane.addresses);
    if (typeof taken === 'object') missing.push(taken);
    else if (taken === 'yes' && lane.certain) sure = union(sure, lane.addresses);
  }
  // A route of unknown destination may be more specific than any other.
  if (anywhere.length > 0) {
    sure = NO_ADDRESSES;
    if (anywhere.some((route) => route.target === undefined || accept(route.target) !== 'no')) maybe = ALL_ADDRESSES;
  }
  return missing.length > 0 ? { sure, maybe, missing } : { sure, maybe: sure, missing };
}

/** The lanes that decide addresses, for proofs and blockers. */
export function lanesFor(network: Network, subnet: Subnet, addresses: AddressSet): readonly Lane[] {
  const table = tableOf(network, subnet);
  if ('missing' in table) return [];
  return lanesOf(network, table.value.id).lanes.filter((lane) => overlaps(lane.addresses, addresses));
}

export const targetId = (target: RouteTarget | undefined): string => {
  if (target === undefined) return 'an unknown target';
  switch (target.type) {
    case 'local':
      return 'local';
    case 'egressOnlyInternetGateway':
    case 'transitGateway':
    case 'vpnGateway':
    case 'other':
      return target.id;
    default:
      return target.ref.id;
  }
};

export const destinationText = (route: Route | undefined): string => {
  if (route === undefined) return 'local';
  if (route.destination === undefined) return 'unknown';
  return route.destination.type === 'cidr' ? route.destination.cidr : route.destination.ref.id;
};

/** The VPC's own addresses; undefined when not known. */
export function vpcAddresses(network: Network, vpcId: string): AddressSet | undefined {
  const vpc = find(network.estate, id<'vpc'>(vpcId));
  return vpc?.cidrs === undefined ? undefined : addressSetOf([...vpc.cidrs, ...(vpc.ipv6Cidrs ?? [])]);
}
