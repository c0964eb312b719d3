/**
 * Who decides over a database's backups, encryption and deletion: the instance itself, or the cluster that it is in.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_AuroraOverview.html
 */
import { all, type Estate, find, memoised } from '../../estate/estate.ts';
import type { ResourceOf } from '../../estate/resource.ts';

export type Holder = ResourceOf<'database'> | ResourceOf<'databaseCluster'>;

export type Judged =
  | { readonly by: Holder }
  /** Judged with the primary, or with the first member of its cluster. */
  | { readonly by: 'another' }
  /** The cluster that decides is not in the input, or what it is a copy of is not told. */
  | { readonly by: 'untold'; readonly operation: string; readonly what: string };

/** The member that stands for a cluster: the writer, where AWS tells it, else the first. */
const speakers: (estate: Estate) => ReadonlyMap<string, string> = memoised((estate) => {
  const speaker = new Map<string, string>();
  for (const database of all(estate, 'database'))
    if (database.cluster && !speaker.has(database.cluster.id)) speaker.set(database.cluster.id, database.id);
  for (const cluster of all(estate, 'databaseCluster')) {
    const writer = find(estate, cluster.members?.find((member) => member.writer)?.ref);
    if (writer) speaker.set(cluster.id, writer.id);
  }
  return speaker;
});

/** Where to read the protecting settings of a database. A read replica in the input of its primary follows it. */
export function judgedBy(estate: Estate, database: ResourceOf<'database'>): Judged {
  if (database.cluster) {
    if (speakers(estate).get(database.cluster.id) !== database.id) return { by: 'another' };
    const cluster = find(estate, database.cluster);
    return cluster ? { by: cluster } : { by: 'untold', operation: 'rds:DescribeDBClusters', what: 'its cluster' };
  }
  if (database.cluster === undefined)
    return { by: 'untold', operation: 'rds:DescribeDBClusters', what: 'whether it is in a cluster' };
  if (database.replicaOf === undefined)
    return { by: 'untold', operation: 'rds:DescribeDBInstances', what: 'whether it is a read replica' };
  return database.replicaOf === null ? { by: database } : { by: 'another' };
}
