/** The sizes that everything is made of, in pixels. */

/** Distance of two lines. Everything stands at multiples of it, and horizontal lines run half-way between. */
export const TRACK = 7;
export const ICON = 6 * TRACK;
export const LABEL_HEIGHT = 4 * TRACK;
export const SLOT_WIDTH = 18 * TRACK;
export const HEADER = 3 * TRACK;
export const GAP = 2 * TRACK;
/** The sign in the corner of a VPC or subnet. */
export const CORNER = 13;
/** Font sizes: of the names of things, of the quieter line below, of the names of boxes. */
export const NAME_SIZE = 12;
export const DETAIL_SIZE = 10;
export const HEADER_SIZE = 10.5;
