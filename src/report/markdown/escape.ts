/** Names of an account in Markdown: they format nothing, link nothing, call nobody. */
import { plain } from '../draw/escape.ts';

/** One line of text. A mention or an issue's number is broken by a comment that is not seen. */
export const words = (text: string): string =>
  plain(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]{}|~]/g, (char) => `\\${char}`)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/([@#])(?=\w)/g, '$1<!-- -->')
    .replace(/(https?):\/\//g, '$1<!-- -->://');

/** Lines of code, in a fence longer than any that they hold. */
export function fence(lines: readonly string[], language: string): readonly string[] {
  const text = lines.map(plain);
  const longest = Math.max(2, ...text.flatMap((line) => [...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
  const mark = '`'.repeat(longest + 1);
  return [`${mark}${language}`, ...text, mark, ''];
}
