/** Things by a key, and indexes of an estate's resources of one kind that are looked up by key. */
import type { Edited } from './edited.ts';
import { all, byId, type Estate, isBefore } from './estate.ts';
import type { Kind, Resource, ResourceOf } from './resource.ts';
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
export function listedBy<K extends Kind>(
  kind: K,
  keysOf: (one: ResourceOf<K>) => readonly (string | undefined)[],
): (estate: Estate) => Lookup<readonly ResourceOf<K>[]> {
  const ofKind = (one: Resource | undefined): one is ResourceOf<K> => one?.kind === kind;
  return indexed((estate) => grouped(all(estate, kind), keysOf), amended);

  /** Only the lists of which an edited resource is, or was, are put together anew. */
  function amended(
    lists: Lookup<readonly ResourceOf<K>[]>,
    estate: Estate,
    { origin, ids }: Edited,
  ): Lookup<readonly ResourceOf<K>[]> {
    const was = new Set([...ids].map((id) => byId(origin, id)).filter(ofKind));
    const now = grouped([...ids].map((id) => byId(estate, id)).filter(ofKind), keysOf);
    const touched = new Set([...now.keys(), ...[...was].flatMap(keysOf)]);
    const list = (key: string): readonly ResourceOf<K>[] | undefined => {
      const found = [...(lists.get(key) ?? []).filter((one) => !was.has(one)), ...(now.get(key) ?? [])];
      return found.length === 0 ? undefined : found.sort((a, b) => (isBefore(a, b) ? -1 : 1));
    };
    const made = new Map([...touched].flatMap((key) => (key === undefined ? [] : [[key, list(key)] as const])));
    return { get: (key) => (made.has(key) ? made.get(key) : lists.get(key)) };
  }
}

/** Of each key the last that has it: for keys that one has, as AWS has it. */
export function foundBy<K extends Kind>(
  kind: K,
  keysOf: (one: ResourceOf<K>) => readonly string[],
): (estate: Estate) => Lookup<ResourceOf<K>> {
  const lists = listedBy(kind, keysOf);
  return (estate) => {
    const listed = lists(estate);
    return { get: (key) => listed.get(key)?.at(-1) };
  };
}
