import { all, find } from '../../estate/estate.ts';
import type { EcsCluster } from '../../estate/kinds/compute.ts';
import type { Edit } from '../edit.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { days, minutes, NOTHING_NOTICED, type Step, type Succession, step } from '../step.ts';
import { type Hosts, hostsOf } from '../structure/cluster-hosts.ts';
import { declaredAllOf } from '../structure/declared.ts';
import { type Fit, fitOf, onInstances } from '../structure/fargate-fit.ts';
import { type Beside, besideOf, withFargate } from '../structure/fargate-service.ts';
import { privilegedIn } from '../structure/fargate-task.ts';
import { type Forward, onlyTo, shared } from '../structure/forwards.ts';
import { hostSteps } from '../structure/host-steps.ts';
import { arnOf } from '../structure/names.ts';
import { keptByStarters, retiredDefinitions, schedulesGate } from '../structure/retired.ts';

const FARGATE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AWS_Fargate.html';
const PROVIDERS = 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html';
const WEIGHTS = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html';
const SCALING = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html';

export const move: Move = {
  name: 'fargate',
  title: 'ECS services on Fargate, and no machines of one’s own',
  about: 'Every task runs on a machine that AWS keeps, in private subnets of two zones, and the old machines go.',
  scope: 'environment',
  risk: 'risky',
  enables: ['shared-group-detached', 'database-private', 'cache-private', 'balancer-rehomed'],
  preconditions: [
    'the task needs nothing of its machine: no files, no devices, no role of it',
    'private subnets with a way out in two zones',
    'credentials are in secrets, and each service has a role of its own',
    'a second service may run beside the first: behind an application load balancer, or reading a queue',
  ],
  undo: 'the weights go back to the old service within seconds, as long as it runs',
  sources: [
    { claim: 'what a task definition for Fargate may have, and in which sizes', url: FARGATE, certainty: 'documented' },
    { claim: 'setting the providers of a cluster replaces the whole list', url: PROVIDERS, certainty: 'documented' },
    {
      claim: 'a forward shares requests out by weights, and a group with weight 0 gets none',
      url: WEIGHTS,
      certainty: 'documented',
    },
    { claim: 'a group without a healthy target answers 503 to its share', url: WEIGHTS, certainty: 'estimate' },
    { claim: 'scaling is set for each service by itself', url: SCALING, certainty: 'documented' },
    { claim: 'the whole sequence is put together from these', url: FARGATE, certainty: 'composed' },
  ],
  propose: (context) => {
    const { estate, scope } = context;
    const clusters = all(estate, 'ecsCluster').filter((cluster) =>
      all(estate, 'ecsService').some((one) => one.cluster?.id === cluster.id && scope.holds(one)),
    );
    const found = all(estate, 'ecsService').filter((one) => scope.holds(one) && onInstances(one));
    const fits: Fit[] = [];
    const refusals: Omit<Refusal, 'move' | 'environment'>[] = [];
    for (const service of found) {
      const fitting = fitOf(context, service);
      if (fitting.state === 'waits') return fitting;
      if (fitting.state === 'refused') refusals.push(fitting.refusal);
      else fits.push(fitting);
    }
    const moved = new Set<string>(fits.map(({ service }) => service.id));
    const hosts: Hosts[] = [];
    for (const cluster of clusters) {
      const one = hostsOf(context, cluster, moved);
      if (typeof one === 'string') refusals.push(machinesStay(cluster, one));
      else if (one) hosts.push(one);
    }
    refusals.push(...lonely(context), ...started(context, fits));
    if (fits.length === 0 && hosts.length === 0)
      return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
    const steps = [...serviceSteps(context, fits), ...hosts.flatMap((one) => hostSteps(context, one, move))];
    return { state: 'ready', steps, refusals };
  },
};

const machinesStay = ({ id, name }: EcsCluster, because: string): Omit<Refusal, 'move' | 'environment'> => ({
  subject: id,
  because: `the machines of ${name} stay: ${because}.`,
  change: 'move or end what keeps them, then ask for a plan again',
});

