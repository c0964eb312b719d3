import { find } from '../../estate/estate.ts';
import type { Database } from '../../estate/kinds/data.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import {
  acceptedSeconds,
  copied,
  fallingReplicas,
  newerClass,
  primaries,
  replicasOf,
  subnetsOf,
  unclear,
  vpcOf,
  zonesIn,
} from '../structure/databases.ts';
import { declaredOf } from '../structure/declared.ts';
import { failedOver } from '../structure/failover.ts';
import { idOf, slug } from '../structure/names.ts';
import { tierSubnets } from '../structure/tiers.ts';
import type { DeclaredResource } from '../world.ts';

const MULTI_AZ = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html';
const FAILOVER = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html';
const MODIFYING = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html';

type Refused = Omit<Refusal, 'move' | 'environment'>;
type Problem = Omit<Refused, 'subject'>;

/** Editions that AWS gives no standby. */
const NO_STANDBY = /^sqlserver-(ex|web)$/;

export const move: Move = {
  name: 'database-two-zones',
  title: 'Databases get a standby in another zone',
  about: 'When a zone or a machine fails, a standby takes over by itself, and a newer machine costs one such failover.',
  scope: 'environment',
  risk: 'risky',
  preconditions: [
    'the subnet group has subnets in two zones, or the VPC has private ones to add',
    'no change of the database waits for its maintenance window',
  ],
  undo: 'multiAz back to false, the class back to what it was by another failover',
  sources: [
    { claim: 'adding a standby does not interrupt the database', url: MODIFYING, certainty: 'documented' },
    {
      claim: 'writes are slower while the standby is filled, and a little slower ever after',
      url: MULTI_AZ,
      certainty: 'documented',
    },
    {
      claim: 'a failover takes 60 to 120 seconds, longer with large transactions',
      url: FAILOVER,
      certainty: 'documented',
    },
    { claim: 'filling the standby takes 10 minutes to hours, by size', url: MULTI_AZ, certainty: 'estimate' },
  ],
  propose: (context) => {
    const refusals: Refused[] = [...unclear(context)];
    const steps: Step[] = [];
    let waits: string | undefined;
    for (const database of primaries(context)) {
      const told = stepsFor(context, database, refusals);
      if ('because' in told) refusals.push({ subject: database.id, ...told });
      else if ('waits' in told) waits = told.waits;
      else steps.push(...told.steps);
    }
    if (waits !== undefined) return { state: 'waits', for: waits };
    if (steps.length > 0) return { state: 'ready', steps, refusals };
    return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  },
};

function stepsFor(
  context: Context,
  database: Database,
  refusals: Refused[],
): { readonly steps: readonly Step[] } | { readonly waits: string } | Problem {
  const { state, estate } = context;
  const newer = newerClass(database);
  const slower = replicasOf(estate, database).filter((one) => newerClass(one) !== undefined);
  if ([database, ...replicasOf(estate, database)].some(({ instanceClass }) => instanceClass === undefined))
    return {
      because: `The class of ${database.name} or of a replica of it is not known.`,
      change: 'Collect rds:DescribeDBInstances.',
    };
  if (database.multiAz === true && newer === undefined && slower.length === 0) return { steps: [] };
  if (database.multiAz === undefined)
    return {
      because: `Whether ${database.name} has a standby is not known.`,
      change: 'Collect rds:DescribeDBInstances.',
    };
  const declared = declaredOf(state, database);
  if (!declared)
    return { because: `${database.name} is not under the program's care.`, change: 'Collect what was not read of it.' };
  if (database.engine === undefined)
    return { because: `The engine of ${database.name} is not known.`, change: 'Collect rds:DescribeDBInstances.' };
  if (NO_STANDBY.test(database.engine))
    return {
      because: `AWS gives no standby to the edition ${database.engine}.`,
      change: 'Move to the Standard edition, or to another engine.',
    };
  const pending = database.pendingChanges ?? [];
  if (pending.length > 0)
    return {
      because: `${database.name} has changes that wait for its maintenance window (${pending.join(', ')}): they would be applied along with this one.`,
      change: 'Apply or withdraw them first, then collect again.',
    };
  const steps: Step[] = [];
  if (database.multiAz === false) {
    const places = roomFor(context, database);
    if (!Array.isArray(places)) return places as Problem | { readonly waits: string };
    steps.push(
      copied(context, move.name, [database], `two-zones-${slug(database.name)}-copied`),
      ...(places as readonly Step[]),
      standby(context, database, declared),
    );
  }
  steps.push(...newerMachines(context, database, declared, refusals));
  if (steps.length > 0 && database.pendingChanges === undefined) steps.unshift(nothingPending(context, database));
  return { steps };
}

