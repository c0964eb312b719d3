/** Things -> files: by subject, and in an order in which everything is declared before it is used, without circles. */
import type { Thing } from './journey.ts';
import type { Links } from './links.ts';
import { SUBJECT_ORDER, subjectOf } from './subjects.ts';

export interface Module {
  /** Without ending: `adopted/network`. */
  readonly path: string;
  readonly adopted: boolean;
  readonly subject: string;
  /** A later part of the same subject, which uses what other files declare that use the first part. */
  readonly part: number;
  /** In the order in which they are declared. */
  readonly things: readonly Thing[];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** In the order of the folders: adopted before made, subjects as a reader meets them. */
export function modulesOf(things: readonly Thing[], links: Links): readonly Module[] {
  const ordered = declared(things, links);
  const home = (thing: Thing): string => `${thing.adopted ? 'adopted' : 'target'}/${subjectOf(thing.type)}`;
  const parts = partsOf(ordered, links, home);
  const files = new Map<string, Thing[]>();
  for (const thing of ordered) {
    const path = `${home(thing)} ${parts.get(thing) ?? 1}`;
    const list = files.get(path);
    if (list) list.push(thing);
    else files.set(path, [thing]);
  }
  // numbers without gaps: a subject whose first part is empty has its second for a first
  const seen = new Map<string, number>();
  return [...files]
    .sort(([a], [b]) => {
      const [pathA = '', partA = ''] = a.split(' ');
      const [pathB = '', partB = ''] = b.split(' ');
      return byPath(pathA, pathB) || Number(partA) - Number(partB);
    })
    .map(([key, members]): Module => {
      const [path = ''] = key.split(' ');
      const part = (seen.get(path) ?? 0) + 1;
      seen.set(path, part);
      const [folder, subject = ''] = path.split('/');
      return {
        path: part === 1 ? path : `${path}-${part}`,
        adopted: folder === 'adopted',
        subject,
        part,
        things: members,
      };
    });
}

function byPath(a: string, b: string): number {
  const [folderA = '', subjectA = ''] = a.split('/');
  const [folderB = '', subjectB = ''] = b.split('/');
  return byText(folderA, folderB) || SUBJECT_ORDER.indexOf(subjectA) - SUBJECT_ORDER.indexOf(subjectB);
}

/** By subject, type and appearance, but what is used first. */
function declared(things: readonly Thing[], links: Links): readonly Thing[] {
  const types = new Map<string, number>();
  for (const { type } of things) if (!types.has(type)) types.set(type, types.size);
  const rank = (thing: Thing): readonly number[] => [
    SUBJECT_ORDER.indexOf(subjectOf(thing.type)),
    thing.from,
    types.get(thing.type) ?? 0,
  ];
  const ranks = new Map(things.map((thing) => [thing, rank(thing)]));
  const wished = [...things].sort((a, b) => {
    const [x = [], y = []] = [ranks.get(a), ranks.get(b)];
    return (
      (x[0] ?? 0) - (y[0] ?? 0) || (x[1] ?? 0) - (y[1] ?? 0) || (x[2] ?? 0) - (y[2] ?? 0) || byText(a.name, b.name)
    );
  });
  const out = new Set<Thing>();
  const open = new Set<Thing>();
  for (const start of wished) {
    const path = [start];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const needed = out.has(top) ? undefined : links.of(top).find((one) => !out.has(one) && !open.has(one));
      open.add(top);
      if (needed !== undefined) path.push(needed);
      else {
        out.add(top);
        path.pop();
      }
    }
  }
  return [...out];
}

/**
 * The part of its file that each thing stands in. Files that need each other are split: a thing goes to a later part of
 * its own when it uses, through another file, what an earlier part has.
 */
function partsOf(ordered: readonly Thing[], links: Links, home: (thing: Thing) => string): ReadonlyMap<Thing, number> {
  const circle = filesInCircles(ordered, links, home);
  const parts = new Map<Thing, number>();
  for (const thing of ordered) {
    const own = home(thing);
    let part = 1;
    for (const used of links.of(thing)) {
      const other = home(used);
      if (circle.get(own) === undefined || circle.get(own) !== circle.get(other)) continue;
      part = Math.max(part, (parts.get(used) ?? 1) + (other === own || isFirst(other, own) ? 0 : 1));
    }
    parts.set(thing, part);
  }
  return parts;
}

/** Within a part one file may use the other, by the order of paths: adopted before target. */
const isFirst = (used: string, by: string): boolean => byPath(used, by) < 0;

/** Files that import each other, around however many corners: the number of the circle. */
function filesInCircles(
  things: readonly Thing[],
  links: Links,
  home: (thing: Thing) => string,
): ReadonlyMap<string, number> {
  const edges = new Map<string, Set<string>>();
  for (const thing of things) {
    const from = home(thing);
    const to = edges.get(from) ?? new Set();
    edges.set(from, to);
    for (const used of links.of(thing)) if (home(used) !== from) to.add(home(used));
  }
  // some twenty files: who reaches whom is simply walked
  const reached = new Map([...edges.keys()].map((file) => [file, reach(file, edges)]));
  const circle = new Map<string, number>();
  for (const a of edges.keys())
    for (const b of edges.keys())
      if (a !== b && reached.get(a)?.has(b) && reached.get(b)?.has(a)) {
        const number = circle.get(a) ?? circle.get(b) ?? circle.size;
        circle.set(a, number);
        circle.set(b, number);
      }
  return circle;
}

function reach(start: string, edges: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const seen = new Set<string>();
  const next = [start];
  for (let file = next.pop(); file !== undefined; file = next.pop())
    for (const to of edges.get(file) ?? [])
      if (!seen.has(to)) {
        seen.add(to);
        next.push(to);
      }
  return seen;
}
