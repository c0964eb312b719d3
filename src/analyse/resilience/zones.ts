/** Where a resource stands: the zones it is in, tri-state. */
import type { Estate } from '../../estate/estate.ts';
import { find } from '../../estate/estate.ts';
import type { Resource, ResourceOf } from '../../estate/resource.ts';
import type { Ref } from '../../estate/source.ts';
import type { Missing } from '../verdict.ts';
import { lacks } from './codes.ts';
import { topologyOf } from './topology.ts';

export type Zones =
  /** In these zones, all of them known. Sorted. */
  | { readonly known: true; readonly scope: 'zonal'; readonly zones: readonly string[] }
  /** AWS runs it over several zones, or outside of any: it stands when a zone is lost. */
  | { readonly known: true; readonly scope: 'regional' }
  /** The input does not tell. `possible`, when told, are the only zones it can be in. */
  | { readonly known: false; readonly possible: readonly string[] | undefined; readonly missing: readonly Missing[] };

const zonal = (zones: Iterable<string>): Zones => ({ known: true, scope: 'zonal', zones: [...new Set(zones)].sort() });
const REGIONAL: Zones = { known: true, scope: 'regional' };
const untold = (resource: Resource, reason: string, operation: string, possible?: readonly string[]): Zones => ({
  known: false,
  possible,
  missing: [lacks(resource, reason, operation)],
});

/** Zones of subnets; undefined when one of them, or its zone, is not in the input. */
export function zonesOfSubnets(
  estate: Estate,
  subnets: readonly Ref<'subnet'>[] | undefined,
): readonly string[] | undefined {
  if (subnets === undefined) return undefined;
  const zones = new Set<string>();
  for (const ref of subnets) {
    const zone = find(estate, ref)?.zone?.id;
    if (zone === undefined) return undefined;
    zones.add(zone);
  }
  return [...zones].sort();
}

function inSubnets(
  estate: Estate,
  resource: Resource,
  subnets: readonly Ref<'subnet'>[] | undefined,
  operation: string,
): Zones {
  const zones = zonesOfSubnets(estate, subnets);
  return zones && zones.length > 0
    ? zonal(zones)
    : untold(resource, 'The zones of its subnets are not known.', operation);
}

/** The zone of a running task: its own, its host's, or its interface's. */
export function zoneOfTask(estate: Estate, task: ResourceOf<'ecsTask'>): string | undefined {
  if (task.zone) return task.zone.id;
  const host = find(estate, find(estate, task.containerInstance)?.instance);
  if (host) return zoneOfInstance(estate, host);
  for (const ref of task.networkInterfaces) {
    const zone = find(estate, find(estate, ref)?.subnet)?.zone?.id;
    if (zone !== undefined) return zone;
  }
  return undefined;
}

export const zoneOfInstance = (estate: Estate, instance: ResourceOf<'instance'>): string | undefined =>
  instance.zone?.id ?? find(estate, instance.subnet)?.zone?.id;

export const isRunning = (task: ResourceOf<'ecsTask'>): boolean =>
  task.lastStatus === undefined || task.lastStatus === 'RUNNING';

function ofDatabase(estate: Estate, database: ResourceOf<'database'>): Zones {
  const possible = zonesOfSubnets(estate, find(estate, database.subnetGroup)?.subnets);
  const zones = [database.zone?.id, database.multiAz === false ? undefined : database.secondaryZone?.id];
  const known = zones.filter((zone) => zone !== undefined);
  if (database.zone === undefined) {
    if (possible?.length === 1) return zonal(possible);
    return untold(database, 'Its zone is not told.', 'rds:DescribeDBInstances', possible);
  }
  if (database.multiAz === true && known.length < 2) {
    return untold(database, 'The zone of its standby is not told.', 'rds:DescribeDBInstances', possible);
  }
  return zonal(known);
}

function ofMembers(
  estate: Estate,
  resource: Resource,
  members: readonly (Resource | undefined)[],
  operation: string,
): Zones {
  const zones: string[] = [];
  for (const member of members) {
    const answer = member && zonesOf(estate, member);
    if (!answer?.known || answer.scope !== 'zonal')
      return untold(resource, 'The zone of a member is not known.', operation);
    zones.push(...answer.zones);
  }
  return members.length > 0 ? zonal(zones) : untold(resource, 'It has no members in the input.', operation);
}

