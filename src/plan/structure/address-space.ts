/**
 * A second block of addresses for a VPC that has no room left. AWS does not mix the private families: which block goes with
 * which is a table of its own. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions
 */
import { type Block, contains, formatBlock, freeBlocks, parseBlock } from '../../blueprint/network/cidr.ts';
import { all, type Estate } from '../../estate/estate.ts';
import type { Vpc } from '../../estate/kinds/network.ts';

const block = (text: string): Block => {
  const read = parseBlock(text);
  if (read === undefined) throw new RangeError(`${text} is no block`);
  return read;
};

const TEN = block('10.0.0.0/8');
const TEN_FIRST = block('10.0.0.0/15');
const SEVENTEEN_TWO = block('172.16.0.0/12');
const NINETEEN_TWO = block('192.168.0.0/16');
const SHARED = block('100.64.0.0/10');

interface Family {
  readonly of: Block | undefined;
  /** What may be added, the best first. */
  readonly may: readonly Block[];
  /** Parts of it that may not. */
  readonly not: readonly Block[];
}

/** Docker takes 172.17.0.0/16 on every machine that runs it, so nothing there could be reached from a container. */
const DOCKER = block('172.17.0.0/16');

const FAMILIES: readonly Family[] = [
  { of: TEN_FIRST, may: [TEN, SHARED], not: [block('10.0.0.0/16')] },
  { of: TEN, may: [TEN, SHARED], not: [] },
  { of: SEVENTEEN_TWO, may: [SEVENTEEN_TWO, SHARED], not: [block('172.31.0.0/16'), DOCKER] },
  { of: NINETEEN_TWO, may: [NINETEEN_TWO, SHARED], not: [] },
];

/** Public addresses and 100.64.0.0/10 go with none of the private families. */
const OTHERS: Family = { of: undefined, may: [SHARED], not: [] };

const familyOf = (one: Block): Family => FAMILIES.find(({ of }) => of !== undefined && contains(of, one)) ?? OTHERS;

/** Prefix lengths to try: enough for eight zones of three tiers each. */
const SIZES = [16, 18, 20] as const;

/** AWS's default quota of IPv4 blocks of a VPC. https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
export const MOST_BLOCKS = 5;

/** The lowest block that AWS lets the VPC have beside its own, and that nothing it talks to uses; undefined when there is none. */
export function secondaryBlock(estate: Estate, vpc: Pick<Vpc, 'id' | 'cidrs'>): string | undefined {
  const own = (vpc.cidrs ?? []).flatMap((text) => parseBlock(text) ?? []);
  const [first] = own;
  if (first === undefined || own.length >= MOST_BLOCKS) return undefined;
  const families = own.map(familyOf);
  const inUse = [...own, ...families.flatMap(({ not }) => not), ...usedElsewhere(estate, vpc)];
  for (const space of familyOf(first).may) {
    if (!families.every(({ may }) => may.some((one) => contains(one, space)))) continue;
    for (const prefix of SIZES) {
      const [found] = prefix < space.prefix ? [] : freeBlocks(space, inUse, prefix, 1);
      if (found !== undefined) return formatBlock(found);
    }
  }
  return undefined;
}

/** Blocks of other VPCs, of peers, and of every route: a block that meets one of them could not be told from it. */
function usedElsewhere(estate: Estate, vpc: Pick<Vpc, 'id'>): readonly Block[] {
  const texts = [
    ...all(estate, 'vpc').flatMap((one) => one.cidrs ?? []),
    ...all(estate, 'peering').flatMap(({ requester, accepter }) => [
      ...(requester?.cidrs ?? []),
      ...(accepter?.cidrs ?? []),
    ]),
    ...all(estate, 'routeTable').flatMap((table) =>
      table.vpc.id === vpc.id
        ? (table.routes ?? []).flatMap(({ destination }) => (destination?.type === 'cidr' ? [destination.cidr] : []))
        : [],
    ),
  ];
  return texts.flatMap((text) => parseBlock(text) ?? []).filter(({ prefix }) => prefix > 0);
}
