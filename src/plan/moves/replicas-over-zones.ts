import { isPublic } from '../../analyse/internet/subnets.ts';
import type { Database } from '../../estate/kinds/data.ts';
import type { Subnet } from '../../estate/kinds/network.ts';
import { type Create, type Edit, ref } from '../edit.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { days, minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { callerKey, type Naming, namings, rollout, unwritten } from '../structure/addresses-in-settings.ts';
import { copied, fallingReplicas, primaries, replicasOf, subnetsOf, unclear, vpcOf } from '../structure/databases.ts';
import { declaredOf } from '../structure/declared.ts';
import { ownGroupName, stillToMake } from '../structure/groups.ts';
import { idOf, slug, tagged } from '../structure/names.ts';
import { INSTANCE, replica, type Twin } from '../structure/replica.ts';
import { inTwoZones, tierSubnets } from '../structure/tiers.ts';
import { twinGroup, withoutGroup } from '../structure/twin-rules.ts';
import type { DeclaredResource } from '../world.ts';

const REPLICAS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html';
const CREATING = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Create.html';
const BACKUPS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.Enabling.html';
const SUBNETS = 'aws:rds/subnetGroup:SubnetGroup';

type Refused = Omit<Refusal, 'move' | 'environment'>;

interface Family {
  readonly primary: Database;
  readonly declared: DeclaredResource;
  readonly twins: readonly Twin[];
  /** The private subnets of a new group; undefined where the primary's own group will do. */
  readonly subnets: readonly Subnet[] | undefined;
}

export const move: Move = {
  name: 'replicas-over-zones',
  title: 'Read replicas stand in several zones',
  about: 'The loss of one zone no longer takes every copy of a database with it.',
  scope: 'environment',
  risk: 'risky',
  enables: ['database-private'],
  preconditions: [
    'the primary keeps automatic backups: without them AWS makes no replica',
    'there are private subnets in two zones',
    'the program holds the settings that name the old replicas, or a person changes them',
  ],
  undo: 'the settings name the old replicas again, as long as they are there',
  sources: [
    {
      claim: 'a replica takes any subnet group of the VPC of its primary, and the ARN of the primary is named then',
      url: CREATING,
      certainty: 'documented',
    },
    {
      claim: 'a primary in one zone may hold writes for a moment while the copy for a replica begins',
      url: CREATING,
      certainty: 'documented',
    },
    { claim: 'deleting a replica leaves its primary as it is', url: REPLICAS, certainty: 'documented' },
    { claim: 'a replica is there in 10 minutes to some hours, by its size', url: REPLICAS, certainty: 'estimate' },
  ],
  propose: (context) => {
    const refusals: Refused[] = [...unclear(context)];
    const families: Family[] = [];
    let waits: string | undefined;
    for (const primary of primaries(context)) {
      const moving = movingReplicas(context, primary);
      if (moving === undefined)
        refusals.push({
          subject: primary.id,
          because: `The zone of ${primary.name} or of a replica of it is not known.`,
          change: 'Collect rds:DescribeDBInstances again once all of them are available.',
        });
      else if (moving.length > 0) {
        const family = familyOf(context, primary, moving);
        if ('because' in family) refusals.push({ subject: primary.id, ...family });
        else if ('waits' in family) waits = family.waits;
        else families.push(family);
      }
    }
    if (families.length > 0)
      return { state: 'ready', refusals, steps: families.flatMap((one) => stepsFor(context, one, refusals)) };
    if (waits !== undefined) return { state: 'waits', for: waits };
    return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  },
};

/** Those that fall together; with the failover way out of public subnets also those that hold on to one of them. */
function movingReplicas(context: Context, primary: Database): readonly Database[] | undefined {
  const { estate, preferences } = context;
  const falling = fallingReplicas(estate, primary);
  if (falling === undefined || preferences.databasePrivate !== 'failover') return falling;
  const held = replicasOf(estate, primary).filter((one) =>
    subnetsOf(estate, one)?.some((subnet) => isPublic(estate, subnet).answer === 'yes'),
  );
  return [...new Set([...falling, ...held])];
}

