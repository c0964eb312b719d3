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
const STRANGE_VPC = 5;
const STRANGE_SUBNET = 1.4;
const ALONG_EDGE = 2;

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
  #keys: Float64Array = new Float64Array(1024);
  #items: Int32Array = new Int32Array(1024);
  #size = 0;

  constructor(grid: Grid, owners: Owners) {
    const states = grid.state.length * 2;
    this.#grid = grid;
    this.#owners = owners;
    this.#cost = new Float64Array(states);
    this.#came = new Int32Array(states);
    this.#stamp = new Int32Array(states);
    this.#done = new Int32Array(states);
  }

  /**
   * State: vertex × 2 + (1 when going up or down). `greed` above 1 finds good ways, not the best, with far fewer steps.
   * The loop is plain: it runs some hundred thousand times for a picture.
   */
  find(me: number, from: readonly Port[], to: readonly Port[], window: Window, greed: number): Found | undefined {
    const { xs, ys, columns, state, vpc, subnet, edge } = this.#grid;
    const { across, upright } = this.#owners;
    const [costs, came, stamp, done] = [this.#cost, this.#came, this.#stamp, this.#done];
    const [a, b] = [from[0]?.vertex ?? 0, to[0]?.vertex ?? 0];
    const [vpcA, vpcB, subnetA, subnetB] = [vpc[a], vpc[b], subnet[a], subnet[b]];
    const round = ++this.#round;
    const [iMin, iMax] = [indexFrom(xs, window.x), indexFrom(xs, window.right + 0.01) - 1];
    const [jMin, jMax] = [indexFrom(ys, window.y), indexFrom(ys, window.bottom + 0.01) - 1];
    const goals = new Map(to.map((port) => [port.vertex * 2 + (port.upright ? 1 : 0), port]));
    const starts = new Map(from.map((port) => [port.vertex * 2 + (port.upright ? 1 : 0), port]));
    const [gx, gr, gy, gb] = this.#extent(to);
    this.#size = 0;
    const offer = (at: number, cost: number, before: number): void => {
      if (stamp[at] === round && (costs[at] ?? 0) <= cost) return;
      stamp[at] = round;
      costs[at] = cost;
      came[at] = before;
      const vertex = at >> 1;
      const x = xs[vertex % columns] ?? 0;
      const y = ys[(vertex / columns) | 0] ?? 0;
      const dx = x < gx ? gx - x : x > gr ? x - gr : 0;
      const dy = y < gy ? gy - y : y > gb ? y - gb : 0;
      this.#push(at, cost + (dx + dy + (dx > 0 && dy > 0 ? BEND : 0)) * greed);
    };
    for (const [at, port] of starts) {
      const owner = (port.upright ? upright : across)[port.vertex];
      if (owner === 0 || owner === me) offer(at, port.out, -1);
    }
    while (this.#size > 0) {
      const at = this.#pop();
      if (done[at] === round) continue;
      done[at] = round;
      const vertex = at >> 1;
      const vertical = (at & 1) === 1;
      const port = (state[vertex] ?? 0) !== 0;
      const isStart = came[at] === -1;
      const goal = port && !isStart ? goals.get(at) : undefined;
      if (goal) {
        const total = (costs[at] ?? 0) + goal.in;
        // The cost of the port decides between ports: finish only when nothing cheaper is open.
        if (this.#size === 0 || total <= (this.#keys[0] ?? 0)) return this.#trace(at, starts, goal);
        done[at] = 0;
        costs[at] = total;
        goals.set(at, { ...goal, in: 0 });
        this.#push(at, total);
        continue;
      }
      if (port && !isStart) continue;
      const cost = costs[at] ?? 0;
      const along = vertical ? upright : across;
      const athwart = vertical ? across : upright;
      // A bend needs the point in both directions.
      const other = athwart[vertex];
      if (!port && (other === 0 || other === me) && done[at ^ 1] !== round)
        offer(at ^ 1, cost + (other === me ? BEND / 2 : BEND), at);
      const i = vertex % columns;
      const j = (vertex / columns) | 0;
      for (let step = -1; step <= 1; step += 2) {
        const ni = vertical ? i : i + step;
        const nj = vertical ? j + step : j;
        if (ni < iMin || ni > iMax || nj < jMin || nj > jMax) continue;
        const next = nj * columns + ni;
        const there = next * 2 + (vertical ? 1 : 0);
        if (done[there] === round) continue;
        const blocked = state[next] ?? 1;
        if (blocked === 1 || (blocked === 2 && !goals.has(there))) continue;
        const owner = along[next];
        if (owner !== 0 && owner !== me) continue;
        const length = Math.abs(vertical ? (ys[nj] ?? 0) - (ys[j] ?? 0) : (xs[ni] ?? 0) - (xs[i] ?? 0));
        let dear = 1;
        if (owner === me && along[vertex] === me) dear = OWN;
        else {
          const inVpc = vpc[next] ?? 0;
          const inSubnet = subnet[next] ?? 0;
          if (inVpc !== 0 && inVpc !== vpcA && inVpc !== vpcB) dear = STRANGE_VPC;
          else if (inSubnet !== 0 && inSubnet !== subnetA && inSubnet !== subnetB) dear = STRANGE_SUBNET;
          if (!vertical && edge[next] === 1) dear *= ALONG_EDGE;
        }
        const crossed = athwart[next] ?? 0;
        offer(there, cost + length * dear + (crossed !== 0 && crossed !== me ? CROSSING : 0), at);
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

  #push(item: number, key: number): void {
    if (this.#size === this.#items.length) {
      const [longer, more] = [new Float64Array(this.#size * 2), new Int32Array(this.#size * 2)];
      longer.set(this.#keys);
      more.set(this.#items);
      [this.#keys, this.#items] = [longer, more];
    }
    const [keys, items] = [this.#keys, this.#items];
    let at = this.#size++;
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
    const [keys, items] = [this.#keys, this.#items];
    const top = items[0] ?? 0;
    const size = --this.#size;
    const key = keys[size] ?? 0;
    const item = items[size] ?? 0;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= size) break;
      let below = keys[child] ?? 0;
      if (child + 1 < size) {
        const right = keys[child + 1] ?? 0;
        if (right < below || (right === below && (items[child + 1] ?? 0) < (items[child] ?? 0))) {
          child++;
          below = right;
        }
      }
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