/** Definitions that a schedule keeps; the services that ran them go all the same. */
function started({ estate }: Context, fits: readonly Fit[]): readonly Omit<Refusal, 'move' | 'environment'>[] {
  const definitions = fits.map(({ definition }) => definition);
  const kept = keptByStarters(estate, definitions);
  const [first] = definitions;
  return kept && first
    ? [{ subject: first.id, because: `the old task definitions stay: ${kept.because}.`, change: kept.change }]
    : [];
}

/** Servers that answer on their own: there is nothing to move requests by. */
function lonely({ estate, scope }: Context): readonly Omit<Refusal, 'move' | 'environment'>[] {
  const members = new Set(all(estate, 'containerInstance').map(({ instance }) => instance?.id));
  const behind = new Set(
    all(estate, 'targetGroup').flatMap(({ targets }) => (targets ?? []).map(({ target }) => target)),
  );
  return all(estate, 'instance').flatMap((one) => {
    const runs = one.state !== 'terminated' && one.state !== 'shutting-down';
    if (!runs || !scope.holds(one) || members.has(one.id) || behind.has(one.id) || one.autoScalingGroup) return [];
    if (one.tags?.ManagedBy === 'underpin') return [];
    return [
      {
        subject: one.id,
        because: `${one.name} is a machine by itself, with no load balancer before it and no container image that is known: nothing can take over from it without a stop.`,
        change:
          'put its program into an image and a load balancer before it, or keep it and move it into a private subnet by hand',
      },
    ];
  });
}

const common = ({ scope }: Context) => ({ move: move.name, environment: scope.environment, sources: move.sources });
const listed = (names: readonly string[]): string => names.join(', ');

function serviceSteps(context: Context, fits: readonly Fit[]): readonly Step[] {
  if (fits.length === 0) return [];
  const { scope, estate, state } = context;
  const list = fits.map((fit) => besideOf(context, fit));
  const names = listed(list.map(({ name }) => name));
  const clusters = [
    ...new Map(fits.flatMap(({ service }) => find(estate, service.cluster) ?? []).map((one) => [one.id, one])).values(),
  ];
  const successions = list.map(
    ({ fit, id, name }): Succession => ({
      from: fit.service.id,
      to: [id],
      because: `${name} does on Fargate what ${fit.service.name} does`,
    }),
  );
  const attached = list.flatMap((one) => shares(context, one, 0).map(({ edit }) => edit));
  const steps: Step[] = [
    step({
      ...common(context),
      id: `${scope.stem}-fargate-prepared`,
      title: `Prepare Fargate for ${names}`,
      kind: 'expand',
      why: `${fits.map(({ service }) => service.name).join(', ')} run on machines that you keep alive yourselves. First comes what Fargate needs: definitions without anything of a machine, groups with a rule for each flow, target groups for addresses. Nothing uses them yet.`,
      edits: [
        ...clusters.flatMap((cluster) => withFargate(state, cluster)),
        ...list.flatMap(({ prepared }) => prepared),
      ],
      gate: [
        {
          type: 'query',
          check: 'The quota of Fargate holds all tasks at their most, twice during a deployment.',
          query: 'aws service-quotas get-service-quota --service-code fargate --quota-code L-3032A538',
        },
        ...withoutPrivileges(fits),
      ],
      duration: minutes(2, 10),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'delete what was made', until: 'a service uses it', exact: true },
    }),
  ];
  if (attached.length > 0)
    steps.push(
      step({
        ...common(context),
        id: `${scope.stem}-fargate-attached`,
        title: 'Tie the new target groups to the load balancer with weight 0',
        kind: 'expand',
        why: 'ECS registers tasks only in a target group that a load balancer knows. With weight 0 nobody is sent there.',
        edits: attached,
        gate: [
          { type: 'inventory', check: 'each listener and rule has the old group with 100 and the new one with 0' },
        ],
        duration: minutes(1, 3),
        clientsNotice: NOTHING_NOTICED,
        undo: { how: 'the old actions back', until: 'always', exact: true },
      }),
    );
  steps.push(
    step({
      ...common(context),
      id: `${scope.stem}-fargate-beside`,
      title: `Start ${names} on Fargate beside the old services`,
      kind: 'expand',
      why: `Both run, and all requests go to the old ones. At least two tasks in two zones each, more when they are busy.`,
      edits: list.flatMap(({ made }) => made),
      successions,
      gate: [
        {
          type: 'query',
          check:
            'Every deployment is COMPLETED, every target healthy, and the logs show that database, cache, queue and buckets are reached.',
          query: list
            .map(
              ({ name, fit }) =>
                `aws ecs describe-services --cluster ${fit.service.cluster?.id.replace(/^.*\//, '') ?? ''} --services ${name} --query 'services[].deployments[].[rolloutState,runningCount,failedTasks]'`,
            )
            .join(' && '),
        },
        {
          type: 'person',
          check:
            'Nothing in these programs must run once only (a timer, a migration at the start): two of them run now.',
        },
      ],
      duration: minutes(5, 20),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'delete the new services', until: 'they get requests', exact: true },
      declares: {
        thinner: list.flatMap(({ byOneNat }) =>
          byOneNat.map((flow) => ({ flow, until: "a NAT gateway stands in each zone (nat: 'per-zone')" })),
        ),
      },
    }),
  );
  for (const weight of [10, 50, 100])
    for (const one of list)
      for (const share of shares(context, one, weight)) steps.push(shift(context, one, share, weight));
  steps.push(
    step({
      ...common(context),
      id: `${scope.stem}-fargate-watched`,
      title: `Watch ${names} with the old services still there`,
      kind: 'watch',
      why: 'A night job, a weekly report or a leak shows up after hours. As long as the old services run, the way back takes seconds.',
      gate: [
        {
          type: 'query',
          check: 'Errors and response times are as before for a day, memory stays below 80 % and queues do not grow.',
          query: list
            .map(
              ({ name, fit }) =>
                `aws cloudwatch get-metric-statistics --namespace AWS/ECS --metric-name MemoryUtilization --dimensions Name=ClusterName,Value=${fit.service.cluster?.id.replace(/^.*\//, '') ?? ''} Name=ServiceName,Value=${name} --start-time $(date -u -d '-1 day' +%FT%TZ) --end-time $(date -u +%FT%TZ) --period 3600 --statistics Maximum`,
            )
            .join(' && '),
        },
      ],
      duration: days(1, 3),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'weights back to the old services', until: 'these are at zero', exact: true },
    }),
    stopped(context, list),
    gone(context, list),
  );
  return steps;
}

