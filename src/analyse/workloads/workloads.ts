/**
 * What runs in an account, with which roles, and what of that the input does not tell. The one list of it: rules ask
 * `roles.ts` who works with a role, the access room asks here what each workload needs.
 */
import { missing } from '../../estate/coverage.ts';
import { all, type Estate, find, memoised } from '../../estate/estate.ts';
import type {
  EcsService,
  EnvironmentFact,
  Instance,
  LambdaFunction,
  TaskDefinition,
} from '../../estate/kinds/compute.ts';
import type { Role } from '../../estate/kinds/people.ts';
import type { Resource } from '../../estate/resource.ts';
import { provenance, type Ref } from '../../estate/source.ts';
import type { Hop, Missing } from '../verdict.ts';

/** `task`: what the containers run with; `execution`: what starts them; the others have one role. */
export type RoleKind = 'task' | 'execution' | 'function' | 'instance';

export interface Workload {
  /** Id of the service, the task definition that no service runs, the function, the instance or its group. */
  readonly id: string;
  /** What runs the same has one key: all instances of a cluster or group, all revisions of a task. */
  readonly key: string;
  readonly name: string;
  /** `service web`, `function resize`, `instances of web-asg` */
  readonly says: string;
  readonly use: RoleKind;
  /** Id of the role; null when it is known to have none. */
  readonly role: string | null;
  /** That it has the role; null without one. */
  readonly hop: Hop | null;
  readonly holder: EcsService | TaskDefinition | LambdaFunction | Instance;
  /** The definition, for tasks. */
  readonly definition: TaskDefinition | null;
  /** False for a task definition that nothing is seen to run now. */
  readonly runs: boolean;
  readonly environment: readonly EnvironmentFact[];
  /** What would have to be read to know all that its environment tells. */
  readonly missing: readonly Missing[];
  /** Set where the input does not tell whether it is one of the machines of another: then two of these may be one. */
  readonly perhapsOne?: Missing;
}

interface Found {
  /** In the order of kinds and ids. */
  readonly workloads: readonly Workload[];
  /** What runs with a role that the input does not tell, by account. */
  readonly untold: ReadonlyMap<string, readonly Missing[]>;
}

type Tell = (resource: Resource, operation: string, reason: string) => void;
type About = Pick<Workload, 'id' | 'key' | 'name' | 'says' | 'holder' | 'perhapsOne'>;

const found = memoised((estate): Found => {
  const untold = new Map<string, Missing[]>();
  const tell: Tell = (resource, operation, reason) => {
    const list = untold.get(resource.account) ?? [];
    list.push({ operation, reason, resource: resource.id });
    untold.set(resource.account, list);
  };
  const workloads = [
    ...services(estate, tell),
    ...tasksAlone(estate, tell),
    ...functions(estate, tell),
    ...instances(estate, tell),
  ];
  return { workloads, untold };
});

/** Instances of one Auto Scaling group are one. */
export const workloads = (estate: Estate): readonly Workload[] => found(estate).workloads;

export const untoldRoles = (estate: Estate): ReadonlyMap<string, readonly Missing[]> => found(estate).untold;

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

function services(estate: Estate, tell: Tell): readonly Workload[] {
  return all(estate, 'ecsService').flatMap((service) => {
    const definition = find(estate, service.taskDefinition);
    const { id, name } = service;
    if (definition)
      return tasks(estate, tell, definition, true, { id, key: id, name, says: `service ${name}`, holder: service });
    tell(service, 'ecs:DescribeTaskDefinition', 'the task definitions of some services are not in the input');
    return [];
  });
}

/** Definitions that tasks without a service run, and the newest revisions that nothing is seen to run. */
function tasksAlone(estate: Estate, tell: Tell): readonly Workload[] {
  const served = new Set(all(estate, 'ecsService').map((service) => find(estate, service.taskDefinition)?.id));
  const running = new Set(
    all(estate, 'ecsTask').flatMap((task) => (task.service ? [] : (find(estate, task.taskDefinition)?.id ?? []))),
  );
  return all(estate, 'taskDefinition').flatMap((definition) => {
    const { id, account, region, family, name } = definition;
    const runs = running.has(id);
    if (!runs && (served.has(id) || isOlderRevision(estate, definition))) return [];
    const about = { id, key: `task ${account} ${region} ${family ?? id}`, name, says: `task ${family ?? name}` };
    return tasks(estate, tell, definition, runs, { ...about, holder: definition });
  });
}

const newest = memoised((estate) => {
  const revisions = new Map<string, number>();
  for (const { family, revision } of all(estate, 'taskDefinition'))
    if (family !== undefined && revision !== undefined)
      revisions.set(family, Math.max(revision, revisions.get(family) ?? 0));
  return revisions;
});

const isOlderRevision = (estate: Estate, { family, revision }: TaskDefinition): boolean =>
  family !== undefined && revision !== undefined && revision < (newest(estate).get(family) ?? 0);

