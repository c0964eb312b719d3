/** Two estates beside each other. */
import type { Estate } from '../../estate/estate.ts';
import { isPassing } from './by-aws.ts';
import { type Effects, effectsOf } from './effects.ts';
import { type Ambiguous, matched } from './match.ts';
import { type ResourceDifference, resourceDifference } from './resources.ts';

export interface Difference extends ResourceDifference, Effects {
  /** Of these, which is which cannot be told: several have the same name. */
  readonly ambiguous: readonly {
    readonly kind: Ambiguous['kind'];
    readonly name: string;
    readonly before: number;
    readonly after: number;
  }[];
  /** Pairs that were found by their names only, since their ids differ. */
  readonly byName: number;
}

export function differenceOf(before: Estate, after: Estate): Difference {
  const matching = matched(before, after);
  return {
    ...resourceDifference(before, after, matching),
    ...effectsOf(before, after, matching),
    ambiguous: matching.ambiguous
      .filter((one) => [...one.before, ...one.after].every((resource) => !isPassing(resource)))
      .map((one) => ({ kind: one.kind, name: one.name, before: one.before.length, after: one.after.length })),
    byName: matching.pairs.filter(({ by }) => by === 'name').length,
  };
}
