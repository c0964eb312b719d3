/**
 * Says finished English texts in another language. A text is looked up as it is, then as the work of a template (its values are
 * translated in turn), then sentence by sentence and clause by clause. It is translated wholly or not at all.
 */
import { type Catalogue, catalogueOf, type Entries, type Entry } from './catalogue.ts';
import { ways } from './match.ts';
import { leftover } from './prose.ts';
import { filled, keyOf, type Template } from './template.ts';

/** BCP 47. */
export type LanguageTag = 'en' | 'ko';

export interface Translator {
  readonly tag: LanguageTag;
  /** A finished text; the English itself where the language does not have it. */
  readonly text: (english: string) => string;
  /** A template before it is filled, such as `{n} findings`; its values keep their names. */
  readonly template: (english: string) => string;
  /** Names of things in the account: they are told as they are, however English they look. */
  readonly knows: (names: Iterable<string>) => void;
  /** Texts that had to stay English, each once, in the order they came. */
  readonly misses: () => readonly string[];
}

export const ENGLISH: Translator = {
  tag: 'en',
  text: (english) => english,
  template: (english) => english,
  knows: () => {},
  misses: () => [],
};

interface Said {
  readonly text: string;
  /** English words that are left in it; infinite: not translated. */
  readonly left: number;
}

