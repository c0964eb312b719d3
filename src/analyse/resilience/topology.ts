/** Who belongs to whom, indexed once per estate. */
import { missing } from '../../estate/coverage.ts';
import type { Estate } from '../../estate/estate.ts';
import { all, find, memoised } from '../../estate/estate.ts';
import type { Id } from '../../estate/ids.ts';
import type { ResourceOf } from '../../estate/resource.ts';

export interface Topology {
  readonly tasksOf: ReadonlyMap<string, readonly ResourceOf<'ecsTask'>[]>;
  readonly servicesOfTargetGroup: ReadonlyMap<string, readonly ResourceOf<'ecsService'>[]>;
  /** Whether a service of a place (`account region`) may fill target groups that the input does not tell. */
  readonly servicesUntold: (place: { readonly account: string; readonly region: string }) => boolean;
  readonly groupsOfTargetGroup: ReadonlyMap<string, readonly ResourceOf<'autoScalingGroup'>[]>;
  readonly containerInstancesOf: ReadonlyMap<string, readonly ResourceOf<'containerInstance'>[]>;
  readonly servicesOfCluster: ReadonlyMap<string, readonly ResourceOf<'ecsService'>[]>;
  readonly tasksOnHost: ReadonlyMap<string, readonly ResourceOf<'ecsTask'>[]>;
  readonly instanceTypes: ReadonlyMap<string, ResourceOf<'instanceType'>>;
  readonly listenersOf: ReadonlyMap<string, readonly ResourceOf<'listener'>[]>;
  readonly rulesOf: ReadonlyMap<string, readonly ResourceOf<'listenerRule'>[]>;
  readonly targetGroupsOf: ReadonlyMap<string, readonly ResourceOf<'targetGroup'>[]>;
  readonly replicasOf: ReadonlyMap<string, readonly ResourceOf<'database'>[]>;
  readonly routeTableOf: (subnet: Id<'subnet'>) => ResourceOf<'routeTable'> | undefined;
  readonly endpointsOf: ReadonlyMap<string, readonly ResourceOf<'vpcEndpoint'>[]>;
  /** By VPC and private address, as `vpc address`. */
  readonly interfaceAt: ReadonlyMap<string, ResourceOf<'networkInterface'>>;
  readonly balancerByName: ReadonlyMap<string, ResourceOf<'loadBalancer'>>;
}

function grouped<T>(items: readonly T[], keysOf: (item: T) => readonly (string | undefined)[]): Map<string, T[]> {
  const index = new Map<string, T[]>();
  for (const item of items) {
    for (const key of new Set(keysOf(item))) {
      if (key === undefined) continue;
      const list = index.get(key);
      if (list) list.push(item);
      else index.set(key, [item]);
    }
  }
  return index;
}

const bare = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^dualstack\./, '')
    .replace(/\.$/, '');
export const hostKey = bare;

/** Places with services of which it is not told what they register with, and with clusters whose services were not read. */
function untoldServices(estate: Estate): ReadonlySet<string> {
  const vague = all(estate, 'ecsService').filter(
    (one) => one.loadBalancers?.every(({ targetGroup }) => targetGroup !== undefined) !== true,
  );
  const places = new Map(
    all(estate, 'ecsCluster').map(({ account, region }) => [`${account} ${region}`, { account, region }]),
  );
  const unread = [...places].filter(([, at]) => missing(estate.coverage, ['ecs:DescribeServices'], at).length > 0);
  return new Set([...vague.map(({ account, region }) => `${account} ${region}`), ...unread.map(([place]) => place)]);
}

export const topologyOf: (estate: Estate) => Topology = memoised((estate) => {
  const tables = all(estate, 'routeTable');
  const explicit = new Map<string, ResourceOf<'routeTable'>>();
  const main = new Map<string, ResourceOf<'routeTable'>>();
  for (const table of tables) {
    for (const subnet of table.subnets ?? []) explicit.set(subnet.id, table);
    if (table.main) main.set(table.vpc.id, table);
  }
  const untold = untoldServices(estate);
  const interfaceAt = new Map<string, ResourceOf<'networkInterface'>>();
  for (const one of all(estate, 'networkInterface')) {
    for (const address of one.addresses ?? []) interfaceAt.set(`${one.vpc?.id ?? ''} ${address.private}`, one);
  }
  return {
    tasksOf: grouped(all(estate, 'ecsTask'), (task) => [task.service?.id]),
    servicesOfCluster: grouped(all(estate, 'ecsService'), (service) => [service.cluster?.id]),
    tasksOnHost: grouped(all(estate, 'ecsTask'), (task) => [task.containerInstance?.id]),
    servicesOfTargetGroup: grouped(all(estate, 'ecsService'), (service) =>
      (service.loadBalancers ?? []).map((one) => one.targetGroup?.id),
    ),
    servicesUntold: ({ account, region }) => untold.has(`${account} ${region}`),
    groupsOfTargetGroup: grouped(all(estate, 'autoScalingGroup'), (group) =>
      (group.targetGroups ?? []).map((one) => one.id),
    ),
    containerInstancesOf: grouped(all(estate, 'containerInstance'), (one) => [one.cluster?.id]),
    instanceTypes: new Map(all(estate, 'instanceType').map((type) => [`${type.region} ${type.name}`, type])),
    listenersOf: grouped(all(estate, 'listener'), (one) => [one.loadBalancer?.id]),
    rulesOf: grouped(all(estate, 'listenerRule'), (one) => [one.listener?.id]),
    targetGroupsOf: grouped(all(estate, 'targetGroup'), (one) => (one.loadBalancers ?? []).map((lb) => lb.id)),
    replicasOf: grouped(all(estate, 'database'), (one) => [one.replicaOf?.id]),
    routeTableOf: (subnet) => {
      const vpc = find(estate, subnet)?.vpc.id;
      return explicit.get(subnet) ?? (vpc === undefined ? undefined : main.get(vpc));
    },
    endpointsOf: grouped(all(estate, 'vpcEndpoint'), (one) => [one.vpc?.id]),
    interfaceAt,
    balancerByName: new Map(
      all(estate, 'loadBalancer').flatMap((one) =>
        one.dnsName === undefined ? [] : [[bare(one.dnsName), one] as const],
      ),
    ),
  };
});
