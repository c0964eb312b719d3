/** What a VPC lacks: in which zones, and which tiers of subnets. */
import { belongsOutside } from '../../analyse/internet/servers.ts';
import { isPublic } from '../../analyse/internet/subnets.ts';
import { type Tenant, tenants } from '../../analyse/internet/tenants.ts';
import { hasWayOut } from '../../analyse/internet/ways-out.ts';
import { ZONE_LETTERS, type ZoneLetter } from '../../blueprint/network/plan.ts';
import { all, type Estate, find } from '../../estate/estate.ts';
import type { Subnet, Vpc } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import { inTwoZones, TIER_TAG, type Tier, tierSubnets } from './tiers.ts';

export interface VpcNeeds {
  /** Tiers that are to be made, in every zone. */
  readonly tiers: readonly Tier[];
  /** Whether the app tier is new, and so needs a way out. */
  readonly wayOut: boolean;
  /** What stands in public subnets and is no door. */
  readonly misplaced: readonly Resource[];
  /** Subnets of which nobody can tell whether they are public. */
  readonly unclear: readonly Subnet[];
}

/** `callers` are what runs outside of the VPC and has to come in. */
export function needsOf(estate: Estate, vpc: Vpc, callers: readonly Resource[]): VpcNeeds {
  const inside = tenants(estate).get(vpc.id) ?? [];
  const misplaced = new Map<string, Resource>();
  const mixed = new Set<string>();
  const unclear = new Map<string, Subnet>();
  for (const tenant of inside) {
    if (belongsOutside(estate, tenant.resource)) continue;
    for (const subnet of placesOf(estate, tenant)) {
      const { answer } = isPublic(estate, subnet);
      if (answer === 'unknown') unclear.set(subnet.id, subnet);
      if (answer !== 'yes') continue;
      mixed.add(subnet.id);
      misplaced.set(tenant.resource.id, tenant.resource);
    }
  }
  const sound = (tier: Tier): boolean => inTwoZones(tierSubnets(estate, vpc, tier));
  const moving = misplaced.size > 0 || callers.length > 0;
  const app = (moving || thinCompute(estate, inside)) && !sound('app');
  const data = moving && !sound('data');
  // what is public today and is to be private tomorrow can be no place for a door
  const doors = (mixed.size > 0 && !ownTier(estate, vpc, 'public')) || (app && !sound('public'));
  const tiers: readonly Tier[] = [
    ...(app ? (['app'] as const) : []),
    ...(data ? (['data'] as const) : []),
    ...(doors ? (['public'] as const) : []),
  ];
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
  return {
    tiers,
    wayOut: app,
    misplaced: [...misplaced.values()].sort(byId),
    unclear: [...unclear.values()].sort(byId),
  };
}

/** Private subnets that programs can go into: those of the app tier from which a way out is known. */
export const appSubnets = (estate: Estate, vpc: Pick<Vpc, 'id'>): readonly Subnet[] =>
  tierSubnets(estate, vpc, 'app').filter((subnet) => hasWayOut(estate, subnet) === true);

const placesOf = (estate: Estate, { one }: Tenant): readonly Subnet[] =>
  (one.subnet ? [one.subnet] : one.candidateSubnets).flatMap((ref) => find(estate, ref) ?? []);

/** Programs that go out from private subnets of one zone only. */
function thinCompute(estate: Estate, inside: readonly Tenant[]): boolean {
  return inside.some(
    (tenant) =>
      ['instance', 'ecsTask', 'ecsService', 'function'].includes(tenant.resource.kind) &&
      placesOf(estate, tenant).some(
        (subnet) => isPublic(estate, subnet).answer === 'no' && hasWayOut(estate, subnet) === true,
      ),
  );
}

/** Whether the plan has made the tier already. */
const ownTier = (estate: Estate, vpc: Vpc, tier: Tier): boolean =>
  all(estate, 'subnet').some(
    (subnet) => subnet.vpc.id === vpc.id && subnet.tags?.[TIER_TAG] === tier && subnet.tags.ManagedBy === 'underpin',
  );

export type Zones = { readonly letters: readonly ZoneLetter[] } | { readonly refused: string; readonly change: string };

/** The zones to build in: as wished, else those in use and as many more as make two. */
export function zonesFor(estate: Estate, vpc: Vpc, wished: readonly string[] | undefined): Zones {
  const { region } = vpc;
  const letterOf = (zone: string): ZoneLetter | undefined =>
    zone.startsWith(region) ? ZONE_LETTERS.find((letter) => zone === `${region}${letter}`) : undefined;
  const known = all(estate, 'zone').flatMap((zone) => (zone.region === region ? (letterOf(zone.name) ?? []) : []));
  if (wished !== undefined) {
    const here = wished.flatMap((zone) => letterOf(zone) ?? []);
    const strange = here.filter((letter) => known.length > 0 && !known.includes(letter));
    if (here.length >= 2 && strange.length === 0) return { letters: sorted(here) };
    return {
      refused: `The zones ${wished.join(', ')} are not two zones of ${region}${known.length > 0 ? `, which has ${known.map((letter) => region + letter).join(', ')}` : ''}.`,
      change: `Name two zones of ${region}, like zones: ['${region}a', '${region}c'].`,
    };
  }
  const used = (tenants(estate).get(vpc.id) ?? []).flatMap((tenant) => placesOf(estate, tenant));
  const rest = all(estate, 'subnet').filter((subnet) => subnet.vpc.id === vpc.id);
  const zonesOf = (subnets: readonly Subnet[]): readonly ZoneLetter[] =>
    sorted(subnets.flatMap(({ zone }) => (zone ? (letterOf(zone.id) ?? []) : [])));
  const letters = new Set(zonesOf(used));
  for (const more of [...zonesOf(rest), ...sorted(known)]) if (letters.size < 2) letters.add(more);
  if (letters.size >= 2) return { letters: sorted([...letters]) };
  return {
    refused: `Only one zone of ${region} is known.`,
    change: `Collect ec2:DescribeAvailabilityZones, or name two zones, like zones: ['${region}a', '${region}c'].`,
  };
}

const sorted = (letters: readonly ZoneLetter[]): readonly ZoneLetter[] => [...new Set(letters)].sort();
