/**
 * The cheapest free way over the grid: A* over (vertex, direction), with the vertices that other bundles use. Two bundles may
 * cross, but never run along one another on one line, nor bend in the same point: a reader could not tell them apart.
 */
import type { Grid, Port } from './grid.ts';
import { indexFrom } from './grid.ts';

const BEND = 22;
const CROSSING = 30;
/** Along a line of the own bundle: joining early makes a bus. */
const OWN = 0.12;

export interface Window {
  readonly x: number;
  readonly right: number;
  readonly y: number;
  readonly bottom: number;
}

/** Through a VPC or a subnet in which neither end stands: a line there says something that is not so. */
const STRANGE_VPC = 3;
const STRANGE_SUBNET = 1.4;

/** Which bundle (1, 2 …; 0 is none) runs through each vertex, by direction. */
export interface Owners {
  readonly across: Int32Array;
  readonly upright: Int32Array;
}

export interface Found {
  readonly vertices: readonly number[];
  readonly from: Port;
  readonly to: Port;
}

export class Searcher {
  readonly #grid: Grid;
  readonly #owners: Owners;
  readonly #cost: Float64Array;
  readonly #came: Int32Array;
  readonly #stamp: Int32Array;
  readonly #done: Int32Array;
  #round = 0;
  #heap: { keys: Float64Array; items: Int32Array; size: number };

  constructor(grid: Grid, owners: Owners) {
    const states = grid.state.length * 2;
    this.#grid = grid;
    this.#owners = owners;
    this.#cost = new Float64Array(states);
    this.#came = new Int32Array(states);
    this.#stamp = new Int32Array(states);
    this.#done = new Int32Array(states);
    this.#heap = { keys: new Float64Array(1024), items: new Int32Array(1024), size: 0 };
  }

