/** Things by a key, and indexes of an estate's resources of one kind that are looked up by key. */
import { all, type Estate } from './estate.ts';
import type { Kind, ResourceOf } from './resource.ts';
import { indexed, type Lookup } from './watched.ts';

/** Lists in the order of the things; each is in a list once, and one that has no key, or an unknown one, in none. */
export function grouped<T>(
  items: Iterable<T>,
  keysOf: (item: T) => readonly (string | undefined)[],
): Map<string, readonly T[]> {
  const lists = new Map<string, T[]>();
  for (const item of items)
    for (const key of new Set(keysOf(item))) {
      if (key === undefined) continue;
      const list = lists.get(key);
      if (list) list.push(item);
      else lists.set(key, [item]);
    }
  return lists;
}

/** Of each key all that have it. */
export const listedBy = <K extends Kind>(
  kind: K,
  keysOf: (one: ResourceOf<K>) => readonly (string | undefined)[],
): ((estate: Estate) => Lookup<readonly ResourceOf<K>[]>) => indexed((estate) => grouped(all(estate, kind), keysOf));

/** Of each key the last that has it: for keys that one has, as AWS has it. */
export const foundBy = <K extends Kind>(
  kind: K,
  keysOf: (one: ResourceOf<K>) => readonly string[],
): ((estate: Estate) => Lookup<ResourceOf<K>>) =>
  indexed(
    (estate) =>
      new Map(all(estate, kind).flatMap((one) => keysOf(one).map((key): [string, ResourceOf<K>] => [key, one]))),
  );
