/** Whether a private subnet has a way out: a NAT, a gateway to another network, or endpoints of the services it calls. */
import { all, type Estate, memoised } from '../../estate/estate.ts';
import type { RouteTarget, Subnet } from '../../estate/kinds/network.ts';
import { networkOf } from '../reachability/index.ts';
import { tableOf } from '../reachability/network.ts';

const LEADS_OUT: ReadonlySet<RouteTarget['type']> = new Set([
  'natGateway',
  'instance',
  'networkInterface',
  'transitGateway',
  'vpnGateway',
  'vpcEndpoint',
  'peering',
  'other',
]);

const vpcsWithEndpoints: (estate: Estate) => ReadonlySet<string> = memoised(
  (estate) =>
    new Set(all(estate, 'vpcEndpoint').flatMap((one) => (one.type === 'Interface' && one.vpc ? [one.vpc.id] : []))),
);

/** Undefined when its route table is not in the input. */
export function hasWayOut(estate: Estate, subnet: Subnet): boolean | undefined {
  if (vpcsWithEndpoints(estate).has(subnet.vpc.id)) return true;
  const table = tableOf(networkOf(estate), subnet);
  if ('missing' in table || table.value.routes === undefined) return undefined;
  return table.value.routes.some(
    (route) => route.target === undefined || (LEADS_OUT.has(route.target.type) && route.state !== 'blackhole'),
  );
}
