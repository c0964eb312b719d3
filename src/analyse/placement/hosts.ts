/** The EC2 instances under an ECS cluster, once per cluster: every service of it asks for the same. */
import { all, type Estate, find, memoised } from '../../estate/estate.ts';
import type { ResourceOf } from '../../estate/resource.ts';

export interface Hosts {
  /** In the order of their ids. */
  readonly machines: readonly ResourceOf<'instance'>[];
  /** Each instance type once, sorted. */
  readonly types: readonly string[];
}

/** By the cluster's id; a cluster without known hosts is not in it. */
export const hostsOfClusters: (estate: Estate) => ReadonlyMap<string, Hosts> = memoised((estate) => {
  const machines = new Map<string, ResourceOf<'instance'>[]>();
  for (const host of all(estate, 'containerInstance')) {
    const machine = find(estate, host.instance);
    if (!host.cluster || !machine) continue;
    const list = machines.get(host.cluster.id);
    if (list) list.push(machine);
    else machines.set(host.cluster.id, [machine]);
  }
  return new Map(
    [...machines].map(([cluster, list]) => [
      cluster,
      {
        machines: list.sort((a, b) => (a.id < b.id ? -1 : 1)),
        types: [...new Set(list.flatMap((machine) => machine.instanceType ?? []))].sort(),
      },
    ]),
  );
});
