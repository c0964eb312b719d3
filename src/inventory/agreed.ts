/** What several answers say of one thing. */
import type { Item } from './item.ts';

/**
 * The first telling, where all that tell agree. Where they differ it is not known: the thing was changed between the
 * answers, or they are of different days, and neither the wider nor the narrower one may decide a verdict.
 *
 * @param item Where the contradiction is told.
 * @param what The thing, in words: "the trust policy of web".
 * @param meaning The same text for two tellings that say the same.
 */
export function agreed<T>(
  item: Item,
  what: string,
  tellings: readonly (T | undefined)[],
  meaning: (telling: T) => string,
): T | undefined {
  const told = tellings.filter((telling) => telling !== undefined);
  const [first, ...others] = told;
  if (first === undefined || others.length === 0) return first;
  const said = meaning(first);
  if (others.every((other) => meaning(other) === said)) return first;
  item.notice('contradiction', `two answers differ in ${what}; it is taken as unknown`);
  return undefined;
}
