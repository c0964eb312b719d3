import type { AccountId, Id, RegionName } from '../ids.ts';
import type { Kind } from '../resource.ts';
import type { Source } from '../source.ts';

/**
 * What every resource has. The convention of all kinds:
 * - a property that is `undefined` is **unknown**: the input did not tell;
 * - `null`, `false` or an empty list is **known to be absent**.
 * A verdict may rest on the second, never on the first.
 */
export interface Base<K extends Kind> {
  readonly kind: K;
  readonly id: Id<K>;
  /** The name people use: the Name tag, else AWS's own name, else the id. */
  readonly name: string;
  readonly arn?: string;
  readonly account: AccountId;
  readonly region: RegionName;
  /** Undefined when tags were not read. */
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly source: Source;
  /** Set when the input does not list the resource but AWS must have it (an interface of a database): why we say so. */
  readonly derived?: { readonly because: string };
  /** The program that keeps it, where the input is that program's own word (a stack's state) and not only a tag's. */
  readonly keptBy?: string;
}
