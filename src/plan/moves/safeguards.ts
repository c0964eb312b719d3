import { logBuckets } from '../../analyse/settings/buckets.ts';
import { judgedBy } from '../../analyse/settings/database.ts';
import { deadLetterQueues } from '../../analyse/settings/queues.ts';
import { all } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { type Create, type Edit, ref } from '../edit.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { declaredOf } from '../structure/declared.ts';
import { slug, tagged } from '../structure/names.ts';
import { snapshotOf } from '../structure/snapshots.ts';
import type { DeclaredResource } from '../world.ts';

const RDS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';
const BACKUP_DAYS = 7;
const LOG_DAYS = 400;
const OLD_VERSION_DAYS = 90;
/** Lambda wants five tries or more before a message is put aside. */
const TRIES = 5;
const FORTNIGHT = 1_209_600;

type Refused = Omit<Refusal, 'move' | 'environment'>;

export const move: Move = {
  name: 'safeguards',
  title: 'Settings that make mistakes undoable',
  about: 'What is deleted or overwritten by mistake can be had back, and deleting takes two deliberate steps.',
  scope: 'environment',
  risk: 'additive',
  enables: ['replicas-over-zones'],
  preconditions: ['the databases, tables, buckets, queues and log groups are under the care of the program'],
  undo: 'each setting can be taken back',
  sources: [
    {
      claim: 'deletion protection is applied at once and without downtime',
      url: `${RDS}/USER_DeleteInstance.html`,
      certainty: 'documented',
    },
    {
      claim: 'turning backups on from 0 days stops reading and writing for seconds to minutes',
      url: `${RDS}/Overview.DBInstance.Modifying.html`,
      certainty: 'documented',
    },
    {
      claim: 'point-in-time recovery of a table is turned on without a restart',
      url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html',
      certainty: 'documented',
    },
  ],
  propose: (context) => {
    const refusals: Refused[] = [];
    const steps = [
      ...quiet(context, refusals),
      ...backups(context, refusals),
      ...putAside(context, refusals),
      ...logs(context, refusals),
    ];
    if (steps.length > 0) return { state: 'ready', steps, refusals };
    return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  },
};

const common = ({ scope }: Context) => ({ move: 'safeguards', environment: scope.environment }) as const;

function cared(context: Context, resource: Resource, refusals: Refused[]): DeclaredResource | undefined {
  const declared = declaredOf(context.state, resource);
  if (declared === undefined)
    refusals.push({
      subject: resource.id,
      because: `${resource.name} is not under the program's care.`,
      change: `Collect what was not read of it (${resource.source.operation}), or change it by hand.`,
    });
  return declared;
}

const update = ({ type, name }: DeclaredResource, properties: Create['properties']): Edit => ({
  op: 'update',
  type,
  name,
  properties,
});

/** What decides over a database's deletion and backups: itself, or its cluster. */
const holders = ({ estate, scope }: Context) =>
  all(estate, 'database').flatMap((database) => {
    const judged = scope.holds(database) ? judgedBy(estate, database) : undefined;
    return judged && typeof judged.by === 'object' ? [judged.by] : [];
  });

