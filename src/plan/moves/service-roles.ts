import { administrators } from '../../analyse/access/administrators/administrators.ts';
import type { Place } from '../../analyse/workloads/starters.ts';
import { all } from '../../estate/estate.ts';
import type { Context, Move, Refusal } from '../move.ts';
import { days, minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { declaredOf } from '../structure/declared.ts';
import { versionsGate } from '../structure/function-versions.ts';
import { type Narrowing, narrowing } from '../structure/named-policies.ts';
import { keptByStarters, retiredDefinitions, retiredRoles, schedulesGate } from '../structure/retired.ts';
import { putValues } from '../structure/secrets.ts';
import { type Identity, identityOfFunction, identityOfService, isRefused } from '../structure/service-identities.ts';

const TASK_ROLES = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html';
const SECRETS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html';
const CHAIN = 'https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html';
const LAMBDA = 'https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html';
const SQS =
  'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies.html';

export const move: Move = {
  name: 'service-roles',
  title: 'A role for each service, and no credentials in clear text',
  about:
    'Each service may do what it is seen to use and nothing else, and its passwords stand where they can be changed.',
  scope: 'environment',
  risk: 'risky',
  enables: ['fargate'],
  preconditions: [
    'the roles, the task definitions and the environments of functions were read',
    'people put the values into the new secrets; the plan never has them',
    'the code of a function reads its secret by itself',
  ],
  undo: 'the service goes back to its old task definition or role, as long as these are there',
  sources: [
    { claim: 'each task has a role of its own, whatever machine it runs on', url: TASK_ROLES, certainty: 'documented' },
    { claim: 'ECS puts a field of a secret into a variable when a task starts', url: SECRETS, certainty: 'documented' },
    {
      claim: 'keys in the environment win over the role, so they go in the same change',
      url: CHAIN,
      certainty: 'documented',
    },
    { claim: 'a function gets another role and environment in place', url: LAMBDA, certainty: 'documented' },
    { claim: 'a queue needs no statement for roles of its own account', url: SQS, certainty: 'documented' },
  ],
  propose: (context) => {
    const { estate, state, scope } = context;
    const refusals: Omit<Refusal, 'move' | 'environment'>[] = [];
    const mine = <T extends object>(found: T | Omit<Refusal, 'move' | 'environment'> | undefined): found is T => {
      if (found !== undefined && 'because' in found) refusals.push(found);
      return found !== undefined && !('because' in found);
    };
    const identities = [
      ...all(estate, 'ecsService')
        .filter(scope.holds)
        .map((one) => identityOfService(context, one)),
      ...all(estate, 'function')
        .filter(scope.holds)
        .map((one) => identityOfFunction(context, one)),
    ].filter((one): one is Identity => mine(one) && !isRefused(one));
    const policies = [...all(estate, 'queue'), ...all(estate, 'topic')]
      .filter(scope.holds)
      .map((one) => narrowing(estate, state, one))
      .filter((one): one is Narrowing => mine(one));
    refusals.push(...started(context, identities));
    const steps = [...identitySteps(context, identities), ...policySteps(context, policies)];
    if (steps.length > 0) return { state: 'ready', steps, refusals };
    return refusals.length > 0 ? { state: 'refused', refusals } : { state: 'notNeeded' };
  },
};

const common = ({ scope }: Context) => ({ move: move.name, environment: scope.environment, sources: move.sources });
const watchDays = ({ preferences }: Context): number => preferences.watchDays ?? 14;
const listed = (names: readonly string[]): string => names.join(', ');

function identitySteps(context: Context, identities: readonly Identity[]): readonly Step[] {
  if (identities.length === 0) return [];
  const { scope } = context;
  const says = listed(identities.map((one) => one.says));
  return [
    step({
      ...common(context),
      id: `${scope.stem}-roles-made`,
      title: `Make a role for each of ${says}`,
      kind: 'expand',
      why: `${identities.map((one) => `${one.says}: ${one.reasons.join('; ')}`).join('. ')}. What each is seen to use becomes its own role; statements that begin with Confirm are for the team to keep or to strike out. Nothing uses them yet.`,
      edits: identities.flatMap(({ made }) => made),
      gate: [
        {
          type: 'person',
          check: 'The team has read each Confirm statement and knows which of them its program needs.',
        },
      ],
      duration: minutes(2, 10),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'delete what was made', until: 'a service has taken it up', exact: true },
    }),
    ...secretValues(context, identities),
    ...identities.map((one) => takenUp(context, one)),
    step({
      ...common(context),
      id: `${scope.stem}-roles-watched`,
      title: 'Watch for calls that the new roles refuse',
      kind: 'watch',
      why: 'Evidence shows what is used, never that something is not: a job that runs once a month shows up only then.',
      gate: [
        {
          type: 'query',
          check: `No call of the new roles was refused for ${watchDays(context)} days, a month's end among them if something runs then.`,
          query: `fields eventTime, eventName, userIdentity.arn | filter errorCode like /AccessDenied/ and userIdentity.arn like /${scope.stem}/ | stats count(*) by eventName, userIdentity.arn`,
          asks: { type: 'refusedCalls', roles: identities.map(({ role }) => role), days: watchDays(context) },
        },
      ],
      duration: days(watchDays(context), Math.max(31, watchDays(context))),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'nothing was changed', until: 'always', exact: true },
    }),
    ...retirement(context, identities),
  ];
}

