/** The name of a box as it is written on its top edge. */
import { plain } from './escape.ts';
import { shorten, textWidth } from './measure.ts';
import type { Container } from './picture.ts';
import type { Box } from './place.ts';
import { CORNER, HEADER_SIZE } from './units.ts';

const INSET = 8;
/** Beside the sign in the corner there is room for the addresses of most subnets, if only just. */
const BESIDE = { left: CORNER + 3, right: 2 };

export interface Header {
  readonly text: string;
  readonly box: Box;
}

/** Whether it bears a sign in its corner. */
export const hasCorner = (one: Container): boolean =>
  one.kind === 'vpc' || (one.kind === 'subnet' && one.public !== undefined);

/** With its addresses where there is room for both; names are never cut in favour of them. */
export function headerOf(one: Container, box: Box): Header {
  const [left, right] = hasCorner(one) ? [BESIDE.left, BESIDE.right] : [INSET, INSET];
  const room = box.width - left - right;
  const whole = plain(one.range === undefined ? one.label : `${one.label} ${one.range}`);
  const text = textWidth(whole, HEADER_SIZE) <= room ? whole : shorten(plain(one.label), HEADER_SIZE, room);
  return { text, box: { x: box.x + left, y: box.y + 4, width: textWidth(text, HEADER_SIZE), height: 14 } };
}