function familyOf(
  context: Context,
  primary: Database,
  moving: readonly Database[],
): Family | Omit<Refused, 'subject'> | { readonly waits: string } {
  const { estate, state } = context;
  const declared = declaredOf(state, primary);
  const vpc = vpcOf(estate, primary);
  if (!declared)
    return { because: `${primary.name} is not under the program's care.`, change: 'Collect what was not read of it.' };
  if (!vpc)
    return { because: `The VPC of ${primary.name} is not known.`, change: 'Collect rds:DescribeDBSubnetGroups.' };
  if (primary.backupRetention === undefined)
    return {
      because: `Whether ${primary.name} keeps backups is not known.`,
      change: 'Collect rds:DescribeDBInstances.',
    };
  const cascading = moving.find(({ replicas }) => replicas === undefined || replicas.length > 0);
  if (cascading)
    return {
      because: `${cascading.name} has replicas of its own, or the input does not tell.`,
      change: `Make these replicas of ${primary.name} first.`,
    };
  const own = subnetsOf(estate, primary);
  const fits = own?.every((subnet) => isPublic(estate, subnet).answer === 'no') && inTwoZones(own) ? own : undefined;
  const data = fits ?? tierSubnets(estate, vpc, 'data');
  if (!inTwoZones(data)) return { waits: `private subnets in two zones of ${vpc.name}` };
  const first = data.filter(({ zone }) => zone?.id !== primary.zone?.id);
  const order = [...first, ...data.filter((subnet) => !first.includes(subnet))];
  const twins: Twin[] = [];
  const taken = new Set<string>([...state.world.declared.values()].map(({ name }) => name));
  for (const [n, old] of moving.entries()) {
    const itself = declaredOf(state, old);
    const subnet = order[n % order.length];
    if (!itself || !subnet)
      return { because: `${old.name} is not under the program's care.`, change: 'Collect what was not read of it.' };
    const name = freeName(`${slug(primary.identifier, 48)}-reader-${letterOf(subnet)}`, taken);
    taken.add(name);
    twins.push({ old, declared: itself, name, subnet });
  }
  return { primary, declared, twins, subnets: fits ? undefined : data };
}

const letterOf = ({ zone }: Subnet): string => zone?.id.slice(-1) ?? 'x';

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n += 1) {
    const tried = n === 1 ? name : `${name}-${n}`;
    if (!taken.has(tried)) return tried;
  }
}

const refTo = ({ name }: Twin): { readonly type: string; readonly name: string } => ({ type: INSTANCE, name });

function stepsFor(context: Context, family: Family, refusals: Refused[]): readonly Step[] {
  const { state, estate } = context;
  const { primary, twins } = family;
  const steps = primary.backupRetention === 0 ? backedUp(context, family) : [];
  const renamed = new Map(
    twins.flatMap((twin) => {
      const host = twin.old.endpoint?.host;
      return host === undefined ? [] : [[host, ref(refTo(twin), 'address')] as const];
    }),
  );
  const found = namings(state, renamed);
  const left = twins.filter((twin) => {
    const strangers = unwritten(estate, twin.old, found);
    const untold = twin.old.endpoint?.host === undefined;
    if (strangers.length > 0 || untold)
      refusals.push({
        subject: twin.old.id,
        because: untold
          ? `The address of ${twin.old.name} is not known, so nobody can tell who names it; it stays beside the new one.`
          : `${strangers.map(({ name }) => name).join(', ')} names ${twin.old.name} in settings that the program does not hold; it stays beside the new one.`,
        change: `Write the address of ${twin.name} there by hand, then collect again.`,
      });
    return strangers.length === 0 && !untold;
  });
  steps.push(made(context, family), ...found.map((one) => readersMoved(context, family, one)));
  if (left.length > 0) steps.push(watched(context, family, left), dropped(context, family, left));
  return steps;
}

const common = ({ scope }: Context) => ({ move: move.name, environment: scope.environment }) as const;
const key = ({ scope }: Context, { primary }: Family): string => `${scope.stem}-replicas-${slug(primary.name)}`;

