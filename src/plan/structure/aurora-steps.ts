/** The steps from a database on RDS to the Aurora cluster that takes over from it. */
import type { Database } from '../../estate/kinds/data.ts';
import { isProperties } from '../../inventory/pulumi/recorded.ts';
import { addressOf, type Edit, type Named, ref, referencesIn, type Update } from '../edit.ts';
import type { Context } from '../move.ts';
import { days, minutes, NOTHING_NOTICED, type Source, type Step, type Succession, step } from '../step.ts';
import { callerKey, type Naming, namings, rollout } from './addresses-in-settings.ts';
import { clusterEdits, clusterId, clusterOf, type Passage, readerEdits, readersOf } from './aurora-cluster.ts';
import { copied } from './databases.ts';
import { stillToMake } from './groups.ts';
import { slug } from './names.ts';
import { withoutGroup } from './twin-rules.ts';

const MOVE = 'aurora';
const GUIDE = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide';
const PROMOTING = 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_PromoteReadReplicaDBCluster.html';
const ALARM = 'aws:cloudwatch/metricAlarm:MetricAlarm';
const RECORD = 'aws:route53/record:Record';

export const SOURCES: readonly Source[] = [
  {
    claim:
      'Aurora MySQL is made as a replica of a database on RDS, one for each, and follows its log until it is promoted',
    url: `${GUIDE}/AuroraMySQL.Migrating.RDSMySQL.Replica.html`,
    certainty: 'documented',
  },
  {
    claim: 'the same for PostgreSQL',
    url: `${GUIDE}/AuroraPostgreSQL.Migrating.RDSPostgreSQL.Replica.html`,
    certainty: 'documented',
  },
  { claim: 'the promotion of a replica cluster makes it stand alone', url: PROMOTING, certainty: 'documented' },
  {
    claim:
      'the time without writes: promoting takes some minutes, and then every caller has to be told the new address',
    url: PROMOTING,
    certainty: 'composed',
  },
  {
    claim: 'that the cluster is encrypted as its source is has to be seen before anything depends on it',
    url: `${GUIDE}/Overview.Encryption.html`,
    certainty: 'composed',
  },
  {
    claim: 'a reader takes over typically within 60 seconds',
    url: `${GUIDE}/Concepts.AuroraHighAvailability.html`,
    certainty: 'documented',
  },
  {
    claim: 'application auto scaling adds and removes readers by their load, in a cluster that has one at least',
    url: `${GUIDE}/Aurora.Integrating.AutoScaling.html`,
    certainty: 'documented',
  },
];

/** Each address that goes, as AWS or the program writes it, and the one of the cluster in its place. */
export const hostsOf = (passage: Passage): ReadonlyMap<string, string> => {
  const { database, declared, replicas } = passage;
  const to = (one: Database, itself: Named, output: string): readonly (readonly [string, string])[] => {
    const address = ref(clusterOf(passage), output);
    return [
      ...(one.endpoint?.host === undefined ? [] : [[one.endpoint.host, address] as const]),
      [ref(itself, 'address'), address],
      // of an instance RDS tells the endpoint with its port, of a cluster without
      [ref(itself, 'endpoint'), `${address}:${database.endpoint?.port ?? ''}`],
    ];
  };
  return new Map([
    ...to(database, declared, 'endpoint'),
    ...replicas.flatMap(({ one, declared: itself }) => to(one, itself, 'readerEndpoint')),
  ]);
};

const common = ({ scope }: Context) => ({ move: MOVE, environment: scope.environment }) as const;
const key = ({ scope }: Context, { database }: Passage): string => `${scope.stem}-aurora-${slug(database.name)}`;

export function stepsFor(context: Context, passage: Passage): readonly Step[] {
  const { database, declared } = passage;
  const found = namings(context.state, hostsOf(passage));
  return [
    copied(context, MOVE, [database], `aurora-${slug(database.name)}-copied`),
    made(context, passage),
    readers(context, passage),
    inStep(context, passage),
    promoted(context, passage, found),
    ...found.map((one) => callerMoved(context, passage, one)),
    watched(context, passage),
    copied(context, MOVE, [database], `aurora-${slug(database.name)}-last-copy`),
    ...(declared.properties.deletionProtection === true ? [unprotected(context, passage)] : []),
    dropped(context, passage),
  ];
}

