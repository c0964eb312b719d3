/** Texts of an account as literals of TypeScript: whatever is in them, they end where they should and hide nothing. */

/** Line breaks and other controls, and what an editor does not show or shows in another order. https://trojansource.codes */
const UNSEEN = /(?! )[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Zs}\p{Default_Ignorable_Code_Point}]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const visible = (text: string): string =>
  text.replace(UNSEEN, (found) => SHORT[found] ?? found.split('').map(escaped).join(''));

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** `'web'`; with double quotes where that saves backslashes. */
export function quoted(text: string): string {
  const quote = count(text, "'") > count(text, '"') ? '"' : "'";
  return `${quote}${visible(text.replace(/\\/g, '\\\\').replaceAll(quote, `\\${quote}`))}${quote}`;
}

const count = (text: string, part: string): number => text.split(part).length - 1;

/** A part of a template: between its backticks. */
export const templated = (text: string): string => visible(text.replace(/\\|`|\$(?=\{)/g, '\\$&'));

/** A text of several lines, as it stands in a file: what a person wrote as lines is read as lines. */
export const isLines = (text: string): boolean => /\n./.test(text) && !/[^\S\n ]/.test(text);

/** Such a text as a template; spaces at the end of a line would be lost on the way. */
export const lines = (text: string): string =>
  `\`${text
    .split('\n')
    .map((each) => templated(each).replace(/ +$/, (spaces) => '\\x20'.repeat(spaces.length)))
    .join('\n')}\``;

/** A text within a line comment: one line, and never the end of the comment. */
export const commented = (text: string): string => visible(text.replace(/\s+/g, ' ').trim());

/** The same within a block comment. */
export const blockCommented = (text: string): string => commented(text).replaceAll('*/', '*\\/');

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** A key of an object; `__proto__` as a plain key would set the prototype. */
export function key(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return IDENTIFIER.test(name) ? name : quoted(name);
}
