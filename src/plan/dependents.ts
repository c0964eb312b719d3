/**
 * What AWS makes along with a resource goes or changes with it: its network interfaces, the tasks of a service, the
 * instances of a group, the registrations in a target group. What is dropped here is derived anew from what is declared.
 */
import type { Estate } from '../estate/estate.ts';
import type { EcsTask } from '../estate/kinds/compute.ts';
import type { NetworkInterface } from '../estate/kinds/network.ts';
import type { Resource } from '../estate/resource.ts';
import type { Touched } from './merge.ts';

/** Changes that leave every interface as it is. */
const NOT_OF_THE_NETWORK = new Set([
  'name',
  'tags',
  'attributes',
  'deletionProtection',
  'backupRetention',
  'endpoint',
  'environment',
  'role',
  'circuitBreaker',
  'executeCommand',
  'replicas',
  'instanceClass',
  'engineVersion',
  'storageEncrypted',
  // a standby is derived anew wherever the database says that it has one
  'multiAz',
  'secondaryZone',
  'automaticFailover',
  'nodeType',
  'iamAuthentication',
  'storageType',
  'allocatedStorage',
  'timeout',
  'memory',
  'runtime',
  'deadLetter',
  'policy',
  'webAcl',
]);

export function withoutDependents(
  today: Estate,
  resources: readonly Resource[],
  touched: Touched,
): readonly Resource[] {
  if (touched.size === 0) return resources;
  const byId = new Map<string, Resource>(resources.map((one) => [one.id, one]));
  const changed = new Map<string, readonly string[] | null>();
  for (const [key, fields] of touched) changed.set(key.slice(key.indexOf(' ') + 1), fields);
  const gone = goneWith(today, byId, changed);
  const left: Resource[] = [];
  for (const one of resources) {
    const found = gone.has(one.id) ? undefined : withoutGone(one);
    if (found) left.push(found);
  }
  return left;

  function withoutGone(one: Resource): Resource | undefined {
    switch (one.kind) {
      case 'networkInterface':
        return interfaceAfter(one, byId, changed, gone);
      case 'targetGroup': {
        const still = one.targets?.filter(
          ({ target }) => !gone.has(target) && !drained(today, one.id, target, byId, gone),
        );
        return still === undefined || still.length === one.targets?.length ? one : { ...one, targets: still };
      }
      case 'autoScalingGroup':
        return one.instances?.some(({ id }) => gone.has(id))
          ? { ...one, instances: one.instances.filter(({ id }) => !gone.has(id)) }
          : one;
      case 'ecsTask':
        return asItsService(one, byId, changed);
      default:
        return one;
    }
  }
}

/** A rolling deployment puts tasks of the new definition in the places of the old ones, by the same placement strategy. */
function asItsService(
  one: EcsTask,
  byId: ReadonlyMap<string, Resource>,
  changed: ReadonlyMap<string, readonly string[] | null>,
): EcsTask {
  const service = one.service && changed.has(one.service.id) ? byId.get(one.service.id) : undefined;
  return service?.kind === 'ecsService' && service.taskDefinition
    ? { ...one, taskDefinition: service.taskDefinition }
    : one;
}

/** Ids of what no longer runs: instances of a group that is gone or at zero, with what runs on them; tasks of a service likewise. */
function goneWith(
  today: Estate,
  byId: ReadonlyMap<string, Resource>,
  changed: ReadonlyMap<string, readonly string[] | null>,
): ReadonlySet<string> {
  const gone = new Set<string>();
  for (const one of today.resources) {
    if (one.kind === 'autoScalingGroup' && changed.has(one.id)) {
      const now = byId.get(one.id);
      if (now === undefined || (now.kind === 'autoScalingGroup' && now.desired === 0 && now.max === 0))
        for (const { id } of one.instances ?? []) gone.add(id);
    }
  }
  for (const one of today.resources)
    if (one.kind === 'instance' && one.autoScalingGroup && gone.has(one.autoScalingGroup.id)) gone.add(one.id);
  for (const [id] of changed) if (!byId.has(id)) gone.add(id);
  for (const one of today.resources) {
    if (one.kind === 'containerInstance' && one.instance && gone.has(one.instance.id)) gone.add(one.id);
    if (one.kind === 'volume' && one.attachedTo?.some(({ id }) => gone.has(id))) gone.add(one.id);
    if (one.kind === 'ecsTask' && one.service && serviceMoved(one.service.id, byId, changed)) gone.add(one.id);
  }
  for (const one of today.resources)
    if (one.kind === 'ecsTask' && one.containerInstance && gone.has(one.containerInstance.id)) gone.add(one.id);
  for (const one of today.resources)
    if (one.kind === 'networkInterface' && one.owner && gone.has(one.owner.id)) gone.add(one.id);
  return gone;
}

/** A service that is gone, at zero, or runs something else than its tasks do: the tasks of today are not its tasks then. */
function serviceMoved(
  id: string,
  byId: ReadonlyMap<string, Resource>,
  changed: ReadonlyMap<string, readonly string[] | null>,
): boolean {
  if (!changed.has(id)) return false;
  const service = byId.get(id);
  if (service?.kind !== 'ecsService') return true;
  const fields = changed.get(id) ?? [];
  return (
    service.desired === 0 || fields.some((field) => ['network', 'launchType', 'capacityProviders'].includes(field))
  );
}

/** Registrations that ECS made for a service that is gone or at zero. */
function drained(
  today: Estate,
  group: string,
  target: string,
  byId: ReadonlyMap<string, Resource>,
  gone: ReadonlySet<string>,
): boolean {
  const makers = today.resources.filter(
    (one) => one.kind === 'ecsService' && one.loadBalancers?.some(({ targetGroup }) => targetGroup?.id === group),
  );
  if (makers.length === 0) return gone.has(target);
  return makers.every(({ id }) => {
    const now = byId.get(id);
    return now === undefined || (now.kind === 'ecsService' && now.desired === 0);
  });
}

function interfaceAfter(
  one: NetworkInterface,
  byId: ReadonlyMap<string, Resource>,
  changed: ReadonlyMap<string, readonly string[] | null>,
  gone: ReadonlySet<string>,
): Resource | undefined {
  if (!one.owner) return one;
  if (gone.has(one.owner.id)) return undefined;
  const fields = changed.get(one.owner.id);
  if (!fields) return one;
  const owner = byId.get(one.owner.id);
  if (owner === undefined) return undefined;
  const moving = fields.filter((field) => !NOT_OF_THE_NETWORK.has(field));
  if (moving.length === 0) return one;
  const groups = 'securityGroups' in owner ? owner.securityGroups : undefined;
  if (
    moving.every((field) => field === 'securityGroups' || field === 'publiclyAccessible') &&
    owner.kind !== 'ecsService'
  ) {
    const hidden =
      owner.kind === 'database' && fields.includes('publiclyAccessible') && owner.publiclyAccessible === false;
    return {
      ...one,
      ...(moving.includes('securityGroups') ? { securityGroups: groups } : {}),
      ...(hidden
        ? { hasPublicAddress: false, addresses: one.addresses?.map((address) => ({ ...address, public: null })) }
        : {}),
    };
  }
  // where it stands may have changed: it is derived anew
  return owner.kind === 'instance' ? one : undefined;
}
