/** What a failover of a Multi-AZ database changes: the standby's zone is the database's, as far as it is known. */
import { byId, type Estate } from '../../estate/estate.ts';
import type { Database } from '../../estate/kinds/data.ts';
import type { Effect } from '../step.ts';
import { subnetsOf, zonesIn } from './databases.ts';

/** The zone of the standby: what AWS told, else the only other zone of the subnet group; undefined when there are more. */
export function standbyZone(estate: Estate, database: Database): string | undefined {
  if (database.secondaryZone) return database.secondaryZone.id;
  const subnets = subnetsOf(estate, database);
  const others = zonesIn(subnets ?? []).filter((zone) => zone !== database.zone?.id);
  return others.length === 1 ? others[0] : undefined;
}

export function failedOver(estate: Estate, database: Database): readonly Effect[] {
  const to = standbyZone(estate, database);
  const zone = to === undefined ? undefined : byId(estate, to);
  const ref = zone && { id: zone.id, field: 'AvailabilityZone' };
  return [{ op: 'set', kind: 'database', id: database.id, fields: { zone: ref, secondaryZone: database.zone } }];
}
