/**
 * The typed picture of one or more accounts: pure, read-only, the one input of everything after the readers.
 */
import type { Coverage } from './coverage.ts';
import type { Flow } from './flow.ts';
import type { Id } from './ids.ts';
import type { Notice } from './notice.ts';
import { oncePer } from './once.ts';
import type { Kind, Resource, ResourceOf } from './resource.ts';
import type { Ref } from './source.ts';

export interface Estate {
  /** In the order of kind and id, so that the same input gives the same bytes. */
  readonly resources: readonly Resource[];
  readonly coverage: Coverage;
  readonly flows: readonly Flow[];
  readonly notices: readonly Notice[];
  /** When the inventory was collected (ISO), the "now" of every age; undefined when not told. */
  readonly collectedAt: string | undefined;
}

/** How an estate is looked up in. */
export interface Index {
  readonly byId: { readonly get: (id: string) => Resource | undefined };
  readonly byKind: { readonly get: (kind: Kind) => readonly Resource[] | undefined };
}

const indexes = new WeakMap<Estate, Index>();
/** Estates of the same resources, as an estate with and without its flows is, share their index. */
const indexesOf = new WeakMap<readonly Resource[], Index>();

/** For an estate that is looked up in by other means; see watched.ts. */
export const setIndex = (estate: Estate, index: Index): void => {
  indexes.set(estate, index);
};

function indexOf(estate: Estate): Index {
  const known = indexes.get(estate);
  if (known) return known;
  const index = indexesOf.get(estate.resources) ?? indexed(estate);
  indexesOf.set(estate.resources, index);
  indexes.set(estate, index);
  return index;
}

function indexed(estate: Estate): Index {
  const byId = new Map<string, Resource>();
  const byKind = new Map<Kind, Resource[]>();
  for (const resource of estate.resources) {
    byId.set(resource.id, resource);
    const list = byKind.get(resource.kind);
    if (list) list.push(resource);
    else byKind.set(resource.kind, [resource]);
  }
  return { byId, byKind };
}

/** Every resource of a kind. */
export function all<K extends Kind>(estate: Estate, kind: K): readonly ResourceOf<K>[] {
  return (indexOf(estate).byKind.get(kind) ?? []) as readonly Resource[] as readonly ResourceOf<K>[];
}

/** The resource with an id, of whatever kind. */
export function byId(estate: Estate, id: string): Resource | undefined {
  return indexOf(estate).byId.get(id);
}

/** The resource an id or a reference of a known kind points at; undefined when the input does not have it. */
export function find<K extends Kind>(
  estate: Estate,
  target: Id<K> | Ref<K> | null | undefined,
): ResourceOf<K> | undefined {
  if (target === null || target === undefined) return undefined;
  const found = indexOf(estate).byId.get(typeof target === 'string' ? target : target.id);
  return found as ResourceOf<K> | undefined;
}

/** As `find`, for an id that may be written where one of another kind belongs: then it is not there. */
export function findOf<K extends Kind>(
  estate: Estate,
  kind: K,
  target: Id<K> | Ref<K> | null | undefined,
): ResourceOf<K> | undefined {
  const found = find(estate, target);
  return found?.kind === kind ? found : undefined;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order of an estate's resources. */
export const isBefore = (a: Resource, b: Resource): boolean => a.kind < b.kind || (a.kind === b.kind && a.id < b.id);

/** Puts an estate together, in its canonical order. */
export function makeEstate(parts: Omit<Estate, 'resources'> & { readonly resources: Iterable<Resource> }): Estate {
  const resources = [...parts.resources].sort((a, b) => compare(a.kind, b.kind) || compare(a.id, b.id));
  return { ...parts, resources };
}

/**
 * Calls `compute` once per estate and keeps the answer as long as the estate lives: how analyses are memoised.
 */
export const memoised = <T>(compute: (estate: Estate) => T): ((estate: Estate) => T) => oncePer(compute);