/** AWS tells pending changes of every database, so an input that does not is an excerpt: somebody has to look. */
const nothingPending = ({ scope }: Context, { name, identifier }: Database): Step =>
  step({
    id: `${scope.stem}-two-zones-${slug(name)}-nothing-pending`,
    title: `Nothing waits for the maintenance window of ${name}`,
    kind: 'watch',
    move: move.name,
    environment: scope.environment,
    why: 'A change that is applied at once takes along every change that waits. The input does not tell whether one waits.',
    gate: [
      {
        type: 'query',
        check: 'The answer is empty. Apply or withdraw first what it shows.',
        query: `aws rds describe-db-instances --db-instance-identifier ${identifier} --query 'DBInstances[0].PendingModifiedValues'`,
      },
    ],
    duration: minutes(1, 5),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'nothing was changed', until: 'always', exact: true },
    sources: move.sources.slice(0, 1),
  });

/** A step that gives the subnet group another zone, where it has one only; empty when there are two. */
function roomFor(context: Context, database: Database): readonly Step[] | Problem | { readonly waits: string } {
  const { state, estate, scope } = context;
  const own = subnetsOf(estate, database);
  if (own === undefined)
    return {
      because: `The subnet group of ${database.name} is not known.`,
      change: 'Collect rds:DescribeDBSubnetGroups and ec2:DescribeSubnets.',
    };
  const zones = zonesIn(own);
  if (zones.length >= 2) return [];
  const vpc = vpcOf(estate, database);
  const group = find(estate, database.subnetGroup);
  const declared = group && declaredOf(state, group);
  const more = vpc ? tierSubnets(estate, vpc, 'data').filter(({ zone }) => zone && !zones.includes(zone.id)) : [];
  if (more.length === 0) return { waits: `private subnets in another zone than ${zones.join(', ')}` };
  const written = declared?.properties.subnetIds;
  if (!declared || !Array.isArray(written))
    return {
      because: `The subnet group of ${database.name} is not under the program's care.`,
      change: 'Collect rds:DescribeDBSubnetGroups.',
    };
  return [
    step({
      id: `${scope.stem}-two-zones-${slug(database.name)}-room`,
      title: `A subnet in another zone for ${database.name}`,
      kind: 'expand',
      move: move.name,
      environment: scope.environment,
      why: 'A standby stands in another zone, and the subnet group has none there.',
      edits: [
        {
          op: 'update',
          type: declared.type,
          name: declared.name,
          properties: { subnetIds: [...written, ...more.map((subnet) => idOf(state, subnet))] },
        },
      ],
      gate: [{ type: 'inventory', check: 'the subnet group is complete, with subnets in two zones' }],
      duration: minutes(1, 5),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'take the subnets out again', until: 'the standby stands in one', exact: true },
      sources: move.sources.slice(0, 1),
    }),
  ];
}

function standby({ scope }: Context, database: Database, declared: DeclaredResource): Step {
  const { identifier } = database;
  return step({
    id: `${scope.stem}-two-zones-${slug(database.name)}`,
    title: `A standby for ${database.name} in another zone`,
    kind: 'expand',
    move: move.name,
    environment: scope.environment,
    why: `${database.name} is one machine in ${database.zone?.id ?? 'one zone'}. With a standby its loss costs a minute or two, and no data.`,
    edits: [
      {
        op: 'update',
        type: declared.type,
        name: declared.name,
        // without the second AWS would wait for the maintenance window
        properties: { multiAz: true, applyImmediately: true },
      },
    ],
    gate: [
      {
        type: 'query',
        check: 'The status is available, MultiAZ is true, a second zone is told, and nothing is pending.',
        query: `aws rds describe-db-instances --db-instance-identifier ${identifier} --query 'DBInstances[0].[DBInstanceStatus,MultiAZ,AvailabilityZone,SecondaryAvailabilityZone,PendingModifiedValues]'`,
      },
      {
        type: 'query',
        check: 'The write latency is back to what it was, or to what you accept for two copies.',
        query: `aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name WriteLatency --dimensions Name=DBInstanceIdentifier,Value=${identifier} --statistics Average --period 300 --start-time "$(date -u -d '-6 hours' +%FT%TZ)" --end-time "$(date -u +%FT%TZ)"`,
      },
    ],
    duration: minutes(10, 360),
    clientsNotice: {
      from: 0,
      to: 0,
      what: 'No interruption, but writes are slower for minutes to hours while the standby is filled. Choose a quiet night; for a busy database rehearse it on a copy.',
    },
    undo: { how: 'multiAz back to false', until: 'always', exact: true },
    sources: [...move.sources.slice(0, 2), ...move.sources.slice(3)],
  });
}

