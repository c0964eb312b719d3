/** Pictures that follow one another share nearly everything: what is alike in them becomes one object, and is drawn once. */
import { oncePer } from '../../estate/once.ts';
import type { Picture } from './picture.ts';

interface Part {
  readonly id: string;
}

/** The same pictures; a part that an earlier one has, in every word, is that one's object, and so is a whole picture. */
export function sharing(pictures: readonly Picture[]): readonly Picture[] {
  const [nodes, containers, links] = [known(), known(), known()];
  const shared = oncePer(
    (one: Picture): Picture => ({
      ...one,
      nodes: one.nodes.map(nodes),
      containers: one.containers.map(containers),
      links: one.links.map(links),
    }),
  );
  return pictures.map(shared);
}

function known(): <T extends Part>(part: T) => T {
  const byId = new Map<string, Part[]>();
  return <T extends Part>(part: T): T => {
    const list = byId.get(part.id);
    if (!list) byId.set(part.id, [part]);
    const found = list?.find((one): one is T => isAlike(one, part));
    if (!found) list?.push(part);
    return found ?? part;
  };
}

/** Of plain parts, whose members are words, numbers and lists of words. */
function isAlike(a: object, b: object): boolean {
  const left = Object.entries(a);
  return (
    left.length === Object.keys(b).length &&
    left.every(([name, value]) => name in b && isSame(value, Reflect.get(b, name)))
  );
}

const isSame = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) ||
  (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, n) => Object.is(one, b[n])));
