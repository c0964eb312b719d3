/** What an adopter can not do without. */
import type { Unadopted, Whole } from './adopter.ts';
import { managerOf, type Tagged } from './tags.ts';

export type Known<T> = { readonly [Key in keyof T]: Exclude<T[Key], undefined> };

/** Whether AWS told all of these. */
export const isKnown = <T extends object>(read: T): read is T & Known<T> =>
  Object.values(read).every((value) => value !== undefined);

/** Which of these arguments an operation did not tell, as a sentence. */
export function untold(operation: string, read: object): string {
  const missing = Object.entries(read).flatMap(([name, value]) => (value === undefined ? [name] : []));
  return `${operation} did not tell ${missing.join(', ')}`;
}

export const refused = (type: string, of: Whole, because: string): Unadopted => ({
  state: 'unadopted',
  type,
  of,
  because,
});

/** A refusal of what somebody else manages; undefined when nobody does. */
export function managed(type: string, of: Whole, { tags }: Pick<Tagged, 'tags'>): Unadopted | undefined {
  const manager = managerOf(tags);
  return manager === undefined ? undefined : refused(type, of, `${manager} manages it`);
}