/** The zones a resource is in today. */
export function zonesOf(estate: Estate, resource: Resource): Zones {
  switch (resource.kind) {
    case 'zone':
      return zonal([resource.id]);
    case 'subnet':
      return resource.zone
        ? zonal([resource.zone.id])
        : untold(resource, 'Its zone is not told.', 'ec2:DescribeSubnets');
    case 'instance': {
      const zone = zoneOfInstance(estate, resource);
      return zone === undefined ? untold(resource, 'Its zone is not told.', 'ec2:DescribeInstances') : zonal([zone]);
    }
    case 'volume':
      return resource.zone
        ? zonal([resource.zone.id])
        : untold(resource, 'Its zone is not told.', 'ec2:DescribeVolumes');
    case 'networkInterface':
      return inSubnets(estate, resource, resource.subnet && [resource.subnet], 'ec2:DescribeNetworkInterfaces');
    case 'natGateway':
      if (resource.availability === 'regional') return REGIONAL;
      return inSubnets(estate, resource, resource.subnet && [resource.subnet], 'ec2:DescribeNatGateways');
    case 'vpcEndpoint':
      if (resource.type === 'Gateway') return REGIONAL;
      return inSubnets(estate, resource, resource.subnets, 'ec2:DescribeVpcEndpoints');
    case 'autoScalingGroup':
      if (resource.zones && resource.zones.length > 0) return zonal(resource.zones.map((zone) => zone.id));
      return inSubnets(estate, resource, resource.subnets, 'autoscaling:DescribeAutoScalingGroups');
    case 'loadBalancer':
      if (resource.zones && resource.zones.length > 0) return zonal(resource.zones.map((zone) => zone.id));
      return inSubnets(estate, resource, resource.subnets, 'elbv2:DescribeLoadBalancers');
    case 'ecsTask': {
      const zone = zoneOfTask(estate, resource);
      return zone === undefined ? untold(resource, 'Its zone is not told.', 'ecs:DescribeTasks') : zonal([zone]);
    }
    case 'containerInstance': {
      const host = find(estate, resource.instance);
      return host
        ? zonesOf(estate, host)
        : untold(resource, 'Its instance is not known.', 'ecs:DescribeContainerInstances');
    }
    case 'ecsService': {
      const tasks = (topologyOf(estate).tasksOf.get(resource.id) ?? []).filter(isRunning);
      const expected = resource.running ?? resource.desired;
      const possible = zonesOfSubnets(estate, resource.network?.subnets);
      if (expected === undefined || tasks.length < expected || tasks.length === 0) {
        return untold(resource, 'Its running tasks are not all in the input.', 'ecs:DescribeTasks', possible);
      }
      return ofMembers(estate, resource, tasks, 'ecs:DescribeTasks');
    }
    case 'function':
      if (resource.network === null) return REGIONAL;
      if (resource.network === undefined)
        return untold(resource, 'Whether it is in a VPC is not told.', 'lambda:ListFunctions');
      return inSubnets(estate, resource, resource.network.subnets, 'ec2:DescribeSubnets');
    case 'database':
      return ofDatabase(estate, resource);
    case 'databaseCluster':
      if (resource.members === undefined)
        return untold(resource, 'Its members are not told.', 'rds:DescribeDBClusters');
      return ofMembers(
        estate,
        resource,
        resource.members.map((one) => find(estate, one.ref)),
        'rds:DescribeDBInstances',
      );
    case 'cache': {
      const possible = zonesOfSubnets(estate, find(estate, resource.subnetGroup)?.subnets);
      const zones = resource.nodes?.map((node) => node.zone?.id);
      if (!zones || zones.length === 0 || zones.includes(undefined)) {
        if (possible?.length === 1) return zonal(possible);
        return untold(resource, 'The zones of its nodes are not told.', 'elasticache:DescribeCacheClusters', possible);
      }
      return zonal(zones.filter((zone) => zone !== undefined));
    }
    case 'other':
      return untold(resource, `Underpin does not model ${resource.type}.`, resource.source.operation);
    default:
      return REGIONAL;
  }
}