const withoutPrivileges = (fits: readonly Fit[]) =>
  fits.flatMap(({ service, definition }) => {
    const names = privilegedIn(definition);
    return names.length === 0
      ? []
      : [
          {
            type: 'person' as const,
            check: `${listed(names)} of ${service.name} is privileged today, and nothing on Fargate is: it was run without (docker run without --privileged) and does all its work.`,
          },
        ];
  });

interface Share {
  readonly forward: Forward;
  readonly edit: Edit;
}

const shares = ({ state }: Context, { groups }: Beside, weight: number): readonly Share[] =>
  groups.flatMap(({ entry, arn, sticky }) =>
    entry.forwards.map((forward) => ({
      forward,
      edit: shared(forward, {
        from: { arn: arnOf(state, entry.group), weight: 100 - weight },
        to: { arn, weight },
        sticky,
      }),
    })),
  );

function shift(context: Context, { name, fit }: Beside, { forward, edit }: Share, weight: number): Step {
  return step({
    ...common(context),
    id: `${name}-${weight}-percent-${forward.declared.name}`,
    title: `${weight} % of ${forward.of.name} to ${name}`,
    kind: 'switch',
    why:
      weight === 10
        ? 'A small share first: what no test has shown shows up here, for few.'
        : weight === 50
          ? 'Half of the load on each: the new tasks show whether their size is right.'
          : 'All requests to Fargate; the old service still runs.',
    edits: [edit],
    gate: [
      {
        type: 'query',
        check: 'For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.',
        query: `aws cloudwatch get-metric-statistics --namespace AWS/ApplicationELB --metric-name HTTPCode_Target_5XX_Count --dimensions Name=LoadBalancer,Value=${balancerOf(forward)} --start-time $(date -u -d '-15 min' +%FT%TZ) --end-time $(date -u +%FT%TZ) --period 60 --statistics Sum`,
      },
    ],
    duration: minutes(15, 30),
    clientsNotice: {
      from: 0,
      to: 0,
      what: `Nothing for requests. Open WebSockets stay with ${fit.service.name} until they end.`,
    },
    undo: { how: 'the former weights back, within seconds', until: 'the old service is at zero', exact: true },
  });
}

