/** The new part of a VPC as it is declared: subnets with tables of their own, NAT gateways, endpoints of S3 and DynamoDB. */
import { type NetworkTiersArgs, networkTiers } from '../../blueprint/declared/network-tiers.ts';
import { planNat } from '../../blueprint/network/nat.ts';
import type { PlannedSubnet, ZoneLetter } from '../../blueprint/network/plan.ts';
import type { InternetGateway, Vpc } from '../../estate/kinds/network.ts';
import { addressOf, type Create, ref } from '../edit.ts';
import type { State } from '../state.ts';
import { adoptable } from '../world.ts';
import { creates } from './creates.ts';
import { idOf, slug } from './names.ts';
import type { OnwardRoute } from './onward-routes.ts';

const TABLE = 'aws:ec2/routeTable:RouteTable';
const ROUTE = 'aws:ec2/route:Route';
const MORE_CIDR = 'aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation';

/** One VPC's new part, before it is written as edits. */
export interface NewNetwork {
  readonly vpc: Vpc;
  /** Begins every name. */
  readonly name: string;
  readonly zones: readonly ZoneLetter[];
  readonly subnets: readonly PlannedSubnet[];
  /** A block that the VPC gets first. */
  readonly added: string | undefined;
  readonly gateway: InternetGateway | undefined;
  /** Ways to other networks, for each of the new tables. */
  readonly onward: readonly OnwardRoute[];
  /** The public subnet that is there already in a zone, for a NAT gateway where no new one is made. */
  readonly publicIn: (zone: ZoneLetter) => string | undefined;
}

/** `shop-prod-network`, or with a number where something adopted has a name of it. */
export function networkName(state: State, stem: string): string {
  const taken = [...adoptable(state.world.today).keys(), ...state.world.declared.keys()];
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? `${stem}-network` : `${stem}-network-${n}`;
    if (!taken.some((address) => address.includes(`::${name}-`))) return name;
  }
}

/** What each step of a new network declares. */
export interface NetworkEdits {
  /** The VPC's second block of addresses. */
  readonly addresses: readonly Create[];
  /** Subnets, each tied to a table of the plan's own. */
  readonly subnets: readonly Create[];
  /** NAT gateways with addresses of their own, the private tables' way to them, endpoints of S3 and DynamoDB. */
  readonly waysOut: readonly Create[];
}

export function networkEdits(state: State, network: NewNetwork, mode: 'per-zone' | 'single'): NetworkEdits {
  const { vpc, name, added } = network;
  const { region } = state.world.today.place;
  const place = vpc.region === region ? {} : { region: vpc.region };
  const vpcId = idOf(state, vpc);
  const block: Create = {
    op: 'create',
    type: MORE_CIDR,
    name: `${name}-addresses`,
    properties: { vpcId, cidrBlock: added ?? '' },
    ...place,
  };
  const tiers: NetworkTiersArgs = {
    vpcId,
    // in a block that the VPC gets in this plan: after it, by naming the resource that brings it
    subnetsVpcId: added === undefined ? undefined : ref(block, 'vpcId'),
    region: vpc.region,
    internetGatewayId: network.gateway && idOf(state, network.gateway),
    subnets: Object.fromEntries(network.subnets.map(({ key, cidr }) => [key, cidr])),
    gatewaySubnetIds: Object.fromEntries(
      network.zones.flatMap((zone) => {
        const id = network.publicIn(zone);
        return id === undefined ? [] : [[zone, id]];
      }),
    ),
  };
  const first = networkTiers(name, { ...tiers, gateways: [], endpoints: [] });
  const known = new Set(first.map(addressOf));
  const then = networkTiers(name, { ...tiers, gateways: gatewayZones(network, mode) });
  return {
    addresses: added === undefined ? [] : [block],
    subnets: [...creates(first, place), ...onwardOf(creates(first, place), network.onward, place)],
    waysOut: creates(
      then.filter((one) => !known.has(addressOf(one))),
      place,
    ),
  };
}

/** Beside the component, whose tables they are put into: no other network has them. */
const onwardOf = (
  made: readonly Create[],
  onward: readonly OnwardRoute[],
  place: Pick<Create, 'region'>,
): readonly Create[] =>
  made
    .filter(({ type }) => type === TABLE)
    .flatMap((table) =>
      onward.map(({ destination, properties }) => ({
        op: 'create' as const,
        type: ROUTE,
        name: `onward-${slug(destination)}-from-${table.name.replace(/-routes$/, '')}`,
        properties: { routeTableId: ref(table), ...properties },
        ...place,
      })),
    );

function gatewayZones({ name, zones, subnets }: NewNetwork, mode: 'per-zone' | 'single'): readonly ZoneLetter[] {
  if (!subnets.some(({ reach }) => reach === 'private')) return [];
  // where there is no zone a, the first of today: it is written down and stays
  const [first] = zones;
  return planNat(name, mode, zones, mode === 'single' && !zones.includes('a') ? first : undefined).gateways;
}
