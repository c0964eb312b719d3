import type { Database } from '../../estate/kinds/data.ts';
import type { Value } from '../../inventory/pulumi/recorded.ts';
import { type Create, ref, type Update } from '../edit.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { days, minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { copied, fallingReplicas, newerClass, primaries, replicasOf, unclear } from '../structure/databases.ts';
import { declaredOf } from '../structure/declared.ts';
import { enginePath } from '../structure/engine-path.ts';
import { slug, tagged } from '../structure/names.ts';
import { settingsLost, signInNamed, unfitness } from '../structure/renewable.ts';
import type { DeclaredResource } from '../world.ts';

const GUIDE = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments';
const KEYS = 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_TargetResourceConfiguration.html';
const KEY = 'aws:kms/key:Key';

type Refused = Omit<Refusal, 'move' | 'environment'>;
type Problem = Omit<Refused, 'subject'>;

/** One database with its replicas, and what is renewed of it. */
interface Renewal {
  readonly database: Database;
  /** The database first. */
  readonly whole: readonly { readonly one: Database; readonly declared: DeclaredResource }[];
  readonly encrypts: boolean;
  /** The major versions to go through. */
  readonly versions: readonly string[];
}

export const move: Move = {
  name: 'database-renewed',
  title: 'Databases are encrypted, on a version that AWS supports',
  about: 'AWS keeps a renewed copy of the database in step beside it, and changes the two within about a minute.',
  scope: 'environment',
  risk: 'last',
  preconditions: [
    'MySQL, MariaDB or PostgreSQL on RDS, on a current class, with automatic backups',
    'parameters and options as AWS sets them, where the version changes; no policy that names the database by its resource id',
    'no replicas in other regions or of replicas, and no master password that RDS itself manages',
    'the application has run against the new version in a rehearsal',
  ],
  undo: 'before the switchover: delete the copy. After it: the old database stays beside, but without what was written since',
  sources: [
    {
      claim:
        'the switchover typically takes under a minute, ends all connections, and is taken back when it takes too long',
      url: `${GUIDE}-switching.html`,
      certainty: 'documented',
    },
    {
      claim: 'the copy of a database that is not encrypted may be encrypted, each instance by its own setting',
      url: KEYS,
      certainty: 'documented',
    },
    {
      claim:
        'whether AWS does that for your engine and region has to be tried: an older page of the guide says that it does not',
      url: `${GUIDE}-considerations.html`,
      certainty: 'composed',
    },
    {
      claim:
        'the identity of the database changes: permissions and trails that name its resource id have to be written anew',
      url: `${GUIDE}-considerations.html`,
      certainty: 'documented',
    },
  ],
  propose: (context) => {
    const refusals: Refused[] = [...unclear(context)];
    const renewals: Renewal[] = [];
    let waits: string | undefined;
    for (const database of primaries(context)) {
      const told = renewalOf(context, database);
      if (told === undefined) continue;
      if ('because' in told) refusals.push({ subject: database.id, ...told });
      else if ('waits' in told) waits = told.waits;
      else renewals.push(told);
    }
    if (waits !== undefined) return { state: 'waits', for: waits };
    if (renewals.length > 0)
      return { state: 'ready', refusals, steps: renewals.flatMap((one) => stepsFor(context, one)) };
    return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  },
};

function renewalOf(context: Context, database: Database): Renewal | Problem | { readonly waits: string } | undefined {
  const { estate, state } = context;
  const { name, engine, engineVersion, storageEncrypted } = database;
  if (storageEncrypted === undefined || engine === undefined || engineVersion === undefined)
    return {
      because: `Whether ${name} is encrypted, or its version, is not known.`,
      change: 'Collect rds:DescribeDBInstances.',
    };
  const { collectedAt } = estate;
  const versions = collectedAt === undefined ? undefined : enginePath(engine, engineVersion, collectedAt);
  if (storageEncrypted && versions?.length === 0) return undefined;
  if (!['mysql', 'mariadb', 'postgres'].includes(engine))
    return storageEncrypted
      ? undefined
      : {
          because: `AWS renews no ${engine} database beside the old one.`,
          change:
            'Restore an encrypted copy of a snapshot while nothing writes, and name it where the old one is named.',
        };
  if (versions === undefined && storageEncrypted)
    return {
      because: `Whether AWS supports ${engine} ${engineVersion}, or a way to a version that it does, is not known.`,
      change: 'Compare with the calendar of the engine, and upgrade by hand.',
    };
  const unfit = unfitness(context, database);
  if (unfit) return unfit;
  if (newerClass(database) !== undefined) return { waits: `a current class for ${name}` };
  if ((fallingReplicas(estate, database) ?? []).length > 0) return { waits: `replicas of ${name} that stay` };
  const whole = [database, ...replicasOf(estate, database)].flatMap((one) => {
    const declared = declaredOf(state, one);
    return declared ? [{ one, declared }] : [];
  });
  if (whole.length !== 1 + replicasOf(estate, database).length)
    return {
      because: `${name} or a replica of it is not under the program's care.`,
      change: 'Collect what was not read of it.',
    };
  const lost = versions !== undefined && versions.length > 0 ? settingsLost(whole) : undefined;
  if (lost) return lost;
  const named = signInNamed(
    estate,
    whole.map(({ one }) => one),
  );
  if (named) return named;
  return { database, whole, encrypts: !storageEncrypted, versions: versions ?? [] };
}

