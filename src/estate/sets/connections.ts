/**
 * Exact sets of address × traffic: which addresses may send (or be sent) what. Kept as a step function from addresses
 * to traffic: at each bound the traffic changes, and no two neighbouring pieces are equal, so equal sets look equal.
 */
import type { Address } from './address.ts';
import { type AddressSet, IPV4_END, IPV6_END, NO_ADDRESSES } from './addresses.ts';
import { type Bounds, intersectionOf } from './bounds.ts';
import {
  equalTraffic,
  intersectTraffic,
  isNoTraffic,
  NO_TRAFFIC,
  subtractTraffic,
  type TrafficSet,
  unionTraffic,
} from './traffic.ts';

/** From `at[i]` (and before `at[i + 1]`) the traffic is `traffic[i]`; before the first bound it is none. */
interface Steps<P extends number | bigint> {
  readonly at: Bounds<P>;
  readonly traffic: readonly TrafficSet[];
}

export interface ConnectionSet {
  readonly v4: Steps<number>;
  readonly v6: Steps<bigint>;
}

const NO_STEPS = { at: [], traffic: [] };
export const NO_CONNECTIONS: ConnectionSet = { v4: NO_STEPS, v6: NO_STEPS };

/** Every address of the set with the same traffic. */
export function connections(addresses: AddressSet, traffic: TrafficSet): ConnectionSet {
  if (isNoTraffic(traffic)) return NO_CONNECTIONS;
  const steps = <P extends number | bigint>(at: Bounds<P>): Steps<P> => ({
    at,
    traffic: at.map((_, i) => (i % 2 === 0 ? traffic : NO_TRAFFIC)),
  });
  return { v4: steps(addresses.v4), v6: steps(addresses.v6) };
}

function sweep<P extends number | bigint>(
  a: Steps<P>,
  b: Steps<P>,
  join: (x: TrafficSet, y: TrafficSet) => TrafficSet,
): Steps<P> {
  const at: P[] = [];
  const traffic: TrafficSet[] = [];
  let i = 0;
  let j = 0;
  let last: TrafficSet = NO_TRAFFIC;
  for (;;) {
    const x = a.at[i];
    const y = b.at[j];
    const here = y === undefined || (x !== undefined && x < y) ? x : y;
    if (here === undefined) return { at, traffic };
    if (x === here) i++;
    if (y === here) j++;
    const now = join(a.traffic[i - 1] ?? NO_TRAFFIC, b.traffic[j - 1] ?? NO_TRAFFIC);
    if (!equalTraffic(now, last)) {
      at.push(here);
      traffic.push(now);
      last = now;
    }
  }
}

const isNone = ({ at }: { readonly at: readonly unknown[] }): boolean => at.length === 0;

// Most sets are of one family of addresses: what has nothing on one side is known without a sweep.
const unionSteps = <P extends number | bigint>(a: Steps<P>, b: Steps<P>): Steps<P> =>
  isNone(a) ? b : isNone(b) || a === b ? a : sweep(a, b, unionTraffic);
const intersectSteps = <P extends number | bigint>(a: Steps<P>, b: Steps<P>): Steps<P> =>
  isNone(a) || a === b ? a : isNone(b) ? b : (blockOfBoth(a, b) ?? sweep(a, b, intersectTraffic));
/** What two single blocks share, the most common question: `a` itself where `b` holds it. */
function blockOfBoth<P extends number | bigint>(a: Steps<P>, b: Steps<P>): Steps<P> | undefined {
  if (a.at.length !== 2 || b.at.length !== 2) return undefined;
  const [inA = NO_TRAFFIC] = a.traffic;
  const [inB = NO_TRAFFIC] = b.traffic;
  const at = intersectionOf(a.at, b.at);
  const traffic = intersectTraffic(inA, inB);
  if (at.length === 0 || isNoTraffic(traffic)) return NO_STEPS;
  return at === a.at && traffic === inA ? a : { at, traffic: [traffic, NO_TRAFFIC] };
}
const subtractSteps = <P extends number | bigint>(a: Steps<P>, b: Steps<P>): Steps<P> =>
  isNone(a) || isNone(b) ? a : sweep(a, b, subtractTraffic);

export const unionConnections = (a: ConnectionSet, b: ConnectionSet): ConnectionSet => ({
  v4: unionSteps(a.v4, b.v4),
  v6: unionSteps(a.v6, b.v6),
});
export function intersectConnections(a: ConnectionSet, b: ConnectionSet): ConnectionSet {
  const v4 = intersectSteps(a.v4, b.v4);
  const v6 = intersectSteps(a.v6, b.v6);
  // most stages take nothing away: then there is nothing new to keep
  return v4 === a.v4 && v6 === a.v6 ? a : { v4, v6 };
}
export const subtractConnections = (a: ConnectionSet, b: ConnectionSet): ConnectionSet => ({
  v4: subtractSteps(a.v4, b.v4),
  v6: subtractSteps(a.v6, b.v6),
});