function made(context: Context, passage: Passage): Step {
  const { database, aurora, name } = passage;
  return step({
    ...common(context),
    id: `${key(context, passage)}-made`,
    title: `An Aurora cluster that follows ${database.name}: ${name}`,
    kind: 'expand',
    why: 'It takes over everything that is written, and nobody uses it yet: there is all the time to try it.',
    edits: stillToMake(context.state, clusterEdits(context, passage)),
    gate: [
      {
        type: 'query',
        check: `Before: AWS offers ${aurora.version} to this database; where it names another version only, write that one.`,
        query: `aws rds describe-db-engine-versions --engine ${database.engine} --engine-version "$(aws rds describe-db-instances --db-instance-identifier ${database.identifier} --query 'DBInstances[0].EngineVersion' --output text)" --query "DBEngineVersions[0].ValidUpgradeTarget[?Engine=='${aurora.engine}'].EngineVersion"`,
      },
      {
        type: 'query',
        check: `Before: ${passage.instanceClass} can be had for that version in these zones.`,
        query: `aws rds describe-orderable-db-instance-options --engine ${aurora.engine} --db-instance-class ${passage.instanceClass} --query 'OrderableDBInstanceOptions[].[EngineVersion,AvailabilityZones[].Name]'`,
      },
      {
        type: 'query',
        check: 'The cluster is available, encrypted, and names the database as its source.',
        query: `aws rds describe-db-clusters --db-cluster-identifier ${name} --query 'DBClusters[0].[Status,StorageEncrypted,EngineVersion,ReplicationSourceIdentifier]'`,
      },
    ],
    duration: minutes(30, 720),
    clientsNotice: {
      from: 0,
      to: 30,
      what: `${database.name} may hold writes for some seconds while AWS copies it, if it stands in one zone only.`,
    },
    undo: { how: 'delete the cluster', until: 'the promotion', exact: true },
    sources: [...SOURCES.slice(0, 2), ...SOURCES.slice(4, 5)],
  });
}

const readers = (context: Context, passage: Passage): Step =>
  step({
    ...common(context),
    id: `${key(context, passage)}-readers`,
    title: `Readers of ${passage.name} in other zones: ${readersOf(passage)}, and more when they are busy`,
    kind: 'expand',
    why: 'The writer is alone so far. A reader in another zone takes over when it falls, and it answers what the replicas answer today.',
    edits: readerEdits(context, passage),
    gate: [
      {
        type: 'query',
        check: 'The instances are available and stand in at least two zones.',
        query: `aws rds describe-db-instances --filters Name=db-cluster-id,Values=${passage.name} --query 'DBInstances[].[DBInstanceIdentifier,DBInstanceStatus,AvailabilityZone]'`,
      },
    ],
    duration: minutes(10, 30),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'delete the readers', until: 'somebody reads from them', exact: true },
    sources: SOURCES.slice(5),
  });

const lagQuery = ({ aurora, name }: Passage, since: string): string =>
  `aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name ${aurora.engine === 'aurora-mysql' ? 'AuroraBinlogReplicaLag' : 'RDSToAuroraPostgreSQLReplicaLag'} --dimensions Name=DBInstanceIdentifier,Value=${name}-1 --statistics Maximum --period 60 --start-time "$(date -u -d '${since}' +%FT%TZ)" --end-time "$(date -u +%FT%TZ)"`;

const inStep = (context: Context, passage: Passage): Step =>
  step({
    ...common(context),
    id: `${key(context, passage)}-in-step`,
    title: `${passage.name} follows ${passage.database.name} without falling back`,
    kind: 'watch',
    why: 'What has not arrived when the cluster is promoted is lost.',
    gate: [
      {
        type: 'query',
        check:
          'The lag stays below a second or two over a day, its busiest hour among them; -1 means that nothing is replicated.',
        query: lagQuery(passage, '-24 hours'),
      },
      {
        type: 'person',
        check:
          'The parameters that you changed on the old database are in the groups of the cluster, and the application has run its tests and its slowest queries against the reader.',
      },
    ],
    duration: days(1, 7),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'nothing is done', until: 'always', exact: true },
    sources: SOURCES.slice(0, 2),
  });