function tasks(
  estate: Estate,
  tell: Tell,
  definition: TaskDefinition,
  runs: boolean,
  about: About,
): readonly Workload[] {
  const { id, name, containers } = definition;
  if (runs && definition.taskRole === undefined)
    tell(definition, 'ecs:DescribeTaskDefinition', `the task role of ${name} is not in the input`);
  const unread = containers?.some((container) => container.environment === undefined) ?? true;
  const rest = {
    definition,
    runs,
    ...about,
    environment: (containers ?? []).flatMap((container) => container.environment ?? []),
    missing: unread ? [notRead('ecs:DescribeTaskDefinition', `the environment of ${name} was not read`, id)] : [],
  };
  return (['task', 'execution'] as const).flatMap((use): readonly Workload[] => {
    const ref = use === 'task' ? definition.taskRole : definition.executionRole;
    if (ref === undefined) return [];
    return [{ use, ...rest, role: ref?.id ?? null, hop: ref && hopOf(estate, about, use, definition, ref) }];
  });
}

function functions(estate: Estate, tell: Tell): readonly Workload[] {
  return all(estate, 'function').flatMap((held): readonly Workload[] => {
    const { id, name, role, environment } = held;
    if (role === undefined) {
      tell(held, 'lambda:ListFunctions', 'the roles of some functions are not in the input');
      return [];
    }
    const about: About = { id, key: id, name, says: `function ${name}`, holder: held };
    return [
      {
        ...about,
        use: 'function',
        role: role.id,
        hop: hopOf(estate, about, 'function', held, role),
        definition: null,
        runs: true,
        environment: environment ?? [],
        missing:
          environment === undefined
            ? [notRead('lambda:GetFunctionConfiguration', `the environment of ${name} was not read`, id)]
            : [],
      },
    ];
  });
}

const GONE = new Set(['terminated', 'shutting-down']);

function instances(estate: Estate, tell: Tell): readonly Workload[] {
  const clusters = new Map(
    all(estate, 'containerInstance').flatMap(({ instance, cluster }) =>
      instance && cluster ? [[instance.id as string, cluster] as const] : [],
    ),
  );
  const list = new Map<string, Workload>();
  for (const held of all(estate, 'instance')) {
    if (GONE.has(held.state ?? '') || held.instanceProfile === null) continue;
    const profile = find(estate, held.instanceProfile);
    if (!held.instanceProfile)
      tell(held, 'ec2:DescribeInstances', 'the instance profiles of some instances are not in the input');
    else if (!profile?.roles)
      tell(held, 'iam:ListInstanceProfiles', 'the roles of some instance profiles are not in the input');
    else
      for (const ref of profile.roles) {
        const about = aboutInstance(estate, held, clusters.get(held.id));
        const one = `${about.id} ${about.key} ${ref.id}`;
        if (list.has(one)) continue;
        list.set(one, {
          ...about,
          use: 'instance',
          role: ref.id,
          hop: hopOf(estate, about, 'instance', profile, ref),
          definition: null,
          runs: true,
          environment: held.userData ?? [],
          missing:
            held.userData === undefined
              ? [notRead('ec2:DescribeInstanceAttribute', `the user data of ${held.name} was not read`, held.id)]
              : [],
        });
      }
  }
  return [...list.values()];
}

function aboutInstance(estate: Estate, held: Instance, cluster: Ref<'ecsCluster'> | undefined): About {
  const { name, account, region, autoScalingGroup } = held;
  const whole = find(estate, cluster) ?? find(estate, autoScalingGroup);
  const untold = cluster === undefined ? membershipUntold(estate, held) : undefined;
  const common = {
    id: autoScalingGroup?.id ?? held.id,
    name,
    holder: held,
    ...(untold === undefined
      ? {}
      : { perhapsOne: notRead(untold, `whether ${held.name} is one machine of several is not told`, held.id) }),
  };
  return whole
    ? { ...common, key: whole.id, says: `instances of ${whole.name}` }
    : { ...common, key: `${account} ${region} ${name}`, says: `instance ${name}` };
}

/** The operation that would tell of which cluster, or else of which group, an instance is a machine; undefined when it is told. */
function membershipUntold(
  estate: Estate,
  { id, account, region, autoScalingGroup, tags }: Instance,
): string | undefined {
  const here = { account, region };
  const clustered = all(estate, 'ecsCluster').some((one) => one.account === account && one.region === region);
  const vague = all(estate, 'containerInstance').some(
    (one) =>
      one.account === account &&
      one.region === region &&
      (find(estate, one.instance) === undefined || (one.instance?.id === id && one.cluster === undefined)),
  );
  const describing = 'ecs:DescribeContainerInstances';
  if (vague || (clustered && missing(estate.coverage, [describing], here).length > 0)) return describing;
  // a group tags what it starts: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html
  return autoScalingGroup === undefined && tags === undefined ? 'autoscaling:DescribeAutoScalingInstances' : undefined;
}

function hopOf(estate: Estate, { holder, says }: About, use: RoleKind, teller: Resource, ref: Ref<'role'>): Hop {
  return {
    resource: holder.id,
    by: ref.id,
    code: 'reference',
    detail: `${says} ${use === 'execution' ? 'is started with' : 'runs with'} the role ${find(estate, ref)?.name ?? ref.id}`,
    provenance: provenance(teller, ref),
  };
}

const notRead = (operation: string, reason: string, resource: string): Missing => ({ operation, reason, resource });
