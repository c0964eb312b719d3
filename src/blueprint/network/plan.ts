/**
 * Which subnet gets which addresses. A subnet's block is a function of the VPC's block, the tier and the zone's letter,
 * and of nothing else: adding a zone, a tier or a subnet moves no other, because a subnet's block can never be changed
 * (only replaced, with everything that lives in it).
 *
 * The VPC is cut into eight equal zone blocks by the zone's letter, and each of these into one wide and four narrow slots:
 *
 *     10.20.0.0/16   |  a /19  |  b /19  |  c /19  |  d  |  e  |  f  |  g  |  h  |
 *                    /         \
 *          | wide = app  /20 | narrow-1 = public /22 | narrow-2 = data /22 | narrow-3 /22 | narrow-4 /22 |
 *
 * Limits: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html (blocks /28 … /16, five addresses of each
 * subnet are reserved) and https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 * (a load balancer's subnet is /27 or larger).
 */
import { refuse } from '../refuse.ts';
import { type Block, contains, formatBlock, freeBlocks, overlaps, parseBlock, part, sizeOf } from './cidr.ts';

/** The last letter of an availability zone's name: `a` of `eu-west-1a`. */
export type ZoneLetter = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h';
export const ZONE_LETTERS: readonly ZoneLetter[] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/**
 * The zone of what stands in one zone only. Never the first of a list, nor the lowest letter of it: a zone that is added would
 * then move what is there. So it is the named one, else `a`; a network without `a` must name one.
 */
export function oneZone(
  component: string,
  argument: string,
  named: ZoneLetter | undefined,
  zones: readonly ZoneLetter[],
): ZoneLetter {
  const zone = named ?? 'a';
  if (zones.includes(zone)) return zone;
  const example = zones[0] ?? 'a';
  return named === undefined
    ? refuse(
        component,
        `The network is not in zone a, where it would stand.`,
        `Say in which it shall: ${argument}: '${example}'.`,
      )
    : refuse(
        component,
        `${argument} names zone ${named}, where the network is not.`,
        `Use one of ${zones.join(', ')}, or add ${named} to the network's zones.`,
      );
}

/** A place inside a zone's block: half of it, or one of the four eighths of the other half. */
export type Slot = 'wide' | 'narrow-1' | 'narrow-2' | 'narrow-3' | 'narrow-4';
const NARROW: readonly Slot[] = ['narrow-1', 'narrow-2', 'narrow-3', 'narrow-4'];

/** `public`: routed to the internet gateway. `private`: goes out through NAT. `isolated`: the VPC only. */
export type Reach = 'public' | 'private' | 'isolated';

export interface Tier {
  /** *Replacement* of its subnets: their blocks follow from it. */
  readonly slot: Slot;
  /** *Brief interruption*: what stands there loses or gains its way out when the routes are changed. */
  readonly reach: Reach;
  /** Whether a load balancer may stand here: its subnets must be /27 or larger. *In place*. @default true for `public`, else false */
  readonly loadBalancers?: boolean;
}

/** Always there. Load balancers, NAT gateways and a classic bastion are public; tasks are in app; databases and caches in data. */
export const STANDARD_TIERS = {
  app: { slot: 'wide', reach: 'private', loadBalancers: true },
  public: { slot: 'narrow-1', reach: 'public' },
  data: { slot: 'narrow-2', reach: 'isolated' },
} as const satisfies Record<string, Tier>;

export interface SubnetRequest {
  /** Name used in messages. */
  readonly network: string;
  /** The VPC's block. */
  readonly cidr: string;
  readonly zones: readonly ZoneLetter[];
  /** Tiers beside the standard ones, by name, each in a slot of its own. */
  readonly tiers?: Readonly<Record<string, Tier>>;
  /** Blocks chosen by hand, by `tier-zone` (`app-a`): for an existing VPC whose addresses are partly used. */
  readonly cidrs?: Readonly<Record<string, string>>;
  /** Further blocks of the VPC, for `cidrs` only. */
  readonly secondary?: readonly string[];
  /** Blocks already used in the VPC by subnets that this network does not own. */
  readonly taken?: readonly string[];
}

export interface PlannedSubnet {
  /** `tier-zone`, for example `app-a`: the subnet's identity. */
  readonly key: string;
  readonly tier: string;
  readonly zone: ZoneLetter;
  readonly reach: Reach;
  readonly cidr: string;
  /** Addresses that are free for use: AWS keeps five of each subnet. */
  readonly usable: number;
}

