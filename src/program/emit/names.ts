/** Variables from the account's own names: `legacy-prod-mysql` is `legacyProdMysql`. */
import type { Thing } from './journey.ts';

/** Words that no variable may be called, and those that every file of the program has in use. */
const TAKEN: ReadonlySet<string> = new Set(
  (
    'abstract any arguments as async await boolean break case catch class const constructor continue debugger declare default delete do else ' +
    'enum eval export extends false finally for from function get if implements import in infer instanceof interface is keyof let module ' +
    'namespace never new null number object of package private protected public readonly require return satisfies set static string super ' +
    'switch symbol this throw true try type typeof undefined unique unknown using var void while with yield ' +
    'adopted aws config Buffer JSON NaN Infinity globalThis now process pulumi steps exports module __dirname __filename'
  ).split(' '),
);

/** The variable of each thing; unique in the whole program, so that a name means one thing in every file. */
export function variablesOf(things: readonly Thing[]): ReadonlyMap<Thing, string> {
  const plain = new Map(things.map((thing) => [thing, camel(thing.name)]));
  const counts = new Map<string, number>();
  for (const name of plain.values()) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  const taken = new Set<string>(TAKEN);
  const named = new Map<Thing, string>();
  for (const [thing, name] of plain) {
    const alone = counts.get(name.toLowerCase()) === 1 && /^[a-z]/.test(name) && !TAKEN.has(name);
    const wish = alone ? name : withNoun(name, nounOf(thing.type));
    let one = wish;
    for (let n = 2; taken.has(one); n++) one = `${wish}${n}`;
    taken.add(one);
    named.set(thing, one);
  }
  return named;
}

/** `aws:lb/targetGroup:TargetGroup` -> `TargetGroup`. */
const nounOf = (type: string): string => (type.split(':').at(-1) ?? '').replace(/[^A-Za-z0-9]/g, '') || 'Resource';

function withNoun(name: string, noun: string): string {
  if (name === '') return lowered(noun);
  if (!/^[a-z]/.test(name)) return `${lowered(noun)}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return name.toLowerCase().endsWith(noun.toLowerCase()) ? name : `${name}${noun}`;
}

const lowered = (word: string): string => `${word.charAt(0).toLowerCase()}${word.slice(1)}`;

/** Letters and digits only: `Shop prod/MySQL` -> `shopProdMySQL`; empty where there are none. */
export function camel(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words
    .map((word, n) => (n === 0 ? firstWord(word) : `${word.charAt(0).toUpperCase()}${word.slice(1)}`))
    .join('');
}

/** `AWS` -> `aws`, `MyApp` -> `myApp`. */
const firstWord = (word: string): string => (/^[A-Z0-9]+$/.test(word) ? word.toLowerCase() : lowered(word));