function secretValues(context: Context, identities: readonly Identity[]): readonly Step[] {
  const with_ = identities.flatMap((one) => (one.secret ? [{ ...one, secret: one.secret }] : []));
  if (with_.length === 0) return [];
  const byCode = with_.filter(({ readByCode }) => readByCode.length > 0);
  return [
    step({
      ...common(context),
      id: `${context.scope.stem}-secrets-filled`,
      title: `Put the values into ${with_.length} new secrets`,
      kind: 'act',
      why: 'Only people know the values: they are in no inventory and in no program. A task that asks for a secret without a value does not start, so this comes first. What stood in clear text was read by many: change it at its source soon after, and here.',
      actions: with_.map(({ of, secret }) => putValues(secret.name, secret.fields, of.region)),
      gate: [
        {
          type: 'query',
          check: 'Each secret has a current version.',
          query: with_
            .map(
              ({ secret }) =>
                `aws secretsmanager list-secret-version-ids --secret-id ${secret.name} --query 'Versions[].VersionStages'`,
            )
            .join(' && '),
        },
        ...byCode.map(({ says, readByCode }) => ({
          type: 'person' as const,
          check: `The code of ${says} is deployed in a version that takes ${listed(readByCode)} from the secret that CREDENTIALS_SECRET names where that variable is set, and from the environment where it is not.`,
        })),
      ],
      duration: minutes(10, 60),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'nothing reads them yet', until: 'a service has taken them up', exact: true },
    }),
  ];
}

function takenUp(context: Context, { of, says, taken, role, secret, takes, before }: Identity): Step {
  const isFunction = of.kind === 'function';
  const isSingle = of.kind === 'ecsService' && (of.desired ?? 1) <= 1 && (of.loadBalancers?.length ?? 0) > 0;
  return step({
    ...common(context),
    id: `${role}-taken-up`,
    title: `${says} takes up its own role`,
    kind: 'switch',
    why: `From now on ${says} works as ${role}${secret ? ' and gets its credentials from its secret' : ''}. A key in its environment would win over the role, so none is left there.`,
    edits: [taken],
    gate: [
      ...(of.kind === 'function' ? versionsGate(context.estate, [of]) : []),
      ...takes.map((arn) => ({
        type: 'person' as const,
        check: `Before: the owner of ${arn} has written that its trust policy lets ${roleId(of.account, role)} in, beside the role that ${says} has today. Taking the role was tried with the new one.`,
      })),
      isFunction
        ? {
            type: 'query',
            check: 'The function answers without errors for 15 minutes.',
            query: `aws cloudwatch get-metric-statistics --namespace AWS/Lambda --metric-name Errors --dimensions Name=FunctionName,Value=${of.name} --start-time $(date -u -d '-15 min' +%FT%TZ) --end-time $(date -u +%FT%TZ) --period 60 --statistics Sum`,
          }
        : {
            type: 'query',
            check: 'The deployment is COMPLETED and every task healthy; the log shows no AccessDenied.',
            query: `aws ecs describe-services --cluster ${clusterName(of)} --services ${of.id.replace(/^.*\//, '')} --query 'services[].deployments[].[rolloutState,runningCount,failedTasks]'`,
          },
    ],
    duration: minutes(isFunction ? 1 : 5, isFunction ? 5 : 20),
    clientsNotice: isFunction
      ? { from: 0, to: 5, what: 'A few calls that wait for a cold start.' }
      : {
          from: 0,
          to: isSingle ? 30 : 5,
          what: 'Tasks are exchanged one after another. Requests that run longer than the deregistration delay end, and open sockets connect again; where a machine has no room for a second task, the service has one task less for that while.',
        },
    undo: {
      how: isFunction
        ? 'the old role and environment back; the old values are typed in by hand'
        : 'the service back to its old task definition',
      until: 'the old roles are gone',
      exact: !isFunction || secret === undefined,
    },
    successions: before.roles.map((from) => ({
      from,
      to: [roleId(of.account, role)],
      because: `${says} works as ${role}`,
    })),
  });
}