/** Turning backups on is felt: it is a step of its own. */
function backedUp(context: Context, family: Family): Step[] {
  const { primary, declared } = family;
  return [
    copied(context, move.name, [primary], `replicas-${slug(primary.name)}-copied`),
    step({
      ...common(context),
      id: `${key(context, family)}-backups`,
      title: `Automatic backups of ${primary.name}`,
      kind: 'expand',
      why: 'AWS makes a read replica from an automatic backup, and there are none. They are worth having in any case.',
      edits: [
        {
          op: 'update',
          type: declared.type,
          name: declared.name,
          properties: { backupRetentionPeriod: 7, applyImmediately: true },
        },
      ],
      gate: [
        {
          type: 'query',
          check: 'The first backup is done.',
          query: `aws rds describe-db-instances --db-instance-identifier ${primary.identifier} --query 'DBInstances[0].[BackupRetentionPeriod,LatestRestorableTime]'`,
        },
      ],
      duration: minutes(5, 60),
      clientsNotice: {
        from: 2,
        to: 300,
        what: 'From no backups to some, AWS suspends reads and writes for seconds to a few minutes. Do it in the quietest hour.',
      },
      undo: { how: 'backupRetentionPeriod back to 0, with the same pause', until: 'a replica is made', exact: true },
      sources: [{ claim: 'turning backups on from 0 interrupts the database', url: BACKUPS, certainty: 'documented' }],
    }),
  ];
}

function made(context: Context, family: Family): Step {
  const { state, estate } = context;
  const { primary, twins, subnets } = family;
  const vpc = vpcOf(estate, primary);
  const groupName = `${slug(primary.identifier)}-private`;
  const group: readonly Create[] = subnets
    ? [
        {
          op: 'create',
          type: SUBNETS,
          name: groupName,
          properties: {
            name: groupName,
            description: `Private subnets of ${primary.identifier}`,
            subnetIds: subnets.map((subnet) => idOf(state, subnet)),
            tags: tagged(groupName),
          },
        },
      ]
    : [];
  const edits: readonly Edit[] = [
    ...group,
    ...twins.flatMap(({ old, name }) =>
      ownGroupOf(context, old) && vpc ? twinGroup(state, old, { name }, idOf(state, vpc)) : [],
    ),
    ...twins.map((twin) =>
      replica(context, family, twin, subnets ? ref({ type: SUBNETS, name: groupName }) : undefined),
    ),
  ];
  const names = twins.map(({ name }) => name).join(', ');
  return step({
    ...common(context),
    id: `${key(context, family)}-made`,
    title: `New read replicas of ${primary.name} in other zones: ${names}`,
    kind: 'expand',
    why: `${twins.map(({ old }) => old.name).join(', ')} and ${primary.name} fall together when their zone does. The new ones stand apart, in private subnets, and nobody uses them yet.`,
    edits: stillToMake(state, edits),
    gate: twins.map(({ name }) => ({
      type: 'query' as const,
      check: `${name} is available and its ReplicaLag is 0 for a quarter of an hour.`,
      query: `aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name ReplicaLag --dimensions Name=DBInstanceIdentifier,Value=${name} --statistics Maximum --period 60 --start-time "$(date -u -d '-15 min' +%FT%TZ)" --end-time "$(date -u +%FT%TZ)"`,
    })),
    duration: minutes(15, 180),
    clientsNotice: {
      from: 0,
      to: 30,
      what: `${primary.name} may hold writes for some seconds while AWS copies it, if it stands in one zone only.`,
    },
    undo: { how: 'delete the new replicas', until: 'somebody reads from them', exact: true },
    sources: [...move.sources.slice(0, 2), ...move.sources.slice(3)],
    declares: { thinner: thinner(context, family) },
  });
}

const ownGroupOf = ({ state }: Context, old: Database): boolean =>
  state.world.declared.has(`aws:ec2/securityGroup:SecurityGroup::${ownGroupName(old)}`);

/** A read that asks one replica only is lost with the zone of that one: another zone than before. */
const thinner = ({ estate }: Context, { twins }: Family) =>
  twins.length === 1
    ? []
    : twins.flatMap(({ old, name }) =>
        estate.flows.flatMap((flow) =>
          flow.to.type === 'resource' && flow.to.id === old.id
            ? [
                {
                  flow: flow.id.replace(`database/${old.name} `, `database/${name} `),
                  until:
                    'the application asks another replica when one does not answer: each of them falls with its own zone now, and no longer all with one',
                },
              ]
            : [],
        ),
      );