/** Union of many, halving. */
export function unionAllConnections(sets: readonly ConnectionSet[]): ConnectionSet {
  let level = sets;
  while (level.length > 1) {
    const next: ConnectionSet[] = [];
    for (let i = 0; i < level.length; i += 2)
      next.push(unionConnections(level[i] ?? NO_CONNECTIONS, level[i + 1] ?? NO_CONNECTIONS));
    level = next;
  }
  return level[0] ?? NO_CONNECTIONS;
}

export const isNoConnection = (a: ConnectionSet): boolean => a.v4.at.length === 0 && a.v6.at.length === 0;

const sameSteps = <P extends number | bigint>(a: Steps<P>, b: Steps<P>): boolean =>
  a === b ||
  (a.at.length === b.at.length &&
    a.at.every((bound, i) => bound === b.at[i] && equalTraffic(a.traffic[i] ?? [], b.traffic[i] ?? [])));
export const equalConnections = (a: ConnectionSet, b: ConnectionSet): boolean =>
  sameSteps(a.v4, b.v4) && sameSteps(a.v6, b.v6);
export const isSubsetConnections = (inner: ConnectionSet, outer: ConnectionSet): boolean =>
  isNoConnection(subtractConnections(inner, outer));

/** The traffic of every address changed by one function; `change` must turn no traffic into no traffic. */
export function mapTraffic(a: ConnectionSet, change: (traffic: TrafficSet) => TrafficSet): ConnectionSet {
  const map = <P extends number | bigint>(steps: Steps<P>): Steps<P> =>
    sweep(steps, { at: [], traffic: [] }, (traffic) => (isNoTraffic(traffic) ? traffic : change(traffic)));
  return { v4: map(a.v4), v6: map(a.v6) };
}

/** What one address may. */
export function trafficOf(a: ConnectionSet, address: Address): TrafficSet {
  return address.family === 4 ? at(a.v4, address.value) : at(a.v6, address.value);
}
function at<P extends number | bigint>(steps: Steps<P>, point: P): TrafficSet {
  let low = 0;
  let high = steps.at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const bound = steps.at[middle];
    if (bound !== undefined && bound <= point) low = middle + 1;
    else high = middle;
  }
  return steps.traffic[low - 1] ?? NO_TRAFFIC;
}

/** Addresses with the very same traffic, together. */
export interface ConnectionPart {
  readonly addresses: AddressSet;
  readonly traffic: TrafficSet;
}

/** The set as few parts of addresses × traffic, disjoint in addresses, in the order of their first address. */
export function partsOf(a: ConnectionSet): readonly ConnectionPart[] {
  const parts = new Map<string, { v4: number[]; v6: bigint[]; traffic: TrafficSet }>();
  const part = (traffic: TrafficSet): { v4: number[]; v6: bigint[] } => {
    const key = traffic.join();
    const known = parts.get(key) ?? { v4: [], v6: [], traffic };
    parts.set(key, known);
    return known;
  };
  // Pieces come in ascending order, so the bounds of one part need only melt where they touch.
  const push = <P extends number | bigint>(bounds: P[], from: P, to: P): void => {
    if (bounds[bounds.length - 1] === from) bounds.pop();
    else bounds.push(from);
    bounds.push(to);
  };
  a.v4.traffic.forEach((traffic, i) => {
    if (!isNoTraffic(traffic)) push(part(traffic).v4, a.v4.at[i] ?? 0, a.v4.at[i + 1] ?? IPV4_END);
  });
  a.v6.traffic.forEach((traffic, i) => {
    if (!isNoTraffic(traffic)) push(part(traffic).v6, a.v6.at[i] ?? 0n, a.v6.at[i + 1] ?? IPV6_END);
  });
  return [...parts.values()].map(({ v4, v6, traffic }) => ({ addresses: { v4, v6 }, traffic }));
}

/** All addresses that may send anything. */
export function addressesOf(a: ConnectionSet): AddressSet {
  if (isNoConnection(a)) return NO_ADDRESSES;
  return { v4: heldIn(a.v4, IPV4_END), v6: heldIn(a.v6, IPV6_END) };
}
function heldIn<P extends number | bigint>({ at, traffic }: Steps<P>, end: P): Bounds<P> {
  const bounds: P[] = [];
  at.forEach((from, i) => {
    const held = !isNoTraffic(traffic[i] ?? NO_TRAFFIC);
    if (held !== (bounds.length % 2 === 1)) bounds.push(from);
  });
  if (bounds.length % 2 === 1) bounds.push(end);
  return bounds;
}

/** All traffic that any address may send. */
export const trafficIn = (a: ConnectionSet): TrafficSet =>
  [...a.v4.traffic, ...a.v6.traffic].reduce(unionTraffic, NO_TRAFFIC);
