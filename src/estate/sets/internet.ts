/** Which addresses are "the internet". */
import {
  type AddressSet,
  ALL_IPV4,
  addressSetOf,
  intersect,
  isEmpty,
  isSubset,
  NO_ADDRESSES,
  overlaps,
  subtract,
} from './addresses.ts';

/**
 * IPv4 blocks that nobody on the internet can send from: private, shared (RFC 6598), loopback, link-local, multicast
 * and reserved. Blocks set aside for documentation are left in, so that examples behave like the real thing.
 */
const NOT_INTERNET = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
];

export const PRIVATE_IPV4: AddressSet = addressSetOf(NOT_INTERNET) ?? NO_ADDRESSES;

/** Every address that a stranger on the internet can have: public IPv4, and the global unicast block of IPv6. */
export const INTERNET: AddressSet = {
  v4: subtract(ALL_IPV4, PRIVATE_IPV4).v4,
  v6: addressSetOf(['2000::/3'])?.v6 ?? [],
};

export const INTERNET_IPV4: AddressSet = { v4: INTERNET.v4, v6: [] };
export const INTERNET_IPV6: AddressSet = { v4: [], v6: INTERNET.v6 };

/** The part of a set that is on the internet. */
export const internetPart = (set: AddressSet): AddressSet => intersect(set, INTERNET);

/** Whether anybody on the internet (of one family at least) is in the set, however it is written. */
export const isWholeInternet = (set: AddressSet): boolean =>
  isSubset(INTERNET_IPV4, set) || isSubset(INTERNET_IPV6, set);

/** Whether no address of the internet is in the set. */
export const isPrivate = (set: AddressSet): boolean => !isEmpty(set) && !overlaps(set, INTERNET);
