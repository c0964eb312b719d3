/**
 * An estate in which a few resources say something else: looked up without going through all the others again. For a
 * question of the kind "and if this rule were not there?", asked many times of a large account.
 */
import { all, byId, type Estate, setIndex } from './estate.ts';
import type { Kind, Resource } from './resource.ts';

export interface Edited {
  readonly origin: Estate;
  /** Of the resources that are others. */
  readonly ids: ReadonlySet<string>;
  readonly kinds: ReadonlySet<Kind>;
}

const edits = new WeakMap<Estate, Edited>();

/** What an edited estate was made of. */
export const editOf = (estate: Estate): Edited | undefined => edits.get(estate);

/** Each of `others` takes the place of the resource of its kind and id, which must be there. */
export function edited(estate: Estate, others: Iterable<Resource>): Estate {
  const instead = new Map<string, Resource>();
  for (const one of others) {
    if (byId(estate, one.id)?.kind !== one.kind) throw new Error(`no ${one.kind} ${one.id} to edit`);
    instead.set(one.id, one);
  }
  const changed = (list: readonly Resource[]): readonly Resource[] =>
    list.map((one) => {
      const other = instead.get(one.id);
      return other?.kind === one.kind ? other : one;
    });
  const kinds = new Set([...instead.values()].map(({ kind }) => kind));
  const lists = new Map<Kind, readonly Resource[]>();
  let resources: readonly Resource[] | undefined;
  const { coverage, flows, notices, collectedAt } = estate;
  const after: Estate = {
    get resources() {
      resources ??= changed(estate.resources);
      return resources;
    },
    coverage,
    flows,
    notices,
    collectedAt,
  };
  setIndex(after, {
    byId: { get: (id) => instead.get(id) ?? byId(estate, id) },
    byKind: {
      get: (kind) => {
        if (!kinds.has(kind)) return all(estate, kind);
        const list = lists.get(kind) ?? changed(all(estate, kind));
        lists.set(kind, list);
        return list;
      },
    },
  });
  edits.set(after, { origin: estate, ids: new Set(instead.keys()), kinds });
  return after;
}
