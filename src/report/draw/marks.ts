/** What a step does to a picture: what it adds, changes and takes away. */
import { oncePer } from '../../estate/once.ts';
import type { Picture } from './picture.ts';
import type { Layer } from './pieces.ts';
import type { Point } from './route.ts';

export type Mark = 'added' | 'changed' | 'removed';
/** By layer and id of the piece: `node i-0123`. */
export type Marks = ReadonlyMap<string, Mark>;

export const MARKS: readonly { readonly mark: Mark; readonly text: string }[] = [
  { mark: 'added', text: 'added' },
  { mark: 'changed', text: 'changed' },
  { mark: 'removed', text: 'taken away' },
];

/** The sign at a corner; which of the three is shown is the style's matter. */
export function badge(corner: Point | null): string {
  if (!corner) return '';
  const [x, y] = [Math.round(corner.x * 10) / 10, Math.round(corner.y * 10) / 10];
  return `<g class="badge" transform="translate(${x} ${y})"><circle r="7"/><path class="plus" d="M-3.5 0h7M0 -3.5v7"/><path class="tilde" d="M-3.5 1c2 -4 4 3 7 -1.500"/><path class="minus" d="M-3.5 0h7"/></g>`;
}

const idsOf = oncePer(
  (picture: Picture): ReadonlySet<string> =>
    new Set([
      ...picture.containers.map(({ id }) => key('box', id)),
      ...picture.nodes.map(({ id }) => key('node', id)),
      ...picture.links.map(({ id }) => key('way', id)),
    ]),
);

export const key = (layer: Layer, id: string): string => `${layer} ${id}`;

/** `touched`: ids of resources that the step changes. */
export function marksBetween(before: Picture, after: Picture, touched: ReadonlySet<string>): Marks {
  const marks = new Map<string, Mark>();
  const [was, is] = [idsOf(before), idsOf(after)];
  for (const id of was) if (!is.has(id)) marks.set(id, 'removed');
  for (const id of is) if (!was.has(id)) marks.set(id, 'added');
  for (const node of after.nodes) {
    const id = key('node', node.id);
    if (!marks.has(id) && node.resources.some((one) => touched.has(one))) marks.set(id, 'changed');
  }
  for (const box of after.containers) {
    const id = key('box', box.id);
    if (!marks.has(id) && box.kind === 'subnet' && touched.has(box.id)) marks.set(id, 'changed');
  }
  return marks;
}
