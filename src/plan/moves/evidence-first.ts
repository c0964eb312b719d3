import { flowLogging } from '../../analyse/watch/flow-logs.ts';
import { inhabitedAccounts } from '../../analyse/watch/inhabited.ts';
import { ROLE, serviceRole } from '../../blueprint/declared/service-role.ts';
import { statusOf } from '../../estate/coverage.ts';
import { all } from '../../estate/estate.ts';
import type { Vpc } from '../../estate/kinds/network.ts';
import { type Edit, type Named, ref } from '../edit.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { scopesOf } from '../scopes.ts';
import { minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { logBucket } from '../structure/access-logs.ts';
import { alarmsFor, unreadAlarms, unwatched } from '../structure/alarms.ts';
import { creates } from '../structure/creates.ts';
import { declaredOf, partsOf } from '../structure/declared.ts';
import { stillToMake } from '../structure/groups.ts';
import { idOf, slug, tagged } from '../structure/names.ts';
import { keptSnapshotOf, snapshotOf } from '../structure/snapshots.ts';
import { trailEdits } from '../structure/trail.ts';

const FLOW_LOGS = 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html';
const TRAILS =
  'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-a-trail-using-the-console-first-time.html';
const ACCESS_LOGS = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html';
const ALARMS =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html';
/** Long enough for every watch of the journey. */
const FLOW_LOG_DAYS = 90;

type Refused = Omit<Refusal, 'move' | 'environment'>;

export const move: Move = {
  name: 'evidence-first',
  title: 'Records and alarms before anything changes',
  about:
    'What is closed later rests on weeks of records, so they start on the first day; a copy of the data lies aside.',
  scope: 'account',
  risk: 'additive',
  preconditions: ['which trails, flow logs and alarms there are was read'],
  undo: 'delete what was added; what was recorded stays until it expires',
  sources: [
    { claim: 'flow logs take no part in the traffic that they record', url: FLOW_LOGS, certainty: 'documented' },
    { claim: 'the first copy of management events is free', url: TRAILS, certainty: 'documented' },
    {
      claim: 'access logs of a balancer are turned on without an effect on requests',
      url: ACCESS_LOGS,
      certainty: 'composed',
    },
  ],
  propose: (context) => {
    const refusals: Refused[] = [];
    const steps = [
      ...trail(context, refusals),
      ...flowLogs(context, refusals),
      ...accessLogs(context),
      ...alarms(context, refusals),
    ];
    if (steps.length > 0) return { state: 'ready', steps: [...snapshots(context), ...steps], refusals };
    return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  },
};

const common = { move: 'evidence-first', environment: null, clientsNotice: NOTHING_NOTICED } as const;
const added = { how: 'delete what the step made', until: 'always', exact: true } as const;

/** Copies that need nothing of the databases: the newest automatic snapshot is kept, and tables copy themselves. */
function snapshots({ estate }: Context): readonly Step[] {
  const databases = [...all(estate, 'database'), ...all(estate, 'databaseCluster')].filter(
    (one) =>
      (one.backupRetention ?? 0) > 0 &&
      (one.kind === 'databaseCluster' || (one.replicaOf === null && one.cluster === null)),
  );
  const tables = all(estate, 'table');
  if (databases.length + tables.length === 0) return [];
  return [
    step({
      ...common,
      id: 'account-evidence-copies',
      title: `Copies of ${[...databases, ...tables].map(({ name }) => name).join(', ')}`,
      kind: 'act',
      why: 'Automatic backups go with the database and reach back for days only. These copies stay until somebody deletes them.',
      actions: [
        ...databases.map((one) => keptSnapshotOf(one, 'before-underpin')),
        ...tables.map((one) => snapshotOf(one, 'before-underpin')),
      ],
      copies: [...databases, ...tables].map(({ id }) => id),
      gate: [{ type: 'person', check: 'Each copy is available, and somebody has restored one of them once.' }],
      duration: minutes(5, 240),
      undo: { how: 'delete the copies', until: 'always', exact: false },
      sources: [
        {
          claim: 'an automatic snapshot can be copied and is kept then until it is deleted',
          url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html',
          certainty: 'documented',
        },
        {
          claim: 'a backup of a table takes nothing of its throughput',
          url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/BackupRestore.html',
          certainty: 'documented',
        },
      ],
    }),
  ];
}

function trail(context: Context, refusals: Refused[]): readonly Step[] {
  const { estate, state } = context;
  return all(estate, 'account').flatMap((one): readonly Step[] => {
    const { account } = one;
    const trails = all(estate, 'trail').filter((each) => each.account === account);
    if (trails.some(({ logging, multiRegion }) => logging === true && multiRegion === true)) return [];
    if (!inhabitedAccounts(estate).has(account) || account !== state.world.today.place.account) return [];
    const unread =
      statusOf(estate.coverage, 'cloudtrail:DescribeTrails', { account }) !== 'read'
        ? 'cloudtrail:DescribeTrails'
        : trails.some(({ logging, multiRegion }) => logging === undefined || multiRegion === undefined)
          ? 'cloudtrail:GetTrailStatus'
          : undefined;
    if (unread !== undefined) {
      refusals.push({
        subject: one.id,
        because: 'Which trails record the account is not known.',
        change: `Collect ${unread}.`,
      });
      return [];
    }
    const texts = {
      ...common,
      kind: 'expand',
      duration: minutes(1, 10),
      undo: added,
      sources: move.sources.slice(1, 2),
    } as const;
    const [known] = trails.flatMap((each) => partsOf(state, each, 'aws:cloudtrail/trail:Trail'));
    if (known)
      return [
        step({
          ...texts,
          id: 'account-evidence-trail',
          title: `${known.name} records all regions`,
          kind: 'switch',
          why: 'A thief works in the region that nobody looks at.',
          edits: [
            {
              op: 'update',
              type: known.type,
              name: known.name,
              properties: { isMultiRegionTrail: true, enableLogging: true, includeGlobalServiceEvents: true },
            },
          ],
        }),
      ];
    const { bucket, trail: made } = trailEdits(context, account);
    return [
      step({
        ...texts,
        id: 'account-evidence-trail-bucket',
        title: 'A bucket for the record of what is done in the account',
        why: 'CloudTrail writes only where a policy lets it, so the bucket and its policy come first.',
        edits: bucket,
      }),
      step({
        ...texts,
        id: 'account-evidence-trail',
        title: 'A record of who does what in the account, in every region',
        why: 'Who may do less in the end is decided by what people and programs did for weeks; without a record that is a guess.',
        edits: made,
        gate: [
          {
            type: 'query',
            check: 'The trail is logging, and its first files have come.',
            query: 'aws cloudtrail get-trail-status --name account-trail --query "[IsLogging,LatestDeliveryTime]"',
          },
        ],
      }),
    ];
  });
}

/** Networks in which something stands, and of which no log of what connects is active. */
function dark({ estate }: Context): readonly Vpc[] {
  const { logsOf, usedSubnetsOf } = flowLogging(estate);
  return all(estate, 'vpc').filter(
    ({ id }) =>
      (usedSubnetsOf.get(id)?.size ?? 0) > 0 &&
      !(logsOf.get(id) ?? []).some(
        ({ state, traffic }) => state === 'ACTIVE' && traffic !== undefined && traffic !== 'REJECT',
      ),
  );
}

function flowLogs(context: Context, refusals: Refused[]): readonly Step[] {
  const { estate, state } = context;
  const { account: own, region: home } = state.world.today.place;
  const vpcs = dark(context).filter(({ id, name, account, region }) => {
    const read = statusOf(estate.coverage, 'ec2:DescribeFlowLogs', { account, region }) === 'read';
    if (!read)
      refusals.push({
        subject: id,
        because: `Whether ${name} has flow logs is not known.`,
        change: 'Collect ec2:DescribeFlowLogs.',
      });
    return read && account === own;
  });
  if (vpcs.length === 0) return [];
  const role: Named = { type: ROLE, name: 'flow-logs' };
  const taken = new Set(all(estate, 'role').map(({ name }) => name));
  let roleName = 'vpc-flow-logs';
  while (taken.has(roleName)) roleName = `${roleName}-2`;
  const groups: Edit[] = [];
  const logs: Edit[] = [];
  for (const vpc of vpcs) {
    const name = slug(`${vpc.name}-flow-logs`, 80);
    const place = vpc.region === home ? {} : { region: vpc.region };
    const group: Named = { type: 'aws:cloudwatch/logGroup:LogGroup', name };
    const groupName = `/vpc/${vpc.id}/flow-logs`;
    groups.push({
      op: 'create',
      ...group,
      properties: {
        name: groupName,
        retentionInDays: FLOW_LOG_DAYS,
        tags: { ...environmentTags(vpc.tags), ...tagged(groupName) },
      },
      ...place,
    });
    logs.push({
      op: 'create',
      type: 'aws:ec2/flowLog:FlowLog',
      name,
      properties: {
        vpcId: idOf(state, vpc),
        trafficType: 'ALL',
        logDestinationType: 'cloud-watch-logs',
        logDestination: ref(group, 'arn'),
        iamRoleArn: ref(role, 'arn'),
        maxAggregationInterval: 600,
        tags: { ...environmentTags(vpc.tags), ...tagged(name) },
      },
      ...place,
    });
  }
  const logWriter = serviceRole(role.name, {
    name: roleName,
    trust: [
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': own } },
      },
    ],
    may: [
      {
        Sid: 'WriteFlowLogs',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        Resource: `arn:aws:logs:*:${own}:log-group:/vpc/*`,
      },
    ],
    policyName: 'write',
  });
  const names = vpcs.map(({ name }) => name).join(', ');
  return [
    step({
      ...common,
      id: 'account-evidence-flow-logs',
      title: `A record of who connects to whom in ${names}`,
      kind: 'expand',
      why: 'Before a door is closed, somebody has to know who still comes by it. Nothing that runs is touched, and nobody notices that it is written down.',
      edits: [...creates(logWriter), ...groups, ...logs],
      gate: [
        {
          type: 'query',
          check: 'Each network has an active flow log.',
          query: `aws ec2 describe-flow-logs --filter Name=resource-id,Values=${vpcs.map(({ id }) => id).join(',')} --query 'FlowLogs[].[ResourceId,FlowLogStatus,DeliverLogsStatus]'`,
        },
      ],
      duration: minutes(2, 15),
      undo: added,
      sources: move.sources.slice(0, 1),
    }),
  ];
}

