/** Markup that cannot be broken by what stands in it: every value is escaped unless it is markup itself. */
import { escaped } from '../draw/escape.ts';

export interface Markup {
  readonly markup: string;
}

export type Part = Markup | string | number | undefined | null | false | readonly Part[];

/** Trusts the text: only for what this program has made and escaped. */
export const raw = (text: string): Markup => ({ markup: text });

export function textOf(part: Part): string {
  if (part === undefined || part === null || part === false) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(textOf).join('');
}

/** Values go between elements or into quoted attributes; nowhere else. */
export function html(parts: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return raw(parts.map((text, n) => `${text}${textOf(values[n])}`).join(''));
}

/** A link to a page; what is no https address stays text. */
export const link = (url: string, text: string = url): Markup =>
  /^https:\/\/[\w.-]+(?:\/|$)/.test(url) ? html`<a href="${url}" rel="noreferrer">${text}</a>` : html`${text}`;

/** JSON for a script element: nothing in it can end the element or start a comment. */
export const json = (value: unknown): Markup =>
  raw(
    JSON.stringify(value).replace(
      /[<>&\u2028\u2029]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
