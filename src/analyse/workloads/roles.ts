/**
 * Which running thing works with which role. Instances of one Auto Scaling group or one ECS cluster are one thing:
 * they run the same.
 */
import { missing as notRead } from '../../estate/coverage.ts';
import { all, type Estate, find, memoised } from '../../estate/estate.ts';
import type { Instance, TaskDefinition } from '../../estate/kinds/compute.ts';
import type { Role } from '../../estate/kinds/people.ts';
import type { Resource } from '../../estate/resource.ts';
import { provenance, type Ref } from '../../estate/source.ts';
import type { Hop, Missing } from '../verdict.ts';

export interface RoleUse {
  /** One workload has one key, however many instances or revisions it has. */
  readonly workload: string;
  /** `service web`, `function resize`, `instances of web-asg` */
  readonly name: string;
  readonly resource: Resource;
  /** `execution`: only to start the task (pull the image, read secrets), which tasks may well share. */
  readonly as: 'own' | 'execution';
  readonly hop: Hop;
}

export interface RoleUses {
  /** By the role's id. */
  readonly of: ReadonlyMap<string, readonly RoleUse[]>;
  /** What runs with a role that the input does not tell, by account. */
  readonly missing: ReadonlyMap<string, readonly Missing[]>;
}

const GONE = new Set(['terminated', 'shutting-down']);

export const roleUses: (estate: Estate) => RoleUses = memoised((estate) => {
  const of = new Map<string, Map<string, RoleUse>>();
  const missing = new Map<string, Missing[]>();
  const tell = (resource: Resource, operation: string, reason: string): void => {
    const list = missing.get(resource.account) ?? [];
    list.push({ operation, reason, resource: resource.id });
    missing.set(resource.account, list);
  };
  const use = (holder: Resource, ref: Ref<'role'>, rest: Omit<RoleUse, 'hop'>): void => {
    const uses = of.get(ref.id) ?? new Map<string, RoleUse>();
    of.set(ref.id, uses);
    const key = `${rest.as} ${rest.workload}`;
    if (uses.has(key)) return;
    const role = find(estate, ref)?.name ?? ref.id;
    const how = rest.as === 'own' ? 'runs with' : 'is started with';
    const hop: Hop = {
      resource: rest.resource.id,
      by: ref.id,
      code: 'reference',
      detail: `${rest.name} ${how} the role ${role}`,
      provenance: provenance(holder, ref),
    };
    uses.set(key, { ...rest, hop });
  };
  const task = (definition: TaskDefinition, rest: Omit<RoleUse, 'hop' | 'as'>): void => {
    if (definition.taskRole) use(definition, definition.taskRole, { ...rest, as: 'own' });
    else if (definition.taskRole === undefined)
      tell(definition, 'ecs:DescribeTaskDefinition', `the task role of ${definition.name} is not in the input`);
    if (definition.executionRole) use(definition, definition.executionRole, { ...rest, as: 'execution' });
  };

  for (const service of all(estate, 'ecsService')) {
    const definition = find(estate, service.taskDefinition);
    if (definition) task(definition, { workload: service.id, name: `service ${service.name}`, resource: service });
    else tell(service, 'ecs:DescribeTaskDefinition', 'the task definitions of some services are not in the input');
  }
  for (const running of all(estate, 'ecsTask')) {
    const definition = running.service ? undefined : find(estate, running.taskDefinition);
    if (definition)
      task(definition, {
        workload: `task ${definition.account} ${definition.region} ${definition.family ?? definition.id}`,
        name: `task ${definition.family ?? definition.name}`,
        resource: definition,
      });
  }
  for (const held of all(estate, 'function')) {
    if (held.role)
      use(held, held.role, { workload: held.id, name: `function ${held.name}`, resource: held, as: 'own' });
    else tell(held, 'lambda:ListFunctions', 'the roles of some functions are not in the input');
  }
  const clusterOf = new Map(
    all(estate, 'containerInstance').flatMap(({ instance, cluster }) =>
      instance && cluster ? [[instance.id as string, cluster] as const] : [],
    ),
  );
  for (const instance of all(estate, 'instance')) {
    if (GONE.has(instance.state ?? '') || instance.instanceProfile === null) continue;
    const profile = find(estate, instance.instanceProfile);
    if (!instance.instanceProfile)
      tell(instance, 'ec2:DescribeInstances', 'the instance profiles of some instances are not in the input');
    else if (!profile?.roles)
      tell(instance, 'iam:ListInstanceProfiles', 'the roles of some instance profiles are not in the input');
    else for (const ref of profile.roles) use(profile, ref, { ...group(estate, instance, clusterOf), as: 'own' });
  }
  for (const { account } of all(estate, 'account')) unlisted(estate, account, missing);
  return { of: new Map([...of].map(([role, uses]) => [role, [...uses.values()]])), missing };
});

function group(
  estate: Estate,
  instance: Instance,
  clusterOf: ReadonlyMap<string, Ref<'ecsCluster'>>,
): Pick<RoleUse, 'workload' | 'name' | 'resource'> {
  const cluster = clusterOf.get(instance.id);
  const holder = find(estate, cluster) ?? find(estate, instance.autoScalingGroup);
  if (holder) return { workload: holder.id, name: `instances of ${holder.name}`, resource: instance };
  return {
    workload: `${instance.account} ${instance.region} ${instance.name}`,
    name: `instance ${instance.name}`,
    resource: instance,
  };
}

function unlisted(estate: Estate, account: string, missing: Map<string, Missing[]>): void {
  const unread = servicesUnread(estate, account);
  if (unread.length > 0) missing.set(account, [...(missing.get(account) ?? []), ...unread]);
}

/** Clusters are known, their services were never read: they may run anything. */
export function servicesUnread(estate: Estate, account: string): readonly Missing[] {
  if (!all(estate, 'ecsCluster').some((cluster) => cluster.account === account)) return [];
  if (notRead(estate.coverage, ['ecs:ListServices'], { account }).length === 0) return [];
  return notRead(estate.coverage, ['ecs:DescribeServices'], { account }).map((operation) => ({
    operation,
    reason: 'the services of some clusters are not in the input',
  }));
}

/** Whether a role is for an AWS service to work with: its trust names one. Undefined when the trust was not read. */
export const isServiceRole = ({ trust }: Role): boolean | undefined =>
  trust === undefined ? undefined : /"Service"\s*:/.test(trust);
