/** Who belongs to whom, indexed once per estate. */
import { missing } from '../../estate/coverage.ts';
import type { Estate } from '../../estate/estate.ts';
import { all, findOf, memoised } from '../../estate/estate.ts';
import { foundBy, listedBy } from '../../estate/grouped.ts';
import type { Id } from '../../estate/ids.ts';
import type { ResourceOf } from '../../estate/resource.ts';
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

const INDEXES = {
  tasksOf: listedBy('ecsTask', (task) => [task.service?.id]),
  servicesOfCluster: listedBy('ecsService', (service) => [service.cluster?.id]),
  tasksOnHost: listedBy('ecsTask', (task) => [task.containerInstance?.id]),
  servicesOfTargetGroup: listedBy('ecsService', (service) =>
    (service.loadBalancers ?? []).map(({ targetGroup }) => targetGroup?.id),
  ),
  groupsOfTargetGroup: listedBy('autoScalingGroup', (group) => (group.targetGroups ?? []).map(({ id }) => id)),
  containerInstancesOf: listedBy('containerInstance', ({ cluster }) => [cluster?.id]),
  instanceTypes: foundBy('instanceType', (type) => [`${type.region} ${type.name}`]),
  listenersOf: listedBy('listener', ({ loadBalancer }) => [loadBalancer?.id]),
  rulesOf: listedBy('listenerRule', ({ listener }) => [listener?.id]),
  targetGroupsOf: listedBy('targetGroup', (group) => (group.loadBalancers ?? []).map(({ id }) => id)),
  replicasOf: listedBy('database', ({ replicaOf }) => [replicaOf?.id]),
  endpointsOf: listedBy('vpcEndpoint', ({ vpc }) => [vpc?.id]),
  interfaceAt: foundBy('networkInterface', ({ vpc, addresses }) =>
    (addresses ?? []).map((address) => `${vpc?.id ?? ''} ${address.private}`),
  ),
  balancerByName: foundBy('loadBalancer', ({ dnsName }) => (dnsName === undefined ? [] : [bare(dnsName)])),
};
const explicitTables = foundBy('routeTable', ({ subnets }) => (subnets ?? []).map(({ id }) => id));
const mainTables = foundBy('routeTable', ({ main, vpc }) => (main ? [vpc.id] : []));
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
    const vpc = findOf(estate, 'subnet', subnet)?.vpc.id;
    return explicitTables(estate).get(subnet) ?? (vpc === undefined ? undefined : mainTables(estate).get(vpc));
  },
  endpointsOf: INDEXES.endpointsOf(estate),
  interfaceAt: INDEXES.interfaceAt(estate),
  balancerByName: INDEXES.balancerByName(estate),
}));
