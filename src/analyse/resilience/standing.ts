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

/** All are needed: gone if one is gone, else unknown if one is unknown, else after the failovers of all. */
export function together(parts: readonly Standing[]): Standing {
  // asked for every flow and every loss, so in one pass
  const capacity: Capacity[] = [];
  const because: Hop[] = [];
  const lost: Hop[] = [];
  const failover: Failover[] = [];
  const missing: Missing[] = [];
  const states = new Set<Standing['state']>();
  for (const part of parts) {
    states.add(part.state);
    for (const one of part.capacity ?? []) capacity.push(one);
    if (part.state === 'unknown') for (const one of part.missing) missing.push(one);
    else for (const hop of part.because) (part.state === 'gone' ? lost : because).push(hop);
    if (part.state === 'standsAfter') for (const one of part.failover) failover.push(one);
  }
  if (states.has('gone')) return { state: 'gone', because: lost, capacity };
  if (states.has('unknown')) return { state: 'unknown', missing, capacity };
  return failover.length > 0
    ? { state: 'standsAfter', because, failover, capacity }
    : { state: 'stands', because, capacity };
}