const NOT: Said = { text: '', left: Number.POSITIVE_INFINITY };
const SENTENCE_END = /(?<=[.!?]["”)]?)\s+(?=\S)/;
/** More than a sentence: hardly ever the value of one. */
const LONG = /(?<=[.!?]["”)]?)\s+(?=\S)|; /;
/** Longer texts are only cut into sentences. */
const MOST_LETTERS = 2_000;
/** Letters of a template that make up for one English word left in a value. */
const SURENESS = 12;
/** Templates with fewer letters, such as `{0} of {1}`, fit nearly everything. */
const LOOSE = 7;
const MOST_REMEMBERED = 200_000;

export function translatorOf(tag: LanguageTag, rooms: readonly Entries[]): Translator {
  const catalogue = catalogueOf(rooms);
  const names = new Set<string>();
  const misses = new Set<string>();
  const memory = new Map<string, Said>();
  const say = (text: string): Said => {
    const before = memory.get(text);
    if (before) return before;
    if (memory.size > MOST_REMEMBERED) memory.clear();
    const said = sayAnew(text, catalogue, (word) => names.has(word), say);
    memory.set(text, said);
    return said;
  };
  return {
    tag,
    text: (english) => {
      const said = say(english);
      if (said.left < Number.POSITIVE_INFINITY) return said.text;
      misses.add(english);
      return english;
    },
    template: (english) => {
      const said = catalogue.exact.get(keyOf(english));
      if (said === undefined) misses.add(english);
      return said ?? english;
    },
    knows: (more) => {
      const size = names.size;
      for (const name of more) names.add(name);
      if (names.size > size) memory.clear();
    },
    misses: () => [...misses],
  };
}

type Say = (text: string) => Said;
type Known = (word: string) => boolean;

function sayAnew(whole: string, catalogue: Catalogue, known: Known, say: Say): Said {
  const text = keyOf(whole);
  if (text === '' || known(text)) return { text: whole, left: 0 };
  const [lead = '', tail = ''] = [/^\s*/.exec(whole)?.[0], /\s*$/.exec(whole)?.[0]];
  const said = sayTrimmed(text, catalogue, known, say);
  return said === NOT ? NOT : { text: `${lead}${said.text}${tail}`, left: said.left };
}

function sayTrimmed(text: string, catalogue: Catalogue, known: Known, say: Say): Said {
  const exact = exactly(text, catalogue);
  if (exact !== NOT) return exact;
  if (!text.includes(' ')) return { text, left: leftover(text, known) };
  const long = LONG.test(text);
  const sources = text.length > MOST_LETTERS ? [] : sourcesOf(text, catalogue);
  const [tight, loose] = long
    ? [sources.filter((one) => !one.values.some(isLong)), sources.filter((one) => one.values.some(isLong))]
    : [sources, []];
  return best([
    () => bySource(tight, say),
    () => (long ? bySentence(text, say) : NOT),
    () => byClause(text, say, JOINTS.slice(0, STRONG)),
    () => bySource(loose, say),
    () => byClause(text, say, JOINTS.slice(STRONG)),
    () => byKind(text, catalogue, known),
    () => inOtherCase(text, catalogue, say),
    () => ({ text, left: leftover(text, known) }),
  ]);
}

const isLong = (value: string): boolean => LONG.test(value);

/** The first that leaves no English at all, else the one that leaves least. */
function best(tries: readonly (() => Said)[]): Said {
  let least = NOT;
  for (const attempt of tries) {
    const said = attempt();
    if (said.left === 0) return said;
    if (said.left < least.left) least = said;
  }
  return least;
}

/** As it stands, or with a final stop that the code put on or took off. */
function exactly(text: string, { exact }: Catalogue): Said {
  const found = exact.get(text);
  if (found !== undefined) return { text: found, left: 0 };
  const stopped = text.endsWith('.') ? exact.get(text.slice(0, -1)) : exact.get(`${text}.`);
  if (stopped === undefined) return NOT;
  return { text: text.endsWith('.') ? `${stopped}.` : stopped.replace(/\.$/, ''), left: 0 };
}

/** A template that the text may have been made from, and what it must have been given. */
interface Source {
  readonly entry: Entry;
  readonly values: readonly string[];
  /** Whether the code put a final stop on, or took it off. */
  readonly stop: 'kept' | 'added' | 'dropped';
}

function sourcesOf(text: string, catalogue: Catalogue): readonly Source[] {
  const candidates = catalogue.candidates(text);
  const of = (asked: string, stop: Source['stop']): readonly Source[] =>
    candidates.flatMap((entry) =>
      ways(entry.template, asked).flatMap((values) =>
        whole(values, entry.weight) && counts(entry, values) ? [{ entry, values, stop }] : [],
      ),
    );
  return text.endsWith('.')
    ? [...of(text, 'kept'), ...of(text.slice(0, -1), 'added')]
    : [...of(text, 'kept'), ...of(`${text}.`, 'dropped')];
}

/** What stands in quotation marks is a name. */
const isQuoted = ({ parts }: Template, n: number): boolean =>
  /[“"`]$/.test(parts[n] ?? '') && /^[”"`]/.test(parts[n + 1] ?? '');

function bySource(sources: readonly Source[], say: Say): Said {
  let least = NOT;
  for (const { entry, values, stop } of sources) {
    const told: Said[] = [];
    let left = 0;
    for (const [n, value] of values.entries()) {
      const one = isQuoted(entry.template, n) ? { text: value, left: 0 } : say(value);
      told.push(one);
      left += one.left;
      if (left >= least.left || left * SURENESS > entry.weight) break;
    }
    if (told.length < values.length || left >= least.left || left * SURENESS > entry.weight) continue;
    const given = entry.template.values.flatMap((name, n) => [
      [name, told[n]?.text ?? ''],
      [`${name}!`, values[n] ?? ''],
    ]);
    const made = filled(entry.said, Object.fromEntries(given)).replace(/ {2,}/g, ' ').trim();
    least = { text: stop === 'kept' ? made : stop === 'added' ? `${made}.` : made.replace(/\.$/, ''), left };
    if (left === 0) return least;
  }
  return least;
}

/** `{0}개` counts: what stands there has to be a number. */
const counts = ({ counted }: Entry, values: readonly string[]): boolean =>
  counted.every((at) => /^[\d.,]+$/.test(values[at] ?? ''));

/** Whether the values look like values: none takes a stop along, and templates that fit nearly everything hold no lists apart. */
const whole = (values: readonly string[], weight: number): boolean =>
  !values.some(
    (value) => /^\S+[.]$|[,;:]$| · /.test(value) || (values.length > 1 && weight < LOOSE && /[,;:] | and /.test(value)),
  );

/** The longest runs of sentences that are known together, one after the other. */
function bySentence(text: string, say: Say): Said {
  const sentences = text.split(SENTENCE_END);
  if (sentences.length < 2) return NOT;
  const told: string[] = [];
  let left = 0;
  for (let at = 0; at < sentences.length; ) {
    let end = sentences.length;
    let said = NOT;
    for (; end > at; end -= 1) {
      if (at === 0 && end === sentences.length) continue;
      said = say(sentences.slice(at, end).join(' '));
      if (said.left < Number.POSITIVE_INFINITY) break;
    }
    if (end === at) return NOT;
    told.push(said.text);
    left += said.left;
    at = end;
  }
  return { text: told.join(' '), left };
}

/** Marks by which code joins what it says, and what Korean writes there. */
const JOINTS: readonly { readonly by: RegExp; readonly with: string | undefined }[] = [
  { by: /; /g, with: '; ' },
  { by: /: /g, with: ': ' },
  { by: / \((?=.*\)[.:]?$)/g, with: ' (' },
  { by: /, and /g, with: ', ' },
  { by: /, /g, with: ', ' },
  { by: / and /g, with: ', ' },
  { by: / nor by /g, with: ', ' },
  { by: / (?:→|>|·|->|=>) /g, with: undefined },
  { by: / or /g, with: ' 또는 ' },
];
/** How many of them part what no template holds together. */
const STRONG = 1;
const MOST_JOINTS = 12;

/** Code that joins sentences writes the first letter small or large. */
function inOtherCase(text: string, catalogue: Catalogue, say: Say): Said {
  const [first = ''] = text;
  const other = first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase();
  if (!/^[A-Za-z][a-z]*[ ']/.test(text)) return NOT;
  const turned = `${other}${text.slice(1)}`;
  const exact = exactly(turned, catalogue);
  return exact === NOT ? bySource(sourcesOf(turned, catalogue), say) : exact;
}

/** `12 files unreadable`; `load balancer shop-prod`: what it is, then its name; the order is the same in Korean. */
function byKind(text: string, { exact }: Catalogue, known: Known): Said {
  const [, number, what = ''] = /^(\d+) (.+)$/.exec(text) ?? [];
  const things = exact.get(what);
  if (number !== undefined && things !== undefined) return { text: `${things} ${number}개`, left: 0 };
  for (let at = text.lastIndexOf(' '); at > 0; at = text.lastIndexOf(' ', at - 1)) {
    const kind = exact.get(text.slice(0, at));
    const name = text.slice(at + 1);
    if (kind !== undefined) return { text: `${kind} ${name}`, left: leftover(name, known) };
  }
  return NOT;
}

/** Two halves that are known each on its own; the halves may be cut again. */
function byClause(text: string, say: Say, joints: typeof JOINTS): Said {
  if (text.length > MOST_LETTERS) return NOT;
  return best(
    joints.flatMap(({ by, with: joint }) =>
      [...text.matchAll(by)].slice(0, MOST_JOINTS).flatMap(({ 0: mark, index }) => [
        () => halves(text, index, mark, joint ?? mark, say),
        // An addition that a catalogue holds with its mark: `, who is an administrator`.
        () => halves(text, index, '', '', say),
      ]),
    ),
  );
}

function halves(text: string, at: number, mark: string, joint: string, say: Say): Said {
  const closing = mark === ' (' ? (/\)[.:]?$/.exec(text)?.[0] ?? '') : '';
  const one = say(text.slice(0, at));
  if (one.left === Number.POSITIVE_INFINITY || at === 0) return NOT;
  const other = say(text.slice(at + mark.length, text.length - closing.length));
  return { text: `${one.text}${joint}${other.text}${closing}`, left: one.left + other.left };
}