/** Plans all subnets, ordered by tier and zone. Refuses what AWS would refuse, with a way out. */
export function planSubnets(request: SubnetRequest): readonly PlannedSubnet[] {
  const { space, taken, drafts } = draftSubnets(request);
  checkUnusedCidrs(request, drafts);
  checkOverlaps(request, space, drafts, taken);
  return drafts
    .map(({ block, longest: _, ...subnet }) => ({ ...subnet, cidr: formatBlock(block), usable: sizeOf(block) - 5 }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

export interface Draft extends Omit<PlannedSubnet, 'cidr' | 'usable'> {
  readonly block: Block;
  /** The longest prefix that AWS takes for it. */
  readonly longest: number;
}

/** The subnets before anybody looked whether their blocks are free. The first block of `space` is the VPC's own. */
export function draftSubnets(request: SubnetRequest): {
  readonly space: readonly Block[];
  readonly taken: readonly Block[];
  readonly drafts: readonly Draft[];
} {
  const vpc = vpcBlock(request);
  const tiers = allTiers(request);
  checkZones(request);
  const space = [vpc, ...(request.secondary ?? []).map((text) => readBlock(request, text, 'A secondary block'))];
  const taken = (request.taken ?? []).map((text) => readBlock(request, text, 'A block in taken'));
  const drafts = Object.entries(tiers).flatMap(([tier, spec]) =>
    request.zones.map((zone) => planOne(request, vpc, space, tier, spec, zone)),
  );
  return { space, taken, drafts };
}

function planOne(
  request: SubnetRequest,
  vpc: Block,
  space: readonly Block[],
  tier: string,
  spec: Tier,
  zone: ZoneLetter,
): Draft {
  const key = `${tier}-${zone}`;
  const given = request.cidrs?.[key];
  const block =
    given === undefined ? slotBlock(vpc, spec.slot, zone) : readBlock(request, given, `The block of ${key}`);
  if (!space.some((each) => contains(each, block))) {
    refuse(
      request.network,
      `The block ${formatBlock(block)} of ${key} is not inside the VPC's ${space.map(formatBlock).join(', ')}.`,
      'Choose one inside it.',
    );
  }
  const longest = (spec.loadBalancers ?? spec.reach === 'public') ? 27 : 28;
  if (block.prefix > longest || block.prefix < 16) {
    refuse(
      request.network,
      `Subnet ${key} would be ${formatBlock(block)}; AWS takes /16 to /28, and /27 or larger where a load balancer may stand.`,
      `Give the VPC /21 or larger, or choose the block yourself: cidrs: { '${key}': '…/${longest}' }.`,
    );
  }
  return { key, tier, zone, reach: spec.reach, block, longest };
}

function slotBlock(vpc: Block, slot: Slot, zone: ZoneLetter): Block {
  const ofZone = part(vpc, vpc.prefix + 3, ZONE_LETTERS.indexOf(zone));
  // The narrow slots are the quarters of the upper half, so they are the eighths 4 … 7 of the zone's block.
  return slot === 'wide' ? part(ofZone, vpc.prefix + 4, 0) : part(ofZone, vpc.prefix + 6, 4 + NARROW.indexOf(slot));
}

function vpcBlock(request: SubnetRequest): Block {
  const vpc = readBlock(request, request.cidr, "The VPC's block");
  if (vpc.prefix < 16 || vpc.prefix > 28) {
    refuse(request.network, `A VPC's block is /16 to /28, not ${request.cidr}.`, "Choose for example '10.20.0.0/16'.");
  }
  return vpc;
}

function readBlock(request: SubnetRequest, text: string, what: string): Block {
  const block = parseBlock(text);
  if (block === undefined) {
    refuse(
      request.network,
      `${what} is '${text}', which is not an IPv4 block.`,
      "Write it with its first address, like '10.20.0.0/16'.",
    );
  }
  return block;
}

function allTiers(request: SubnetRequest): Readonly<Record<string, Tier>> {
  const tiers: Record<string, Tier> = { ...STANDARD_TIERS };
  for (const [name, tier] of Object.entries(request.tiers ?? {})) {
    if (name in STANDARD_TIERS)
      refuse(request.network, `The tier ${name} is always there.`, 'Give yours another name.');
    if (!/^[a-z][a-z0-9]*$/.test(name)) {
      refuse(request.network, `'${name}' is not a tier's name.`, 'Use small letters and digits, like reporting.');
    }
    const holder = Object.entries(tiers).find(([, other]) => other.slot === tier.slot);
    if (holder !== undefined) {
      refuse(
        request.network,
        `The tiers ${holder[0]} and ${name} share the slot ${tier.slot}.`,
        'Give each a slot of its own.',
      );
    }
    tiers[name] = tier;
  }
  return tiers;
}

function checkZones(request: SubnetRequest): void {
  const unknown = request.zones.find((zone) => !ZONE_LETTERS.includes(zone));
  if (unknown !== undefined)
    refuse(request.network, `'${unknown}' is not a zone's letter.`, "Use 'a' to 'h', as in the zone's name.");
  if (new Set(request.zones).size !== request.zones.length) {
    refuse(request.network, `A zone stands twice in ${request.zones.join(', ')}.`, 'Name each zone once.');
  }
  if (request.zones.length < 2) {
    refuse(
      request.network,
      'One zone is not enough: a load balancer and a database subnet group need two.',
      "Name at least two zones, like zones: ['a', 'c']. Two zones cost nothing by themselves.",
    );
  }
}

function checkUnusedCidrs(request: SubnetRequest, planned: readonly Draft[]): void {
  const keys = new Set(planned.map((each) => each.key));
  const stray = Object.keys(request.cidrs ?? {}).find((key) => !keys.has(key));
  if (stray !== undefined)
    refuse(
      request.network,
      `cidrs names ${stray}, which is no subnet here.`,
      `There are: ${[...keys].sort().join(', ')}.`,
    );
}

function checkOverlaps(
  request: SubnetRequest,
  space: readonly Block[],
  planned: readonly Draft[],
  taken: readonly Block[],
): void {
  const free = (prefix: number): string => {
    const used = [...taken, ...planned.map((each) => each.block)];
    const free = space.flatMap((each) => freeBlocks(each, used, prefix)).slice(0, 4);
    return free.map(formatBlock).join(', ') || 'none: add a second block to the VPC';
  };
  for (const [at, subnet] of planned.entries()) {
    const other = planned.slice(0, at).find((each) => overlaps(each.block, subnet.block));
    const outside = taken.find((each) => overlaps(each, subnet.block));
    const clash =
      other === undefined
        ? outside && `${formatBlock(outside)}, which is in use`
        : `${formatBlock(other.block)} of ${other.key}`;
    if (clash === undefined) continue;
    refuse(
      request.network,
      `The block ${formatBlock(subnet.block)} of ${subnet.key} overlaps ${clash}.`,
      `Choose a free one with cidrs: { '${subnet.key}': … }; free are ${free(subnet.block.prefix)}.`,
    );
  }
}