const roleId = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;
const clusterName = (of: Identity['of']): string =>
  of.kind === 'ecsService' ? (of.cluster?.id.replace(/^.*\//, '') ?? '') : '';

/** Old definitions and roles that a schedule keeps: nothing of them is deleted. */
function started(
  { estate }: Context,
  identities: readonly Identity[],
): readonly Omit<Refusal, 'move' | 'environment'>[] {
  const definitions = identities.flatMap(({ before }) => before.definition ?? []);
  const kept = keptByStarters(estate, definitions);
  const [first] = definitions;
  return kept && first
    ? [
        {
          subject: first.id,
          because: `the old task definitions and their roles stay: ${kept.because}.`,
          change: kept.change,
        },
      ]
    : [];
}

/** Gates about schedules, once for each region. */
const unscheduled = ({ estate }: Context, of: readonly Place[]) => {
  const places = new Map(of.map(({ account, region }) => [`${account} ${region}`, { account, region }]));
  return [...places.keys()].sort().flatMap((key) => {
    const place = places.get(key);
    return place ? schedulesGate(estate, place) : [];
  });
};

/** What nothing works with any more: definitions first, since they still name the roles. */
function retirement(context: Context, identities: readonly Identity[]): readonly Step[] {
  const { estate, state, scope } = context;
  const leaving = new Set<string>(identities.map(({ of }) => of.id));
  const definitions = retiredDefinitions(
    estate,
    identities.flatMap(({ before }) => before.definition ?? []),
    leaving,
  ).flatMap((definition) => {
    const mine = declaredOf(state, definition);
    return mine ? [{ definition, mine }] : [];
  });
  for (const { definition } of definitions) leaving.add(definition.id);
  const roles = retiredRoles(
    estate,
    state,
    identities.flatMap(({ before }) => before.roles),
    leaving,
  );
  const powerful = new Set<string>(
    administrators(estate).flatMap(({ principal, verdict }) => (verdict === 'yes' ? [principal.id] : [])),
  );
  const steps: Step[] = [];
  if (definitions.length > 0)
    steps.push(
      step({
        ...common(context),
        id: `${scope.stem}-old-definitions-gone`,
        title: `Take away the task definitions that hold credentials: ${listed(definitions.map(({ definition }) => definition.name))}`,
        kind: 'contract',
        why: 'A deregistered definition can still be read by whoever may describe it; only a deleted one can not. After this the way back is the newest definition, not the old one.',
        edits: definitions.map(({ mine }) => ({ op: 'delete', type: mine.type, name: mine.name })),
        actions: definitions.flatMap(({ definition: { name, region } }) => [
          {
            operation: 'ecs:DeregisterTaskDefinition',
            parameters: { taskDefinition: name },
            command: `aws ecs deregister-task-definition --region ${region} --task-definition ${name}`,
          },
          {
            operation: 'ecs:DeleteTaskDefinitions',
            parameters: { taskDefinitions: [name] },
            command: `aws ecs delete-task-definitions --region ${region} --task-definitions ${name}`,
          },
        ]),
        gate: [
          {
            type: 'person',
            check:
              'Passwords that stood there in clear text are changed at their source, and the new ones are in the secrets.',
          },
          ...unscheduled(
            context,
            definitions.map(({ definition }) => definition),
          ),
        ],
        duration: minutes(1, 5),
        clientsNotice: NOTHING_NOTICED,
        undo: { how: 'register the definition again by hand', until: 'always', exact: false },
      }),
    );
  if (roles.length > 0)
    steps.push(
      step({
        ...common(context),
        id: `${scope.stem}-old-roles-gone`,
        title: `Delete the roles that nothing works as any more: ${listed(roles.map(({ role }) => role.name))}`,
        kind: 'contract',
        why: 'A role that may do everything is worth taking as long as it is there.',
        edits: roles.flatMap(({ edits }) => edits),
        gate: [
          { type: 'inventory', check: 'no workload names the old roles' },
          ...unscheduled(
            context,
            identities.map(({ of }) => of),
          ),
        ],
        duration: minutes(1, 5),
        clientsNotice: NOTHING_NOTICED,
        undo: { how: 'make the role and its policies again from the program', until: 'always', exact: false },
        declares: { noLonger: roles.flatMap(({ role }) => (powerful.has(role.id) ? [role.id] : [])) },
      }),
    );
  return steps;
}

function policySteps(context: Context, policies: readonly Narrowing[]): readonly Step[] {
  if (policies.length === 0) return [];
  const { scope } = context;
  const names = listed(policies.map(({ of }) => of.name));
  const named = policies.flatMap((one) => (one.named ? [one.named] : []));
  const steps: Step[] = [];
  if (named.length > 0)
    steps.push(
      step({
        ...common(context),
        id: `${scope.stem}-deliverers-named`,
        title: `Name who delivers to ${names}`,
        kind: 'expand',
        why: `${policies.flatMap(({ deliverers }) => deliverers).join(', ')} delivers by the open statement today, and gets one of its own before that goes.`,
        edits: named,
        gate: [{ type: 'inventory', check: `the policies of ${names} name each topic and bucket that delivers` }],
        duration: minutes(1, 2),
        clientsNotice: NOTHING_NOTICED,
        undo: { how: 'the old policy back', until: 'always', exact: true },
      }),
    );
  return [
    ...steps,
    step({
      ...common(context),
      id: `${scope.stem}-open-policies-watched`,
      title: `Watch who uses ${names} from outside`,
      kind: 'watch',
      why: 'Somebody in another account may use them; no inventory of this account tells.',
      gate: [
        {
          type: 'query',
          check: `For ${watchDays(context)} days every call came from this account or from what the policies name.`,
          query: `filter eventSource in ["sqs.amazonaws.com","sns.amazonaws.com"] and userIdentity.accountId != "${policies[0]?.of.account ?? ''}" | stats count(*) by userIdentity.arn, eventName`,
        },
        {
          type: 'person',
          check:
            'Nobody outside (partner, older account, EventBridge rule) is meant to send here, or it has a statement of its own.',
        },
      ],
      duration: days(watchDays(context), watchDays(context)),
      clientsNotice: NOTHING_NOTICED,
      undo: { how: 'nothing was changed', until: 'always', exact: true },
    }),
    step({
      ...common(context),
      id: `${scope.stem}-open-policies-closed`,
      title: `Close ${names} to everybody who is not named`,
      kind: 'contract',
      why: 'A queue or topic has a public address: its policy is the only wall.',
      edits: policies.map(({ closed }) => closed),
      gate: [{ type: 'inventory', check: `the policies of ${names} let in nobody without a name` }],
      duration: minutes(1, 2),
      clientsNotice: {
        from: 0,
        to: 0,
        what: 'Nothing inside of the account. Whoever came from outside by the open policy is refused.',
      },
      undo: { how: 'the old policy back', until: 'always', exact: true },
    }),
  ];
}
