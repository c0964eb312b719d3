/** The name of a box as it is written on its top edge. */
import { plain } from './escape.ts';
import { shorten, textWidth } from './measure.ts';
import type { Container } from './picture.ts';
import type { Box } from './place.ts';
import { HEADER_SIZE } from './units.ts';

const INSET = 8;

export interface Header {
  readonly text: string;
  readonly box: Box;
}

/** With its addresses where there is room for both; names are never cut in favour of them. */
export function headerOf(one: Container, box: Box): Header {
  const room = box.width - 2 * INSET;
  const whole = plain(one.range === undefined ? one.label : `${one.label} ${one.range}`);
  const text = textWidth(whole, HEADER_SIZE) <= room ? whole : shorten(plain(one.label), HEADER_SIZE, room);
  return { text, box: { x: box.x + INSET, y: box.y + 4, width: textWidth(text, HEADER_SIZE), height: 14 } };
}
