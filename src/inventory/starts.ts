/** What the rules of EventBridge, the schedules of EventBridge Scheduler and state machines start, by the answers about each one. */
import type { Other, Started } from '../estate/kinds/watch.ts';
import type { Answers } from './answers.ts';
import { ecsClusterArn, functionArn, nameOfArn, taskDefinitionArn } from './ids.ts';
import type { Item } from './item.ts';
import { allItems } from './listing.ts';

const TARGETS = 'events:ListTargetsByRule';
const SCHEDULE = 'scheduler:GetSchedule';
const MACHINE = 'sfn:DescribeStateMachine';

/** Operations that tell of one of them. */
export const STARTS_OPERATIONS: readonly string[] = [TARGETS, SCHEDULE, MACHINE];

type Told = Pick<Other, 'managedBy' | 'starts'>;
type Tell = (item: Item) => Told;

/** What is told of the things of these types beside their names. */
export function startsOf(answers: Answers): Readonly<Record<string, Tell>> {
  const targets = indexed(answers, TARGETS, (input) => [busOf(input.EventBusName), String(input.Rule)]);
  const schedules = indexed(answers, SCHEDULE, (input) => [String(input.GroupName ?? 'default'), String(input.Name)]);
  const machines = indexed(answers, MACHINE, (input) => ['', String(input.stateMachineArn)]);
  return {
    'events:rule': (item) => {
      const managedBy = item.string('ManagedBy');
      const answered = targets(item, busOf(item.string('EventBusName')), item.string('Name'));
      const starts = answered.map((one) => (one.has('NextToken') ? undefined : allItems(one, 'Targets')?.map(started)));
      const role = item.string('RoleArn');
      return {
        ...(managedBy === undefined ? {} : { managedBy }),
        ...whole(role === undefined ? starts : [...starts, [{ arns: [role], onFargate: false }]], answered.length > 0),
      };
    },
    'scheduler:schedule': (item) => {
      const answered = schedules(item, item.string('GroupName') ?? 'default', item.string('Name'));
      const starts = answered.map((one) => {
        const target = one.item('Target');
        return target && [started(target)];
      });
      return whole(starts, answered.length > 0);
    },
    'sfn:stateMachine': (item) => {
      const answered = machines(item, '', item.string('stateMachineArn'));
      return whole(answered.map(startedByMachine), answered.length > 0);
    },
  };
}

/** Nothing is said where a part of it was not told. */
function whole(parts: readonly (readonly Started[] | undefined)[], isAnswered: boolean): Told {
  const told = parts.flatMap((one) => one ?? []);
  return isAnswered && !parts.includes(undefined) ? { starts: told } : {};
}

const busOf = (bus: unknown): string => (typeof bus === 'string' && bus !== '' ? nameOfArn(bus) : 'default');

type Find = (item: Item, group: string, name: string | undefined) => readonly Item[];

/** The answers about one thing of an account and a region, by the group and the name that were asked for. */
function indexed(
  answers: Answers,
  operation: string,
  asked: (input: Readonly<Record<string, unknown>>) => readonly [group: string, name: string],
): Find {
  const key = (parts: readonly (string | undefined)[]): string => parts.join('\n');
  const index = new Map<string, Item[]>();
  for (const { item, entry } of answers.bodies(operation)) {
    const at = key([entry.account, entry.region, ...asked(entry.input)]);
    const list = index.get(at);
    if (list) list.push(item);
    else index.set(at, [item]);
  }
  return ({ context: { account, region } }, group, name) => index.get(key([account, region, group, name])) ?? [];
}

const ARN = /arn:[\w-]+:[\w-]+:[^:\s"'\\]*:[^:\s"'\\]*:[^\s"'\\,}\]]+/g;

/** What a state fills in only when it runs (JSONPath and JSONata) is not known before. */
const DYNAMIC = /"(?:TaskDefinition|Cluster|FunctionName)\.\$"|"(?:TaskDefinition|Cluster|FunctionName)"\s*:\s*"\{%/;
const NAMED = /"(TaskDefinition|Cluster|FunctionName)"\s*:\s*"([^"]+)"/g;
const TO_ARN = { TaskDefinition: taskDefinitionArn, Cluster: ecsClusterArn, FunctionName: functionArn } as const;
const isNamed = (field: string | undefined): field is keyof typeof TO_ARN => field !== undefined && field in TO_ARN;

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html */
function startedByMachine(item: Item): readonly Started[] | undefined {
  const definition = item.string('definition');
  if (definition === undefined || DYNAMIC.test(definition)) return undefined;
  const { account, region } = item.context;
  const named = [...definition.matchAll(NAMED)].flatMap(([, field, value]) =>
    isNamed(field) && value !== undefined ? [TO_ARN[field](account, region, value)] : [],
  );
  const role = item.string('roleArn');
  return [
    {
      arns: [...new Set([...named, ...(definition.match(ARN) ?? []), ...(role === undefined ? [] : [role])])].sort(),
      onFargate:
        /"LaunchType"\s*:\s*"FARGATE"/.test(definition) && !/"(?:EC2|CapacityProviderStrategy)"/.test(definition),
    },
  ];
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EcsParameters.html */
function started(target: Item): Started {
  const ecs = target.item('EcsParameters');
  const providers = ecs?.items('CapacityProviderStrategy')?.map((one) => one.string('capacityProvider')) ?? [];
  const fargate = ecs?.string('LaunchType') === 'FARGATE';
  return {
    arns: [...new Set(JSON.stringify(target.value).match(ARN) ?? [])].sort(),
    onFargate: fargate || (providers.length > 0 && providers.every((one) => one?.startsWith('FARGATE'))),
  };
}
