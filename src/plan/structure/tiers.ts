/** Which subnets a new thing goes into: private ones with a way out for programs, private ones for data, public ones for doors. */
import { publicSubnet } from '../../analyse/reachability/index.ts';
import { all, byId, type Estate, find } from '../../estate/estate.ts';
import type { RouteTable, Subnet, Vpc } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';

export type Tier = 'public' | 'app' | 'data';

/** The tag by which the plan's own subnets are known again. */
export const TIER_TAG = 'Tier';

/** The VPCs that something of the scope stands in, the default VPC among them when it is used. */
export function vpcsOf(estate: Estate, holds: (resource: Resource) => boolean): readonly Vpc[] {
  const used = new Set<string>();
  for (const one of all(estate, 'networkInterface')) {
    const owner = one.owner && byId(estate, one.owner.id);
    if (one.vpc && (owner ? holds(owner) : holds(one))) used.add(one.vpc.id);
  }
  return all(estate, 'vpc').filter((vpc) => used.has(vpc.id) && holds(vpc));
}

/** The subnets of a tier in a VPC, one a zone, in the order of the zones: the plan's own, else such as are there already. */
export function tierSubnets(estate: Estate, vpc: Pick<Vpc, 'id'>, tier: Tier): readonly Subnet[] {
  const own = all(estate, 'subnet').filter((subnet) => subnet.vpc.id === vpc.id);
  const marked = own.filter((subnet) => subnet.tags?.[TIER_TAG] === tier && subnet.tags.ManagedBy === 'underpin');
  return onePerZone(marked.length > 0 ? marked : own.filter((subnet) => fits(estate, subnet, tier)));
}

function fits(estate: Estate, subnet: Subnet, tier: Tier): boolean {
  const { answer } = publicSubnet(estate, subnet);
  if (tier === 'public') return answer === 'yes';
  if (answer !== 'no') return false;
  return tier === 'data' || hasWayOut(estate, subnet);
}

function onePerZone(subnets: readonly Subnet[]): readonly Subnet[] {
  const byZone = new Map<string, Subnet>();
  for (const subnet of [...subnets].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const zone = subnet.zone?.id ?? '';
    if (!byZone.has(zone)) byZone.set(zone, subnet);
  }
  return [...byZone].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, subnet]) => subnet);
}

const hasWayOut = (estate: Estate, subnet: Subnet): boolean =>
  (tableOf(estate, subnet)?.routes ?? []).some(
    ({ destination, target, state }) =>
      destination?.type === 'cidr' &&
      destination.cidr === '0.0.0.0/0' &&
      state !== 'blackhole' &&
      (target?.type === 'natGateway' || target?.type === 'transitGateway'),
  );

/** The table that a subnet uses: its own, else the VPC's main one. */
export function tableOf(estate: Estate, subnet: Subnet): RouteTable | undefined {
  const tables = all(estate, 'routeTable').filter((table) => table.vpc.id === subnet.vpc.id);
  return (
    tables.find((table) => table.subnets?.some(({ id }) => id === subnet.id)) ??
    tables.find(({ main }) => main === true)
  );
}

/** Whether there are enough zones for what has to stand in two. */
export const inTwoZones = (subnets: readonly Subnet[]): boolean =>
  new Set(subnets.map(({ zone }) => zone?.id).filter((zone) => zone !== undefined)).size >= 2;

/** The zone of a resource's subnet, as text. */
export const zoneOf = (estate: Estate, subnet: Subnet): string =>
  find(estate, subnet.zone)?.name ?? subnet.zone?.id ?? '';
