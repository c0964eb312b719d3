/**
 * What strangers may send straight to each resource, for all resources at once: interfaces of one class are judged
 * once. The proof is asked for where it is needed.
 */
import { type Estate, memoised } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { type ConnectionSet, NO_CONNECTIONS, type TrafficSet } from '../../estate/sets/index.ts';
import { exposures } from '../exposure/index.ts';
import { broadTraffic, type OpenPort, openPorts } from './admitted.ts';

const admittedBy: (estate: Estate) => ReadonlyMap<string, ConnectionSet> = memoised(
  (estate) =>
    new Map(
      exposures(estate).exposures.flatMap(({ via, resource, admitted }): [string, ConnectionSet][] =>
        via === 'direct' ? [[resource.id, admitted]] : [],
      ),
    ),
);

/** What surely gets in; nothing for what is closed or not known. */
export const admittedStraight = (estate: Estate, resource: Resource): ConnectionSet =>
  admittedBy(estate).get(resource.id) ?? NO_CONNECTIONS;

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
