import { isPublic } from '../../analyse/internet/subnets.ts';
import { all } from '../../estate/estate.ts';
import type { Database } from '../../estate/kinds/data.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { namings, unwritten } from '../structure/addresses-in-settings.ts';
import { auroraClass, auroraEngine, auroraFor, type Passage } from '../structure/aurora-cluster.ts';
import { hostsOf, SOURCES, stepsFor } from '../structure/aurora-steps.ts';
import { primaries, replicasOf, subnetsOf, unclear, vpcOf } from '../structure/databases.ts';
import { declaredOf } from '../structure/declared.ts';
import { enginePath } from '../structure/engine-path.ts';
import { slug } from '../structure/names.ts';
import { inTwoZones, tierSubnets } from '../structure/tiers.ts';

type Refused = Omit<Refusal, 'move' | 'environment'>;
type Problem = Omit<Refused, 'subject'>;

export const move: Move = {
  name: 'aurora',
  title: 'Databases become Aurora clusters',
  about:
    'A reader takes over within a minute when the writer or its zone falls, and readers come and go with the load.',
  scope: 'environment',
  risk: 'last',
  optional: true,
  preconditions: [
    'the team wants it: want: ["aurora"]. No finding asks for it, and it costs minutes without writes',
    'MySQL or PostgreSQL on RDS, encrypted, with automatic backups, in a version that an Aurora version continues',
    'no replicas in other regions or of replicas, and no master password that RDS itself manages',
    'there are private subnets in two zones',
    'the program holds every setting that names the database or a replica',
  ],
  undo: 'before the promotion: delete the cluster. After it: the old database stays beside for a while, but without what was written since',
  sources: SOURCES,
  propose: (context) => {
    if (context.preferences.want?.includes(move.name) !== true) return { state: 'notNeeded' };
    const refusals: Refused[] = [...unclear(context)];
    const passages: Passage[] = [];
    let waits: string | undefined;
    for (const database of primaries(context)) {
      const told = passageOf(context, database);
      if ('because' in told) refusals.push({ subject: database.id, ...told });
      else if ('waits' in told) waits = told.waits;
      else passages.push(told);
    }
    if (passages.length > 0)
      return { state: 'ready', refusals, steps: passages.flatMap((one) => stepsFor(context, one)) };
    if (waits !== undefined) return { state: 'waits', for: waits };
    return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  },
};

function passageOf(context: Context, database: Database): Passage | Problem | { readonly waits: string } {
  const { estate, state } = context;
  const { name, engine, engineVersion, instanceClass } = database;
  const unfit = unfitness(context, database);
  if (unfit) return unfit;
  const now = estate.collectedAt;
  if (engine === undefined || engineVersion === undefined || now === undefined)
    return {
      because: `What AWS supports of ${name} is not known.`,
      change: 'Collect again, with the time of collection.',
    };
  const aurora = auroraFor(engine, engineVersion, now);
  if (!aurora || database.storageEncrypted !== true) {
    // the move database-renewed encrypts, and goes on to a version that AWS supports
    const later = enginePath(engine, engineVersion, now)?.at(-1) ?? engineVersion;
    if (auroraFor(engine, later, now)) return { waits: `${name} to be renewed: encrypted, on ${engine} ${later}` };
    const open = `${name} is not encrypted, and a cluster that follows it could not be either`;
    return {
      because: aurora
        ? `${open}. Renewing it ends on ${engine} ${later}, which no Aurora version is known to continue.`
        : `No Aurora version that AWS supports is known to continue ${engine} ${engineVersion}, which ${name} runs, or ${later}, to which it is renewed.`,
      change: aurora
        ? `Renew it first by hand: encrypted, and still on ${engine} ${engineVersion}; then collect again.`
        : `Leave it on RDS, or ask AWS for the ways: aws rds describe-db-engine-versions --engine ${engine} --engine-version ${engineVersion} --query 'DBEngineVersions[0].ValidUpgradeTarget'.`,
    };
  }
  const fitting = auroraClass(instanceClass ?? '');
  if (fitting === undefined)
    return {
      because: `Which class of Aurora is like ${instanceClass}, which ${name} has, is not known.`,
      change: 'Change the class of the database to one of the memory family first.',
    };
  const declared = declaredOf(state, database);
  const replicas = replicasOf(estate, database).flatMap((one) => {
    const itself = declaredOf(state, one);
    return itself ? [{ one, declared: itself }] : [];
  });
  if (!declared || replicas.length !== replicasOf(estate, database).length)
    return {
      because: `${name} or a replica of it is not under the program's care.`,
      change: 'Collect what was not read of it.',
    };
  if (declared.properties.manageMasterUserPassword === true)
    return {
      because: `RDS itself manages the master password of ${name}, and a replica cannot follow that.`,
      change: 'Take the password into a secret of your own for the time of the move.',
    };
  const vpc = vpcOf(estate, database);
  if (!vpc) return { because: `The VPC of ${name} is not known.`, change: 'Collect rds:DescribeDBSubnetGroups.' };
  const identifier = `${slug(database.identifier, 48)}-aurora`;
  if (all(estate, 'databaseCluster').some((one) => one.identifier === identifier))
    return {
      because: `There is a cluster ${identifier} already.`,
      change: `End what was begun with it, or delete it.`,
    };
  const own = subnetsOf(estate, database);
  const named = typeof declared.properties.dbSubnetGroupName === 'string';
  const isPrivate = named && own?.every((subnet) => isPublic(estate, subnet).answer === 'no') === true;
  const fits = own && isPrivate && inTwoZones(own) ? own : undefined;
  const data = (fits ?? tierSubnets(estate, vpc, 'data')).filter(({ zone }) => zone !== undefined);
  if (!inTwoZones(data)) return { waits: `private subnets in two zones of ${vpc.name}` };
  const beside = data.filter(({ zone }) => zone?.id === database.zone?.id);
  const subnets = [...beside.slice(0, 1), ...data.filter(({ zone }) => zone?.id !== database.zone?.id)];
  const passage: Passage = {
    database,
    declared,
    replicas,
    aurora,
    instanceClass: fitting,
    vpc,
    subnets,
    ownSubnets: fits !== undefined,
    name: identifier,
  };
  return strangersOf(context, passage) ?? passage;
}

