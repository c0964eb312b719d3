/** What runs in an account, and with which roles. */
import type { Estate } from '../../../estate/estate.ts';
import { all, find, memoised } from '../../../estate/estate.ts';
import type {
  EcsService,
  EnvironmentFact,
  Instance,
  LambdaFunction,
  TaskDefinition,
} from '../../../estate/kinds/compute.ts';
import type { Role } from '../../../estate/kinds/people.ts';
import type { Missing } from '../../verdict.ts';
import { missing } from '../attached.ts';

/** `task`: what the containers run with; `execution`: what starts them; the others have one role. */
export type RoleUse = 'task' | 'execution' | 'function' | 'instance';

export interface Workload {
  /** Id of the service, the task definition that no service runs, the function, the instance or its group. */
  readonly id: string;
  readonly name: string;
  readonly use: RoleUse;
  /** Id of the role; null when it is known to have none. */
  readonly role: string | null;
  readonly holder: EcsService | TaskDefinition | LambdaFunction | Instance;
  /** The definition, for tasks. */
  readonly definition: TaskDefinition | null;
  readonly environment: readonly EnvironmentFact[];
  /** What would have to be read to know all that it is told. */
  readonly missing: readonly Missing[];
}

const definitionWorkloads = (
  holder: EcsService | TaskDefinition,
  name: string,
  definition: TaskDefinition,
): readonly Workload[] => {
  const common = { id: holder.id, name, holder, definition };
  const unread = definition.containers?.some((container) => container.environment === undefined) ?? true;
  const open = unread
    ? [missing('ecs:DescribeTaskDefinition', `the environment of ${definition.name} was not read`, definition.id)]
    : [];
  const environment = (definition.containers ?? []).flatMap((container) => container.environment ?? []);
  return (['task', 'execution'] as const).flatMap((use): readonly Workload[] => {
    const role = use === 'task' ? definition.taskRole : definition.executionRole;
    return role === undefined ? [] : [{ ...common, use, role: role?.id ?? null, environment, missing: open }];
  });
};

/** In the order of kinds and ids; instances of one auto scaling group are one workload. */
export const workloads = memoised((estate): readonly Workload[] => {
  const run = new Set<string>();
  const services = all(estate, 'ecsService').flatMap((service) => {
    const definition = find(estate, service.taskDefinition);
    if (!definition) return [];
    run.add(definition.id);
    return definitionWorkloads(service, service.name, definition);
  });
  const alone = all(estate, 'taskDefinition').flatMap((definition) =>
    run.has(definition.id) || isOlderRevision(estate, definition)
      ? []
      : definitionWorkloads(definition, definition.name, definition),
  );
  const functions = all(estate, 'function').flatMap((held): readonly Workload[] =>
    held.role === undefined
      ? []
      : [
          {
            id: held.id,
            name: held.name,
            use: 'function',
            role: held.role.id,
            holder: held,
            definition: null,
            environment: held.environment ?? [],
            missing:
              held.environment === undefined
                ? [missing('lambda:GetFunctionConfiguration', `the environment of ${held.name} was not read`, held.id)]
                : [],
          },
        ],
  );
  return [...services, ...alone, ...functions, ...instances(estate)];
});

const newest = memoised((estate) => {
  const revisions = new Map<string, number>();
  for (const { family, revision } of all(estate, 'taskDefinition'))
    if (family !== undefined && revision !== undefined)
      revisions.set(family, Math.max(revision, revisions.get(family) ?? 0));
  return revisions;
});

const isOlderRevision = (estate: Estate, { family, revision }: TaskDefinition): boolean =>
  family !== undefined && revision !== undefined && revision < (newest(estate).get(family) ?? 0);

function instances(estate: Estate): readonly Workload[] {
  const found = new Map<string, Workload>();
  for (const held of all(estate, 'instance')) {
    if (held.state === 'terminated' || !held.instanceProfile) continue;
    const group = held.autoScalingGroup?.id ?? held.id;
    const role = find(estate, held.instanceProfile)?.roles?.[0];
    if (!role || found.has(group)) continue;
    found.set(group, {
      id: group,
      name: held.name,
      use: 'instance',
      role: role.id,
      holder: held,
      definition: null,
      environment: held.userData ?? [],
      missing:
        held.userData === undefined
          ? [missing('ec2:DescribeInstanceAttribute', `the user data of ${held.name} was not read`, held.id)]
          : [],
    });
  }
  return [...found.values()];
}

/** Workloads by the role they run with. */
export const workloadsByRole = memoised((estate): ReadonlyMap<string, readonly Workload[]> => {
  const index = new Map<string, Workload[]>();
  for (const workload of workloads(estate)) {
    if (workload.role === null) continue;
    const list = index.get(workload.role);
    if (list) list.push(workload);
    else index.set(workload.role, [workload]);
  }
  return index;
});

export const usersOf = (estate: Estate, role: Role): readonly Workload[] => workloadsByRole(estate).get(role.id) ?? [];