const balancerOf = ({ of }: Forward): string =>
  /(?:listener|listener-rule)\/((?:app|net)\/[^/]+\/[^/]+)/.exec(of.id)?.[1] ?? '';

function stopped(context: Context, list: readonly Beside[]): Step {
  return step({
    ...common(context),
    id: `${context.scope.stem}-old-services-stopped`,
    title: `Stop the old services: ${listed(list.map(({ fit }) => fit.service.name))}`,
    kind: 'contract',
    why: 'No request goes to them any more. At zero they can still be started again; deleted they can not.',
    edits: list.map(({ fit: { declared } }) => ({
      op: 'update',
      type: declared.type,
      name: declared.name,
      properties: { desiredCount: 0 },
    })),
    gate: [
      {
        type: 'query',
        check:
          'The old target groups have had no request for a day before this; afterwards errors stay as they are, and queues are worked off.',
        query: list
          .flatMap(({ groups }) => groups)
          .map(
            ({ entry }) =>
              `aws cloudwatch get-metric-statistics --namespace AWS/ApplicationELB --metric-name RequestCount --dimensions Name=TargetGroup,Value=${/targetgroup\/.*$/.exec(entry.group.id)?.[0] ?? entry.group.name} --start-time $(date -u -d '-1 day' +%FT%TZ) --end-time $(date -u +%FT%TZ) --period 3600 --statistics Sum`,
          )
          .join(' && '),
      },
    ],
    duration: minutes(5, 15),
    clientsNotice: {
      from: 0,
      to: 5,
      what: 'Open WebSockets and long polls of the old tasks end once and connect again.',
    },
    undo: { how: 'the old count back', until: 'the services are deleted', exact: true },
  });
}

function gone(context: Context, list: readonly Beside[]): Step {
  const { estate, state, scope } = context;
  const leaving = new Set<string>(list.map(({ fit }) => fit.service.id));
  const definitions = retiredDefinitions(
    estate,
    list.map(({ fit }) => fit.definition),
    leaving,
  );
  const deleted = [
    ...list.flatMap(({ fit }) => [fit.service, ...fit.entries.map(({ group }) => group)]),
    ...definitions,
    ...list.flatMap(({ fit }) => scaledBy(context, fit)),
  ];
  const unique = [...new Map(deleted.map((one) => [one.id, one])).values()];
  const last = list.flatMap(({ groups }) =>
    groups.flatMap(({ entry, arn }) => entry.forwards.map((forward) => onlyTo(forward, arn))),
  );
  return step({
    ...common(context),
    id: `${scope.stem}-old-services-gone`,
    title: `Delete the old services with their target groups: ${listed(list.map(({ fit }) => fit.service.name))}`,
    kind: 'contract',
    why: 'What nobody uses is still paid, patched and read by whoever looks for the one that counts.',
    edits: [
      ...last,
      ...unique.flatMap((one) =>
        declaredAllOf(state, one).map(({ type, name }): Edit => ({ op: 'delete', type, name })),
      ),
    ],
    gate: [
      { type: 'inventory', check: 'the old services and target groups are not there any more' },
      ...definitions.slice(0, 1).flatMap((one) => schedulesGate(estate, one)),
    ],
    duration: minutes(2, 10),
    clientsNotice: NOTHING_NOTICED,
    undo: { how: 'make them again from the program of an earlier step', until: 'the machines are gone', exact: false },
  });
}

const scaledBy = ({ estate }: Context, { service }: Fit) =>
  all(estate, 'scalableTarget').filter(
    ({ resourceId, account, region }) =>
      resourceId === `service/${service.id.replace(/^.*:service\//, '')}` &&
      account === service.account &&
      region === service.region,
  );
