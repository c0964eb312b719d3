/** The machines of a cluster once no service runs on them: what goes with them, and what keeps them. */

import { startersOnMachines } from '../../analyse/workloads/starters.ts';
import { usersOf } from '../../analyse/workloads/workloads.ts';
import { all, byId, type Estate, find } from '../../estate/estate.ts';
import type {
  AutoScalingGroup,
  ContainerInstance,
  EcsCluster,
  Instance,
  LaunchTemplate,
} from '../../estate/kinds/compute.ts';
import type { InstanceProfile, Role } from '../../estate/kinds/people.ts';
import type { Delete, Edit } from '../edit.ts';
import type { Context } from '../move.ts';
import type { DeclaredResource } from '../world.ts';
import { declaredAllOf, declaredOf } from './declared.ts';
import { onInstances } from './fargate-fit.ts';

export interface Hosts {
  readonly cluster: EcsCluster;
  readonly members: readonly ContainerInstance[];
  readonly groups: readonly { readonly group: AutoScalingGroup; readonly declared: DeclaredResource }[];
  /** Machines that no group manages. */
  readonly alone: readonly { readonly instance: Instance; readonly declared: DeclaredResource }[];
  /** Everything that goes: ids of machines and groups. */
  readonly ids: readonly string[];
}

/** A text says what keeps the machines; undefined when the cluster has none. */
export function hostsOf(
  { estate, state }: Context,
  cluster: EcsCluster,
  moved: ReadonlySet<string>,
): Hosts | string | undefined {
  const members = all(estate, 'containerInstance').filter((one) => one.cluster?.id === cluster.id);
  if (members.length === 0) return undefined;
  const staying = all(estate, 'ecsService').filter(
    (one) => one.cluster?.id === cluster.id && onInstances(one) && !moved.has(one.id),
  );
  if (staying.length > 0) return `${staying.map(({ name }) => name).join(', ')} still run on its machines`;
  const alone = all(estate, 'ecsTask').filter(
    (one) =>
      one.cluster?.id === cluster.id && !one.service && one.lastStatus !== 'STOPPED' && one.launchType !== 'FARGATE',
  );
  if (alone.length > 0) return `${alone.length} tasks that no service started run on its machines`;
  const machines = members.flatMap(({ instance }) => find(estate, instance) ?? []);
  if (machines.length < members.length) return 'not all of its machines are known';
  const groupIds = [...new Set(machines.flatMap(({ autoScalingGroup }) => autoScalingGroup?.id ?? []))];
  const groups: { group: AutoScalingGroup; declared: DeclaredResource }[] = [];
  for (const id of groupIds) {
    const group = byId(estate, id);
    const declared = group?.kind === 'autoScalingGroup' ? declaredOf(state, group) : undefined;
    if (group?.kind !== 'autoScalingGroup' || !declared)
      return `the Auto Scaling group of its machines is not under the program's care`;
    const strangers = (group.instances ?? []).filter((one) => !machines.some((machine) => machine.id === one.id));
    if (strangers.length > 0) return `${group.name} has machines that are not in the cluster`;
    if ((group.targetGroups?.length ?? 0) > 0) return `${group.name} answers requests of a load balancer itself`;
    groups.push({ group, declared });
  }
  const single: { instance: Instance; declared: DeclaredResource }[] = [];
  for (const instance of machines) {
    if (instance.autoScalingGroup) continue;
    const declared = declaredOf(state, instance);
    if (!declared) return `${instance.name} is not under the program's care`;
    single.push({ instance, declared });
  }
  const users = targetsOf(estate, machines, cluster, moved);
  if (users !== undefined) return users;
  const { told, untold } = startersOnMachines(estate, cluster);
  if (told.length > 0) return `${told.map(({ says }) => says).join(', ')} starts tasks on them`;
  if (untold.length > 0)
    return `a schedule may start tasks on them (${untold.map(({ reason }) => reason).join('; ')}: collect ${[...new Set(untold.map(({ operation }) => operation))].join(', ')})`;
  return { cluster, members, groups, alone: single, ids: [...machines.map(({ id }) => id as string), ...groupIds] };
}

