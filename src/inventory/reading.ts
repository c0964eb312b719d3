/** Small tools that the readers share. */
import type { Resource } from '../estate/resource.ts';
import type { Ref } from '../estate/source.ts';
import type { Answers } from './answers.ts';
import { Item, pointer } from './item.ts';
import { type Body, isWhole } from './listing.ts';

/**
 * The id that AWS gave. A resource whose id is missing is kept under the place it was read from: what it allows
 * or refuses still counts, and dropping it could turn a danger into a pass.
 */
export function idOf(item: Item, field: string): string {
  const value = item.string(field);
  if (value !== undefined && value !== '') return value;
  item.notice('missingField', `${item.context.operation}: ${field} is missing; the resource is kept without an id`);
  return `unidentified:${item.context.file}#${item.path}`;
}

/** A reference that the resource can not be without: when the field is missing it points at nothing, and a notice says so. */
export function vpcOf(item: Item, field = 'VpcId'): Ref<'vpc'> {
  const ref = item.ref<'vpc'>(field);
  if (ref) return ref;
  item.notice('missingField', `${item.context.operation}: ${field} is missing; which VPC this is in is unknown`);
  return item.refTo<'vpc'>(field, 'unknown');
}

/** A string out of a known set; anything else is unknown and told. */
export function choice<T extends string>(item: Item | undefined, field: string, known: readonly T[]): T | undefined {
  const value = item?.string(field);
  if (item === undefined || value === undefined || value === '') return undefined;
  const found = known.find((one) => one === value);
  if (found === undefined)
    item.notice(
      'other',
      `${item.context.operation}: ${field} has a value that this version does not know; taken as unknown`,
      field,
    );
  return found;
}

/**
 * Every element of a list, undefined where one is not an object: for lists in which an element that was not
 * understood must not vanish (a rule, a route). Undefined when the list itself is not there.
 */
export function everyItem(item: Item, field: string): readonly (Item | undefined)[] | undefined {
  const understood = item.items(field);
  const list = item.value[field];
  if (understood === undefined || !Array.isArray(list)) return undefined;
  if (understood.length === list.length) return understood;
  const byPath = new Map(understood.map((one) => [one.path, one]));
  return list.map((_, n) => byPath.get(`${item.path}/${pointer(field)}/${n}`));
}

/** The place of a list's element, whether or not it was understood. */
export const placeOf = (holder: Item, field: string, n: number): Item =>
  new Item(holder.context, {}, `${holder.path}/${pointer(field)}/${n}`);

/** A field of every item; undefined when one of them lacks it, so that nobody takes a part for the whole. */
export function allOf<T>(
  items: readonly Item[] | undefined,
  field: (item: Item) => T | undefined,
): readonly T[] | undefined {
  const values = items?.map(field);
  const known = values?.filter((value) => value !== undefined);
  return known?.length === values?.length ? known : undefined;
}

const PAGING = /^(max|next|marker|include|limit|starting|page|show)/i;

/**
 * Whether an operation listed everything of an account and region: asked without a filter, no page refused and none
 * missing. Only then does "not in the list" mean "is not".
 */
export function listsAll(answers: Answers, operation: string): (account: string, region: string) => boolean {
  const pages = new Map<string, Body[]>();
  for (const body of answers.bodies(operation)) {
    if (!Object.keys(body.entry.input).every((key) => PAGING.test(key))) continue;
    const place = `${body.entry.account} ${body.entry.region}`;
    const list = pages.get(place);
    if (list) list.push(body);
    else pages.set(place, [body]);
  }
  const whole = new Set([...pages].filter(([, list]) => isWhole(list)).map(([place]) => place));
  for (const entry of answers.entries)
    if (entry.operation === operation && entry.status !== 'read' && entry.status !== 'absent')
      whole.delete(`${entry.account} ${entry.region}`);
  return (account, region) => whole.has(`${account} ${region}`);
}

/**
 * Leaves out what another account already told: shared subnets, peerings, AWS's own prefix lists are seen from several
 * accounts. Two of one id in the same account stay, for the assembler to report.
 */
export function onceOverAccounts<R extends Resource>(resources: readonly R[]): readonly R[] {
  const first = new Map<string, R>();
  return resources.filter((resource) => {
    const known = first.get(resource.id);
    if (known === undefined) {
      first.set(resource.id, resource);
      return true;
    }
    return known.account === resource.account && known.region === resource.region;
  });
}

/** Groups items by a string field; those without it are left out. */
export function indexBy(items: readonly Item[], field: string): ReadonlyMap<string, readonly Item[]> {
  const index = new Map<string, Item[]>();
  for (const item of items) {
    const key = item.string(field);
    if (key === undefined) continue;
    const list = index.get(key);
    if (list) list.push(item);
    else index.set(key, [item]);
  }
  return index;
}
