/**
 * Exact sets of traffic: protocol × port, or × ICMP type and code.
 *
 * Every protocol owns 65536 points of one line: port `p` of protocol `n` is `n * 65536 + p`, ICMP type `t` code `c` is
 * `n * 65536 + t * 256 + c`, and a protocol with neither is always in or out as a whole. So a traffic set is a set of points.
 */
import {
  type Bounds,
  differenceOf,
  holds,
  intersectionOf,
  intervals,
  meet,
  same,
  unionOf,
  unionOfMany,
} from './bounds.ts';

export type TrafficSet = Bounds<number>;

export const ICMP = 1;
export const TCP = 6;
export const UDP = 17;
export const ICMPV6 = 58;

const SPAN = 65536;
const PROTOCOLS = 256;

export const NO_TRAFFIC: TrafficSet = [];
export const ALL_TRAFFIC: TrafficSet = [0, PROTOCOLS * SPAN];

export const hasPorts = (protocol: number): boolean => protocol === TCP || protocol === UDP;
export const isIcmp = (protocol: number): boolean => protocol === ICMP || protocol === ICMPV6;

/** All traffic of one protocol; -1 is every protocol. */
export function protocolTraffic(protocol: number): TrafficSet {
  if (protocol === -1) return ALL_TRAFFIC;
  return protocol >= 0 && protocol < PROTOCOLS ? [protocol * SPAN, (protocol + 1) * SPAN] : NO_TRAFFIC;
}

/** Ports of a protocol, both ends in. */
export function portTraffic(protocol: number, from: number, to: number = from): TrafficSet {
  const low = Math.max(0, from);
  const high = Math.min(SPAN - 1, to);
  return low > high ? NO_TRAFFIC : [protocol * SPAN + low, protocol * SPAN + high + 1];
}

export const tcp = (from: number, to: number = from): TrafficSet => portTraffic(TCP, from, to);
export const udp = (from: number, to: number = from): TrafficSet => portTraffic(UDP, from, to);

/** ICMP of a type and code; -1 is any. */
export function icmpTraffic(type: number, code: number, protocol: number = ICMP): TrafficSet {
  const base = protocol * SPAN;
  if (type === -1) return protocolTraffic(protocol);
  if (code === -1) return [base + type * 256, base + type * 256 + 256];
  return [base + type * 256 + code, base + type * 256 + code + 1];
}

export const unionTraffic = (a: TrafficSet, b: TrafficSet): TrafficSet => unionOf(a, b);
export const unionAllTraffic = (sets: readonly TrafficSet[]): TrafficSet => unionOfMany(sets);
export const intersectTraffic = (a: TrafficSet, b: TrafficSet): TrafficSet => intersectionOf(a, b);
export const subtractTraffic = (a: TrafficSet, b: TrafficSet): TrafficSet => differenceOf(a, b);
export const complementTraffic = (a: TrafficSet): TrafficSet => differenceOf(ALL_TRAFFIC, a);
export const isNoTraffic = (a: TrafficSet): boolean => a.length === 0;
export const isAllTraffic = (a: TrafficSet): boolean => same(a, ALL_TRAFFIC);
export const equalTraffic = (a: TrafficSet, b: TrafficSet): boolean => same(a, b);
export const overlapsTraffic = (a: TrafficSet, b: TrafficSet): boolean => meet(a, b);
export const isSubsetTraffic = (inner: TrafficSet, outer: TrafficSet): boolean =>
  differenceOf(inner, outer).length === 0;

/** One point of traffic, as a witness in a proof. */
export interface TrafficPoint {
  readonly protocol: number;
  /** Port, or ICMP type × 256 + code; 0 for other protocols. */
  readonly value: number;
}
const pointOf = (at: number): TrafficPoint => ({ protocol: Math.floor(at / SPAN), value: at % SPAN });
export const containsTraffic = (set: TrafficSet, point: TrafficPoint): boolean =>
  holds(set, point.protocol * SPAN + point.value);
export const pointTraffic = ({ protocol, value }: TrafficPoint): TrafficSet =>
  hasPorts(protocol) || isIcmp(protocol) ? portTraffic(protocol, value) : protocolTraffic(protocol);

/** A point to show: TCP if there is any, else UDP, else the first. */
export function firstTraffic(set: TrafficSet): TrafficPoint | undefined {
  for (const protocol of [TCP, UDP]) {
    const first = intersectionOf(set, protocolTraffic(protocol))[0];
    if (first !== undefined) return pointOf(first);
  }
  const first = set[0];
  return first === undefined ? undefined : pointOf(first);
}