/** A machine that a balancer sends to for something else than the services that move. */
function targetsOf(
  estate: Estate,
  machines: readonly Instance[],
  cluster: EcsCluster,
  moved: ReadonlySet<string>,
): string | undefined {
  const ids = new Set<string>(machines.map(({ id }) => id));
  const ours = new Set(
    all(estate, 'ecsService').flatMap((one) =>
      moved.has(one.id) || one.cluster?.id === cluster.id
        ? (one.loadBalancers ?? []).flatMap(({ targetGroup }) => targetGroup?.id ?? [])
        : [],
    ),
  );
  const other = all(estate, 'targetGroup').find(
    (one) => !ours.has(one.id) && one.targets?.some(({ target }) => ids.has(target)),
  );
  return other && `${other.name} sends requests to its machines for something else than its services`;
}

/** What started the machines and what they worked as, as far as nothing else uses it. */
export function leftovers({ estate, state }: Context, { cluster, groups, alone, ids }: Hosts): readonly Edit[] {
  const gone = new Set(ids);
  const templates = groups.flatMap(({ group }) => find(estate, group.launchTemplate) ?? []);
  const machines = all(estate, 'instance').filter(({ id }) => gone.has(id));
  const freed = templates.filter(
    (one) =>
      !all(estate, 'autoScalingGroup').some((group) => !gone.has(group.id) && group.launchTemplate?.id === one.id),
  );
  const profiles = [...new Set(machines.flatMap(({ instanceProfile }) => instanceProfile?.id ?? []))].flatMap((id) => {
    const profile = byId(estate, id);
    return profile?.kind === 'instanceProfile' && isFree(estate, profile, gone, freed) ? [profile] : [];
  });
  const roles = profiles
    .flatMap(({ roles: refs }) => (refs ?? []).flatMap((one) => find(estate, one) ?? []))
    .filter(
      (role) => onlyIn(estate, role, profiles) && usersOf(estate, role).every(({ holder }) => gone.has(holder.id)),
    );
  const whole = (resource: Parameters<typeof declaredAllOf>[1]): readonly Delete[] =>
    declaredAllOf(state, resource).map(({ type, name }) => ({ op: 'delete', type, name }));
  const known = alone.length + groups.length > 0;
  return known
    ? [
        ...withoutProviders(
          state,
          cluster,
          groups.map(({ group }) => group.id),
        ),
        ...groups.flatMap(({ group }) => whole(group)),
        ...freed.flatMap(whole),
        ...profiles.flatMap(whole),
        ...roles.flatMap(whole),
      ]
    : [];
}

const isFree = (
  estate: Estate,
  profile: InstanceProfile,
  gone: ReadonlySet<string>,
  freed: readonly LaunchTemplate[],
): boolean =>
  !all(estate, 'instance').some((one) => !gone.has(one.id) && one.instanceProfile?.id === profile.id) &&
  !all(estate, 'launchTemplate').some(
    (one) =>
      !freed.includes(one) &&
      (one.instanceProfile === undefined ||
        [profile.id, profile.arn, profile.name].includes(one.instanceProfile ?? undefined)),
  );

const onlyIn = (estate: Estate, role: Role, profiles: readonly InstanceProfile[]): boolean =>
  !all(estate, 'instanceProfile').some(
    (one) => !profiles.includes(one) && (one.roles?.some(({ id }) => id === role.id) ?? true),
  );

/** Providers of the groups leave the cluster's list and its default before they go themselves. */
function withoutProviders(state: Context['state'], cluster: EcsCluster, groups: readonly string[]): readonly Edit[] {
  const gone = new Set(
    groups.flatMap((id) =>
      declaredAllOf(state, { id } as Parameters<typeof declaredAllOf>[1])
        .filter(({ type }) => type === 'aws:ecs/capacityProvider:CapacityProvider')
        .map(({ inputs }) => String(inputs.name)),
    ),
  );
  const type = 'aws:ecs/clusterCapacityProviders:ClusterCapacityProviders';
  const list = [...state.world.declared.values()].find(
    (one) => one.type === type && one.inputs.clusterName === cluster.id.replace(/^.*\//, ''),
  );
  if (!list || gone.size === 0) return [];
  const kept = (Array.isArray(list.inputs.capacityProviders) ? list.inputs.capacityProviders : []).filter(
    (one): one is string => typeof one === 'string' && !gone.has(one),
  );
  return [
    {
      op: 'update',
      type,
      name: list.name,
      properties: {
        capacityProviders: [...new Set([...kept, 'FARGATE'])],
        defaultCapacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1, base: 0 }],
      },
    },
  ];
}
