/** Arithmetic of IPv4 blocks. Addresses are plain numbers (0 … 2^32 - 1); no Pulumi here. */

/** Both ends are inclusive. */
export interface Block {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

const TOTAL = 2 ** 32;

/** Reads `10.20.0.0/16`; undefined when it is not a block in canonical form (a set bit beyond the prefix, a leading zero). */
export function parseBlock(text: string): Block | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  const numbers = match.slice(1).map(Number);
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = numbers;
  if (numbers.slice(0, 4).some((octet) => octet > 255) || prefix > 32) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  const block = { first, last: first + size - 1, prefix };
  return first % size === 0 && formatBlock(block) === text ? block : undefined;
}

export function formatBlock(block: Block): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(block.first / 2 ** shift) % 256);
  return `${octets.join('.')}/${block.prefix}`;
}

export function sizeOf(block: Block): number {
  return block.last - block.first + 1;
}

export function overlaps(a: Block, b: Block): boolean {
  return a.first <= b.last && b.first <= a.last;
}

export function contains(outer: Block, inner: Block): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** Cuts a block into equal parts of a longer prefix and returns part `at` (0 is the lowest addresses). */
export function part(block: Block, prefix: number, at: number): Block {
  const size = 2 ** (32 - prefix);
  const first = block.first + at * size;
  return { first, last: first + size - 1, prefix };
}

/**
 * The blocks of length `prefix` inside `space` that touch none of `taken`, lowest first, `limit` of them at most.
 * Jumps over what is taken, so it stays quick however small the wanted blocks are.
 */
export function freeBlocks(space: Block, taken: readonly Block[], prefix: number, limit = 4): readonly Block[] {
  const size = 2 ** (32 - prefix);
  const inTheWay = taken.filter((each) => overlaps(space, each)).sort((a, b) => a.first - b.first);
  const found: Block[] = [];
  let first = Math.ceil(space.first / size) * size;
  while (found.length < limit && first + size - 1 <= space.last && first < TOTAL) {
    const candidate = { first, last: first + size - 1, prefix };
    const obstacle = inTheWay.find((each) => overlaps(candidate, each));
    if (obstacle === undefined) found.push(candidate);
    const next = obstacle === undefined ? candidate.last + 1 : Math.max(obstacle.last, candidate.last) + 1;
    first = Math.ceil(next / size) * size;
  }
  return found;
}
