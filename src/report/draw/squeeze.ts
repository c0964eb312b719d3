/**
 * One state of a journey without the room that only other states need: strips in which nothing of it stands become narrow.
 * Everything keeps its order and what is beside it, so a reader who knows the whole still finds his way.
 */
import type { Picture } from './picture.ts';
import type { Box, Placement, Tile } from './place.ts';
import type { Point, Route } from './route.ts';
import { GAP, HEADER, TRACK } from './units.ts';

/** What is left of an empty strip. */
const LEFT = 4 * TRACK;

type Span = readonly [from: number, to: number];

export interface Squeezed {
  readonly placement: Placement;
  readonly routes: readonly Route[];
}

export function squeezed(picture: Picture, placement: Placement, routes: readonly Route[]): Squeezed {
  const tiles = picture.nodes.flatMap(({ id }) => placement.tiles.get(id) ?? []);
  const boxes = picture.containers.flatMap(({ id }) => placement.boxes.get(id) ?? []);
  const corners = routes.flatMap(({ points }) => points);
  const x = shorter(placement.width, [
    ...tiles.flatMap(({ icon, label }) => [across(icon), across(label)]),
    ...boxes.flatMap((box): Span[] => [
      [box.x - GAP, box.x + GAP],
      [box.x + box.width - GAP, box.x + box.width + GAP],
    ]),
    ...corners.map((point): Span => [point.x - TRACK, point.x + TRACK]),
  ]);
  const y = shorter(placement.height, [
    ...tiles.map(({ icon, label }): Span => [icon.y - TRACK, label.y + label.height + TRACK]),
    ...boxes.flatMap((box): Span[] => [
      [box.y - GAP, box.y + HEADER + GAP],
      [box.y + box.height - GAP, box.y + box.height + GAP],
    ]),
    ...corners.map((point): Span => [point.y - TRACK, point.y + TRACK]),
  ]);
  const point = (one: Point): Point => ({ x: x(one.x), y: y(one.y) });
  const box = (one: Box): Box => ({
    x: x(one.x),
    y: y(one.y),
    width: x(one.x + one.width) - x(one.x),
    height: y(one.y + one.height) - y(one.y),
  });
  const tile = ({ icon, label }: Tile): Tile => ({ icon: box(icon), label: box(label) });
  return {
    placement: {
      tiles: shown(placement.tiles, picture.nodes, tile),
      boxes: shown(placement.boxes, picture.containers, box),
      channels: placement.channels.map(({ tracks }) => ({ tracks: tracks.map(x) })),
      width: x(placement.width),
      height: y(placement.height),
    },
    routes: routes.map((one) => ({ ...one, points: one.points.map(point) })),
  };
}

const across = ({ x, width }: Box): Span => [x - TRACK, x + width + TRACK];

function shown<T>(
  all: ReadonlyMap<string, T>,
  list: readonly { readonly id: string }[],
  change: (one: T) => T,
): ReadonlyMap<string, T> {
  return new Map(
    list.flatMap(({ id }) => {
      const one = all.get(id);
      return one === undefined ? [] : [[id, change(one)] as const];
    }),
  );
}

/** Where a place goes when every strip that nothing needs is cut to `LEFT`: never back, and the same for what is taken. */
function shorter(length: number, taken: readonly Span[]): (at: number) => number {
  const cuts: { readonly from: number; readonly to: number }[] = [];
  let end = 0;
  for (const [from, to] of [...taken, [length, length] as const].sort((a, b) => a[0] - b[0])) {
    // in whole tracks: lines stand half-way between them
    const cut = Math.floor((from - end - LEFT) / TRACK) * TRACK;
    if (cut > 0) cuts.push({ from: end + LEFT, to: end + LEFT + cut });
    end = Math.max(end, to);
  }
  return (at) => at - cuts.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(at, to) - from), 0);
}