/** What says which environment something is of goes along. */
const environmentTags = (tags: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(tags ?? {}).filter(([key]) => /^(env|environment|stage)$/i.test(key)));

function accessLogs({ estate, state }: Context): readonly Step[] {
  const { region: home, account: own } = state.world.today.place;
  const scopes = scopesOf(estate);
  const buckets: Edit[] = [];
  const edits: Edit[] = [];
  const names: string[] = [];
  for (const balancer of all(estate, 'loadBalancer')) {
    if (balancer.type !== 'application' || balancer.account !== own) continue;
    if (balancer.attributes?.['access_logs.s3.enabled'] !== 'false') continue;
    const declared = declaredOf(state, balancer);
    const scope = scopes.find((one) => one.holds(balancer));
    if (!declared || !scope) continue;
    const logs = logBucket(scope.stem, balancer.account, balancer.region, home);
    buckets.push(...logs.edits);
    names.push(balancer.name);
    edits.push({
      op: 'update',
      type: declared.type,
      name: declared.name,
      properties: { accessLogs: { bucket: logs.written, prefix: slug(balancer.name), enabled: true } },
    });
  }
  if (edits.length === 0) return [];
  const fresh = new Map(stillToMake(state, buckets).map((edit) => [`${edit.type} ${edit.name}`, edit]));
  const sources = move.sources.slice(2);
  return [
    ...(fresh.size > 0
      ? [
          step({
            ...common,
            id: 'account-evidence-access-log-buckets',
            title: 'Buckets for access logs',
            kind: 'expand',
            why: 'A balancer is allowed to write before it is told to: AWS tries it when the logs are turned on.',
            edits: [...fresh.values()],
            duration: minutes(1, 5),
            undo: { ...added, until: 'something writes to them' },
            sources,
          }),
        ]
      : []),
    step({
      ...common,
      id: 'account-evidence-access-logs',
      title: `A record of every request to ${names.join(', ')}`,
      kind: 'expand',
      why: 'They show who still comes past the CDN, and which requests fail while something moves.',
      edits,
      gate: [{ type: 'person', check: 'The bucket has a file ELBAccessLogTestFile, and logs within the hour.' }],
      duration: minutes(5, 70),
      undo: { how: 'turn the access logs off', until: 'always', exact: true },
      sources,
    }),
  ];
}