const common = ({ scope }: Context) => ({ move: move.name, environment: scope.environment }) as const;
const keyName = ({ scope }: Context): string => `${scope.stem}-database-key`;

function stepsFor(context: Context, renewal: Renewal): readonly Step[] {
  const { database, encrypts, versions } = renewal;
  // encryption comes with the first round
  const rounds = versions.length > 0 ? versions : [undefined];
  return [
    ...(encrypts && !context.state.world.declared.has(`${KEY}::${keyName(context)}`) ? [keyed(context)] : []),
    copied(context, move.name, [database], `renewed-${slug(database.name)}-copied`),
    ...rounds.flatMap((version, n) => round(context, renewal, version, encrypts && n === 0, n + 1)),
  ];
}

/** A key of the team's own: what the default key of RDS encrypts can never be given to another account. */
function keyed(context: Context): Step {
  const name = keyName(context);
  const key: Create = {
    op: 'create',
    type: KEY,
    name,
    properties: {
      description: `Databases of ${context.scope.stem}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags: tagged(name),
    },
  };
  const alias: Create = {
    op: 'create',
    type: 'aws:kms/alias:Alias',
    name,
    properties: { name: `alias/${name}`, targetKeyId: ref(key, 'keyId') },
  };
  return step({
    ...common(context),
    id: `${context.scope.stem}-renewed-key`,
    title: 'A key for the databases',
    kind: 'expand',
    why: 'Copies that the default key of RDS encrypts can never be shared with another account; those of a key of your own can.',
    edits: [key, alias],
    gate: [
      {
        type: 'query',
        check: 'The key is enabled.',
        query: `aws kms describe-key --key-id alias/${name} --query KeyMetadata.KeyState`,
      },
    ],
    duration: minutes(1, 2),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'delete the key', until: 'something is encrypted with it', exact: true },
    sources: [
      {
        claim: 'a snapshot under the default key cannot be shared',
        url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html',
        certainty: 'documented',
      },
    ],
  });
}

function round(
  context: Context,
  renewal: Renewal,
  version: string | undefined,
  encrypts: boolean,
  n: number,
): readonly Step[] {
  const { database, whole } = renewal;
  const { scope } = context;
  const aim = [version === undefined ? [] : [`${database.engine} ${version}`], encrypts ? ['encrypted'] : []]
    .flat()
    .join(', ');
  const id = `${scope.stem}-renewed-${slug(database.name)}-${n}`;
  const name = `${slug(database.identifier, 50)}-renewed-${n}`;
  const target = `alias/${keyName(context)}`;
  const create = [
    `aws rds create-blue-green-deployment --blue-green-deployment-name ${name} --source ${database.arn ?? database.id}`,
    ...(version === undefined ? [] : [`--target-engine-version "$(${newest(database, version)})"`]),
    ...(encrypts
      ? [
          `--target-resource-configurations ${whole.map(({ one }) => `SourceArn=${one.arn ?? one.id},TargetKmsKeyId=${target}`).join(' ')}`,
        ]
      : []),
  ].join(' ');
  const deployment = `"$(aws rds describe-blue-green-deployments --filters Name=blue-green-deployment-name,Values=${name} --query 'BlueGreenDeployments[0].BlueGreenDeploymentIdentifier' --output text)"`;
  const lag = `aws rds describe-blue-green-deployments --filters Name=blue-green-deployment-name,Values=${name} --query 'BlueGreenDeployments[0].[Status,StatusDetails,Tasks]'`;
  return [
    step({
      ...common(context),
      id: `${id}-beside`,
      title: `A copy of ${database.name} beside it: ${aim}`,
      kind: 'act',
      why: 'The copy follows the database in use, and nobody uses it: there is all the time to try it.',
      actions: [
        { operation: 'rds:CreateBlueGreenDeployment', parameters: { BlueGreenDeploymentName: name }, command: create },
      ],
      gate: [
        ...(version === undefined
          ? []
          : [
              {
                type: 'query' as const,
                check: `Before: AWS offers the way to ${version}.`,
                query: `aws rds describe-db-engine-versions --engine ${database.engine} --engine-version "$(aws rds describe-db-instances --db-instance-identifier ${database.identifier} --query 'DBInstances[0].EngineVersion' --output text)" --query 'DBEngineVersions[0].ValidUpgradeTarget[?IsMajorVersionUpgrade].EngineVersion'`,
              },
            ]),
        ...(encrypts
          ? [
              {
                type: 'query' as const,
                check:
                  'Every instance of the copy is encrypted. Where AWS refuses to, stop here: the other way is an encrypted copy of a snapshot, restored while nothing writes.',
                query: `aws rds describe-db-instances --query 'DBInstances[?contains(DBInstanceIdentifier, \`-green-\`)].[DBInstanceIdentifier,StorageEncrypted,EngineVersion]'`,
              },
            ]
          : []),
        { type: 'query', check: 'The deployment is AVAILABLE, and the copy lags by less than a second.', query: lag },
        {
          type: 'person',
          check:
            'The application has run its tests and its slowest queries against the copy, read only; its drivers know the new version.',
        },
      ],
      duration: days(1, 7),
      clientsNotice: {
        from: 0,
        to: 0,
        what: 'Nothing; the database writes the log that the copy follows, which costs a little.',
      },
      undo: {
        how: `aws rds delete-blue-green-deployment --blue-green-deployment-identifier ${deployment} --delete-target`,
        until: 'the switchover',
        exact: false,
      },
      sources: move.sources.slice(encrypts ? 1 : 3),
    }),
    step({
      ...common(context),
      id: `${id}-switched`,
      title: `${database.name} is ${aim}`,
      kind: 'act',
      why: 'The copy takes the names and addresses of the database and of its replicas; the old ones stay beside as they were.',
      actions: [
        {
          operation: 'rds:SwitchoverBlueGreenDeployment',
          parameters: { SwitchoverTimeout: 300 },
          command: `aws rds switchover-blue-green-deployment --blue-green-deployment-identifier ${deployment} --switchover-timeout 300`,
        },
        ...whole.map(({ declared }) => ({
          operation: '',
          parameters: {},
          command: `pulumi state delete 'urn of ${declared.type}::${declared.name}' --force   # it is another database now; the next pulumi up imports it`,
        })),
      ],
      edits: whole.map(({ declared }) => followed(context, declared, version, encrypts)),
      effects: [],
      gate: [
        { type: 'query', check: 'SWITCHOVER_COMPLETED.', query: lag },
        {
          type: 'query',
          check: 'Pulumi finds no difference after the import.',
          query: 'pulumi preview --expect-no-changes',
        },
        {
          type: 'person',
          check:
            'The application writes and reads, and nothing names the old resource id of the database (IAM authentication, dashboards).',
        },
      ],
      duration: minutes(5, 15),
      clientsNotice: {
        from: 5,
        to: 60,
        what: `All connections end and nothing writes for typically under a minute; after 300 seconds AWS takes it back. Clients that keep names for longer than 5 seconds notice longer. Do it in ${context.preferences.maintenanceWindow ?? 'the quietest hour'}.`,
      },
      undo: {
        how: 'none that is clean: the old database lacks what was written since, and would have to be filled by hand',
        until: 'the switchover',
        exact: false,
      },
      sources: move.sources,
    }),
    step({
      ...common(context),
      id: `${id}-old-gone`,
      title: `The old ${database.name} goes`,
      kind: 'act',
      why: 'It costs as much as the new one and gets no writes. A last copy of it stays.',
      actions: [
        {
          operation: 'rds:DeleteBlueGreenDeployment',
          parameters: { BlueGreenDeploymentName: name },
          command: `aws rds delete-blue-green-deployment --blue-green-deployment-identifier ${deployment}`,
        },
        ...whole.map(({ one }) => ({
          operation: 'rds:DeleteDBInstance',
          parameters: { DBInstanceIdentifier: `${one.identifier}-old1` },
          command: `aws rds delete-db-instance --db-instance-identifier ${one.identifier}-old1 ${one.replicaOf ? '--skip-final-snapshot' : `--final-db-snapshot-identifier ${one.identifier}-old1-last-${n}`}`,
        })),
      ],
      gate: [
        {
          type: 'person',
          check: 'The new one has served for a week, with its month end or its busiest day in it if that is near.',
        },
      ],
      duration: days(7, 14),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'restore the last copy', until: 'always', exact: false },
      sources: [
        {
          claim: 'the old instances are renamed and stay until they are deleted',
          url: `${GUIDE}-switching.html`,
          certainty: 'documented',
        },
      ],
    }),
  ];
}

const newest = ({ engine }: Database, version: string): string =>
  `aws rds describe-db-engine-versions --engine ${engine} --query "reverse(DBEngineVersions[?starts_with(EngineVersion, '${version}.')].EngineVersion)[0]" --output text`;

/** What the program says of it from then on. */
function followed(
  context: Context,
  declared: DeclaredResource,
  version: string | undefined,
  encrypts: boolean,
): Update {
  const properties: Record<string, Value> = {
    ...(version === undefined ? {} : { engineVersion: version }),
    ...(encrypts ? { storageEncrypted: true, kmsKeyId: ref({ type: KEY, name: keyName(context) }, 'arn') } : {}),
  };
  // a replica that named no version has its primary's
  if (declared.properties.engineVersion === undefined) delete properties.engineVersion;
  return { op: 'update', follows: true, type: declared.type, name: declared.name, properties };
}
