/** Broken inputs: a JSON document changed in one to three places as people, tools and attackers change them. The same seed, the same mutant. */

export type Random = () => number;

/** Mulberry32: small, fast, and the same everywhere. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(random: Random, list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];

/** A place in a document: its holder and its key there. */
interface Spot {
  readonly holder: unknown[] | Record<string, unknown>;
  readonly key: string | number;
}

function spotsOf(root: unknown): readonly Spot[] {
  const spots: Spot[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    const holder = value as unknown[] | Record<string, unknown>;
    for (const key of Array.isArray(holder) ? holder.keys() : Object.keys(holder)) {
      spots.push({ holder, key });
      open.push(at({ holder, key }));
    }
  }
  return spots;
}

const at = ({ holder, key }: Spot): unknown => (holder as Record<string | number, unknown>)[key];

function put({ holder, key }: Spot, value: unknown): void {
  // never by assignment: that would call the setter of `__proto__` here, and not in what is tested
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

const nested = (depth: number): unknown => {
  let value: unknown = 'deep';
  for (let n = 0; n < depth; n++) value = n % 2 === 0 ? [value] : { Ref: value };
  return value;
};

const HOSTILE: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => -0,
  () => 1e308,
  () => 2 ** 53 + 1,
  () => -1,
  () => '',
  () => 'NaN',
  () => '__proto__',
  () => 'constructor',
  () => 'toString',
  () => '\u0000\u001b[31m\u0007',
  () => '\u202egpj.exe',
  () => '<script>alert(1)</script>&"\'',
  () => '999.999.999.999/99',
  () => '0.0.0.0/0',
  () => '9'.repeat(400),
  () => '../../../etc/passwd',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own form
  () => '${a}${b:c}{{resolve:x}}',
  () => 'a'.repeat(100_000),
  () => [],
  () => ({}),
  () => [[[]]],
  () => nested(200),
  () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
];

type Change = (random: Random, root: unknown) => void;

const onASpot =
  (change: (random: Random, spot: Spot, spots: readonly Spot[]) => void): Change =>
  (random, root) => {
    const spots = spotsOf(root);
    const spot = pick(random, spots);
    if (spot) change(random, spot, spots);
  };

const CHANGES: readonly Change[] = [
  onASpot((_, { holder, key }) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  }),
  onASpot((random, spot) => put(spot, pick(random, HOSTILE)?.())),
  onASpot((random, spot) => put(spot, pick(random, HOSTILE)?.())),
  onASpot((_, spot) => {
    if (Array.isArray(spot.holder)) spot.holder.push(structuredClone(at(spot)));
    else put({ holder: spot.holder, key: `${spot.key}Copy` }, structuredClone(at(spot)));
  }),
  onASpot((_, spot) => {
    const value = at(spot);
    put(spot, typeof value === 'string' ? Number(value) : typeof value === 'number' ? String(value) : [value]);
  }),
  // one id for another: references dangle, or make a ring
  onASpot((random, spot, spots) => {
    const other = pick(random, spots);
    if (other) put(spot, structuredClone(at(other)));
  }),
  onASpot((random, { holder, key }) => {
    if (Array.isArray(holder)) holder.reverse();
    else
      put(
        { holder, key: pick(random, ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', ' ']) ?? '' },
        holder[key],
      );
  }),
  onASpot((_, spot) => {
    const value = at(spot);
    if (Array.isArray(value) && value.length > 0 && value.length < 50)
      put(
        spot,
        Array.from({ length: 200 }, (_each, n) => structuredClone(value[n % value.length])),
      );
  }),
  onASpot((_, spot) => {
    const value = at(spot);
    if (typeof value === 'string') put(spot, value.slice(0, Math.floor(value.length / 2)));
  }),
];

/** A mutant of a document as a value, for formats that are not JSON. */
export function valueMutantOf(document: unknown, random: Random): unknown {
  const copy = structuredClone(document);
  for (let left = 1 + Math.floor(random() * 3); left > 0; left--) pick(random, CHANGES)?.(random, copy);
  return copy;
}

/** The text of a mutant of a document. One of twelve is cut off, or has a byte changed. */
export const mutantOf = (document: unknown, seed: number): string => {
  const random = randomOf(seed);
  return damaged(JSON.stringify(valueMutantOf(document, random)), random, 1 / 12);
};

/** With the odds given, the text cut off, or with a byte changed. */
export function damaged(text: string, random: Random, odds: number): string {
  const where = Math.floor(random() * text.length);
  const how = random();
  if (how < odds / 2) return text.slice(0, where);
  if (how < odds) return text.slice(0, where) + String.fromCharCode(Math.floor(random() * 256)) + text.slice(where + 1);
  return text;
}