  /** State: vertex × 2 + (1 when going up or down). */
  find(me: number, from: readonly Port[], to: readonly Port[], window: Window): Found | undefined {
    const { xs, ys, columns, state, vpc, subnet } = this.#grid;
    const [a, b] = [from[0]?.vertex ?? 0, to[0]?.vertex ?? 0];
    const strange = (at: number): number => {
      const [inVpc, inSubnet] = [vpc[at] ?? 0, subnet[at] ?? 0];
      if (inVpc !== 0 && inVpc !== vpc[a] && inVpc !== vpc[b]) return STRANGE_VPC;
      return inSubnet !== 0 && inSubnet !== subnet[a] && inSubnet !== subnet[b] ? STRANGE_SUBNET : 1;
    };
    const { across, upright } = this.#owners;
    const round = ++this.#round;
    const [iMin, iMax] = [indexFrom(xs, window.x), indexFrom(xs, window.right + 0.01) - 1];
    const [jMin, jMax] = [indexFrom(ys, window.y), indexFrom(ys, window.bottom + 0.01) - 1];
    const goals = new Map(to.map((port) => [port.vertex * 2 + (port.upright ? 1 : 0), port]));
    const starts = new Map(from.map((port) => [port.vertex * 2 + (port.upright ? 1 : 0), port]));
    const [gx, gr, gy, gb] = this.#extent(to);
    const guess = (vertex: number): number => {
      const [x, y] = [xs[vertex % columns] ?? 0, ys[(vertex / columns) | 0] ?? 0];
      const [dx, dy] = [Math.max(gx - x, x - gr, 0), Math.max(gy - y, y - gb, 0)];
      return (dx + dy) * 0.9;
    };
    this.#heap.size = 0;
    const offer = (at: number, cost: number, came: number): void => {
      if (this.#stamp[at] === round && (this.#cost[at] ?? 0) <= cost) return;
      this.#stamp[at] = round;
      this.#cost[at] = cost;
      this.#came[at] = came;
      this.#push(at, cost + guess(at >> 1));
    };
    const free = (owner: number | undefined): boolean => owner === 0 || owner === me;
    for (const [at, port] of starts) if (free((port.upright ? upright : across)[port.vertex])) offer(at, port.out, -1);
    while (this.#heap.size > 0) {
      const at = this.#pop();
      if (this.#done[at] === round) continue;
      this.#done[at] = round;
      const [vertex, vertical] = [at >> 1, (at & 1) === 1];
      const goal = goals.get(at);
      if (goal && !(starts.has(at) && this.#came[at] === -1)) {
        // The cost of the port itself decides between ports: finish only when nothing cheaper is open.
        const total = (this.#cost[at] ?? 0) + goal.in;
        if (this.#heap.size === 0 || total <= this.#least()) return this.#trace(at, starts, goal);
        this.#done[at] = 0;
        this.#cost[at] = total;
        goals.set(at, { ...goal, in: 0 });
        this.#push(at, total);
        continue;
      }
      const cost = this.#cost[at] ?? 0;
      const [i, j] = [vertex % columns, (vertex / columns) | 0];
      // A bend needs the point in both directions.
      if (state[vertex] === 0 && free(across[vertex]) && free(upright[vertex]))
        offer(at ^ 1, cost + (across[vertex] === me && upright[vertex] === me ? BEND / 2 : BEND), at);
      for (const step of [-1, 1]) {
        const [ni, nj] = vertical ? [i, j + step] : [i + step, j];
        if (ni < iMin || ni > iMax || nj < jMin || nj > jMax) continue;
        const next = nj * columns + ni;
        const there = next * 2 + (vertical ? 1 : 0);
        if (this.#done[there] === round) continue;
        const blocked = state[next] ?? 1;
        if (blocked === 1 || (blocked === 2 && !goals.has(there))) continue;
        if (state[vertex] === 2 && !starts.has(at)) continue;
        const [along, athwart] = vertical ? [upright, across] : [across, upright];
        if (!free(along[next])) continue;
        const length = vertical ? Math.abs((ys[nj] ?? 0) - (ys[j] ?? 0)) : Math.abs((xs[ni] ?? 0) - (xs[i] ?? 0));
        const own = along[next] === me && along[vertex] === me;
        const other = athwart[next] ?? 0;
        offer(there, cost + length * (own ? OWN : strange(next)) + (other !== 0 && other !== me ? CROSSING : 0), at);
      }
    }
    return undefined;
  }

  #extent(ports: readonly Port[]): readonly [number, number, number, number] {
    const { xs, ys, columns } = this.#grid;
    const px = ports.map((port) => xs[port.vertex % columns] ?? 0);
    const py = ports.map((port) => ys[(port.vertex / columns) | 0] ?? 0);
    return [Math.min(...px), Math.max(...px), Math.min(...py), Math.max(...py)];
  }

  #trace(end: number, starts: ReadonlyMap<number, Port>, to: Port): Found | undefined {
    const vertices: number[] = [];
    let at = end;
    let first = end;
    while (at !== -1) {
      if (vertices.at(-1) !== at >> 1) vertices.push(at >> 1);
      first = at;
      at = this.#came[at] ?? -1;
    }
    const from = starts.get(first);
    return from && { vertices: vertices.reverse(), from, to };
  }

  #least = (): number => this.#heap.keys[0] ?? Number.POSITIVE_INFINITY;

  #push(item: number, key: number): void {
    const heap = this.#heap;
    if (heap.size === heap.items.length) {
      const [keys, items] = [new Float64Array(heap.size * 2), new Int32Array(heap.size * 2)];
      keys.set(heap.keys);
      items.set(heap.items);
      this.#heap = { keys, items, size: heap.size };
    }
    const { keys, items } = this.#heap;
    let at = this.#heap.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = keys[parent] ?? 0;
      if (above < key || (above === key && (items[parent] ?? 0) <= item)) break;
      keys[at] = above;
      items[at] = items[parent] ?? 0;
      at = parent;
    }
    keys[at] = key;
    items[at] = item;
  }

  #pop(): number {
    const heap = this.#heap;
    const { keys, items } = heap;
    const top = items[0] ?? 0;
    const size = --heap.size;
    const [key, item] = [keys[size] ?? 0, items[size] ?? 0];
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= size) break;
      const right = child + 1;
      if (
        right < size &&
        ((keys[right] ?? 0) < (keys[child] ?? 0) ||
          ((keys[right] ?? 0) === (keys[child] ?? 0) && (items[right] ?? 0) < (items[child] ?? 0)))
      )
        child = right;
      const below = keys[child] ?? 0;
      if (key < below || (key === below && item <= (items[child] ?? 0))) break;
      keys[at] = below;
      items[at] = items[child] ?? 0;
      at = child;
    }
    keys[at] = key;
    items[at] = item;
    return top;
  }
}
