/**
 * Which references become code. A program declares before it uses, so they must not run in a circle: where they would,
 * ids that are known stay texts, first those that AWS told, then the plan's own references to what is adopted.
 */
import { EmitError } from './error.ts';
import type { Thing } from './journey.ts';
import { partsOf, type References, textsIn } from './references.ts';

export interface Links {
  /** Whether one thing is written by the other's variable. */
  readonly has: (from: Thing, to: Thing) => boolean;
  /** What must stand before a thing, in the order of the things. */
  readonly of: (thing: Thing) => readonly Thing[];
}

export interface AllLinks extends Links {
  /** Whether one thing names the other only by a text that AWS told, which can stay one. */
  readonly isTold: (from: Thing, to: Thing) => boolean;
}

/** How a reference can be written without a variable: a text that AWS told, the known id of what is adopted, not at all. */
type Strength = 'told' | 'planned' | 'needed';
type Edges = ReadonlyMap<Thing, ReadonlyMap<Thing, Strength>>;

const STRENGTH: readonly Strength[] = ['told', 'planned', 'needed'];

export function linksOf(things: readonly Thing[], references: References): AllLinks {
  let edges = edgesOf(things, references);
  for (const weak of ['told', 'planned'] as const) edges = withoutCircles(things, edges, weak);
  const [circle] = circlesIn(things, edges);
  if (circle)
    throw new EmitError(
      `these need each other, so no program can declare them: ${circle.map(({ address }) => address).join(', ')}`,
    );
  const place = new Map(things.map((thing, n) => [thing, n]));
  const at = (thing: Thing): number => place.get(thing) ?? 0;
  return {
    has: (from, to) => edges.get(from)?.has(to) ?? false,
    of: (thing) => [...(edges.get(thing)?.keys() ?? [])].sort((a, b) => at(a) - at(b)),
    isTold: (from, to) => edges.get(from)?.get(to) === 'told',
  };
}

/** Without those that are refused. */
export const without = (links: Links, refused: (from: Thing, to: Thing) => boolean): Links => ({
  has: (from, to) => links.has(from, to) && !refused(from, to),
  of: (thing) => links.of(thing).filter((to) => !refused(thing, to)),
});

/** Things that need each other, however much is written as text. */
export function circlesOf(things: readonly Thing[], references: References): readonly (readonly Thing[])[] {
  let edges = edgesOf(things, references);
  for (const weak of ['told', 'planned'] as const) edges = withoutCircles(things, edges, weak);
  return circlesIn(things, edges);
}

function edgesOf(things: readonly Thing[], references: References): Edges {
  return new Map(
    things.map((thing) => {
      const to = new Map<Thing, Strength>();
      const put = (target: Thing, strength: Strength): void => {
        const known = to.get(target);
        if (known === undefined || STRENGTH.indexOf(known) < STRENGTH.indexOf(strength)) to.set(target, strength);
      };
      for (const [property, phases] of thing.properties)
        phases.forEach(({ at, value }, n) => {
          const reign = { from: at, until: phases[n + 1]?.at ?? thing.until };
          for (const [text, key] of textsIn(value, property)) {
            const parts = partsOf(text, (address) => references.has(address));
            for (const part of parts) {
              if (typeof part === 'string') continue;
              const target = references.planned(part.address, reign);
              if (target) put(references.standing(target)?.whole ?? target, target.adopted ? 'planned' : 'needed');
            }
            const told = references.adopted(text, key, reign, thing);
            if (told) put(told.thing, 'told');
          }
        });
      return [thing, to];
    }),
  );
}

function withoutCircles(things: readonly Thing[], edges: Edges, weak: Strength): Edges {
  const circle = new Map<Thing, number>();
  circlesIn(things, edges).forEach((members, n) => {
    for (const one of members) circle.set(one, n);
  });
  if (circle.size === 0) return edges;
  const within = (a: Thing, b: Thing): boolean => circle.has(a) && circle.get(a) === circle.get(b);
  return new Map(
    [...edges].map(([from, to]) => [
      from,
      new Map([...to].filter(([target, strength]) => !(strength === weak && within(from, target)))),
    ]),
  );
}

/** Strongly connected parts of more than one thing, and things that name themselves. Tarjan's algorithm, without recursion. */
function circlesIn(things: readonly Thing[], edges: Edges): readonly (readonly Thing[])[] {
  const found: Thing[][] = [];
  const index = new Map<Thing, number>();
  const low = new Map<Thing, number>();
  const stack: Thing[] = [];
  const onStack = new Set<Thing>();
  const visit = (thing: Thing): { readonly thing: Thing; readonly rest: Iterator<Thing> } => {
    index.set(thing, index.size);
    low.set(thing, index.get(thing) ?? 0);
    stack.push(thing);
    onStack.add(thing);
    return { thing, rest: (edges.get(thing) ?? new Map()).keys() };
  };
  const lower = (thing: Thing, to: number | undefined): void => {
    if (to !== undefined && to < (low.get(thing) ?? 0)) low.set(thing, to);
  };
  for (const start of things) {
    if (index.has(start)) continue;
    const path = [visit(start)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { value: next, done } = top.rest.next();
      if (done !== true) {
        if (!index.has(next)) path.push(visit(next));
        else if (onStack.has(next)) lower(top.thing, index.get(next));
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent) lower(parent.thing, low.get(top.thing));
      if (low.get(top.thing) !== index.get(top.thing)) continue;
      const members = stack.splice(stack.indexOf(top.thing));
      for (const one of members) onStack.delete(one);
      if (members.length > 1 || edges.get(top.thing)?.has(top.thing)) found.push(members);
    }
  }
  return found;
}
