/** Counting within limits: what there is no room for is counted as left out, and then nothing is known to be absent. */
import type { Tally, Top } from '../../estate/evidence.ts';

/** A copy of its own: a piece of a text otherwise keeps the whole text in memory. */
export const owned = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** At most `limit` keys. */
export class Limited<T> {
  readonly map = new Map<string, T>();
  leftOut = 0;
  readonly limit: number;
  readonly make: () => T;

  constructor(limit: number, make: () => T) {
    this.limit = limit;
    this.make = make;
  }

  /** What is kept for a key; undefined where there is no room for another. */
  of(key: string): T | undefined {
    const known = this.map.get(key);
    if (known !== undefined) return known;
    if (this.map.size >= this.limit) {
      this.leftOut += 1;
      return undefined;
    }
    const fresh = this.make();
    this.map.set(owned(key), fresh);
    return fresh;
  }

  sorted(): readonly (readonly [string, T])[] {
    return [...this.map].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

/** Seconds since 1970 -> ISO in UTC, to the second. */
export const iso = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

export class Times {
  count = 0;
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;

  add(from: number, to = from, count = 1): void {
    this.count += count;
    if (from < this.first) this.first = from;
    if (to > this.last) this.last = to;
  }

  tally(): Tally {
    return this.count === 0
      ? { count: 0, first: null, last: null }
      : { count: this.count, first: iso(this.first), last: iso(this.last) };
  }
}

const HOUR = 3600;
/** More interruptions than this are no log any more. */
const MOST_PIECES = 2000;

/** The hours in which something was logged, as pieces in order. */
export class Hours {
  records = 0;
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  incomplete: string | null = null;
  /** Whole hours since 1970: inclusive start, exclusive end. */
  private readonly pieces: [number, number][] = [];

  add(from: number, to = from): void {
    this.records += 1;
    if (from < this.first) this.first = from;
    if (to > this.last) this.last = to;
    this.mark(Math.floor(from / HOUR), Math.floor(to / HOUR) + 1);
  }

  private mark(from: number, to: number): void {
    const { pieces } = this;
    // logs come nearly in order, so the place is near the end
    let at = pieces.length;
    for (let piece = pieces[at - 1]; piece && piece[0] > from; piece = pieces[at - 1]) at -= 1;
    const before = pieces[at - 1];
    if (before && before[1] >= from) {
      if (before[1] >= to) return;
      before[1] = to;
      at -= 1;
    } else if (pieces.length >= MOST_PIECES) {
      this.incomplete = 'there are too many interruptions to keep';
      return;
    } else pieces.splice(at, 0, [from, to]);
    const piece = pieces[at];
    for (let next = pieces[at + 1]; piece && next && next[0] <= piece[1]; next = pieces[at + 1]) {
      piece[1] = Math.max(piece[1], next[1]);
      pieces.splice(at + 1, 1);
    }
  }

  gaps(): readonly { readonly from: string; readonly to: string }[] {
    return this.pieces.slice(1).map(([start], n) => ({
      from: iso((this.pieces[n]?.[1] ?? start) * HOUR),
      to: iso(start * HOUR),
    }));
  }
}

/** The first `shown` by count, then by name. */
export function topOf(counts: Limited<Times>, shown: number): Top {
  const list = [...counts.map]
    .map(([name, times]) => ({ name, count: times.count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return { list: list.slice(0, shown), more: list.length > shown || counts.leftOut > 0 };
}
