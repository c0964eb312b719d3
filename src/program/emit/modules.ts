/** Things -> files: by subject, and in an order in which everything is declared before it is used, without circles. */

import { ACCOUNT } from './environments.ts';
import type { Thing } from './journey.ts';
import { type AllLinks, type Links, without } from './links.ts';
import { SUBJECT_ORDER, subjectOf } from './subjects.ts';

export interface Module {
  /** Without ending: `adopted/network`. */
  readonly path: string;
  readonly adopted: boolean;
  /** Undefined where there is one for everything. */
  readonly environment: string | undefined;
  readonly subject: string;
  /** A later part of the same subject, which uses what other files declare that use the first part. */
  readonly part: number;
  /** In the order in which they are declared. */
  readonly things: readonly Thing[];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Where a thing stands: `adopted/prod/network`. */
interface Home {
  readonly path: string;
  readonly adopted: boolean;
  readonly environment: string | undefined;
  readonly subject: string;
}

export interface Layout {
  /** In the order of the folders: adopted before made, subjects as a reader meets them. */
  readonly modules: readonly Module[];
  /** Without those that would make files need each other, where a text says the same. */
  readonly links: Links;
}

export function layoutOf(
  things: readonly Thing[],
  all: AllLinks,
  environmentOf: (thing: Thing) => string | undefined = () => undefined,
): Layout {
  const homes = new Map(things.map((thing) => [thing, homeOf(thing, environmentOf(thing))]));
  const shared = new Map([...homes.values()].map((home) => [home.path, home]));
  const home = (thing: Thing): Home => shared.get(homes.get(thing)?.path ?? '') ?? homeOf(thing, undefined);
  const circle = filesInCircles(things, all, home);
  const inCircle = (a: Home, b: Home): boolean => circle.has(a) && circle.get(a) === circle.get(b);
  const links = without(all, (from, to) => {
    const [by, used] = [home(from), home(to)];
    return all.isTold(from, to) && inCircle(by, used) && byLayer(used, by) > 0;
  });
  const ordered = declared(things, links);
  return { modules: modulesOf(ordered, partsOf(ordered, links, home), home), links };
}

function modulesOf(
  ordered: readonly Thing[],
  parts: ReadonlyMap<Thing, number>,
  home: (thing: Thing) => Home,
): readonly Module[] {
  const files = new Map<string, { readonly home: Home; readonly part: number; readonly things: Thing[] }>();
  for (const thing of ordered) {
    const part = parts.get(thing) ?? 1;
    const key = `${home(thing).path} ${part}`;
    const file = files.get(key) ?? { home: home(thing), part, things: [] };
    files.set(key, file);
    file.things.push(thing);
  }
  // numbers without gaps: a subject whose first part is empty has its second for a first
  const seen = new Map<Home, number>();
  return [...files.values()]
    .sort((a, b) => byPath(a.home, b.home) || a.part - b.part)
    .map(({ home: { path, adopted, environment, subject }, home: at, things }): Module => {
      const part = (seen.get(at) ?? 0) + 1;
      seen.set(at, part);
      return { path: part === 1 ? path : `${path}-${part}`, adopted, environment, subject, part, things };
    });
}

function homeOf(thing: Thing, environment: string | undefined): Home {
  const subject = subjectOf(thing);
  const adopted = thing.adopted !== undefined;
  const path = [adopted ? 'adopted' : 'target', ...(environment === undefined ? [] : [environment]), subject].join('/');
  return { path, adopted, environment, subject };
}

const bySubject = (a: Home, b: Home): number => SUBJECT_ORDER.indexOf(a.subject) - SUBJECT_ORDER.indexOf(b.subject);
const byFolder = (a: Home, b: Home): number => Number(b.adopted) - Number(a.adopted);
/** What is the account's, and used by all environments, is first. */
const byEnvironment = (a: Home, b: Home): number =>
  Number(b.environment === ACCOUNT) - Number(a.environment === ACCOUNT) ||
  byText(a.environment ?? '', b.environment ?? '');

/** As files are listed. */
const byPath = (a: Home, b: Home): number => byFolder(a, b) || byEnvironment(a, b) || bySubject(a, b);
/** As files use each other: a database of today uses the security group that the journey makes, and not the other way round. */
const byLayer = (a: Home, b: Home): number => bySubject(a, b) || byFolder(a, b) || byEnvironment(a, b);

/** By subject, type and appearance, but what is used first. */
function declared(things: readonly Thing[], links: Links): readonly Thing[] {
  const types = new Map<string, number>();
  for (const { type } of things) if (!types.has(type)) types.set(type, types.size);
  const rank = (thing: Thing): readonly number[] => [
    SUBJECT_ORDER.indexOf(subjectOf(thing)),
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
function partsOf(ordered: readonly Thing[], links: Links, home: (thing: Thing) => Home): ReadonlyMap<Thing, number> {
  const circle = filesInCircles(ordered, links, home);
  const parts = new Map<Thing, number>();
  for (const thing of ordered) {
    const own = home(thing);
    let part = 1;
    for (const used of links.of(thing)) {
      const other = home(used);
      if (!circle.has(own) || circle.get(own) !== circle.get(other)) continue;
      // within a part one file may use the other
      part = Math.max(part, (parts.get(used) ?? 1) + (other === own || byLayer(other, own) < 0 ? 0 : 1));
    }
    parts.set(thing, part);
  }
  return parts;
}

/** Files that import each other, around however many corners: the number of the circle. */
function filesInCircles(
  things: readonly Thing[],
  links: Links,
  home: (thing: Thing) => Home,
): ReadonlyMap<Home, number> {
  const edges = new Map<Home, Set<Home>>();
  for (const thing of things) {
    const from = home(thing);
    const to = edges.get(from) ?? new Set();
    edges.set(from, to);
    for (const used of links.of(thing)) if (home(used) !== from) to.add(home(used));
  }
  // some dozens of files: who reaches whom is simply walked
  const reached = new Map([...edges.keys()].map((file) => [file, reach(file, edges)]));
  const circle = new Map<Home, number>();
  for (const a of edges.keys())
    for (const b of edges.keys())
      if (a !== b && reached.get(a)?.has(b) && reached.get(b)?.has(a)) {
        const number = circle.get(a) ?? circle.get(b) ?? circle.size;
        circle.set(a, number);
        circle.set(b, number);
      }
  return circle;
}

function reach(start: Home, edges: ReadonlyMap<Home, ReadonlySet<Home>>): ReadonlySet<Home> {
  const seen = new Set<Home>();
  const next = [start];
  for (let file = next.pop(); file !== undefined; file = next.pop())
    for (const to of edges.get(file) ?? [])
      if (!seen.has(to)) {
        seen.add(to);
        next.push(to);
      }
  return seen;
}
