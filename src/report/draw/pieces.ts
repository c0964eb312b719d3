/** The drawn parts of a picture: boxes, tiles, ways and captions, each one group of the SVG that can be shown, hidden and marked alone. */
import { oncePer } from '../../estate/once.ts';
import type { Caption } from './captions.ts';
import { escaped, plain } from './escape.ts';
import { CORNERS, GLYPHS } from './glyphs.ts';
import { hasCorner, headerOf } from './header.ts';
import { type IconSet, isFilled, useOf } from './icons/icons.ts';
import { shorten } from './measure.ts';
import type { Container, DrawnNode, LinkClass, Picture } from './picture.ts';
import type { Box, Placement } from './place.ts';
import type { Point, Route } from './route.ts';
import { inEnglish, type Say } from './spoken.ts';
import { CORNER, DETAIL_SIZE, ICON, NAME_SIZE, SLOT_WIDTH } from './units.ts';

export type Layer = 'box' | 'node' | 'way' | 'pill';

export interface Piece {
  readonly layer: Layer;
  /** The id of the container, node or link, or of the caption's bundle. */
  readonly id: string;
  readonly classes: string;
  readonly body: string;
  /** Where a mark goes; null where none does. */
  readonly corner: Point | null;
}

const RADIUS = 5;
const TIP = 7;

export const num = (value: number): string => String(Math.round(value * 10) / 10);
export const rect = (box: Box, attributes: string): string =>
  `<rect x="${num(box.x)}" y="${num(box.y)}" width="${num(box.width)}" height="${num(box.height)}" ${attributes}/>`;
const titled = (text: string): string => (text === '' ? '' : `<title>${escaped(text)}</title>`);

/** The pieces of a picture, in the order in which they are drawn, the last on top. */
export type Drawing = (picture: Picture, routes: readonly Route[], captions: readonly Caption[]) => readonly Piece[];

/** For pictures over one placement: what several of them hold, the same object, is drawn once and is one piece. */
export function drawing(placement: Placement, icons: IconSet, say: Say | undefined): Drawing {
  const box = oncePer((one: Container) => boxOf(one, placement, say));
  const tile = oncePer((one: DrawnNode) => tileOf(one, placement, icons));
  const way = oncePer(wayOf);
  const pill = oncePer(pillOf);
  return ({ containers, nodes }, routes, captions) => [
    ...containers.flatMap(box),
    ...nodes.flatMap(tile),
    ...[...routes].sort((a, b) => ORDER[a.link.class] - ORDER[b.link.class]).map(way),
    ...captions.map(pill),
  ];
}

export function markup({ classes, body }: Piece, attributes = '', more = ''): string {
  return `<g${classes === '' ? '' : ` class="${classes}"`}${attributes}>${body}${more}</g>`;
}

const styleOf = (one: Container): string =>
  one.kind !== 'subnet' ? one.kind : one.public === undefined ? 'unknown' : one.public ? 'public' : 'private';

const kindWord = (one: Container): string =>
  one.kind === 'subnet' && one.public !== undefined ? `${one.public ? 'public' : 'private'} subnet` : one.kind;

function boxOf(one: Container, placement: Placement, say: Say = inEnglish): readonly Piece[] {
  const box = placement.boxes.get(one.id);
  if (!box) return [];
  const style = styleOf(one);
  const header = headerOf(one, box);
  const hint =
    one.hint === undefined
      ? ''
      : `<text class="hint" x="${num(box.x + 8)}" y="${num(box.y + 31)}">${escaped(shorten(plain(one.hint), DETAIL_SIZE, box.width - 16))}</text>`;
  const body = `${titled(`${say(kindWord(one))} ${one.label} ${one.range ?? ''}`.trim())}${rect(box, `class="box ${style}" rx="3"`)}${hasCorner(one) ? cornerOf(style, box) : ''}<text class="head h-${style}" x="${num(header.box.x)}" y="${num(box.y + 14.5)}">${escaped(header.text)}</text>${hint}`;
  return [{ layer: 'box', id: one.id, classes: '', body, corner: { x: box.x + box.width - 10, y: box.y + 10 } }];
}

function cornerOf(style: string, { x, y }: Box): string {
  const glyph = CORNERS[style];
  return glyph === undefined
    ? ''
    : `<g class="corner k-${style}" transform="translate(${num(x)} ${num(y)})"><rect width="${CORNER}" height="${CORNER}" rx="1.5"/><path d="${glyph}"/></g>`;
}

