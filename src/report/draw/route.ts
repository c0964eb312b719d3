/** Ways for the links over a placement: each bundle is a tree of its own, found one after the other and then once more. */
import { type Bundle, bundlesOf } from './bundle.ts';
import { type Grid, gridOf, type Port } from './grid.ts';
import type { Container, Link } from './picture.ts';
import type { Placement, Tile } from './place.ts';
import { type Owners, Searcher, type Window } from './search.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Route {
  readonly link: Link;
  readonly bundle: Bundle;
  /** From the source's edge to the target's; only corners. */
  readonly points: readonly Point[];
}
export interface Routing {
  readonly routes: readonly Route[];
  /** Links for which no way was left. */
  readonly unrouted: readonly Link[];
}

interface Way {
  readonly link: Link;
  readonly vertices: readonly number[];
  readonly from: Port;
  readonly to: Port;
}

/** How far around its two ends a way is looked for: near first, for the search grows with the area. */
const MARGINS = { few: [260, Number.POSITIVE_INFINITY], many: [90, 320, Number.POSITIVE_INFINITY] };
const FEW = 60;
const CLASS_ORDER = { exposure: 0, flow: 1, replication: 2 };

export function route(
  placement: Placement,
  containers: readonly Container[],
  links: readonly Link[],
  effort: 'rough' | 'careful' = 'careful',
): Routing {
  const drawable = links.filter((link) => placement.tiles.has(link.from) && placement.tiles.has(link.to));
  const grid = gridOf(placement, containers);
  const owners: Owners = {
    across: new Int32Array(grid.state.length),
    upright: new Int32Array(grid.state.length),
  };
  const searcher = new Searcher(grid, owners);
  const distance = (link: Link): number => {
    const [a, b] = [placement.tiles.get(link.from), placement.tiles.get(link.to)];
    return a && b ? Math.abs(a.icon.x - b.icon.x) + Math.abs(a.icon.y - b.icon.y) : 0;
  };
  const lengthOf = (bundle: Bundle): number => Math.max(...bundle.links.map(distance));
  const bundles = [...bundlesOf(drawable)].sort(
    (a, b) =>
      CLASS_ORDER[a.class] - CLASS_ORDER[b.class] ||
      lengthOf(a) - lengthOf(b) ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  const greed = effort === 'rough' ? 2 : bundles.length <= FEW ? 0.9 : bundles.length <= 120 ? 1.2 : 2;
  const ways = new Map<string, Way[]>();
  const draw = (bundle: Bundle, number: number): void => {
    const own: Way[] = [];
    for (const link of [...bundle.links].sort((a, b) => distance(a) - distance(b) || (a.id < b.id ? -1 : 1))) {
      const [first] = own;
      const shared = first && [first[bundle.shared]];
      const [from, to] = [
        bundle.shared === 'from' && shared ? shared : grid.ports.get(link.from),
        bundle.shared === 'to' && shared ? shared : grid.ports.get(link.to),
      ];
      const [a, b] = [placement.tiles.get(link.from), placement.tiles.get(link.to)];
      if (!from || !to || !a || !b) continue;
      for (const margin of bundles.length <= FEW ? MARGINS.few : MARGINS.many) {
        const found = searcher.find(number, from, to, around(a, b, margin), greed);
        if (!found) continue;
        own.push({ link, ...found });
        mark(grid, owners, found, number);
        break;
      }
    }
    ways.set(bundle.id, own);
  };
  for (const [i, bundle] of bundles.entries()) draw(bundle, i + 1);
  // Early lines did not know the later ones: once more, each with all others in place, where that is cheap enough.
  const rounds = effort === 'rough' ? 0 : bundles.length <= FEW ? 2 : bundles.length <= 120 ? 1 : 0;
  for (let round = 0; round < rounds; round++)
    for (const [i, bundle] of bundles.entries()) {
      const before = ways.get(bundle.id) ?? [];
      clear(owners, before, i + 1);
      draw(bundle, i + 1);
      if ((ways.get(bundle.id)?.length ?? 0) >= before.length) continue;
      clear(owners, ways.get(bundle.id) ?? [], i + 1);
      for (const way of before) mark(grid, owners, way, i + 1);
      ways.set(bundle.id, before);
    }
  const routes = bundles.flatMap((bundle) =>
    (ways.get(bundle.id) ?? []).map((way) => ({ link: way.link, bundle, points: corners(grid, placement, way) })),
  );
  const drawn = new Set(routes.map((one) => one.link.id));
  return { routes, unrouted: drawable.filter((link) => !drawn.has(link.id)) };
}

function around(a: Tile, b: Tile, margin: number): Window {
  return {
    x: Math.min(a.icon.x, b.icon.x) - margin,
    right: Math.max(a.icon.x + a.icon.width, b.icon.x + b.icon.width) + margin,
    y: Math.min(a.icon.y, b.icon.y) - margin,
    bottom: Math.max(a.icon.y + a.icon.height, b.icon.y + b.icon.height) + margin,
  };
}

function mark(grid: Grid, owners: Owners, way: Pick<Way, 'vertices' | 'from' | 'to'>, number: number): void {
  const { vertices } = way;
  (way.from.upright ? owners.upright : owners.across)[way.from.vertex] = number;
  (way.to.upright ? owners.upright : owners.across)[way.to.vertex] = number;
  for (let k = 1; k < vertices.length; k++) {
    const [a, b] = [vertices[k - 1] ?? 0, vertices[k] ?? 0];
    const list = Math.abs(a - b) === grid.columns ? owners.upright : owners.across;
    list[a] = number;
    list[b] = number;
  }
}

function clear(owners: Owners, ways: readonly Way[], number: number): void {
  for (const { vertices } of ways)
    for (const vertex of vertices)
      for (const list of [owners.across, owners.upright]) if (list[vertex] === number) list[vertex] = 0;
}

function corners(grid: Grid, placement: Placement, way: Way): readonly Point[] {
  const at = (vertex: number): Point => ({
    x: grid.xs[vertex % grid.columns] ?? 0,
    y: grid.ys[Math.floor(vertex / grid.columns)] ?? 0,
  });
  const top = (id: string): number => placement.tiles.get(id)?.icon.y ?? 0;
  const all = way.vertices.map(at);
  const [first, last] = [all[0], all.at(-1)];
  if (first && way.from.upright) all.unshift({ x: first.x, y: top(way.link.from) });
  if (last && way.to.upright) all.push({ x: last.x, y: top(way.link.to) });
  return all.filter((point, i) => {
    const [before, after] = [all[i - 1], all[i + 1]];
    if (!before || !after) return true;
    return !((before.x === point.x && after.x === point.x) || (before.y === point.y && after.y === point.y));
  });
}
