/** What the moves of databases ask alike: where one stands, what is newer than its class, and the copy before a change. */
import { generationOf } from '../../analyse/cost/generations.ts';
import { all, type Estate, find } from '../../estate/estate.ts';
import type { Database } from '../../estate/kinds/data.ts';
import type { Subnet, Vpc } from '../../estate/kinds/network.ts';
import type { Context } from '../move.ts';
import { minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';

const own = ({ estate, scope }: Context): readonly Database[] =>
  all(estate, 'database').filter((one) => scope.holds(one) && one.status !== 'deleting');

/** Databases of the environment that are no part of a cluster. */
export const standAlone = (context: Context): readonly Database[] =>
  own(context).filter(({ cluster }) => cluster === null);

export const primaries = (context: Context): readonly Database[] =>
  standAlone(context).filter(({ replicaOf }) => replicaOf === null);

/** Databases of which nobody can tell what they are: nothing is changed of them. */
export const unclear = (context: Context): readonly { subject: string; because: string; change: string }[] =>
  own(context)
    .filter(({ cluster, replicaOf }) => cluster === undefined || replicaOf === undefined)
    .map(({ id, name }) => ({
      subject: id,
      because: `Whether ${name} is a part of a cluster, or a replica, is not known.`,
      change: 'Collect rds:DescribeDBInstances and rds:DescribeDBClusters.',
    }));

export const replicasOf = (estate: Estate, primary: Database): readonly Database[] =>
  all(estate, 'database').filter(({ replicaOf }) => replicaOf?.id === primary.id);

export const vpcOf = (estate: Estate, database: Database): Vpc | undefined =>
  find(estate, database.vpc) ?? find(estate, find(estate, database.subnetGroup)?.vpc);

/** The subnets of its subnet group; undefined when one of them is not known. */
export function subnetsOf(estate: Estate, database: Database): readonly Subnet[] | undefined {
  const refs = find(estate, database.subnetGroup)?.subnets;
  const subnets = refs?.flatMap((ref) => find(estate, ref) ?? []);
  return subnets?.length === refs?.length ? subnets : undefined;
}

export const zonesIn = (subnets: readonly Subnet[]): readonly string[] =>
  [...new Set(subnets.flatMap(({ zone }) => zone?.id ?? []))].sort();

/** The current class on x86, which every engine version runs on that the old one does; undefined when it is current. */
export function newerClass(database: Database): string | undefined {
  const { instanceClass } = database;
  if (instanceClass === undefined) return undefined;
  const { generation, equivalent } = generationOf('rds', instanceClass);
  return generation === 'previous' ? equivalent?.x86 : undefined;
}

/**
 * Read replicas that fall together: all in the zone of their primary, or all in one zone. One that is Multi-AZ falls
 * nowhere. Undefined when a zone is not known.
 */
export function fallingReplicas(estate: Estate, primary: Database): readonly Database[] | undefined {
  const replicas = replicasOf(estate, primary).filter(({ region }) => region === primary.region);
  if (replicas.length === 0 || replicas.some(({ multiAz }) => multiAz === true)) return [];
  if (primary.zone === undefined || replicas.some(({ zone }) => zone === undefined)) return undefined;
  const zones = new Set(replicas.map(({ zone }) => zone?.id));
  return zones.size === 1 ? replicas : [];
}

/** The day's copy, by the date that the shell knows. */
export function copied(context: Context, move: string, databases: readonly Database[], key: string): Step {
  const { scope } = context;
  const names = databases.map(({ name }) => name).join(', ');
  return step({
    id: `${scope.stem}-${key}`,
    title: `Copy ${names}`,
    kind: 'act',
    move,
    environment: scope.environment,
    why: 'The next step changes how the data is kept. A copy of today is what there is to go back to, whatever happens.',
    actions: databases.map(({ identifier }) => ({
      operation: 'rds:CreateDBSnapshot',
      parameters: { DBInstanceIdentifier: identifier },
      command: `aws rds create-db-snapshot --db-instance-identifier ${identifier} --db-snapshot-identifier ${identifier}-$(date -u +%Y%m%d-%H%M)`,
    })),
    copies: databases.map(({ id }) => id),
    gate: databases.map(({ identifier }) => ({
      type: 'query' as const,
      check: `The copy of ${identifier} is available, and younger than an hour when the next step begins.`,
      query: `aws rds describe-db-snapshots --db-instance-identifier ${identifier} --query 'DBSnapshots[-1].[DBSnapshotIdentifier,Status,SnapshotCreateTime]'`,
    })),
    duration: minutes(5, 60),
    clientsNotice: databases.some(({ multiAz }) => multiAz !== true)
      ? {
          from: 0,
          to: 30,
          what: 'A database in one zone holds writes for some seconds while the copy begins, mostly less than one.',
        }
      : NOTHING_NOTICED,
    undo: { how: 'delete the copy', until: 'always', exact: false },
    sources: [
      {
        claim: 'a copy of a database in one zone suspends its writes for a short moment',
        url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CreateSnapshot.html',
        certainty: 'documented',
      },
    ],
  });
}

/** What the team accepts at most. */
export const acceptedSeconds = ({ preferences }: Context): number => preferences.acceptedSeconds ?? 180;
