/** Plain text for terminals: width, wrapping, colour, and names that cannot play tricks. */
import { styleText } from 'node:util';
import { namesIn } from '../../language/results.ts';
import type { Translator } from '../../language/translator.ts';

export interface Page {
  /** Columns to fill; 80 unless told. */
  readonly width: number;
  readonly colour: boolean;
  /** False where the terminal cannot show more than ASCII. */
  readonly unicode: boolean;
  /** English when left out. */
  readonly language?: Translator;
}

/** Names that a result holds are told as they are. */
export function naming(page: Page, result: unknown): void {
  if (page.language && page.language.tag !== 'en') page.language.knows(namesIn(result));
}

/** What the page says of its own, in its language. */
export const said = (page: Page, english: string): string => page.language?.text(english) ?? english;

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'cyan' | 'green' | 'underline';

/** Columns of a terminal: what East Asian writing puts into one square takes two. https://www.unicode.org/reports/tr11/ */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;
export const columns = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);

export const padEnd = (text: string, width: number): string =>
  `${text}${' '.repeat(Math.max(0, width - columns(text)))}`;

export const heading = (page: Page, english: string): string => paint(page, 'bold', said(page, english));

export const paint = (page: Page, style: Style, text: string): string =>
  page.colour ? styleText(style, text, { validateStream: false }) : text;

/**
 * Names come from the account and may hold anything: control characters (terminal escape sequences) and
 * direction overrides become visible marks, and what a runner of GitHub Actions would take for a command at the
 * beginning of a line (`::stop-commands::`, or `##[` anywhere) is broken apart.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export const harmless = (text: string): string =>
  text
    .replace(UNSEEN, '\ufffd')
    .replace(/(?<!\S)::(?=[a-z])/gi, ': :')
    .replaceAll('##[', '# #[');

const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Breaks text at spaces into lines of at most `width`; a longer word (an ARN) stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines;
}

/** Wrapped text whose first line follows `head` and whose other lines stand under it; both in the page's language. */
export function hanging(page: Page, head: string, text: string, indent = head.length): readonly string[] {
  const bare = said(page, head).trimEnd();
  const label = padEnd(bare, Math.max(head.length, columns(bare) + (head.endsWith(' ') && bare !== '' ? 1 : 0)));
  const under = indent === head.length ? columns(label) : indent;
  const [first = '', ...rest] = wrap(harmless(said(page, text)), Math.max(24, page.width - under));
  return [`${label}${first}`, ...rest.map((line) => `${' '.repeat(under)}${line}`)];
}

/** Cuts the middle out of a long name, so that both its ends can be told. */
export const short = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.ceil(width / 2) - 1)}…${text.slice(-Math.floor(width / 2))}`;

const PLAIN: Readonly<Record<string, string>> = {
  '→': '->',
  '…': '...',
  '·': '-',
  '–': '-',
  '—': '-',
  '×': 'x',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
};

/** For terminals that show nothing but ASCII: the nearest there is. */
export const ascii = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all but ASCII
  text.replace(/[^\u0000-\u007f]/gu, (character) => PLAIN[character] ?? '?');

/** `a, b and 3 more` */
export function few(names: readonly string[], most = 3): string {
  if (names.length <= most)
    return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
}

export const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
