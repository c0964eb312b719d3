/** How much English is left in a text that no catalogue knows: names, numbers and addresses are none. */
import terms from './terms.json' with { type: 'json' };

/** Words that Korean writes as English does. */
export const TERMS: ReadonlySet<string> = new Set(terms);

/** Texts that code or a person set apart: they are told as they are. */
const QUOTED = /“[^”]*”|"[^"]*"|`[^`]*`|'[^' ]*'/g;
const WORD = /^[a-z]{2,}(?:['’][a-z]+)?$/;
const FIRST = /^[A-Z][a-z]+$/;
/** Left standing, these would turn what is said into its opposite. */
const TURNS = /^(no|not|none|nobody|nothing|never|neither|nor|without|only|all|every)$/i;

/**
 * The number of English words that a reader of another language would stumble over; infinite when two of them stand together,
 * since that is a sentence and no name. `known`: whether a word is the name of something.
 */
export function leftover(text: string, known: (word: string) => boolean): number {
  if (known(text)) return 0;
  const words = text.replace(QUOTED, '0').split(/\s+/);
  let count = 0;
  let run = 0;
  for (const [n, raw] of words.entries()) {
    const word = raw.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
    if (TURNS.test(word) && !known(word)) return Number.POSITIVE_INFINITY;
    const plain = WORD.test(word) || (n === 0 && words.length > 1 && FIRST.test(word));
    if (plain && !TERMS.has(word) && !known(word)) {
      count += 1;
      run += 1;
      if (run > 1) return Number.POSITIVE_INFINITY;
    } else run = 0;
  }
  return count;
}