/** Nobody notices these: they only keep what would be lost. */
function quiet(context: Context, refusals: Refused[]): readonly Step[] {
  const { estate, scope, state } = context;
  const edits: Edit[] = [];
  const said: string[] = [];
  const oldVersions: string[] = [];
  const put = (what: string, resource: Resource, properties: Create['properties']): void => {
    const declared = cared(context, resource, refusals);
    if (!declared) return;
    edits.push(update(declared, properties));
    said.push(`${resource.name}: ${what}`);
  };
  for (const holder of holders(context)) {
    const kept = holder.backupRetention;
    const short = kept !== undefined && kept > 0 && kept < BACKUP_DAYS;
    const open = holder.deletionProtection === false;
    if (open || short)
      put(
        [...(open ? ['deletion protection'] : []), ...(short ? [`backups of ${BACKUP_DAYS} days`] : [])].join(' and '),
        holder,
        {
          ...(open ? { deletionProtection: true } : {}),
          ...(short ? { backupRetentionPeriod: BACKUP_DAYS } : {}),
        },
      );
  }
  for (const table of all(estate, 'table'))
    if (scope.holds(table) && table.pointInTimeRecovery === false)
      put('point-in-time recovery', table, { pointInTimeRecovery: { enabled: true }, deletionProtectionEnabled: true });
  for (const bucket of all(estate, 'bucket')) {
    if (!scope.holds(bucket) || bucket.versioning === undefined || bucket.versioning === 'Enabled') continue;
    if (logBuckets(estate).has(bucket.id)) continue;
    const declared = cared(context, bucket, refusals);
    if (!declared) continue;
    said.push(`${bucket.name}: earlier versions of its objects`);
    const known = state.world.declared.get(`aws:s3/bucketVersioning:BucketVersioning::${declared.name}`);
    const properties = { bucket: ref(declared), versioningConfiguration: { status: 'Enabled' } };
    edits.push(
      known
        ? update(known, { versioningConfiguration: { status: 'Enabled' } })
        : { op: 'create', type: 'aws:s3/bucketVersioning:BucketVersioning', name: declared.name, properties },
    );
    const expiry = oldVersionsGo(context, declared);
    edits.push(...expiry);
    if (expiry.length > 0) oldVersions.push(bucket.id);
  }
  if (edits.length === 0) return [];
  return [
    step({
      ...common(context),
      id: `${scope.stem}-safeguards-on`,
      title: `Protection from deletion and earlier versions: ${said.length} settings`,
      kind: 'expand',
      why: `A wrong click must not be the end of the data. ${said.join('; ')}.`,
      edits,
      gate: [{ type: 'inventory', check: 'Each setting is on.' }],
      clientsNotice: { from: 0, to: 0, what: 'Nothing. Earlier versions and recovery cost a little for each GB.' },
      duration: minutes(1, 15),
      undo: { how: 'put the settings back', until: 'always', exact: false },
      sources: move.sources,
      declares: {
        deletesData: oldVersions.map((resource) => ({
          resource,
          because: `only versions that were replaced ${OLD_VERSION_DAYS} days ago go; today there are none, and what is current stays`,
        })),
      },
    }),
  ];
}

