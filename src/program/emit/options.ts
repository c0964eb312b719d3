/** What a thing is declared with beside its arguments, step by step: what keeps Pulumi's hands off it. */
import type { Phase, Thing } from './journey.ts';

export interface Guarded {
  readonly importId: string;
  /** Whether Pulumi refuses to delete it, and leaves it in AWS where it forgets it. */
  readonly guarded: readonly { readonly at: number; readonly value: boolean }[];
  /** Properties that stay as they are in AWS, whatever the program says. */
  readonly ignored: readonly { readonly at: number; readonly value: readonly string[] }[];
}

/**
 * Undefined for what the journey makes itself.
 *
 * - Pulumi reads `protect` and `retainOnDelete` of what it deletes from its state, that is from the update before: both
 *   are lifted one step before the step that deletes. https://www.pulumi.com/docs/iac/concepts/resources/options/protect/
 * - A property that a step changes is no longer ignored from there on: Pulumi would ignore the change as well.
 *   https://www.pulumi.com/docs/iac/concepts/resources/options/ignorechanges/
 */
export function guardedOf(thing: Thing): Guarded | undefined {
  const { adopted, from, until } = thing;
  if (adopted === undefined) return undefined;
  const { importId = adopted.id, protect = false, ignoreChanges = [] } = adopted.options;
  const lifted = Math.max(from, until - 1);
  const guarded =
    protect && thing.until < Number.POSITIVE_INFINITY && isDeleted(thing)
      ? [
          ...(lifted > from ? [{ at: from, value: true }] : []),
          { at: lifted, value: false },
        ]
      : [{ at: from, value: protect }];
  return { importId, guarded, ignored: ignoredOf(thing, ignoreChanges) };
}

/** Things that stay have the number of steps for an end; who knows that number marks them. */
const staying = new WeakSet<Thing>();
export const stays = (thing: Thing): void => void staying.add(thing);
const isDeleted = (thing: Thing): boolean => !staying.has(thing);

function ignoredOf(thing: Thing, all: readonly string[]): Guarded['ignored'] {
  const changes = all.flatMap((key) => {
    const phases: readonly Phase[] = thing.properties.get(key) ?? [];
    const at = phases[1]?.at;
    return at === undefined ? [] : [{ key, at }];
  });
  const times = [...new Set([thing.from, ...changes.map(({ at }) => at)])].sort((a, b) => a - b);
  return times.map((now) => ({
    at: now,
    value: all.filter((key) => !changes.some((one) => one.key === key && one.at <= now)),
  }));
}