/** The primary by one failover; its replicas after it, but for those that another move replaces anyway. */
function newerMachines(
  context: Context,
  database: Database,
  declared: DeclaredResource,
  refusals: Refused[],
): readonly Step[] {
  const { estate, state } = context;
  const going = new Set(fallingReplicas(estate, database)?.map(({ id }) => id));
  const steps: Step[] = [];
  for (const one of [database, ...replicasOf(estate, database).filter(({ id }) => !going.has(id))]) {
    const to = newerClass(one);
    const itself = one === database ? declared : declaredOf(state, one);
    if (to === undefined || !itself) continue;
    // a primary has its standby by now
    const alone = one !== database && one.multiAz !== true;
    const notice = alone ? { from: 120, to: 900 } : { from: 60, to: 120 };
    if (notice.from > acceptedSeconds(context)) {
      refusals.push({
        subject: one.id,
        because: `A newer class for ${one.name} interrupts it for ${notice.from} to ${notice.to} seconds, and you accept ${acceptedSeconds(context)}.`,
        change: `Accept them: acceptedSeconds: ${notice.to}.`,
      });
      continue;
    }
    steps.push(newer(context, one, itself, to, notice, alone));
  }
  return steps;
}

function newer(
  { scope, estate, preferences }: Context,
  database: Database,
  declared: DeclaredResource,
  to: string,
  seconds: { readonly from: number; readonly to: number },
  alone: boolean,
): Step {
  const { identifier, engine, engineVersion } = database;
  const when = preferences.maintenanceWindow ?? 'the quietest hour';
  return step({
    id: `${scope.stem}-newer-class-${slug(database.name)}`,
    title: `${database.name} moves from ${database.instanceClass} to ${to}`,
    kind: 'switch',
    move: move.name,
    environment: scope.environment,
    why: 'The class is of a previous generation: slower, dearer, and newer versions of the engine do not run on it.',
    edits: [
      {
        op: 'update',
        type: declared.type,
        name: declared.name,
        properties: { instanceClass: to, applyImmediately: true },
      },
    ],
    effects: alone ? [] : failedOver(estate, database),
    gate: [
      {
        type: 'query',
        check: `Before: AWS offers ${to} for this version of the engine, in two zones.`,
        query: `aws rds describe-orderable-db-instance-options --engine ${engine ?? 'ENGINE'} --engine-version ${engineVersion ?? 'VERSION'} --db-instance-class ${to} --query 'OrderableDBInstanceOptions[].AvailabilityZones[].Name'`,
      },
      {
        type: 'query',
        check: 'After: available, on the new class, nothing pending.',
        query: `aws rds describe-db-instances --db-instance-identifier ${identifier} --query 'DBInstances[0].[DBInstanceStatus,DBInstanceClass,AvailabilityZone,PendingModifiedValues]'`,
      },
      { type: 'person', check: 'In a rehearsal the application has opened its connections again by itself.' },
    ],
    duration: minutes(10, 40),
    clientsNotice: {
      ...seconds,
      what: alone
        ? `Reads from ${database.name} fail while its machine changes: it has no standby. Do it in ${when}.`
        : `One failover: connections end, and new ones succeed after a minute or two. Do it in ${when}.`,
    },
    undo: {
      how: 'the old class again, by another failover',
      until: 'AWS no longer offers the old class',
      exact: false,
    },
    sources: [
      {
        claim: 'changing the class is an outage, under Multi-AZ of one failover',
        url: MODIFYING,
        certainty: 'documented',
      },
      ...move.sources.slice(2, 3),
    ],
  });
}
