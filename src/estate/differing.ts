/** What differs between two estates. Both are in the order of kind and id, so they are walked side by side. */
import { isBefore } from './estate.ts';
import type { Resource } from './resource.ts';

export type Pair =
  | { readonly before: Resource; readonly after: Resource }
  | { readonly before: Resource; readonly after: undefined }
  | { readonly before: undefined; readonly after: Resource };

/** What came, what went, and what is another object of the same kind and id. */
export function* differing(before: readonly Resource[], after: readonly Resource[]): Generator<Pair> {
  let at = 0;
  for (const is of after) {
    let was = before[at];
    for (; was !== undefined && was !== is && isBefore(was, is); was = before[++at])
      yield { before: was, after: undefined };
    if (was === undefined || isBefore(is, was)) yield { before: undefined, after: is };
    else {
      at += 1;
      if (was !== is) yield { before: was, after: is };
    }
  }
  for (const was of before.slice(at)) yield { before: was, after: undefined };
}
