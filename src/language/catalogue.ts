/** The templates of a language, found by a word of theirs that few others have. */
import { type Template, templateOf } from './template.ts';

/** English template -> the same in the language. */
export type Entries = Readonly<Record<string, string>>;

export interface Entry {
  readonly english: string;
  readonly said: string;
  readonly template: Template;
  /** Letters of the fixed parts: the more, the surer that a text was made from it. */
  readonly weight: number;
  /** Of the fixed parts; a text that lacks one was not made from it. */
  readonly words: readonly string[];
  /** Which of its values are numbers of things. */
  readonly counted: readonly number[];
}

export interface Catalogue {
  readonly exact: ReadonlyMap<string, string>;
  /** Templates that a text with these words may come from, the surest first. */
  readonly candidates: (text: string) => readonly Entry[];
}

const WORDS = /[A-Za-z]+/g;
/** What Korean puts after a number of things. */
const COUNTERS = '(?:개|가지|건|회|명|줄|초|분|시간|일)';

const countedIn = ({ values }: Template, said: string): readonly number[] =>
  values.flatMap((name, at) => (new RegExp(`\\{${name}\\}${COUNTERS}(?![가-힣]{2})`).test(said) ? [at] : []));

/** Words of the fixed parts that stand alone there: one that touches a value is no word of the finished text. */
function wordsOf({ parts }: Template): readonly string[] {
  return parts.flatMap((part, n) => {
    const inner = `${n === 0 ? ' ' : '\u0001'}${part}${n === parts.length - 1 ? ' ' : '\u0001'}`;
    return [...inner.matchAll(WORDS)].flatMap(({ 0: word, index }) =>
      inner[index - 1] === '\u0001' || inner[index + word.length] === '\u0001' ? [] : [word],
    );
  });
}

export function catalogueOf(rooms: readonly Entries[]): Catalogue {
  const exact = new Map<string, string>();
  for (const room of rooms)
    for (const [english, said] of Object.entries(room)) if (said !== '') exact.set(english, said);

  const entries = [...exact].flatMap(([english, said]): readonly Entry[] => {
    const template = templateOf(english);
    const weight = template.parts.join('').replace(/[^A-Za-z]/g, '').length;
    return template.values.length === 0
      ? []
      : [{ english, said, template, weight, words: wordsOf(template), counted: countedIn(template, said) }];
  });
  const frequency = new Map<string, number>();
  for (const { words } of entries)
    for (const word of new Set(words)) frequency.set(word, (frequency.get(word) ?? 0) + 1);

  const byWord = new Map<string, Entry[]>();
  const wordless: Entry[] = [];
  for (const entry of entries) {
    const [rarest] = [...entry.words].sort((a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0));
    if (rarest === undefined) wordless.push(entry);
    else byWord.set(rarest, [...(byWord.get(rarest) ?? []), entry]);
  }
  return {
    exact,
    candidates: (text) => {
      const words = new Set(text.match(WORDS) ?? []);
      const found = [...wordless];
      for (const word of words)
        for (const one of byWord.get(word) ?? []) if (one.words.every((other) => words.has(other))) found.push(one);
      return found.length > 1 ? found.sort(surest) : found;
    },
  };
}

const fixedLetters = ({ template }: Entry): number => template.parts.reduce((sum, part) => sum + part.trim().length, 0);

const surest = (a: Entry, b: Entry): number =>
  b.weight - a.weight ||
  fixedLetters(b) - fixedLetters(a) ||
  a.template.values.length - b.template.values.length ||
  (a.english < b.english ? -1 : a.english > b.english ? 1 : 0);
