/** Boxes by where they are, so that the few near a place are found without asking all of them. */
import type { Box } from './place.ts';

const CELL = 96;

export class Nearby<T extends { readonly box: Box }> {
  readonly #cells = new Map<string, T[]>();

  add(one: T): void {
    for (const key of keysOf(one.box)) {
      const list = this.#cells.get(key);
      if (list) list.push(one);
      else this.#cells.set(key, [one]);
    }
  }

  /** Each once; some that are only near, and all that are not further from the box than `gap`. */
  around(box: Box, gap: number): ReadonlySet<T> {
    const wide = { x: box.x - gap, y: box.y - gap, width: box.width + 2 * gap, height: box.height + 2 * gap };
    return new Set(keysOf(wide).flatMap((key) => this.#cells.get(key) ?? []));
  }
}

function keysOf({ x, y, width, height }: Box): readonly string[] {
  const keys: string[] = [];
  for (let i = Math.floor(x / CELL); i <= Math.floor((x + width) / CELL); i++)
    for (let j = Math.floor(y / CELL); j <= Math.floor((y + height) / CELL); j++) keys.push(`${i} ${j}`);
  return keys;
}