/** Ports of one protocol in the set, as inclusive ranges. */
export const portsOf = (set: TrafficSet, protocol: number): readonly { readonly from: number; readonly to: number }[] =>
  intervals(intersectionOf(set, protocolTraffic(protocol))).map(([from, end]) => ({
    from: from - protocol * SPAN,
    to: end - 1 - protocol * SPAN,
  }));

const NAMES: ReadonlyMap<number, string> = new Map([
  [ICMP, 'icmp'],
  [TCP, 'tcp'],
  [UDP, 'udp'],
  [ICMPV6, 'icmpv6'],
]);
export const protocolName = (protocol: number): string => NAMES.get(protocol) ?? `protocol-${protocol}`;

/** The set as text: `all`, `tcp/22`, `tcp/8000-8099`, `icmp/8`, `protocol-47`. */
export function formatTraffic(set: TrafficSet): readonly string[] {
  if (isAllTraffic(set)) return ['all'];
  const result: string[] = [];
  for (const protocol of protocolsOf(set)) {
    const whole = protocolTraffic(protocol);
    const name = protocolName(protocol);
    const part = intersectionOf(set, whole);
    if (same(part, whole)) result.push(name);
    else if (isIcmp(protocol)) result.push(...formatIcmp(name, part, protocol));
    else
      for (const { from, to } of portsOf(part, protocol))
        result.push(`${name}/${from === to ? from : `${from}-${to}`}`);
  }
  return shorten(result);
}

/** The protocols of which the set has anything, ascending. */
function protocolsOf(set: TrafficSet): readonly number[] {
  const found: number[] = [];
  let next = 0;
  for (const [from, end] of intervals(set))
    for (next = Math.max(next, Math.floor(from / SPAN)); next * SPAN < end; next++) found.push(next);
  return found;
}

/** Runs of whole protocols with nothing special about them are told as a range. */
function shorten(names: readonly string[]): readonly string[] {
  const result: string[] = [];
  let run: number[] = [];
  const flush = (): void => {
    const [first, last] = [run[0], run[run.length - 1]];
    if (first !== undefined && last !== undefined)
      result.push(first === last ? `protocol-${first}` : `protocol-${first}-${last}`);
    run = [];
  };
  for (const name of names) {
    const number = /^protocol-(\d+)$/.exec(name)?.[1];
    if (number === undefined || (run.length > 0 && Number(number) !== (run[run.length - 1] ?? -2) + 1)) flush();
    if (number === undefined) result.push(name);
    else run.push(Number(number));
  }
  flush();
  return result;
}

function formatIcmp(name: string, part: TrafficSet, protocol: number): readonly string[] {
  const result: string[] = [];
  for (let type = 0; type < 256; type++) {
    const whole = icmpTraffic(type, -1, protocol);
    const had = intersectionOf(part, whole);
    if (had.length === 0) continue;
    if (same(had, whole)) result.push(`${name}/${type}`);
    else
      for (const { from, to } of portsOf(had, protocol))
        for (let at = from; at <= to; at++) result.push(`${name}/${type}.${at % 256}`);
  }
  return result;
}

/** Reads what `formatTraffic` writes, and `3306` as TCP; undefined when it is not understood. */
export function parseTraffic(text: string): TrafficSet | undefined {
  const [head = '', tail, ...rest] = text.trim().toLowerCase().split('/');
  if (rest.length > 0) return undefined;
  if (/^\d+(-\d+)?$/.test(head) && tail === undefined) return parseTraffic(`tcp/${head}`);
  if (head === 'all' || head === 'any') return tail === undefined ? ALL_TRAFFIC : undefined;
  const protocol = [...NAMES].find(([, name]) => name === head)?.[0] ?? /^protocol-(\d+)$/.exec(head)?.[1];
  if (protocol === undefined || Number(protocol) > 255) return undefined;
  const number = Number(protocol);
  if (tail === undefined) return protocolTraffic(number);
  if (isIcmp(number)) {
    const [, type, code] = /^(\d+)(?:\.(\d+))?$/.exec(tail) ?? [];
    if (type === undefined || Number(type) > 255 || Number(code ?? 0) > 255) return undefined;
    return icmpTraffic(Number(type), code === undefined ? -1 : Number(code), number);
  }
  const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(tail) ?? [];
  if (from === undefined || !hasPorts(number)) return undefined;
  const [low, high] = [Number(from), Number(to ?? from)];
  return low <= high && high < SPAN ? portTraffic(number, low, high) : undefined;
}
