/** What a judge of one field answers, and the judges that need to know nothing of AWS. */
import type { Estate } from '../../estate/estate.ts';
import { same } from '../merge.ts';
import type { Change } from '../proofs/difference.ts';

export type Direction = 'adds' | 'removes' | 'switches' | 'neutral';

/** `unjudged`: no condition sees what this change does to those who use it. */
export type Judged = Direction | { readonly unjudged: Direction };

export type Judge<Answer extends Judged = Direction> = (
  before: unknown,
  after: unknown,
  change: Change,
  then: Estate,
  now: Estate,
) => Answer;

/** More members add, fewer remove, others switch. */
export const asSet: Judge = (before, after) => setDirection(before, after);

export function setDirection(before: unknown, after: unknown): Direction {
  if (!Array.isArray(before) || !Array.isArray(after)) return 'switches';
  return isWithin(before, after) ? 'adds' : isWithin(after, before) ? 'removes' : 'switches';
}

const isWithin = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.every((one) => b.some((two) => same(one, two)));

/** Of two lists of references, what stands in only one of them. */
export function changedIds(before: unknown, after: unknown): readonly string[] {
  const [was, is] = [before, after].map((list) => new Set((list as readonly { id: string }[]).map(({ id }) => id)));
  return [...(is ?? []), ...(was ?? [])].filter((id) => was?.has(id) !== is?.has(id));
}

/** `true` is more than `false`. */
export const moreIsTrue: Judge = (before, after) =>
  before === false && after === true ? 'adds' : before === true && after === false ? 'removes' : 'switches';
export const asNumber: Judge = (before, after) =>
  typeof before === 'number' && typeof after === 'number' ? (after > before ? 'adds' : 'removes') : 'switches';
/** Something comes where nothing was, or goes and leaves nothing. */
export const asPresence: Judge = (before, after) => {
  const nothing = (value: unknown): boolean => value === null || value === undefined;
  if (nothing(before) && nothing(after)) return 'neutral';
  return nothing(before) ? 'adds' : nothing(after) ? 'removes' : 'switches';
};
export const neutral: Judge = () => 'neutral';
/** Neither more nor less, and the conditions see what it comes to. */
export const switching: Judge = () => 'switches';
/** Rules: by what they admit. A rule of the same id that changed is a removal and an addition. */
export const asRules: Judge = (before, after) => {
  if (!Array.isArray(before) || !Array.isArray(after)) return 'switches';
  const bare = (rule: unknown): unknown => {
    if (typeof rule !== 'object' || rule === null) return rule;
    const { id: _id, description: _description, source: _source, ...admits } = rule as Record<string, unknown>;
    return admits;
  };
  const [was, is] = [before.map(bare), after.map(bare)];
  return isWithin(was, is) && isWithin(is, was) ? 'neutral' : setDirection(was, is);
};

/** A website comes or goes; where it is not known, neither is told. */
export function asWebsite(before: unknown, after: unknown): Direction {
  if (before === undefined || after === undefined) return 'switches';
  return before === null ? 'adds' : after === null ? 'removes' : 'switches';
}

export function asActive(before: unknown, after: unknown): Direction {
  return before === 'ACTIVE' ? 'removes' : after === 'ACTIVE' ? 'adds' : 'neutral';
}
