/** A laid-out picture as one SVG text. No script, no font, no file beside it. */
import { captionsOf, surroundingsOf } from './captions.ts';
import { escaped } from './escape.ts';
import { type Frame, frameOf } from './frame.ts';
import { headerOf } from './header.ts';
import { type IconSet, symbolsOf } from './icons/icons.ts';
import { badge, type Marks } from './marks.ts';
import type { Picture } from './picture.ts';
import { drawing, markup } from './pieces.ts';
import type { Box, Placement } from './place.ts';
import type { Routing } from './route.ts';
import { inEnglish, type Say } from './spoken.ts';

/** The edges of boxes that carry a name: no caption may cover them. */
export function headersOf({ containers }: Pick<Picture, 'containers'>, placement: Placement): readonly Box[] {
  return containers.flatMap((one) => {
    const box = placement.boxes.get(one.id);
    return box ? [headerOf(one, box).box] : [];
  });
}

export interface RenderOptions {
  /** What a step does, to be marked. */
  readonly marks?: Marks | undefined;
  /** `official` when left out. */
  readonly icons?: IconSet | undefined;
}

export function render(
  picture: Picture,
  placement: Placement,
  routing: Routing,
  { marks, icons = 'official' }: RenderOptions = {},
): string {
  const notes = [...picture.notes, ...unroutedNote(routing.unrouted.length, picture.say)];
  const captions = captionsOf(routing.routes, surroundingsOf(placement, headersOf(picture, placement), routing.routes));
  const frame: Frame = {
    title: picture.title,
    subtitle: picture.subtitle,
    notes,
    marked: marks !== undefined,
    say: picture.say,
  };
  const { before, after } = frameOf(frame, placement, picture.links);
  const parts = [
    `<title id="up-title">${escaped(picture.title)}</title>`,
    `<desc id="up-desc">${escaped(description(picture))}</desc>`,
    ...before,
    iconsOf(picture.nodes, icons),
    ...drawing(placement, icons, picture.say)(picture, routing.routes, captions).map((piece) => {
      const mark = marks?.get(`${piece.layer} ${piece.id}`);
      return mark
        ? markup({ ...piece, classes: `${piece.classes} ${mark}`.trim() }, '', badge(piece.corner))
        : markup(piece);
    }),
    ...after,
  ];
  return frameOf(frame, placement, picture.links).whole('role="img" aria-labelledby="up-title up-desc"', parts);
}

/** The symbols that tiles refer to. */
export const iconsOf = (nodes: Picture['nodes'], icons: IconSet): string =>
  icons === 'plain' ? '' : symbolsOf(nodes.flatMap(({ icon }) => icon ?? []));

export const unroutedNote = (count: number, say: Say = inEnglish): readonly string[] =>
  count > 0 ? [say(`${count} connections found no room and are not drawn.`)] : [];

function description(picture: Picture): string {
  const names = new Map(picture.nodes.map((node) => [node.id, node.label]));
  const open = picture.nodes.filter((node) => node.exposed).map((node) => node.label);
  const say = picture.say ?? inEnglish;
  const told = (one: Picture['links'][number]): string =>
    one.label === ''
      ? `${names.get(one.from) ?? ''} to ${names.get(one.to) ?? ''}`
      : `${names.get(one.from) ?? ''} to ${names.get(one.to) ?? ''} on ${one.label}`;
  const links = picture.links.slice(0, 60).map((one) => say(told(one)));
  const more = picture.links.length - links.length;
  return [
    `${picture.subtitle}.`,
    open.length > 0 ? say(`Open to the internet, and no known flow needs it: ${open.join(', ')}.`) : '',
    ...picture.notes,
    `${say('Connections:')} ${links.join('; ')}${more > 0 ? say(`; and ${more} more`) : ''}.`,
  ].join(' ');
}
