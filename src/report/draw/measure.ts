/** How wide text is. There is no browser here, so a table of an average sans-serif font, on the generous side. */

const NARROW = /[iljftrI.,:;'|!()[\] /-]/;
const WIDE = /[mwMW@%]/;
const DIGIT = /[0-9]/;
const CAPITAL = /[A-Z_#&+=<>~]/;
/** East Asian scripts and emoji take about their height. */
const FULL =
  /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\p{Extended_Pictographic}]/u;
const NOTHING = /[\p{M}\p{Cf}]/u;

const charWidth = (char: string): number => {
  if (NOTHING.test(char)) return 0;
  if (FULL.test(char)) return 1.05;
  if (NARROW.test(char)) return 0.33;
  if (WIDE.test(char)) return 0.92;
  if (DIGIT.test(char)) return 0.6;
  return CAPITAL.test(char) ? 0.68 : 0.57;
};

/** Pixels, for a font size in pixels. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width * size;
}

/** The text, cut in the middle when it is wider than `room`: names differ at both ends. */
export function shorten(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) return text;
  const chars = [...text];
  let [head, tail] = [Math.ceil(chars.length / 2), chars.length - Math.ceil(chars.length / 2)];
  while (head + tail > 1) {
    if (head > tail) head--;
    else tail--;
    const cut = `${chars.slice(0, head).join('')}…${tail > 0 ? chars.slice(-tail).join('') : ''}`;
    if (textWidth(cut, size) <= room) return cut;
  }
  return '…';
}