const handedOver = ({ estate, state }: Context, { twins }: Family) =>
  twins.map(({ old, name }) => ({
    from: old.id,
    to: [idAfter({ estate, state }, name)],
    because: `${name} has the same data`,
  }));

/** The id that a new database will have. */
const idAfter = ({ state }: Pick<Context, 'estate' | 'state'>, name: string): string => {
  const { account, region } = state.world.today.place;
  return `arn:aws:rds:${region}:${account}:db:${name}`;
};

function readersMoved(context: Context, family: Family, naming: Naming): Step {
  const { estate } = context;
  const { declared, edit } = naming;
  const isRecord = declared.type === 'aws:route53/record:Record';
  return step({
    ...common(context),
    id: `${key(context, family)}-readers-${callerKey(naming)}`,
    title: `${declared.name} reads from the new replicas`,
    kind: 'switch',
    why: 'The old replicas go when nobody names them any more. Both serve while readers move.',
    edits: [edit],
    actions: rollout(naming, estate),
    gate: [
      {
        type: 'query',
        check: 'The new replicas have connections, and the errors are as few as before.',
        query: family.twins
          .map(
            ({ name }) =>
              `aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name DatabaseConnections --dimensions Name=DBInstanceIdentifier,Value=${name} --statistics Maximum --period 300 --start-time "$(date -u -d '-1 hour' +%FT%TZ)" --end-time "$(date -u +%FT%TZ)"`,
          )
          .join('; '),
      },
    ],
    duration: minutes(3, 30),
    clientsNotice: isRecord
      ? { from: 0, to: 0, what: 'Nothing: old connections go on to the old replica until they end.' }
      : NOTHING_NOTICED,
    undo: { how: 'name the old replicas again', until: 'they are deleted', exact: true },
    sources: [
      {
        claim: 'a rolling deployment starts new tasks before it stops old ones',
        url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html',
        certainty: 'documented',
      },
    ],
    successions: handedOver(context, family),
    declares: { thinner: thinner(context, family) },
  });
}

const watched = (context: Context, family: Family, left: readonly Twin[]): Step =>
  step({
    ...common(context),
    id: `${key(context, family)}-watched`,
    title: `Nobody reads from ${left.map(({ old }) => old.name).join(', ')} any more`,
    kind: 'watch',
    why: 'Settings tell of those who wrote the name down where we can see it. Connections tell of everybody.',
    gate: left.map(({ old }) => ({
      type: 'query' as const,
      check: `DatabaseConnections of ${old.name} stays 0 over three days with a working day among them, but for AWS's own.`,
      query: `aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name DatabaseConnections --dimensions Name=DBInstanceIdentifier,Value=${old.identifier} --statistics Maximum --period 3600 --start-time "$(date -u -d '-3 days' +%FT%TZ)" --end-time "$(date -u +%FT%TZ)"`,
    })),
    duration: days(3, 7),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'nothing is done', until: 'always', exact: true },
    sources: [
      {
        claim: 'connections to a replica are counted',
        url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html',
        certainty: 'documented',
      },
    ],
  });

function dropped(context: Context, family: Family, left: readonly Twin[]): Step {
  const { state } = context;
  const names = left.map(({ old }) => old.name).join(', ');
  return step({
    ...common(context),
    id: `${key(context, family)}-dropped`,
    title: `Delete ${names}`,
    kind: 'contract',
    why: 'They hold a copy of what the primary has, cost as much as it, and nobody reads from them.',
    edits: [
      ...left.map(({ declared }) => ({ op: 'delete' as const, type: declared.type, name: declared.name })),
      ...left.flatMap(({ old }) => withoutGroup(state, old)),
    ],
    gate: [{ type: 'inventory', check: `${names} are gone, and the new replicas are available` }],
    duration: minutes(5, 30),
    clientsNotice: { from: 0, to: 0, what: 'Nothing: nobody is connected.' },
    undo: { how: 'make a replica again, in an hour or so', until: 'always', exact: false },
    sources: move.sources.slice(2, 3),
    successions: handedOver(context, family),
    declares: {
      deletesData: left.map(({ old }) => ({
        resource: old.id,
        because: `it is a read replica: ${family.primary.name} has everything that it has`,
      })),
      thinner: thinner(context, family),
    },
  });
}