/** Where no lifecycle is known to stand: a second one would take the place of the first. */
function oldVersionsGo({ state }: Context, bucket: DeclaredResource): readonly Edit[] {
  const type = 'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration';
  const { undeclared } = bucket.outputs;
  if (state.world.declared.has(`${type}::${bucket.name}`)) return [];
  if (bucket.adopted && (!Array.isArray(undeclared) || undeclared.includes('lifecycle'))) return [];
  return [
    {
      op: 'create',
      type,
      name: bucket.name,
      properties: {
        bucket: ref(bucket),
        rules: [
          {
            id: 'old-versions',
            status: 'Enabled',
            filter: {},
            noncurrentVersionExpiration: { noncurrentDays: OLD_VERSION_DAYS },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
        ],
      },
    },
  ];
}

/** From 0 days it is an interruption, so each database has a step of its own and a copy before it. */
function backups(context: Context, refusals: Refused[]): readonly Step[] {
  const { scope, preferences } = context;
  return holders(context).flatMap((holder): readonly Step[] => {
    if (holder.backupRetention !== 0) return [];
    const declared = cared(context, holder, refusals);
    if (!declared) return [];
    const part = slug(holder.name);
    const notice = {
      from: 2,
      to: 180,
      what: `${holder.name} may stop reading and writing for seconds to minutes, once.`,
    };
    return [
      step({
        ...common(context),
        id: `${scope.stem}-safeguards-copy-${part}`,
        title: `A copy of ${holder.name} before anything else`,
        kind: 'act',
        why: 'It has no backup at all: this is the only way back until backups are on.',
        actions: [snapshotOf(holder, 'before-backups')],
        copies: [holder.id],
        clientsNotice: notice,
        gate: [{ type: 'person', check: 'The snapshot is available.' }],
        duration: minutes(5, 120),
        undo: { how: 'delete the snapshot', until: 'always', exact: false },
        sources: [
          {
            claim: 'a snapshot of an instance in one zone stops input and output for a short time',
            url: `${RDS}/USER_CreateSnapshot.html`,
            certainty: 'documented',
          },
        ],
      }),
      step({
        ...common(context),
        id: `${scope.stem}-safeguards-backups-${part}`,
        title: `Automatic backups of ${holder.name}, kept for ${BACKUP_DAYS} days`,
        kind: 'switch',
        why: 'Without them a dropped table is dropped for ever, and a read replica cannot be made.',
        edits: [update(declared, { backupRetentionPeriod: BACKUP_DAYS, applyImmediately: true })],
        clientsNotice: notice,
        gate: [
          {
            type: 'person',
            check: `It is a quiet hour${preferences.maintenanceWindow ? ` (${preferences.maintenanceWindow})` : ''}, and the programs connect again by themselves.`,
          },
        ],
        duration: minutes(5, 60),
        undo: {
          how: 'backups back to 0 days: the same short stop, and the backups are gone',
          until: 'always',
          exact: true,
        },
        sources: move.sources.slice(1, 2),
      }),
    ];
  });
}

/** A message that breaks its consumer is put aside after some tries. */
function putAside(context: Context, refusals: Refused[]): readonly Step[] {
  const { estate, scope } = context;
  const aside = deadLetterQueues(estate);
  const edits = all(estate, 'queue').flatMap((queue): readonly Edit[] => {
    if (!scope.holds(queue) || queue.deadLetter !== null || aside.has(queue.id)) return [];
    const declared = cared(context, queue, refusals);
    if (!declared) return [];
    const fifo = queue.name.endsWith('.fifo');
    const name = `${queue.name.replace(/\.fifo$/, '')}-failed`;
    const made: Create = {
      op: 'create',
      type: 'aws:sqs/queue:Queue',
      name: slug(name, 60),
      properties: {
        name: fifo ? `${name}.fifo` : name,
        ...(fifo ? { fifoQueue: true } : {}),
        messageRetentionSeconds: FORTNIGHT,
        tags: { ...queue.tags, ...tagged(name) },
      },
    };
    const policy = `{"deadLetterTargetArn":"${ref(made, 'arn')}","maxReceiveCount":${TRIES}}`;
    return [made, update(declared, { redrivePolicy: policy })];
  });
  if (edits.length === 0) return [];
  const url = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html';
  return [
    step({
      ...common(context),
      id: `${scope.stem}-safeguards-failed-messages`,
      title: 'A place for messages that cannot be processed',
      kind: 'expand',
      why: `Today such a message comes back until it expires and is lost. After ${TRIES} tries it is put aside and kept for two weeks.`,
      edits,
      gate: [
        {
          type: 'person',
          check: `No consumer counts on more than ${TRIES} tries, and the visibility timeout is longer than the longest job.`,
        },
      ],
      clientsNotice: {
        from: 0,
        to: 0,
        what: `Nothing. A message that failed ${TRIES} times is no longer tried again by itself.`,
      },
      duration: minutes(1, 5),
      undo: { how: 'take the redrive policy away, and move the messages back', until: 'always', exact: false },
      sources: [
        { claim: 'after so many receives a message goes to the dead-letter queue', url, certainty: 'documented' },
      ],
    }),
  ];
}

/** What is older goes for good, so this is no part of the step that everything can be taken back of. */
function logs(context: Context, refusals: Refused[]): readonly Step[] {
  const { estate, scope } = context;
  const limited = all(estate, 'logGroup').filter((group) => scope.holds(group) && group.retention === null);
  const edits = limited.flatMap((group): readonly Edit[] => {
    const declared = cared(context, group, refusals);
    return declared ? [update(declared, { retentionInDays: LOG_DAYS })] : [];
  });
  if (edits.length === 0) return [];
  const url = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html';
  return [
    step({
      ...common(context),
      id: `${scope.stem}-safeguards-logs`,
      title: `Logs are kept for ${LOG_DAYS} days`,
      kind: 'expand',
      why: 'Logs that are kept for ever cost more every month, and hold what people wrote into them years ago.',
      edits,
      gate: [{ type: 'person', check: `Nobody has to keep logs longer than ${LOG_DAYS} days, by law or by contract.` }],
      clientsNotice: NOTHING_NOTICED,
      duration: minutes(1, 5),
      undo: { how: 'keep them for ever again; what was older is gone', until: 'always', exact: false },
      sources: [{ claim: 'AWS deletes what is older within days', url, certainty: 'documented' }],
      declares: {
        deletesData: limited.map(({ id }) => ({ resource: id, because: `log lines older than ${LOG_DAYS} days go` })),
      },
    }),
  ];
}
