/**
 * A result with the sentences for people in another language; ids, kinds, verdict words and the schema stay. Which fields hold
 * sentences is told by their names; parts that quote the account or the user are left alone.
 */
import type { Translator } from './translator.ts';

const SENTENCES: ReadonlySet<string> = new Set([
  ...['claim', 'detail', 'message', 'because', 'change', 'what', 'why', 'title', 'how', 'until', 'check', 'reason'],
  ...['says', 'for', 'learned', 'evidence', 'missing', 'assumptions', 'waits', 'sound', 'today', 'restored', 'note'],
]);
/** What an account holds, and what a person wrote. */
const QUOTED: ReadonlySet<string> = new Set([
  ...[
    'edits',
    'effects',
    'parameters',
    'preferences',
    'properties',
    'outputs',
    'policyDocument',
    'document',
    'ignores',
  ],
  ...['ignored', 'accepted', 'source', 'provenance', 'price', 'resources', 'resource'],
]);
/** Whose last part is the name of a thing. */
const IDENTIFIES: ReadonlySet<string> = new Set(['id', 'subject', 'resource', 'principal', 'holder', 'policy']);
const NAMES: ReadonlySet<string> = new Set(['name', 'reason', 'id']);

export function translated<T>(result: T, translator: Translator): T {
  if (translator.tag === 'en') return result;
  translator.knows(namesIn(result));
  return walk(result, '', translator.text) as T;
}

/** Every sentence of a result, each once. */
export function sentencesIn(result: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  walk(result, '', (english) => {
    found.add(english);
    return english;
  });
  return found;
}

function walk(value: unknown, field: string, say: (english: string) => string): unknown {
  if (typeof value === 'string') return SENTENCES.has(field) ? say(value) : value;
  if (Array.isArray(value)) return value.map((one) => walk(one, field, say));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, QUOTED.has(name) ? one : walk(one, name, say)]),
  );
}

/** Names of things, and what the team wrote: they are told as they are, wherever they stand in a sentence. */
export function namesIn(result: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (value: unknown, field: string, quoted: boolean): void => {
    if (typeof value === 'string') {
      if (field === 'name' || (quoted && NAMES.has(field))) names.add(value);
      else if (IDENTIFIES.has(field) || value.startsWith('arn:')) names.add(value.split(/[:/]/).at(-1) ?? value);
    } else if (Array.isArray(value)) for (const one of value) collect(one, field, quoted);
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value))
        collect(one, name, quoted || name === 'preferences' || name === 'ignores' || name === 'ignored');
  };
  collect(result, '', false);
  return names;
}
