/** Parts of an AWS answer that a program declares in the same form. */
import type { Properties, Value } from '../pulumi/recorded.ts';

/** JSON as a value of a program; undefined for what is none, and for an empty list where `empty` says so. */
export function values(given: unknown, { empty = true }: { readonly empty?: boolean } = {}): Value | undefined {
  if (given === null || typeof given === 'string' || typeof given === 'boolean') return given;
  if (typeof given === 'number') return Number.isFinite(given) ? given : undefined;
  if (Array.isArray(given)) {
    const list = given.flatMap((one) => {
      const value = values(one);
      return value === undefined ? [] : [value];
    });
    return list.length === 0 && !empty ? undefined : list;
  }
  if (typeof given !== 'object') return undefined;
  const entries = Object.entries(given).flatMap(([key, one]): [string, Value][] => {
    const value = values(one);
    return value === undefined ? [] : [[key, value]];
  });
  return inOrder(entries);
}

/** In the order of the names: an answer's own has no meaning. */
const inOrder = (entries: readonly (readonly [string, Value])[]): Properties =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

/** A text that two values share that are the same but for the order of their members. */
export const canonical = (value: Value): string => JSON.stringify(values(value));

/**
 * The same with names as the provider has them: `ManagedScaling` and `managedScaling` -> `managedScaling`. `renamed` holds
 * those that differ in more than the first letter, by AWS's name.
 */
export function camel(given: unknown, renamed: Readonly<Record<string, string>> = {}): Value | undefined {
  if (Array.isArray(given)) return values(given.map((one) => camel(one, renamed)));
  if (typeof given !== 'object' || given === null) return given === null ? undefined : values(given);
  const entries = Object.entries(given).flatMap(([key, one]): [string, Value][] => {
    const value = camel(one, renamed);
    return value === undefined ? [] : [[renamed[key] ?? `${key.charAt(0).toLowerCase()}${key.slice(1)}`, value]];
  });
  return inOrder(entries);
}
