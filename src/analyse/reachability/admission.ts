/**
 * What one stage lets through, as far as the input tells: `sure` is admitted whatever the unknown parts are, `maybe` is
 * what they could admit at most. Every operation keeps `sure` within `maybe`, so a yes may rest on the first and a no on
 * the second, and what lies between is unknown.
 */
import {
  type AddressSet,
  ALL_ADDRESSES,
  ALL_TRAFFIC,
  type ConnectionSet,
  connections,
  equalConnections,
  intersectConnections,
  NO_CONNECTIONS,
  type TrafficSet,
  unionConnections,
} from '../../estate/sets/index.ts';
import type { Missing } from '../verdict.ts';

export interface Admission {
  readonly sure: ConnectionSet;
  readonly maybe: ConnectionSet;
  /** What would tell the difference. */
  readonly missing: readonly Missing[];
}

/** A set of addresses known within limits; see `Admission`. */
export interface Addresses {
  readonly sure: AddressSet;
  readonly maybe: AddressSet;
  readonly missing: readonly Missing[];
}

export const EVERYTHING: ConnectionSet = connections(ALL_ADDRESSES, ALL_TRAFFIC);
export const OPEN: Admission = { sure: EVERYTHING, maybe: EVERYTHING, missing: [] };
export const CLOSED: Admission = { sure: NO_CONNECTIONS, maybe: NO_CONNECTIONS, missing: [] };

export const exactly = (set: ConnectionSet): Admission => ({ sure: set, maybe: set, missing: [] });
export const unknown = (...missing: readonly Missing[]): Admission => ({
  sure: NO_CONNECTIONS,
  maybe: EVERYTHING,
  missing,
});

/** All traffic of the addresses. */
export const fromAddresses = ({ sure, maybe, missing }: Addresses): Admission => ({
  sure: connections(sure, ALL_TRAFFIC),
  maybe: sure === maybe ? connections(sure, ALL_TRAFFIC) : connections(maybe, ALL_TRAFFIC),
  missing,
});

/** The traffic, from any address. */
export const anyAddress = (sure: TrafficSet, maybe: TrafficSet, missing: readonly Missing[]): Admission => ({
  sure: connections(ALL_ADDRESSES, sure),
  maybe: connections(ALL_ADDRESSES, maybe),
  missing,
});

export function either(a: Admission, b: Admission): Admission {
  const sure = unionConnections(a.sure, b.sure);
  const exact = a.sure === a.maybe && b.sure === b.maybe;
  return {
    sure,
    maybe: exact ? sure : unionConnections(a.maybe, b.maybe),
    missing: [...a.missing, ...b.missing],
  };
}

export function both(a: Admission, b: Admission): Admission {
  if (a === OPEN) return b;
  if (b === OPEN) return a;
  const sure = intersectConnections(a.sure, b.sure);
  const exact = a.sure === a.maybe && b.sure === b.maybe;
  return {
    sure,
    maybe: exact ? sure : intersectConnections(a.maybe, b.maybe),
    missing: [...a.missing, ...b.missing],
  };
}

/** Whether the unknown parts can make a difference within `asked`. */
export const undecided = (admission: Admission, asked: ConnectionSet): boolean =>
  admission.sure !== admission.maybe &&
  !equalConnections(intersectConnections(admission.sure, asked), intersectConnections(admission.maybe, asked));
