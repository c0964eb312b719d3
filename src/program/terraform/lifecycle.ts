/** What keeps Terraform's hands off what was built by hand: imports, `prevent_destroy`, `ignore_changes`, `removed`. */
import type { Journey, Thing } from '../emit/journey.ts';
import { type Expected, isThere } from '../expected.ts';
import { memberOf, typeOf } from './expressions.ts';
import { templated } from './text.ts';
import type { Json } from './values.ts';

/**
 * Undefined where there is nothing to say. Terraform asks for texts that are no expressions here.
 * https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
 */
export function lifecycleOf(
  thing: Thing,
  { protect, ignoreChanges = [] }: Expected['options'],
  more: readonly string[],
): Json | undefined {
  const ignored = [...new Set([...ignoreChanges.flatMap((property) => attributeOf(thing, property)), ...more])].sort();
  if (!protect && ignored.length === 0) return undefined;
  return { ...(protect ? { prevent_destroy: true } : {}), ...(ignored.length > 0 ? { ignore_changes: ignored } : {}) };
}

/** Terraform's name; none for what only Pulumi has, and for what no configuration says. */
function attributeOf(thing: Thing, property: string): readonly string[] {
  const found = memberOf(typeOf(thing).members, property);
  return found === undefined || found[1].said === 'output' ? [] : [found[0]];
}

/** Of everything that was not made by the program: Terraform passes over those that it has already. */
export const importOf = (to: string, id: string): Json => ({ to, id: templated([id]) });

/** Things that the program lets go of, and AWS keeps. https://developer.hashicorp.com/terraform/language/block/removed */
export const removedOf = (from: string): Json => ({ from, lifecycle: { destroy: false } });

export const isLetGo = (thing: Thing, step: number): boolean =>
  thing.kept && thing.until !== undefined && thing.until <= step;

/** In the order of the journey. */
export const thereAt = ({ worlds }: Journey, things: readonly Thing[], step: number): readonly Thing[] =>
  things.filter((thing) => isThere(thing, step) && worlds[step]?.declared.has(thing.address));
