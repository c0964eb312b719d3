/** Exact sets of IPv4 and IPv6 addresses. */
import { type Address, parseAddress } from './address.ts';
import {
  type Bounds,
  combine,
  differenceOf,
  holds,
  intersectionOf,
  meet,
  same,
  unionOf,
  unionOfMany,
} from './bounds.ts';

export interface AddressSet {
  readonly v4: Bounds<number>;
  readonly v6: Bounds<bigint>;
}

export const IPV4_END = 2 ** 32;
export const IPV6_END = 1n << 128n;

export const NO_ADDRESSES: AddressSet = { v4: [], v6: [] };
export const ALL_IPV4: AddressSet = { v4: [0, IPV4_END], v6: [] };
export const ALL_IPV6: AddressSet = { v4: [], v6: [0n, IPV6_END] };
export const ALL_ADDRESSES: AddressSet = { v4: ALL_IPV4.v4, v6: ALL_IPV6.v6 };

/** A block with its prefix length, as routes need it. */
export interface Block {
  readonly family: 4 | 6;
  readonly prefix: number;
  readonly set: AddressSet;
}

/**
 * Reads a CIDR block. Host bits are ignored as AWS ignores them, so `192.168.1.0/0` is the whole of IPv4;
 * an address alone is a block of one. Undefined for anything else.
 */
export function parseBlock(text: string): Block | undefined {
  const [base, length, ...rest] = text.trim().split('/');
  const address = parseAddress(base ?? '');
  if (address === undefined || rest.length > 0) return undefined;
  const bits = address.family === 4 ? 32 : 128;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return undefined;
  const prefix = length === undefined ? bits : Number(length);
  if (prefix > bits) return undefined;
  if (address.family === 4) {
    const size = 2 ** (32 - prefix);
    const from = Math.floor(address.value / size) * size;
    return { family: 4, prefix, set: { v4: [from, from + size], v6: [] } };
  }
  const shift = BigInt(128 - prefix);
  const from = (address.value >> shift) << shift;
  return { family: 6, prefix, set: { v4: [], v6: [from, from + (1n << shift)] } };
}

/** The addresses of a CIDR block; undefined when it is not one. See `parseBlock`. */
export const parseCidr = (text: string): AddressSet | undefined => parseBlock(text)?.set;

/** The addresses of many blocks; undefined as soon as one of them is not understood. */
export function addressSetOf(cidrs: readonly string[]): AddressSet | undefined {
  const sets: AddressSet[] = [];
  for (const cidr of cidrs) {
    const set = parseCidr(cidr);
    if (set === undefined) return undefined;
    sets.push(set);
  }
  return unionAll(sets);
}

export const only = (address: Address): AddressSet =>
  address.family === 4
    ? { v4: [address.value, address.value + 1], v6: [] }
    : { v4: [], v6: [address.value, address.value + 1n] };

export const union = (a: AddressSet, b: AddressSet): AddressSet => ({
  v4: unionOf(a.v4, b.v4),
  v6: unionOf(a.v6, b.v6),
});

export const unionAll = (sets: readonly AddressSet[]): AddressSet => ({
  v4: unionOfMany(sets.map((set) => set.v4)),
  v6: unionOfMany(sets.map((set) => set.v6)),
});

export const intersect = (a: AddressSet, b: AddressSet): AddressSet => ({
  v4: intersectionOf(a.v4, b.v4),
  v6: intersectionOf(a.v6, b.v6),
});

export const subtract = (a: AddressSet, b: AddressSet): AddressSet => ({
  v4: differenceOf(a.v4, b.v4),
  v6: differenceOf(a.v6, b.v6),
});

export const complement = (a: AddressSet): AddressSet => subtract(ALL_ADDRESSES, a);
export const isEmpty = (a: AddressSet): boolean => a.v4.length === 0 && a.v6.length === 0;
export const equals = (a: AddressSet, b: AddressSet): boolean => same(a.v4, b.v4) && same(a.v6, b.v6);
export const overlaps = (a: AddressSet, b: AddressSet): boolean => meet(a.v4, b.v4) || meet(a.v6, b.v6);
export const isSubset = (inner: AddressSet, outer: AddressSet): boolean => isEmpty(subtract(inner, outer));

export const contains = (set: AddressSet, address: Address): boolean =>
  address.family === 4 ? holds(set.v4, address.value) : holds(set.v6, address.value);

/** How many addresses; bigint because IPv6 is large. */
export function size(set: AddressSet): bigint {
  let count = 0n;
  for (let i = 0; i + 1 < set.v4.length; i += 2) count += BigInt((set.v4[i + 1] ?? 0) - (set.v4[i] ?? 0));
  for (let i = 0; i + 1 < set.v6.length; i += 2) count += (set.v6[i + 1] ?? 0n) - (set.v6[i] ?? 0n);
  return count;
}

/** The lowest address, IPv4 before IPv6; undefined when the set is empty. */
export function firstAddress(set: AddressSet): Address | undefined {
  const [v4, v6] = [set.v4[0], set.v6[0]];
  if (v4 !== undefined) return { family: 4, value: v4 };
  return v6 === undefined ? undefined : { family: 6, value: v6 };
}

const symmetric = (x: boolean, y: boolean): boolean => x !== y;
/** Addresses in exactly one of the two: what a change of a rule changes. */
export const change = (a: AddressSet, b: AddressSet): AddressSet => ({
  v4: combine(a.v4, b.v4, symmetric),
  v6: combine(a.v6, b.v6, symmetric),
});
