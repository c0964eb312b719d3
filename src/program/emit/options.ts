/** What a thing is declared with beside its arguments, step by step: what keeps Pulumi's hands off it. */
import { revises } from '../operations.ts';
import type { Thing } from './journey.ts';

/** A value from a step on. */
export interface Since<T> {
  /** Index of the step. */
  readonly at: number;
  readonly value: T;
}

export interface Guarded {
  /**
   * Undefined from the step on that replaces it: Pulumi refuses to replace what still names an id to import. And undefined
   * up to the act that puts another in the place of what the journey made: the program takes that one over.
   */
  readonly imports: readonly Since<string | undefined>[];
  /** Whether Pulumi refuses to delete it, and leaves it in AWS where it forgets it. */
  readonly guarded: readonly Since<boolean>[];
  /** Properties that stay as they are in AWS, whatever the program says. */
  readonly ignored: readonly Since<readonly string[]>[];
}

/**
 * Undefined for what the journey makes itself, and nobody else touches.
 *
 * - Pulumi reads `protect` and `retainOnDelete` of what it deletes from its state, that is from the update before: both
 *   are lifted one step before the step that deletes. What an act takes out of the state stays protected up to there: who
 *   forgets the act is refused. https://www.pulumi.com/docs/iac/concepts/resources/options/protect/
 * - The same for what a step replaces by a new revision, which protection forbids as well.
 * - A property that a step changes is no longer ignored from there on: Pulumi would ignore the change as well.
 *   https://www.pulumi.com/docs/iac/concepts/resources/options/ignorechanges/
 */
export function guardedOf(thing: Thing): Guarded | undefined {
  const { adopted, from, until, imports, kept } = thing;
  const importId = imports[0]?.value;
  if (importId === undefined)
    return imports.length === 1 ? undefined : { imports, guarded: [{ at: from, value: false }], ignored: [] };
  const { protect = false, ignoreChanges = [] } = adopted?.options ?? { protect: true };
  const revised = revisedAt(thing);
  return {
    imports: [{ at: from, value: importId }, ...(revised === undefined ? [] : [{ at: revised, value: undefined }])],
    guarded: guardOf(protect, from, revised ?? (kept ? undefined : until)),
    ignored: ignoredOf(thing, ignoreChanges),
  };
}

/** The first step that makes a new revision of it. */
function revisedAt({ type, properties }: Thing): number | undefined {
  const changes = [...properties].flatMap(([property, [, second]]) =>
    second !== undefined && revises(type, property) ? [second.at] : [],
  );
  return changes.length === 0 ? undefined : Math.min(...changes);
}

function guardOf(protect: boolean, from: number, until: number | undefined): Guarded['guarded'] {
  if (!protect || until === undefined) return [{ at: from, value: protect }];
  const lifted = { at: until - 1, value: false };
  return lifted.at > from ? [{ at: from, value: true }, lifted] : [lifted];
}

function ignoredOf(thing: Thing, all: readonly string[]): Guarded['ignored'] {
  const changed = all.flatMap((key) => {
    // the tags of the provider are part of the tags
    const at = thing.properties.get(key === 'tagsAll' ? 'tags' : key)?.[1]?.at;
    return at === undefined ? [] : [{ key, at }];
  });
  const times = [...new Set([thing.from, ...changed.map(({ at }) => at)])].sort((a, b) => a - b);
  return times.map((now) => ({
    at: now,
    value: all.filter((key) => !changed.some((one) => one.key === key && one.at <= now)),
  }));
}

/** The value that holds at a step. */
export const valueAt = <T>(phases: readonly Since<T>[], step: number): T | undefined =>
  phases.findLast(({ at }) => at <= step)?.value;
