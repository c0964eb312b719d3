/** What runs in a VPC: the interfaces of servers, tasks, functions, databases and caches, not of the road itself. */
import { byId, type Estate, memoised } from '../../estate/estate.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Kind, Resource } from '../../estate/resource.ts';

const RUNS: ReadonlySet<Kind> = new Set(['instance', 'ecsTask', 'ecsService', 'function', 'database', 'cache']);

/** What lists them, as far as nothing else does: not every listing of interfaces has those of databases. */
export const LISTINGS_OF_TENANTS = [
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeInstances',
  'rds:DescribeDBInstances',
];

export interface Tenant {
  readonly resource: Resource;
  readonly one: NetworkInterface;
}

/** By the VPC's id; a resource stands once for each of its interfaces. */
export const tenants: (estate: Estate) => ReadonlyMap<string, readonly Tenant[]> = memoised((estate) => {
  const found = new Map<string, Tenant[]>();
  for (const one of estate.resources) {
    if (one.kind !== 'networkInterface') continue;
    const resource = one.owner && byId(estate, one.owner.id);
    if (resource === undefined || !RUNS.has(resource.kind)) continue;
    const vpc = one.vpc?.id ?? 'unknown';
    const list = found.get(vpc);
    if (list) list.push({ resource, one });
    else found.set(vpc, [{ resource, one }]);
  }
  return found;
});