function alarms(context: Context, refusals: Refused[]): readonly Step[] {
  const { estate, preferences, state } = context;
  const { account: own } = state.world.today.place;
  for (const one of unreadAlarms(estate))
    refusals.push({
      subject: one.id,
      because: `Whether an alarm watches ${one.name} is not known.`,
      change: 'Collect cloudwatch:DescribeAlarms.',
    });
  const things = unwatched(estate).filter(({ account }) => account === own);
  if (things.length === 0) return [];
  if (preferences.alarmEmail === undefined) {
    refusals.push({
      subject: 'alarms',
      because: `${things.length} databases and load balancers have no alarm, and an alarm that tells nobody is none.`,
      change: 'Say who is told: "alarmEmail": "ops@example.com".',
    });
    return [];
  }
  return [
    step({
      ...common,
      id: 'account-evidence-alarms',
      title: `Alarms for ${things.length} databases and load balancers, sent to ${preferences.alarmEmail}`,
      kind: 'expand',
      why: 'Every step of the journey asks whether all is well. Somebody has to be told when it is not.',
      edits: alarmsFor(context, things, preferences.alarmEmail),
      gate: [
        { type: 'person', check: `Whoever reads ${preferences.alarmEmail} has confirmed the letter from AWS.` },
        {
          type: 'query',
          check: 'No alarm rings before the journey begins.',
          query: "aws cloudwatch describe-alarms --state-value ALARM --query 'MetricAlarms[].AlarmName'",
        },
      ],
      duration: minutes(5, 60),
      undo: added,
      sources: [
        {
          claim: 'the metrics that AWS suggests to watch; the limits are our choice',
          url: ALARMS,
          certainty: 'estimate',
        },
      ],
    }),
  ];
}
