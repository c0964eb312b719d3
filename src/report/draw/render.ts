/** A laid-out picture as one SVG text. No script, no font, no file beside it. */
import { captionsOf } from './captions.ts';
import { escaped, plain } from './escape.ts';
import { GLYPHS } from './glyphs.ts';
import { headerOf } from './header.ts';
import { shorten, textWidth } from './measure.ts';
import type { Container, DrawnNode, LinkClass, Picture } from './picture.ts';
import type { Box, Placement } from './place.ts';
import type { Point, Route, Routing } from './route.ts';
import { STYLE } from './style.ts';
import { SLOT_WIDTH } from './units.ts';

const MARGIN = 20;
const RADIUS = 5;
const TIP = 7;
const TITLE_HEIGHT = 34;

const num = (value: number): string => String(Math.round(value * 10) / 10);
const rect = (box: Box, attributes: string): string =>
  `<rect x="${num(box.x)}" y="${num(box.y)}" width="${num(box.width)}" height="${num(box.height)}" ${attributes}/>`;
const titled = (text: string): string => (text === '' ? '' : `<title>${escaped(text)}</title>`);

export function render(picture: Picture, placement: Placement, routing: Routing): string {
  const legend = legendOf(picture);
  const notes = [
    ...picture.notes,
    ...(routing.unrouted.length > 0 ? [`${routing.unrouted.length} connections found no room and are not drawn.`] : []),
  ];
  const width = Math.max(placement.width + 2 * MARGIN, 480);
  const bottom = TITLE_HEIGHT + placement.height;
  const height = bottom + 24 + notes.length * 16 + MARGIN;
  const headers = picture.containers.flatMap((one) => {
    const box = placement.boxes.get(one.id);
    return box ? [headerOf(one, box).box] : [];
  });
  const captions = captionsOf(routing.routes, placement, headers);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="up" viewBox="0 0 ${num(width)} ${num(height)}" width="${num(width)}" height="${num(height)}" role="img" aria-labelledby="up-title up-desc">`,
    `<title id="up-title">${escaped(picture.title)}</title>`,
    `<desc id="up-desc">${escaped(description(picture))}</desc>`,
    `<style>${STYLE}</style>`,
    rect({ x: 0, y: 0, width, height }, 'class="page"'),
    `<text class="title" x="${MARGIN}" y="32">${escaped(shorten(plain(picture.title), 17, width / 2))}</text>`,
    `<text class="sub" x="${num(width - MARGIN)}" y="32" text-anchor="end">${escaped(shorten(plain(picture.subtitle), 11.5, width / 2 - 2 * MARGIN))}</text>`,
    `<g transform="translate(${MARGIN} ${TITLE_HEIGHT})">`,
    ...picture.containers.map((one) => boxOf(one, placement)),
    ...picture.nodes.map((one) => tileOf(one, placement)),
    ...waysOf(routing),
    ...captions.map(
      (one) =>
        `<g class="pill ${one.class}">${rect(one.box, 'rx="6.5"')}<text x="${num(one.box.x + one.box.width / 2)}" y="${num(one.box.y + 9.7)}" text-anchor="middle">${escaped(one.text)}</text></g>`,
    ),
    '</g>',
    `<g transform="translate(${MARGIN} ${num(bottom + 18)})">${legend}</g>`,
    ...notes.map(
      (note, i) => `<text class="note" x="${MARGIN}" y="${num(bottom + 42 + i * 16)}">${escaped(note)}</text>`,
    ),
    '</svg>\n',
  ];
  return parts.join('\n');
}

/** What somebody who cannot see it should hear. */
function description(picture: Picture): string {
  const names = new Map(picture.nodes.map((node) => [node.id, node.label]));
  const open = picture.nodes.filter((node) => node.exposed).map((node) => node.label);
  const say = (one: Picture['links'][number]): string =>
    `${names.get(one.from) ?? ''} to ${names.get(one.to) ?? ''}${one.label === '' ? '' : ` on ${one.label}`}`;
  const links = picture.links.slice(0, 60).map(say);
  const more = picture.links.length - links.length;
  return [
    `${picture.subtitle}.`,
    open.length > 0 ? `Open to the internet, and no known flow needs it: ${open.join(', ')}.` : '',
    ...picture.notes,
    `Connections: ${links.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
  ].join(' ');
}

