/** The zone of a registered target: its machine's, its interface's, or the one AWS tells. */
import type { Estate } from '../../estate/estate.ts';
import { byId } from '../../estate/estate.ts';
import type { Target } from '../../estate/kinds/balance.ts';
import type { ResourceOf } from '../../estate/resource.ts';
import { topologyOf } from '../resilience/topology.ts';
import { zonesOf } from '../resilience/zones.ts';

/** Undefined when the input does not tell; `all` is what AWS says of an address outside of the VPC. */
export function zoneOfTarget(estate: Estate, group: ResourceOf<'targetGroup'>, target: Target): string | undefined {
  const machine =
    group.targetType === 'ip'
      ? topologyOf(estate).interfaceAt.get(`${group.vpc?.id ?? ''} ${target.target}`)
      : byId(estate, target.target);
  const zones = machine && zonesOf(estate, machine);
  if (zones?.known && zones.scope === 'zonal' && zones.zones.length === 1) return zones.zones[0];
  return target.zone;
}
