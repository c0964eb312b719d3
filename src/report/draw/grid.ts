/** The lines that may be drawn, as a grid of vertices: the tracks of the channels and the ports of the tiles, each row apart. */
import { headerOf } from './header.ts';
import type { Container } from './picture.ts';
import type { Placement } from './place.ts';
import { HEADER, TRACK } from './units.ts';

export interface Port {
  readonly vertex: number;
  /** Added cost: lines like to leave on the right and to arrive on the left, near the middle. */
  readonly out: number;
  readonly in: number;
  readonly upright: boolean;
}

export interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly columns: number;
  /** 0: free; 1: nothing may pass; 2: a port, only for the lines of its own tile. */
  readonly state: Uint8Array;
  readonly ports: ReadonlyMap<string, readonly Port[]>;
  /** Which VPC and which subnet a vertex lies in, as numbers; 0 for none. */
  readonly vpc: Uint16Array;
  readonly subnet: Uint16Array;
  /** 1: beside the top or bottom edge of a box, where a line is hard to tell from it. */
  readonly edge: Uint8Array;
}

const sorted = (values: Iterable<number>): number[] => [...new Set(values)].sort((a, b) => a - b);

/** First index whose value is at least `value`. */
export function indexFrom(values: readonly number[], value: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function gridOf(placement: Placement, containers: readonly Container[]): Grid {
  const xsSet = new Set<number>(placement.channels.flatMap((channel) => channel.tracks));
  for (const { icon } of placement.tiles.values())
    for (let x = icon.x; x <= icon.x + icon.width; x += TRACK) xsSet.add(x);
  const xs = sorted(xsSet);
  const ys: number[] = [];
  for (let y = TRACK * 1.5; y < placement.height - TRACK; y += TRACK) ys.push(y);
  const columns = xs.length;
  const state = new Uint8Array(columns * ys.length);
  const [vpc, subnet] = [new Uint16Array(state.length), new Uint16Array(state.length)];
  const edge = new Uint8Array(state.length);
  const fill = (
    x: number,
    y: number,
    right: number,
    bottom: number,
    value: number,
    into: Uint8Array | Uint16Array = state,
  ): void => {
    for (let j = indexFrom(ys, y); j < ys.length && (ys[j] ?? 0) <= bottom; j++)
      for (let i = indexFrom(xs, x); i < columns && (xs[i] ?? 0) <= right; i++) into[j * columns + i] = value;
  };
  for (const [i, container] of containers.entries()) {
    const box = placement.boxes.get(container.id);
    if (!box) continue;
    for (const y of [box.y, box.y + box.height]) fill(box.x, y - 4, box.x + box.width, y + 4, 1, edge);
    if (container.kind === 'vpc') fill(box.x, box.y, box.x + box.width, box.y + box.height, i + 1, vpc);
    if (container.kind === 'subnet') fill(box.x, box.y, box.x + box.width, box.y + box.height, i + 1, subnet);
    const header = headerOf(container, box).box;
    fill(box.x + 2, box.y + 1, header.x + header.width + 6, box.y + HEADER - 1, 1);
  }
  const ports = new Map<string, readonly Port[]>();
  for (const [id, { icon, label }] of placement.tiles) {
    fill(label.x - 2, label.y, label.x + label.width + 2, label.y + label.height - 1, 1);
    fill(icon.x, icon.y, icon.x + icon.width, icon.y + icon.height, 1);
    const own: Port[] = [];
    const [left, right] = [indexFrom(xs, icon.x), indexFrom(xs, icon.x + icon.width)];
    const middle = icon.y + icon.height / 2;
    for (let j = indexFrom(ys, icon.y + 1); j < ys.length && (ys[j] ?? 0) < icon.y + icon.height; j++) {
      const off = Math.abs((ys[j] ?? 0) - middle) * 0.4;
      own.push({ vertex: j * columns + left, out: 40 + off, in: off, upright: false });
      own.push({ vertex: j * columns + right, out: off, in: 40 + off, upright: false });
    }
    // The top edge is between two rows of vertices: its ports are the row above it.
    const above = indexFrom(ys, icon.y) - 1;
    for (let i = left + 1; i < right; i++)
      if (above >= 0 && state[above * columns + i] === 0)
        own.push({ vertex: above * columns + i, out: 60, in: 60, upright: true });
    // A line that only passes would touch the frame of an exposed tile.
    for (const i of [left, right]) if (above >= 0) state[above * columns + i] = 1;
    for (const port of own) state[port.vertex] = 2;
    ports.set(id, own);
  }
  return { xs, ys, columns, state, ports, vpc, subnet, edge };
}
