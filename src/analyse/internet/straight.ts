/** What strangers may send straight to a resource. The proof is asked for where it is needed. */
import type { Estate } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { ALL_TRAFFIC, type ConnectionSet, NO_CONNECTIONS, type TrafficSet } from '../../estate/sets/index.ts';
import { admittedBy, fromStrangers } from '../exposure/index.ts';
import { networkOf } from '../reachability/index.ts';
import { broadTraffic, type OpenPort, openPorts } from './admitted.ts';

/** What surely gets in; nothing for what is closed or not known. */
export function admittedStraight(estate: Estate, resource: Resource): ConnectionSet {
  const interfaces = networkOf(estate).owned.get(resource.id) ?? [];
  return admittedBy(interfaces.map((one) => fromStrangers(estate, one, ALL_TRAFFIC))) ?? NO_CONNECTIONS;
}

export interface Openness {
  /** The guarded ports that more than a few named addresses may use. */
  readonly guarded: readonly OpenPort[];
  /** All that more than a few named addresses may send. */
  readonly broad: TrafficSet;
}

const known = new WeakMap<ConnectionSet, Openness>();

/** Worked out once for all resources of a class, for they share their set. */
export function opennessOf(admitted: ConnectionSet): Openness {
  const openness = known.get(admitted) ?? { guarded: openPorts(admitted), broad: broadTraffic(admitted) };
  known.set(admitted, openness);
  return openness;
}
