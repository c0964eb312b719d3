/**
 * A set of points on a line, as the ascending list of the places where membership changes: `[2, 5, 9, 10]` is
 * 2, 3, 4 and 9. Every set has exactly one such list, neighbours melt together by themselves, and every
 * operation of two sets is one sweep over both lists.
 */
export type Bounds<P extends number | bigint> = readonly P[];

/** Both sets swept once; `keep` tells from membership in each whether a point is in the result. */
export function combine<P extends number | bigint>(
  a: Bounds<P>,
  b: Bounds<P>,
  keep: (inA: boolean, inB: boolean) => boolean,
): Bounds<P> {
  const result: P[] = [];
  let i = 0;
  let j = 0;
  let inside = false;
  for (;;) {
    const x = a[i];
    const y = b[j];
    const at = y === undefined || (x !== undefined && x < y) ? x : y;
    if (at === undefined) return result;
    if (x === at) i++;
    if (y === at) j++;
    const now = keep(i % 2 === 1, j % 2 === 1);
    if (now !== inside) {
      result.push(at);
      inside = now;
    }
  }
}

const either = (x: boolean, y: boolean): boolean => x || y;
const both = (x: boolean, y: boolean): boolean => x && y;
const onlyFirst = (x: boolean, y: boolean): boolean => x && !y;

export const unionOf = <P extends number | bigint>(a: Bounds<P>, b: Bounds<P>): Bounds<P> =>
  a.length === 0 ? b : b.length === 0 ? a : combine(a, b, either);

export const intersectionOf = <P extends number | bigint>(a: Bounds<P>, b: Bounds<P>): Bounds<P> =>
  a.length === 0 || a === b ? a : b.length === 0 ? b : (spanOfBoth(a, b) ?? combine(a, b, both));

/** What two plain intervals share, the most common question of all: one of them itself where the other holds it. */
function spanOfBoth<P extends number | bigint>(a: Bounds<P>, b: Bounds<P>): Bounds<P> | undefined {
  const [aFrom, aTo] = a;
  const [bFrom, bTo] = b;
  if (a.length !== 2 || b.length !== 2) return undefined;
  if (aFrom === undefined || aTo === undefined || bFrom === undefined || bTo === undefined) return undefined;
  if (bFrom <= aFrom && aTo <= bTo) return a;
  if (aFrom <= bFrom && bTo <= aTo) return b;
  const from = aFrom < bFrom ? bFrom : aFrom;
  const to = aTo < bTo ? aTo : bTo;
  return from < to ? [from, to] : [];
}

export const differenceOf = <P extends number | bigint>(a: Bounds<P>, b: Bounds<P>): Bounds<P> =>
  a.length === 0 || b.length === 0 ? a : combine(a, b, onlyFirst);

/** Union of many sets, halving so that n small sets cost n log n and not n². */
export function unionOfMany<P extends number | bigint>(sets: readonly Bounds<P>[]): Bounds<P> {
  let level = sets;
  while (level.length > 1) {
    const next: Bounds<P>[] = [];
    for (let i = 0; i < level.length; i += 2) next.push(unionOf(level[i] ?? [], level[i + 1] ?? []));
    level = next;
  }
  return level[0] ?? [];
}

/** Whether a point is in the set. */
export function holds<P extends number | bigint>(set: Bounds<P>, point: P): boolean {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const bound = set[middle];
    if (bound !== undefined && bound <= point) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
}

export function same<P extends number | bigint>(a: Bounds<P>, b: Bounds<P>): boolean {
  return a === b || (a.length === b.length && a.every((bound, i) => bound === b[i]));
}

/** Whether two sets share a point; stops at the first. */
export function meet<P extends number | bigint>(a: Bounds<P>, b: Bounds<P>): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const aFrom = a[i];
    const aTo = a[i + 1];
    const bFrom = b[j];
    const bTo = b[j + 1];
    if (aFrom === undefined || aTo === undefined || bFrom === undefined || bTo === undefined) return false;
    if (aFrom < bTo && bFrom < aTo) return true;
    if (aTo <= bTo) i += 2;
    else j += 2;
  }
  return false;
}

/** The intervals of a set, each with its first point and the first point after it. */
export function intervals<P extends number | bigint>(set: Bounds<P>): readonly (readonly [P, P])[] {
  const result: (readonly [P, P])[] = [];
  for (let i = 0; i + 1 < set.length; i += 2) {
    const from = set[i];
    const to = set[i + 1];
    if (from !== undefined && to !== undefined) result.push([from, to]);
  }
  return result;
}
