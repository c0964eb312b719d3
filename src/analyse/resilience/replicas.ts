/** Where copies of a database stand beside the one that writes: for the rules of problem 3. */
import type { Estate } from '../../estate/estate.ts';
import { find } from '../../estate/estate.ts';
import type { ResourceOf } from '../../estate/resource.ts';
import type { Hop, Missing } from '../verdict.ts';
import { hop, lacks } from './codes.ts';
import { topologyOf } from './topology.ts';

type Database = ResourceOf<'database'>;

export interface CopyPlacement {
  /** Copies in the zone of the one that writes, with the proof. */
  readonly same: readonly { readonly database: Database; readonly hop: Hop }[];
  readonly elsewhere: readonly Database[];
  /** Copies whose zone, or whose primary's zone, the input does not tell. */
  readonly missing: readonly Missing[];
}

function place(writer: Database, copies: readonly Database[]): CopyPlacement {
  const same: { database: Database; hop: Hop }[] = [];
  const elsewhere: Database[] = [];
  const missing: Missing[] = [];
  const zone = writer.zone?.id;
  for (const copy of copies) {
    if (copy.region !== writer.region) elsewhere.push(copy);
    else if (zone === undefined || copy.zone === undefined) {
      const untold = zone === undefined ? writer : copy;
      missing.push(lacks(untold, `The zone of ${untold.name} is not told.`, 'rds:DescribeDBInstances'));
    } else if (copy.zone.id !== zone) elsewhere.push(copy);
    else {
      const detail = `${copy.name} stands in ${zone}, as ${writer.name} that it copies.`;
      same.push({ database: copy, hop: hop('replica-same-zone', copy, detail, zone) });
    }
  }
  return { same, elsewhere, missing };
}

/** The classic read replicas of a database, by whether they stand in its own zone. A Multi-AZ standby is no read replica. */
export function replicasInPrimaryZone(estate: Estate, database: Database): CopyPlacement {
  const replicas = new Map<string, Database>();
  for (const replica of topologyOf(estate).replicasOf.get(database.id) ?? []) replicas.set(replica.id, replica);
  const missing: Missing[] = [];
  for (const ref of database.replicas ?? []) {
    const replica = find(estate, ref);
    if (replica) replicas.set(replica.id, replica);
    else missing.push(lacks(database, `Read replica ${ref.id} is not in the input.`, 'rds:DescribeDBInstances'));
  }
  if (database.replicas === undefined && replicas.size === 0) {
    missing.push(lacks(database, `Whether ${database.name} has read replicas is not told.`, 'rds:DescribeDBInstances'));
  }
  const placement = place(
    database,
    [...replicas.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
  return { ...placement, missing: [...placement.missing, ...missing] };
}

/** The readers of an Aurora or Multi-AZ cluster, by whether they stand in the zone of its writer. */
export function readersInWriterZone(estate: Estate, cluster: ResourceOf<'databaseCluster'>): CopyPlacement {
  const untold = (reason: string, operation: string): CopyPlacement => ({
    same: [],
    elsewhere: [],
    missing: [lacks(cluster, reason, operation)],
  });
  const members = cluster.members;
  if (members === undefined) return untold(`The instances of ${cluster.name} are not told.`, 'rds:DescribeDBClusters');
  const writer = find(estate, members.find((one) => one.writer)?.ref);
  if (!writer) return untold(`The writer of ${cluster.name} is not in the input.`, 'rds:DescribeDBInstances');
  const readers = members
    .filter((one) => !one.writer)
    .map((one) => ({ ref: one.ref, database: find(estate, one.ref) }));
  const placement = place(
    writer,
    readers.flatMap((one) => one.database ?? []),
  );
  const absent = readers.filter((one) => !one.database);
  return {
    ...placement,
    missing: [
      ...placement.missing,
      ...absent.map((one) => lacks(cluster, `Reader ${one.ref.id} is not in the input.`, 'rds:DescribeDBInstances')),
    ],
  };
}
