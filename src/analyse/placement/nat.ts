/** Which subnets go out through which NAT gateway, by their route tables. */
import type { Estate } from '../../estate/estate.ts';
import { all, memoised } from '../../estate/estate.ts';
import type { Route } from '../../estate/kinds/network.ts';
import type { ResourceOf } from '../../estate/resource.ts';
import { topologyOf } from '../resilience/topology.ts';

export interface NatUse {
  readonly subnet: ResourceOf<'subnet'>;
  readonly table: ResourceOf<'routeTable'>;
  readonly route: Route;
}

export interface NatUses {
  /** By the gateway's id. */
  readonly users: ReadonlyMap<string, readonly NatUse[]>;
  /** VPCs in which the way out of some subnet is not told: there may be more users than are known. */
  readonly untold: ReadonlySet<string>;
}

export const natUses: (estate: Estate) => NatUses = memoised((estate) => {
  const { routeTableOf } = topologyOf(estate);
  const users = new Map<string, NatUse[]>();
  const untold = new Set<string>();
  for (const subnet of all(estate, 'subnet')) {
    const table = routeTableOf(subnet.id);
    if (table?.routes === undefined) {
      untold.add(subnet.vpc.id);
      continue;
    }
    const seen = new Set<string>();
    for (const route of table.routes) {
      if (route.target === undefined) untold.add(subnet.vpc.id);
      if (route.target?.type !== 'natGateway' || route.state === 'blackhole') continue;
      const gateway = route.target.ref.id;
      if (seen.has(gateway)) continue;
      seen.add(gateway);
      const list = users.get(gateway);
      if (list) list.push({ subnet, table, route });
      else users.set(gateway, [{ subnet, table, route }]);
    }
  }
  // a table that names a subnet which is not in the input: its zone is not known
  const known = new Set<string>(all(estate, 'subnet').map(({ id }) => id));
  for (const table of all(estate, 'routeTable'))
    if (table.subnets === undefined || table.subnets.some((ref) => !known.has(ref.id))) untold.add(table.vpc.id);
  return { users, untold };
});
