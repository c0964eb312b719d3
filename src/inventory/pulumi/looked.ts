/** What of a world was looked at: as long as that is the same, so is what was made of it. */
import type { RecordedResource } from './recorded.ts';
import type { World } from './world.ts';

export interface Looked {
  /** Types of which all resources were asked for. */
  readonly types: ReadonlySet<string>;
  /** What was found under an id. */
  readonly ids: ReadonlyMap<string, RecordedResource | undefined>;
}

/** The world, and what is looked at of it from now on. */
export function watched(world: World): { readonly world: World; readonly looked: Looked } {
  const types = new Set<string>();
  const ids = new Map<string, RecordedResource | undefined>();
  const noting =
    <Rest extends readonly unknown[], T>(ask: (types: readonly string[], ...rest: Rest) => T) =>
    (asked: readonly string[], ...rest: Rest): T => {
      for (const type of asked) types.add(type);
      return ask(asked, ...rest);
    };
  return {
    world: {
      ...world,
      of: (...asked) => noting((list) => world.of(...list))(asked),
      pointing: noting(world.pointing),
      unknown: noting(world.unknown),
      byId: (id) => {
        const found = world.byId(id);
        if (id !== undefined) ids.set(id, found?.resource);
        return found;
      },
    },
    looked: { types, ids },
  };
}

/** Whether all of it is still what it was; `changed` are the types of which a resource came, went or is another. */
export function isAsLooked({ types, ids }: Looked, world: World, changed: ReadonlySet<string>): boolean {
  for (const type of types) if (changed.has(type)) return false;
  for (const [id, found] of ids) if (world.byId(id)?.resource !== found) return false;
  return true;
}
