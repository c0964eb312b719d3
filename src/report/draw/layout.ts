/**
 * One placement for all states: the union of what any of them shows is placed once, with the room that its lines need. Each
 * state then routes its own links over it, and nothing moves.
 */
import { bundlesOf } from './bundle.ts';
import type { Container, DrawnNode, Link } from './picture.ts';
import { type Placement, place, type Room } from './place.ts';
import { type Routing, route } from './route.ts';

export interface Scene {
  readonly nodes: readonly DrawnNode[];
  readonly containers: readonly Container[];
  readonly links: readonly Link[];
}

const SPARE = 1;

/** The placement of a scene, and the ways of all its links. */
export function layout(scene: Scene): { readonly placement: Placement; readonly routing: Routing } {
  const touching = touchingOf(scene.links);
  const wide = Math.min(40, 6 + Math.ceil(bundlesOf(scene.links).length / 5));
  let room: Room = { tracks: [wide], touching };
  let placement = place(scene.nodes, scene.containers, room);
  let routing = route(placement, scene.containers, scene.links, 'rough');
  const tight: Room = { tracks: usedTracks(placement, routing), touching };
  const second = place(scene.nodes, scene.containers, tight);
  const again = route(second, scene.containers, scene.links);
  if (again.unrouted.length <= routing.unrouted.length) {
    room = tight;
    placement = second;
    routing = again;
  }
  return { placement, routing };
}

/** How many bundles leave, or reach, each node: whichever is more, for the first go to its right and the others to its left. */
function touchingOf(links: readonly Link[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const end of ['from', 'to'] as const) {
    const count = new Map<string, number>();
    for (const bundle of bundlesOf(links))
      for (const id of new Set(bundle.links.map((link) => link[end]))) count.set(id, (count.get(id) ?? 0) + 1);
    for (const [id, number] of count) most.set(id, Math.max(number, most.get(id) ?? 0));
  }
  return most;
}

/** The most bundles side by side in each channel between two columns. */
function usedTracks(placement: Placement, routing: Routing): readonly number[] {
  return placement.channels.slice(1, -1).map(({ tracks }) => {
    const [left, right] = [tracks[0] ?? 0, tracks.at(-1) ?? 0];
    const used = new Set<number>();
    for (const { points } of routing.routes)
      for (let i = 1; i < points.length; i++) {
        const [a, b] = [points[i - 1], points[i]];
        if (a && b && a.x === b.x && a.x >= left && a.x <= right) used.add(a.x);
      }
    return Math.max(2, used.size + SPARE);
  });
}
