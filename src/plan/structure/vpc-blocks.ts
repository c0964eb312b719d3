/** Which blocks new subnets get in a VPC that is partly used: the blueprint's own planning, given what is taken. */

import { parseBlock } from '../../blueprint/network/cidr.ts';
import { type PlannedSubnet, planSubnets, type ZoneLetter } from '../../blueprint/network/plan.ts';
import { proposeCidrs } from '../../blueprint/network/propose.ts';
import { BlueprintError } from '../../blueprint/refuse.ts';
import { all, type Estate } from '../../estate/estate.ts';
import type { Vpc } from '../../estate/kinds/network.ts';
import { secondaryBlock } from './address-space.ts';
import type { Tier } from './tiers.ts';

export interface Blocks {
  readonly subnets: readonly PlannedSubnet[];
  /** A block that the VPC gets first; undefined when its own have room. */
  readonly added: string | undefined;
}

/**
 * The smallest that still serves: an app subnet gives every task an address and twice as many while a new version starts.
 * Load balancers ask for /27, databases for spare addresses. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
 */
const SMALLEST: Readonly<Record<Tier, number>> = { app: 25, data: 27, public: 27 };

/** Undefined when there is no room and AWS would take no further block. */
export function blocksFor(
  estate: Estate,
  vpc: Vpc,
  name: string,
  zones: readonly ZoneLetter[],
  tiers: readonly Tier[],
): Blocks | undefined {
  const own = vpc.cidrs ?? [];
  const taken = all(estate, 'subnet').flatMap((subnet) =>
    subnet.vpc.id === vpc.id && subnet.cidr !== undefined ? [subnet.cidr] : [],
  );
  for (const base of own) {
    const subnets = planned(base, own, taken, name, zones, tiers);
    if (subnets) return { subnets, added: undefined };
  }
  const added = secondaryBlock(estate, vpc);
  if (added === undefined) return undefined;
  const subnets = planned(added, [...own, added], taken, name, zones, tiers);
  return subnets && { subnets, added };
}

function planned(
  base: string,
  own: readonly string[],
  taken: readonly string[],
  network: string,
  zones: readonly ZoneLetter[],
  tiers: readonly Tier[],
): readonly PlannedSubnet[] | undefined {
  const request = { network, cidr: base, zones, taken, secondary: own.filter((one) => one !== base) };
  try {
    const subnets = planSubnets({ ...request, cidrs: proposeCidrs(request) });
    const wanted = subnets.filter(({ tier }) => tiers.some((one) => one === tier));
    return wanted.every(({ tier, cidr }) => (parseBlock(cidr)?.prefix ?? 32) <= (SMALLEST[tier as Tier] ?? 28))
      ? wanted
      : undefined;
  } catch (error) {
    // the blueprint refuses what AWS would refuse, and what has no room
    if (error instanceof BlueprintError) return undefined;
    throw error;
  }
}
