/** Who belongs to whom, indexed once per estate. */
import { missing } from '../../estate/coverage.ts';
import type { Estate } from '../../estate/estate.ts';
import { all, find, memoised } from '../../estate/estate.ts';
import type { Id } from '../../estate/ids.ts';
import type { Kind, ResourceOf } from '../../estate/resource.ts';
import { indexed, type Lookup } from '../../estate/watched.ts';

export interface Topology {
  readonly tasksOf: Lookup<readonly ResourceOf<'ecsTask'>[]>;
  readonly servicesOfTargetGroup: Lookup<readonly ResourceOf<'ecsService'>[]>;
  /** Whether a service of a place (`account region`) may fill target groups that the input does not tell. */
  readonly servicesUntold: (place: { readonly account: string; readonly region: string }) => boolean;
  readonly groupsOfTargetGroup: Lookup<readonly ResourceOf<'autoScalingGroup'>[]>;
  readonly containerInstancesOf: Lookup<readonly ResourceOf<'containerInstance'>[]>;
  readonly servicesOfCluster: Lookup<readonly ResourceOf<'ecsService'>[]>;
  readonly tasksOnHost: Lookup<readonly ResourceOf<'ecsTask'>[]>;
  readonly instanceTypes: Lookup<ResourceOf<'instanceType'>>;
  readonly listenersOf: Lookup<readonly ResourceOf<'listener'>[]>;
  readonly rulesOf: Lookup<readonly ResourceOf<'listenerRule'>[]>;
  readonly targetGroupsOf: Lookup<readonly ResourceOf<'targetGroup'>[]>;
  readonly replicasOf: Lookup<readonly ResourceOf<'database'>[]>;
  readonly routeTableOf: (subnet: Id<'subnet'>) => ResourceOf<'routeTable'> | undefined;
  readonly endpointsOf: Lookup<readonly ResourceOf<'vpcEndpoint'>[]>;
  /** By VPC and private address, as `vpc address`. */
  readonly interfaceAt: Lookup<ResourceOf<'networkInterface'>>;
  readonly balancerByName: Lookup<ResourceOf<'loadBalancer'>>;
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

const by = <K extends Kind>(kind: K, keysOf: (one: ResourceOf<K>) => readonly (string | undefined)[]) =>
  indexed((estate) => grouped(all(estate, kind), keysOf));
const one = <K extends Kind>(kind: K, keysOf: (one: ResourceOf<K>) => readonly string[]) =>
  indexed(
    (estate) =>
      new Map(all(estate, kind).flatMap((each) => keysOf(each).map((key): [string, ResourceOf<K>] => [key, each]))),
  );

const INDEXES = {
  tasksOf: by('ecsTask', (task) => [task.service?.id]),
  servicesOfCluster: by('ecsService', (service) => [service.cluster?.id]),
  tasksOnHost: by('ecsTask', (task) => [task.containerInstance?.id]),
  servicesOfTargetGroup: by('ecsService', (service) =>
    (service.loadBalancers ?? []).map(({ targetGroup }) => targetGroup?.id),
  ),
  groupsOfTargetGroup: by('autoScalingGroup', (group) => (group.targetGroups ?? []).map(({ id }) => id)),
  containerInstancesOf: by('containerInstance', ({ cluster }) => [cluster?.id]),
  instanceTypes: one('instanceType', (type) => [`${type.region} ${type.name}`]),
  listenersOf: by('listener', ({ loadBalancer }) => [loadBalancer?.id]),
  rulesOf: by('listenerRule', ({ listener }) => [listener?.id]),
  targetGroupsOf: by('targetGroup', (group) => (group.loadBalancers ?? []).map(({ id }) => id)),
  replicasOf: by('database', ({ replicaOf }) => [replicaOf?.id]),
  endpointsOf: by('vpcEndpoint', ({ vpc }) => [vpc?.id]),
  interfaceAt: one('networkInterface', ({ vpc, addresses }) =>
    (addresses ?? []).map((address) => `${vpc?.id ?? ''} ${address.private}`),
  ),
  balancerByName: one('loadBalancer', ({ dnsName }) => (dnsName === undefined ? [] : [bare(dnsName)])),
};
const explicitTables = one('routeTable', ({ subnets }) => (subnets ?? []).map(({ id }) => id));
const mainTables = one('routeTable', ({ main, vpc }) => (main ? [vpc.id] : []));
const untold = indexed((estate) => new Map([...untoldServices(estate)].map((place) => [place, true])));

export const topologyOf: (estate: Estate) => Topology = memoised((estate) => ({
  tasksOf: INDEXES.tasksOf(estate),
  servicesOfCluster: INDEXES.servicesOfCluster(estate),
  tasksOnHost: INDEXES.tasksOnHost(estate),
  servicesOfTargetGroup: INDEXES.servicesOfTargetGroup(estate),
  servicesUntold: ({ account, region }) => untold(estate).get(`${account} ${region}`) === true,
  groupsOfTargetGroup: INDEXES.groupsOfTargetGroup(estate),
  containerInstancesOf: INDEXES.containerInstancesOf(estate),
  instanceTypes: INDEXES.instanceTypes(estate),
  listenersOf: INDEXES.listenersOf(estate),
  rulesOf: INDEXES.rulesOf(estate),
  targetGroupsOf: INDEXES.targetGroupsOf(estate),
  replicasOf: INDEXES.replicasOf(estate),
  routeTableOf: (subnet) => {
    const vpc = find(estate, subnet)?.vpc.id;
    return explicitTables(estate).get(subnet) ?? (vpc === undefined ? undefined : mainTables(estate).get(vpc));
  },
  endpointsOf: INDEXES.endpointsOf(estate),
  interfaceAt: INDEXES.interfaceAt(estate),
  balancerByName: INDEXES.balancerByName(estate),
}));