function promoted(context: Context, passage: Passage, found: readonly Naming[]): Step {
  const { database, name } = passage;
  const callers = found.map(({ declared }) => declared.name).join(', ');
  const follows: Update = {
    op: 'update',
    follows: true,
    ...clusterOf(passage),
    properties: { replicationSourceIdentifier: null },
  };
  return step({
    ...common(context),
    id: `${key(context, passage)}-promoted`,
    title: `${name} takes over from ${database.name}`,
    kind: 'act',
    why: 'Two databases that both take writes never come together again. So nothing writes from here until the callers name the cluster.',
    actions: [
      {
        operation: '',
        parameters: {},
        command: `Stop everything that writes to ${database.name}: maintenance page, workers and schedules off (${callers || 'nobody that the program knows of'}). Look at the open connections, and end those that are left.`,
      },
      {
        operation: 'cloudwatch:GetMetricStatistics',
        parameters: { MetricName: 'lag' },
        command: `wait until it is 0 for five minutes: ${lagQuery(passage, '-10 min')}`,
      },
      {
        operation: 'rds:PromoteReadReplicaDBCluster',
        parameters: { DBClusterIdentifier: name },
        command: `aws rds promote-read-replica-db-cluster --db-cluster-identifier ${name}`,
      },
    ],
    edits: [follows],
    gate: [
      {
        type: 'query',
        check: 'Before: the lag is 0 and no writes arrive any more.',
        query: lagQuery(passage, '-10 min'),
      },
      {
        type: 'query',
        check: 'The cluster is available and names no source any more.',
        query: `aws rds describe-db-clusters --db-cluster-identifier ${name} --query 'DBClusters[0].[Status,ReplicationSourceIdentifier]'`,
      },
      {
        type: 'query',
        check: 'Pulumi finds no difference after a refresh.',
        query: 'pulumi preview --refresh --expect-no-changes',
      },
    ],
    duration: minutes(10, 45),
    clientsNotice: {
      from: 300,
      to: 2700,
      what: `Nothing can be written from the stop of the writers until the last caller names the cluster: minutes, and the promotion alone takes a few of them, or longer. Do it in ${context.preferences.maintenanceWindow ?? 'the quietest hour'}, with the next steps ready.`,
    },
    undo: {
      how: 'start the writers again on the old database, and delete the cluster',
      until: 'something is written to the cluster',
      exact: false,
    },
    sources: SOURCES.slice(2, 4),
  });
}

const handedOver = (context: Context, passage: Passage): readonly Succession[] =>
  [passage.database, ...passage.replicas.map(({ one }) => one)].map((one) => ({
    from: one.id,
    to: [clusterId(context, passage)],
    because: `${passage.name} has the same data`,
  }));

function callerMoved(context: Context, passage: Passage, naming: Naming): Step {
  const { declared, edit } = naming;
  return step({
    ...common(context),
    id: `${key(context, passage)}-caller-${callerKey(naming)}`,
    title: `${declared.name} uses ${passage.name}`,
    kind: 'switch',
    why: 'The addresses of the cluster follow the writer and the readers, whichever instances these are. Who wrote to the old database writes here now.',
    edits: [edit],
    actions: rollout(naming, context.estate),
    gate: [{ type: 'person', check: 'It writes and reads, and the errors are as few as before.' }],
    duration: minutes(3, 30),
    clientsNotice:
      declared.type === RECORD
        ? {
            from: 0,
            to: 60,
            what: 'Clients that keep the old answer of DNS go on asking the old database until it runs out: no writer may run before.',
          }
        : { from: 0, to: 0, what: 'Nothing beyond the minutes without writes of the promotion.' },
    undo: {
      how: 'name the old database again: it lacks what was written since the promotion',
      until: 'something is written to the cluster',
      exact: false,
    },
    sources: [
      {
        claim: 'one address of a cluster leads to its writer, another one to its readers',
        url: `${GUIDE}/Aurora.Overview.Endpoints.html`,
        certainty: 'documented',
      },
    ],
    successions: handedOver(context, passage),
  });
}