function tileOf(node: DrawnNode, placement: Placement, icons: IconSet): readonly Piece[] {
  const tile = placement.tiles.get(node.id);
  if (!tile) return [];
  const { icon, label } = tile;
  const middle = icon.x + icon.width / 2;
  const name = shorten(plain(node.label), NAME_SIZE, SLOT_WIDTH - 6);
  const detail = shorten(plain(node.detail), DETAIL_SIZE, SLOT_WIDTH - 6);
  const ring = { x: icon.x - 3, y: icon.y - 3, width: icon.width + 6, height: icon.height + 6 };
  const classes = `node ${node.category}${node.exposed ? ' exposed' : ''}`;
  const body = [
    titled(node.title || node.label),
    node.exposed ? rect(ring, 'class="ring" rx="6"') : '',
    artOf(node, icon, icons),
    `<text class="name" x="${num(middle)}" y="${num(label.y + 13.5)}">${escaped(name)}</text>`,
    detail === '' ? '' : `<text class="more" x="${num(middle)}" y="${num(label.y + 25)}">${escaped(detail)}</text>`,
  ].join('');
  return [{ layer: 'node', id: node.id, classes, body, corner: { x: icon.x + icon.width, y: icon.y } }];
}

/** The icon in the middle of its tile, which is as tall as its lines need. */
function artOf({ glyph, icon }: DrawnNode, box: Box, icons: IconSet): string {
  const [middle, centre] = [box.x + box.width / 2, box.y + box.height / 2];
  if (icons === 'official' && icon !== null) {
    const tall = box.height > ICON;
    const plate = `tile plate${tall ? ' tall' : ''}${isFilled(icon) ? '' : ' lines'}`;
    return `${rect(box, `class="${plate}" rx="4"`)}${useOf(icon, num(middle - ICON / 2), num(centre - ICON / 2), num(ICON))}`;
  }
  return `${rect(box, 'class="tile" rx="4"')}<path class="glyph" transform="translate(${num(middle - 15)} ${num(centre - 15)}) scale(1.25)" d="${GLYPHS[glyph]}"/>`;
}

const ORDER: Readonly<Record<LinkClass, number>> = { flow: 0, replication: 1, exposure: 2 };

function wayOf(one: Route): Piece {
  const body = `${titled(one.link.title)}<path class="way" d="${pathOf(one.points)}"/>${tipOf(one)}`;
  return { layer: 'way', id: one.link.id, classes: `link ${one.link.class}`, body, corner: null };
}

function pillOf({ bundle, class: kind, box, text }: Caption): Piece {
  const body = `${rect(box, 'rx="6.5"')}<text x="${num(box.x + box.width / 2)}" y="${num(box.y + 9.7)}" text-anchor="middle">${escaped(text)}</text>`;
  return { layer: 'pill', id: bundle, classes: `pill ${kind}`, body, corner: null };
}

const toward = (from: Point, to: Point, distance: number): Point => {
  const length = Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
  const part = length === 0 ? 0 : Math.min(1, distance / length);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
};
const pair = (point: Point): string => `${num(point.x)} ${num(point.y)}`;

/** Straights with rounded corners; the last ends where the arrow begins. */
function pathOf(points: readonly Point[]): string {
  const [first] = points;
  if (!first) return '';
  const parts = [`M${pair(first)}`];
  for (let i = 1; i < points.length; i++) {
    const [before, point, after] = [points[i - 1], points[i], points[i + 1]];
    if (!before || !point) continue;
    if (!after) {
      parts.push(`L${pair(toward(point, before, TIP - 1))}`);
      continue;
    }
    const half = (other: Point): number => (Math.abs(other.x - point.x) + Math.abs(other.y - point.y)) / 2;
    const radius = Math.min(RADIUS, half(before), half(after));
    parts.push(`L${pair(toward(point, before, radius))}Q${pair(point)} ${pair(toward(point, after, radius))}`);
  }
  return parts.join('');
}

function tipOf({ points }: Route): string {
  const [end, before] = [points.at(-1), points.at(-2)];
  if (!end || !before) return '';
  const base = toward(end, before, TIP);
  const [dx, dy] = before.x === end.x ? [3.5, 0] : [0, 3.5];
  return `<path class="tip" d="M${pair(end)}L${num(base.x + dx)} ${num(base.y + dy)}L${num(base.x - dx)} ${num(base.y - dy)}z"/>`;
}
