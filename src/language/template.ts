/** Templates: fixed parts with values between them. `{0}` and `{name}` are values. */
import { chosen } from './particles.ts';

export interface Template {
  /** One more than `values`. */
  readonly parts: readonly string[];
  readonly values: readonly string[];
}

const VALUE = /\{(\w+)\}/g;
/** In a translation `{0!}` is the value as it was said, not translated: an option's value, a setting. */
const FILLED = /\{(\w+!?)\}/g;

export function templateOf(text: string): Template {
  const pieces = text.split(VALUE);
  return {
    parts: pieces.filter((_, n) => n % 2 === 0),
    values: pieces.filter((_, n) => n % 2 === 1),
  };
}

/** A value that is not given is left out. */
export const filled = (template: string, values: Readonly<Record<string, string | number>>): string =>
  chosen(template.replace(FILLED, (_, name: string) => String(values[name] ?? values[name.replace('!', '')] ?? '')));

/** How a catalogue writes a text: no blanks at the ends, single ones within. */
export const keyOf = (text: string): string => text.replace(/\s+/g, ' ').trim();
