/** What the adopters of EC2's things share. */
import type { Answers } from '../answers.ts';
import { partitionOf } from '../ids.ts';
import type { Item } from '../item.ts';
import type { Properties } from '../pulumi/recorded.ts';
import { type Adopted, placeOf, type Unadopted, type Whole } from './adopter.ts';

import { declaredTags, keptBy } from './tags.ts';

export interface Written {
  readonly type: string;
  readonly id: string;
  /** The id itself, unless `pulumi import` wants another text. */
  readonly importId?: string;
  readonly of: Whole;
  /** The Name tag, else the id, unless there is a better one. */
  readonly name?: string;
  readonly inputs: Properties;
  readonly outputs?: Properties;
  readonly ignoreChanges?: readonly string[];
  readonly protect?: boolean;
  /** False for what has no tags of its own: a route, an association. */
  readonly tags?: boolean;
}

/** Arguments and tags of an item, put together. */
export function written(item: Item, one: Written): Adopted {
  const tags = one.tags === false ? { inputs: {}, outputs: {}, ignoreChanges: [] } : declaredTags(item.tags());
  return {
    state: 'adopted',
    type: one.type,
    name: one.name ?? nameOf(item, one.id),
    id: one.id,
    importId: one.importId ?? one.id,
    inputs: { ...one.inputs, ...tags.inputs },
    outputs: { ...one.outputs, ...tags.outputs },
    ignoreChanges: [...(one.ignoreChanges ?? []), ...tags.ignoreChanges],
    protect: one.protect ?? true,
    of: one.of,
    place: placeOf(item),
    source: item.source,
  };
}

export const refused = (type: string, of: Whole, because: string): Unadopted => ({
  state: 'unadopted',
  type,
  of,
  because,
});

/** The Name tag, else what AWS calls it. */
export const nameOf = (item: Item, otherwise: string): string => item.tags()?.Name || otherwise;

/** Why it is somebody else's: another account's, which only shares it, or a stack's. */
export function foreign(item: Item): string | undefined {
  const owner = ownerOf(item);
  if (owner !== item.context.account) return `the account ${owner} owns it and shares it`;
  return keptBy(item.tags());
}

/** The items of a listing, those that their owner's answer tells as well only from there. */
export function ownItems(answers: Answers, operation: string, field: string, idField: string): readonly Item[] {
  const items = answers.items(operation, field);
  const own = new Set(items.flatMap((item) => (ownerOf(item) === item.context.account ? item.string(idField) : [])));
  return items.filter((item) => ownerOf(item) === item.context.account || !own.has(item.string(idField)));
}

const ownerOf = (item: Item): string => item.string('OwnerId') ?? item.context.account;

/** Why it cannot be written, when an operation or a field that it needs was not read. */
export const notTold = (operation: string, field?: string): string =>
  field === undefined ? `${operation} was not read` : `${operation} does not tell its ${field}`;

export const ec2Arn = (item: Item, resource: string): string => {
  const { account, region } = item.context;
  return `arn:${partitionOf(region)}:ec2:${region}:${account}:${resource}`;
};
