/**
 * What starts work only at times: rules of EventBridge, schedules of EventBridge Scheduler, state machines. Nothing of it may run when the
 * account is read, and no listing of services and tasks tells of it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/tasks-scheduled-eventbridge-scheduler.html
 */
import { missing, statusOf } from '../../estate/coverage.ts';
import { all, type Estate, memoised } from '../../estate/estate.ts';
import type { EcsCluster, TaskDefinition } from '../../estate/kinds/compute.ts';
import type { Other, Started } from '../../estate/kinds/watch.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Missing } from '../verdict.ts';

export interface Starter extends Started {
  /** `the rule nightly-report` */
  readonly says: string;
  /** Id of the rule or schedule. */
  readonly id: string;
}

export interface Starters {
  readonly told: readonly Starter[];
  /** What would tell of those that the input does not show. */
  readonly untold: readonly Missing[];
}

export interface Place {
  readonly account: string;
  readonly region: string;
}

interface Asked {
  readonly says: (name: string) => string;
  readonly operation: string;
}
const ASKED: ReadonlyMap<string, Asked> = new Map([
  ['events:rule', { says: (name) => `the rule ${name}`, operation: 'events:ListTargetsByRule' }],
  ['scheduler:schedule', { says: (name) => `the schedule ${name}`, operation: 'scheduler:GetSchedule' }],
  ['sfn:stateMachine', { says: (name) => `the state machine ${name}`, operation: 'sfn:DescribeStateMachine' }],
]);

/** Listings that inventories of an earlier version may lack: where nobody asked, a gate of the step does. */
const LATER = [
  ['scheduler:ListSchedules', 'the schedules of EventBridge Scheduler'],
  ['sfn:ListStateMachines', 'the state machines of Step Functions'],
] as const;
type Later = (typeof LATER)[number][0];

/** A rule that a service of AWS made for itself starts nothing of the account's own by surprise, and goes with what it is for. */
const isOfAws = ({ managedBy }: Other): boolean => managedBy !== undefined;

const listed = memoised((estate): ReadonlyMap<string, Starters> => {
  const places = new Map<string, { told: Starter[]; untold: Missing[] }>();
  for (const one of all(estate, 'other')) {
    const asked = ASKED.get(one.type);
    if (asked === undefined || isOfAws(one)) continue;
    const key = `${one.account} ${one.region}`;
    const place = places.get(key) ?? { told: [], untold: [] };
    places.set(key, place);
    const [says, operation] = [asked.says(one.name), asked.operation];
    if (one.starts) place.told.push(...one.starts.map((start) => ({ ...start, says, id: one.id })));
    else place.untold.push({ operation, reason: `what ${says} starts is not known`, resource: one.id });
  }
  return places;
});

export function startersIn(estate: Estate, { account, region }: Place): Starters {
  const { told, untold } = listed(estate).get(`${account} ${region}`) ?? { told: [], untold: [] };
  return { told, untold: [...unlisted(estate, { account, region }), ...untold] };
}

/** Listings that were refused, or that every inventory has. */
function unlisted(estate: Estate, place: Place): readonly Missing[] {
  const buses = all(estate, 'other').filter(
    (one) =>
      one.type === 'events:eventBus' &&
      one.name !== 'default' &&
      one.account === place.account &&
      one.region === place.region,
  );
  const ofBuses = buses.flatMap(({ id, name }) =>
    [name, id].some((bus) => isRead(estate, 'events:ListRules', { ...place, target: `EventBusName=${bus}` }))
      ? []
      : [{ operation: 'events:ListRules', reason: `the rules of the event bus ${name} are not known`, resource: id }],
  );
  const later = LATER.flatMap(([operation, what]) =>
    ['read', 'notAsked'].includes(statusOf(estate.coverage, operation, place))
      ? []
      : [{ operation, reason: `${what} in ${place.region} are not known` }],
  );
  return [
    ...missing(estate.coverage, ['events:ListRules'], place).map((operation) => ({
      operation,
      reason: `the rules of EventBridge in ${place.region} are not known`,
    })),
    ...ofBuses,
    ...later,
  ];
}

const isRead = (estate: Estate, operation: string, scope: Place & { readonly target: string }): boolean =>
  statusOf(estate.coverage, operation, scope) === 'read';

/** The listings that nobody asked for there. */
export const unaskedFor = (estate: Estate, place: Place): readonly Later[] =>
  LATER.flatMap(([operation]) => (statusOf(estate.coverage, operation, place) === 'notAsked' ? [operation] : []));

/** Whether the ARN of a target is that of the definition: with its revision, or of the family, which means the newest. */
export const namesDefinition = ({ arns }: Started, { id, arn }: TaskDefinition): boolean =>
  arns.some((one) => one === id || one === arn || one === id.replace(/:\d+$/, ''));

export const startersNaming = (told: readonly Starter[], { id, arn }: Resource): readonly Starter[] =>
  told.filter(({ arns }) => arns.some((one) => one === id || one === arn));

/** What starts tasks that may need a machine of the cluster. */
export function startersOnMachines(estate: Estate, cluster: EcsCluster): Starters {
  const { told, untold } = startersIn(estate, cluster);
  return { told: startersNaming(told, cluster).filter(({ onFargate }) => !onFargate), untold };
}

/** Regions of an account where tasks may run: a role is of the whole account. */
export const regionsOfTasks = (estate: Estate, account: string): readonly string[] =>
  [
    ...new Set(
      [...all(estate, 'ecsCluster'), ...all(estate, 'taskDefinition')].flatMap((one) =>
        one.account === account ? [one.region as string] : [],
      ),
    ),
  ].sort();

/** What starts tasks in an account, wherever. */
export function startersOf(estate: Estate, account: string): Starters {
  const own = [...listed(estate).keys()].flatMap((key) => (key.startsWith(`${account} `) ? [key.slice(13)] : []));
  const regions = new Set([...regionsOfTasks(estate, account), ...own]);
  const parts = [...regions].sort().map((region) => startersIn(estate, { account, region }));
  const told = parts.flatMap((one) => one.told);
  return { told, untold: [...parts.flatMap((one) => one.untold), ...unread(estate, told)] };
}

const DEFINITION = /:task-definition\//;

/** A definition that only a schedule starts, and that was not read, may name any role. */
function unread(estate: Estate, told: readonly Starter[]): readonly Missing[] {
  const known = new Set(all(estate, 'taskDefinition').flatMap(({ id }) => [id as string, id.replace(/:\d+$/, '')]));
  return told.flatMap(({ arns, says, id }) =>
    arns
      .filter((arn) => DEFINITION.test(arn) && !known.has(arn))
      .map((arn) => ({
        operation: 'ecs:DescribeTaskDefinition',
        reason: `${says} starts ${arn.replace(/^.*task-definition\//, '')}, of which nothing was read`,
        resource: id,
      })),
  );
}

/** A role that a service takes for work which may be started at times: tasks, and rules and schedules themselves. */
const STARTED = /\b(?:ecs-tasks|events|scheduler|ecs)\.amazonaws\.com/;
export const mayBeStarted = (trust: string | undefined): boolean => trust === undefined || STARTED.test(trust);