/** What AWS refuses, and what is not known. */
function unfitness({ estate }: Context, database: Database): Problem | undefined {
  const { name, engine, engineVersion, instanceClass, storageEncrypted, backupRetention, endpoint } = database;
  const replicas = replicasOf(estate, database);
  const collect = 'Collect rds:DescribeDBInstances in every region.';
  if (
    engine === undefined ||
    engineVersion === undefined ||
    instanceClass === undefined ||
    storageEncrypted === undefined
  )
    return {
      because: `The engine, version or class of ${name}, or whether it is encrypted, is not known.`,
      change: collect,
    };
  if (auroraEngine(engine) === undefined)
    return {
      because: `Aurora is MySQL or PostgreSQL, and ${name} is ${engine}.`,
      change: 'Leave it on RDS, or bring its data over with AWS DMS, by hand.',
    };
  if (backupRetention === undefined || backupRetention === 0)
    return {
      because: `${name} keeps no automatic backups, or the input does not tell, and AWS makes a replica from these.`,
      change: 'Turn backups on in a quiet hour: it pauses the database for seconds to minutes.',
    };
  if ([database, ...replicas].some((one) => one.endpoint?.host === undefined) || endpoint?.port === undefined)
    return {
      because: `The address of ${name} or of a replica is not known, so nobody can tell who names it.`,
      change: collect,
    };
  if (database.replicas === undefined || replicas.length !== database.replicas.length)
    return { because: `Not every replica of ${name} is in the input.`, change: collect };
  const strange = replicas.find((one) => one.region !== database.region || one.replicas?.length !== 0);
  if (strange)
    return {
      because: `${strange.name} is in another region, or has replicas of its own or the input does not tell, and nothing takes over from these.`,
      change: `Delete it, or make these replicas of ${name} first.`,
    };
  return undefined;
}

/** Who goes on writing to the old database is lost data: no such caller may be left. */
function strangersOf({ state, estate }: Context, passage: Passage): Problem | undefined {
  const found = namings(state, hostsOf(passage));
  const whole = [passage.database, ...passage.replicas.map(({ one }) => one)];
  const strangers = new Set(whole.flatMap((one) => unwritten(estate, one, found)).map(({ name }) => name));
  if (strangers.size === 0) return undefined;
  return {
    because: `${[...strangers].sort().join(', ')} names ${passage.database.name} or a replica in settings that the program does not hold, and would go on writing to the old database.`,
    change: 'Let them ask a name in your own private zone, which the program can change; then collect again.',
  };
}
