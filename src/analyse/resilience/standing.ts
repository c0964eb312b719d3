/** How one resource stands after a loss, and how several that are all needed stand together. */
import type { Id } from '../../estate/ids.ts';
import type { Hop, Missing } from '../verdict.ts';
import type { Failover } from './failover.ts';

/** What is left of a resource against what runs now. */
export interface Capacity {
  readonly resource: Id;
  readonly unit: 'task' | 'instance' | 'target' | 'node' | 'zone';
  readonly left: number;
  readonly now: number;
  /** Whether AWS brings back what is missing by itself. */
  readonly restored: 'yes' | 'no' | 'unknown';
}

/** Where a part that is left stands: from there its way out is judged. */
export interface Unit {
  /** Task, instance or function. */
  readonly id: string;
  /** Undefined when the input does not tell. */
  readonly subnet: Id<'subnet'> | undefined;
}

export type Standing =
  | {
      readonly state: 'stands';
      readonly because: readonly Hop[];
      readonly capacity?: readonly Capacity[];
      readonly units?: readonly Unit[];
    }
  | {
      readonly state: 'standsAfter';
      readonly because: readonly Hop[];
      readonly failover: readonly Failover[];
      readonly capacity?: readonly Capacity[];
      readonly units?: readonly Unit[];
    }
  | { readonly state: 'gone'; readonly because: readonly Hop[]; readonly capacity?: readonly Capacity[] }
  | { readonly state: 'unknown'; readonly missing: readonly Missing[]; readonly capacity?: readonly Capacity[] };

type StandingOf<S extends Standing['state']> = Extract<Standing, { readonly state: S }>;

export const stands = (...because: readonly Hop[]): StandingOf<'stands'> => ({ state: 'stands', because });
export const gone = (...because: readonly Hop[]): StandingOf<'gone'> => ({ state: 'gone', because });
export const unknown = (...missing: readonly Missing[]): StandingOf<'unknown'> => ({ state: 'unknown', missing });
export const standsAfter = (failover: Failover, ...because: readonly Hop[]): StandingOf<'standsAfter'> => ({
  state: 'standsAfter',
  failover: [failover],
  because,
});

/** What the parts have of something, one after the other; the list of a part itself where no other has any. */
function gathered<T>(parts: readonly Standing[], listOf: (part: Standing) => readonly T[] | undefined): readonly T[] {
  let first: readonly T[] = NOTHING;
  let several: T[] | undefined;
  for (const part of parts) {
    const list = listOf(part);
    if (list === undefined || list.length === 0) continue;
    if (first.length === 0) first = list;
    else {
      several ??= [...first];
      for (const one of list) several.push(one);
    }
  }
  return several ?? first;
}

const NOTHING: readonly never[] = [];

/** All are needed: gone if one is gone, else unknown if one is unknown, else after the failovers of all. */
export function together(parts: readonly Standing[]): Standing {
  const capacity = gathered(parts, (part) => part.capacity);
  if (parts.some(({ state }) => state === 'gone')) {
    const because = gathered(parts, (part) => (part.state === 'gone' ? part.because : undefined));
    return { state: 'gone', because, capacity };
  }
  if (parts.some(({ state }) => state === 'unknown')) {
    const missing = gathered(parts, (part) => (part.state === 'unknown' ? part.missing : undefined));
    return { state: 'unknown', missing, capacity };
  }
  const because = gathered(parts, (part) => (part.state === 'unknown' ? undefined : part.because));
  const failover = gathered(parts, (part) => (part.state === 'standsAfter' ? part.failover : undefined));
  return failover.length > 0
    ? { state: 'standsAfter', because, failover, capacity }
    : { state: 'stands', because, capacity };
}
