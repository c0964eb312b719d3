/**
 * Blocks for a network in an existing VPC whose addresses are partly used: what to write into `cidrs`. Written into the
 * program as data they stay for ever, which is why this is asked once and not at every run. Pure; no Pulumi.
 */

import { refuse } from '../refuse.ts';
import { type Block, formatBlock, freeBlocks, overlaps } from './cidr.ts';
import { type Draft, draftSubnets, type SubnetRequest } from './plan.ts';

/**
 * For every subnet whose planned block is in use, the lowest free block of the planned size; when there is no room for all of
 * them, all take half the size, and so on. Blocks in `cidrs` are kept. What is not in the answer keeps its planned block.
 */
export function proposeCidrs(request: SubnetRequest): Readonly<Record<string, string>> {
  const { space, taken, drafts } = draftSubnets(request);
  const clashes = (draft: Draft): boolean =>
    request.cidrs?.[draft.key] === undefined && taken.some((each) => overlaps(each, draft.block));
  const homeless = drafts.filter(clashes);
  const used = [...taken, ...drafts.filter((each) => !clashes(each)).map((each) => each.block)];
  for (let shrink = 0; shrink <= 28; shrink += 1) {
    const placed = place(homeless, space, used, shrink);
    if (placed !== undefined) return { ...request.cidrs, ...placed };
  }
  return refuse(
    request.network,
    `There is no room for ${homeless.map((each) => each.key).join(', ')}.`,
    'Add a second block to the VPC and name it in secondary; https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html tells which ones go together.',
  );
}

/** Places all, or answers nothing. The largest go first: small ones fit into what is left. */
function place(
  homeless: readonly Draft[],
  space: readonly Block[],
  used: readonly Block[],
  shrink: number,
): Readonly<Record<string, string>> | undefined {
  const inUse = [...used];
  const placed = new Map<string, string>();
  const wanted = homeless.map(({ key, block, longest }) => ({ key, prefix: Math.min(block.prefix + shrink, longest) }));
  for (const { key, prefix } of wanted.sort((a, b) => a.prefix - b.prefix || (a.key < b.key ? -1 : 1))) {
    const block = space.flatMap((each) => (prefix < each.prefix ? [] : freeBlocks(each, inUse, prefix, 1)))[0];
    if (block === undefined) return undefined;
    inUse.push(block);
    placed.set(key, formatBlock(block));
  }
  return Object.fromEntries([...placed].sort(([a], [b]) => (a < b ? -1 : 1)));
}