const styleOf = (one: Container): string =>
  one.kind !== 'subnet' ? one.kind : one.public === undefined ? 'unknown' : one.public ? 'public' : 'private';

const kindWord = (one: Container): string =>
  one.kind === 'subnet' && one.public !== undefined ? `${one.public ? 'public' : 'private'} subnet` : one.kind;

function boxOf(one: Container, placement: Placement): string {
  const box = placement.boxes.get(one.id);
  if (!box) return '';
  const style = styleOf(one);
  const { text } = headerOf(one, box);
  const hint =
    one.hint === undefined
      ? ''
      : `<text class="hint" x="${num(box.x + 8)}" y="${num(box.y + 31)}">${escaped(shorten(plain(one.hint), 9.5, box.width - 16))}</text>`;
  return `<g>${titled(`${kindWord(one)} ${one.label} ${one.range ?? ''}`.trim())}${rect(box, `class="box ${style}" rx="3"`)}<text class="head h-${style}" x="${num(box.x + 8)}" y="${num(box.y + 14.5)}">${escaped(text)}</text>${hint}</g>`;
}

function tileOf(node: DrawnNode, placement: Placement): string {
  const tile = placement.tiles.get(node.id);
  if (!tile) return '';
  const { icon, label } = tile;
  const middle = icon.x + icon.width / 2;
  const name = shorten(plain(node.label), 11, SLOT_WIDTH - 6);
  const detail = shorten(plain(node.detail), 9.5, SLOT_WIDTH - 6);
  const ring = { x: icon.x - 3, y: icon.y - 3, width: icon.width + 6, height: icon.height + 6 };
  return [
    `<g class="node ${node.category}${node.exposed ? ' exposed' : ''}">`,
    titled(node.title || node.label),
    node.exposed ? rect(ring, 'class="ring" rx="6"') : '',
    rect(icon, 'class="tile" rx="4"'),
    `<path class="glyph" transform="translate(${num(middle - 15)} ${num(icon.y + icon.height / 2 - 15)}) scale(1.25)" d="${GLYPHS[node.glyph]}"/>`,
    `<text class="name" x="${num(middle)}" y="${num(label.y + 13)}">${escaped(name)}</text>`,
    detail === '' ? '' : `<text class="more" x="${num(middle)}" y="${num(label.y + 24)}">${escaped(detail)}</text>`,
    '</g>',
  ].join('');
}

const ORDER: Readonly<Record<LinkClass, number>> = { flow: 0, replication: 1, exposure: 2 };

function waysOf(routing: Routing): readonly string[] {
  const sorted = [...routing.routes].sort((a, b) => ORDER[a.link.class] - ORDER[b.link.class]);
  return sorted.map((one) => {
    const says = `${one.link.title}`;
    return `<g class="link ${one.link.class}">${titled(says)}<path class="way" d="${pathOf(one.points)}"/>${tipOf(one)}</g>`;
  });
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

const LEGEND: readonly { readonly class: LinkClass; readonly text: string }[] = [
  { class: 'flow', text: 'a connection that must work, with its port' },
  { class: 'exposure', text: 'open to the internet, and no known flow needs it' },
  { class: 'replication', text: 'copies of data' },
];

function legendOf(picture: Picture): string {
  let x = 0;
  return LEGEND.filter(({ class: kind }) => picture.links.some((link) => link.class === kind))
    .map(({ class: kind, text }) => {
      const at = x;
      x += 44 + textWidth(text, 11.5) + 18;
      return `<g class="${kind}"><path class="way" d="M${at} -4h24"/><path class="tip" d="M${at + 31} -4l-7 3.5v-7z"/></g><text class="note" x="${num(at + 38)}" y="0">${text}</text>`;
    })
    .join('');
}
