/**
 * What strangers may send straight to each resource, for all resources at once: interfaces of one class are judged
 * once. The proof is asked for where it is needed.
 */
import { type Estate, memoised } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { type ConnectionSet, NO_CONNECTIONS } from '../../estate/sets/index.ts';
import { exposures } from '../exposure/index.ts';
import type { Missing } from '../verdict.ts';
import { type OpenPort, openPorts } from './admitted.ts';

interface Index {
  readonly admitted: ReadonlyMap<string, ConnectionSet>;
  readonly unknown: ReadonlyMap<string, readonly Missing[]>;
}

const indexOf: (estate: Estate) => Index = memoised((estate) => {
  const report = exposures(estate);
  return {
    admitted: new Map(
      report.exposures.flatMap(({ via, resource, admitted }): [string, ConnectionSet][] =>
        via === 'direct' ? [[resource.id, admitted]] : [],
      ),
    ),
    unknown: new Map(report.unknown.map(({ resource, missing }) => [resource.id, missing])),
  };
});

/** What surely gets in; nothing for what is closed or not known. */
export const admittedStraight = (estate: Estate, resource: Resource): ConnectionSet =>
  indexOf(estate).admitted.get(resource.id) ?? NO_CONNECTIONS;

const ports = new WeakMap<ConnectionSet, readonly OpenPort[]>();

/** The guarded ports among it; worked out once for all resources of a class. */
export function guardedPorts(admitted: ConnectionSet): readonly OpenPort[] {
  const known = ports.get(admitted) ?? openPorts(admitted);
  ports.set(admitted, known);
  return known;
}