function watched(context: Context, passage: Passage): Step {
  const whole = [passage.database, ...passage.replicas.map(({ one }) => one)];
  return step({
    ...common(context),
    id: `${key(context, passage)}-watched`,
    title: `Nobody uses ${whole.map(({ name }) => name).join(', ')} any more`,
    kind: 'watch',
    why: 'Settings tell of those who wrote the name down where we can see it. Connections tell of everybody.',
    gate: whole.map(({ name, identifier }) => ({
      type: 'query' as const,
      check: `DatabaseConnections of ${name} stays 0 for a week, but for AWS's own.`,
      query: `aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name DatabaseConnections --dimensions Name=DBInstanceIdentifier,Value=${identifier} --statistics Maximum --period 3600 --start-time "$(date -u -d '-7 days' +%FT%TZ)" --end-time "$(date -u +%FT%TZ)"`,
    })),
    duration: days(7, 14),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'nothing is done', until: 'always', exact: true },
    sources: [
      {
        claim: 'connections to a database are counted',
        url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html',
        certainty: 'documented',
      },
    ],
  });
}

function unprotected(context: Context, passage: Passage): Step {
  const { database, declared, name } = passage;
  return step({
    ...common(context),
    id: `${key(context, passage)}-unprotected`,
    title: `${database.name} may be deleted`,
    kind: 'switch',
    why: `AWS refuses to delete what is protected. ${name} is protected, and has the data.`,
    edits: [{ op: 'update', type: declared.type, name: declared.name, properties: { deletionProtection: false } }],
    gate: [{ type: 'person', check: 'The last copy is available: the step before this one has shown it.' }],
    duration: minutes(1, 5),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'protect it again', until: 'it is deleted', exact: true },
    sources: [
      {
        claim: 'a database with deletion protection cannot be deleted',
        url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html',
        certainty: 'documented',
      },
    ],
  });
}

/** An alarm on an instance that is gone only ever tells of missing data; the instances of the cluster get their own. */
function alarmsOf({ state }: Context, { database, declared, replicas }: Passage): readonly Edit[] {
  const whole = [{ one: database, declared }, ...replicas];
  const addresses = new Set(whole.map((each) => addressOf(each.declared)));
  const identifiers = new Set(whole.map(({ one }) => one.identifier));
  return [...state.world.declared.values()].flatMap(({ type, name, properties }) => {
    const { dimensions } = properties;
    const watched = isProperties(dimensions) ? dimensions.DBInstanceIdentifier : undefined;
    const isOfThese =
      type === ALARM &&
      (referencesIn(properties).some(({ address }) => addresses.has(address)) ||
        (typeof watched === 'string' && identifiers.has(watched)));
    return isOfThese ? [{ op: 'delete' as const, type, name }] : [];
  });
}

function dropped(context: Context, passage: Passage): Step {
  const { database, declared, replicas, name } = passage;
  const whole = [{ one: database, declared }, ...replicas];
  const names = whole.map(({ one }) => one.name).join(', ');
  // a rule between two of them belongs to both
  const gone = new Map<string, Edit>();
  for (const each of whole)
    for (const edit of [
      { op: 'delete' as const, type: each.declared.type, name: each.declared.name },
      ...withoutGroup(context.state, each.one),
    ])
      gone.set(addressOf(edit), edit);
  for (const edit of alarmsOf(context, passage)) gone.set(addressOf(edit), edit);
  return step({
    ...common(context),
    id: `${key(context, passage)}-dropped`,
    title: `Delete ${names}`,
    kind: 'contract',
    why: 'They cost as much as before and get no writes. A last copy stays.',
    edits: [...gone.values()],
    gate: [{ type: 'inventory', check: `${names} are gone, and ${name} is available` }],
    duration: minutes(5, 30),
    clientsNotice: { from: 0, to: 0, what: 'Nothing: nobody is connected.' },
    undo: { how: 'restore the last copy', until: 'always', exact: false },
    sources: SOURCES.slice(2, 3),
    successions: [
      ...handedOver(context, passage),
      ...replicas.map(({ one }) => ({
        from: one.id,
        to: [],
        because: 'the instances of a cluster share one storage: nobody has to copy to this replica any more',
      })),
    ],
    declares: {
      deletesData: whole.map(({ one }) => ({
        resource: one.id,
        because: `${name} has everything that it had when it was promoted, and a last copy of ${database.name} stays`,
      })),
    },
  });
}
