/**
 * A reader turns AWS's answers into resources of some kinds. Readers are data: a file in `readers/` that exports
 * one `reader` is registered by being there (`npm run generate` writes `readers/index.ts`).
 */
import { accountId, id, regionName } from '../estate/ids.ts';
import type { Base } from '../estate/kinds/base.ts';
import type { Kind, Resource } from '../estate/resource.ts';
import type { Answers } from './answers.ts';
import type { Item } from './item.ts';

export interface Reader {
  /** The reader's file name. */
  readonly name: string;
  /** The kinds it makes. */
  readonly kinds: readonly Kind[];
  /** Every operation it reads: what `collect` asks for, and what the read-only policy must allow. */
  readonly operations: readonly string[];
  /** Pure but for the notices it leaves in `answers`. Never throws for what an input may hold. */
  readonly read: (answers: Answers) => readonly Resource[];
}

/**
 * The part that all resources share but for their kind, from the item they are read from. A resource is written
 * `{ kind: 'vpc', ...base('vpc', item, …), … }`: an object that begins with a property of its own gets the shape of
 * its kind, while V8 gives each one that begins with a spread a shape of its own, which makes all that reads it slow.
 */
export function base<K extends Kind>(
  kind: K,
  item: Item,
  identity: {
    readonly id: string;
    readonly name?: string | undefined;
    readonly arn?: string | undefined;
    readonly region?: string;
  },
  tags: Readonly<Record<string, string>> | undefined = item.tags(),
): Omit<Base<K>, 'kind'> {
  // an answer can hold an empty text where the id would be; two such things are still two
  // its interfaces stand in the answer of an instance, and are not the instance
  const named = kind === 'networkInterface' ? undefined : item.context.named;
  const own = identity.id || `unidentified:${item.context.file}#${item.path}`;
  return {
    id: id<K>(own),
    // what CloudFormation made and nobody named is known by its name in the template
    name: (tags?.Name || identity.name || tags?.['aws:cloudformation:logical-id'] || named) ?? own,
    ...(identity.arn === undefined ? {} : { arn: identity.arn }),
    account: accountId(item.context.account),
    region: regionName(identity.region ?? item.context.region),
    tags,
    source: item.source,
    ...(item.context.keptBy === undefined ? {} : { keptBy: item.context.keptBy }),
  };
}
