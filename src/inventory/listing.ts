/**
 * Whole lists from paged answers. A list with a page missing, or with a member that cannot be read, is not known as
 * a whole: it is undefined, so that nobody takes "not shown" for "not there".
 */
import type { Kind } from '../estate/resource.ts';
import type { Ref } from '../estate/source.ts';
import type { Answers } from './answers.ts';
import type { Entry } from './entry.ts';
import type { Item } from './item.ts';

export interface Body {
  readonly item: Item;
  readonly entry: Entry;
}

/** What the request was for: the parameter's name and its value. */
export type Target = readonly [parameter: string, value: string];

const indexes = new WeakMap<Answers, Map<string, Map<string, Body[]>>>();

/** The answered pages of an operation in an account; of the one request named by `target`, when it is given. */
export function pagesOf(answers: Answers, operation: string, account: string, target?: Target): readonly Body[] {
  const [parameter, value] = target ?? ['', ''];
  let indexed = indexes.get(answers);
  if (!indexed) {
    indexed = new Map();
    indexes.set(answers, indexed);
  }
  let index = indexed.get(`${operation} ${parameter}`);
  if (!index) {
    index = new Map();
    for (const body of answers.bodies(operation)) {
      const asked = parameter === '' ? '' : body.entry.input[parameter];
      if (typeof asked !== 'string') continue;
      const key = `${body.entry.account} ${asked}`;
      const list = index.get(key);
      if (list) list.push(body);
      else index.set(key, [body]);
    }
    indexed.set(`${operation} ${parameter}`, index);
  }
  return index.get(`${account} ${value}`) ?? [];
}

/** Whether there is a page, and every page that says "there is more" is followed by the page it names. */
export function isWhole(pages: readonly Body[]): boolean {
  const asked = new Set(pages.flatMap(({ entry }) => Object.values(entry.input)));
  return (
    pages.length > 0 &&
    pages.every(({ item }) => {
      const marker = item.value.Marker ?? item.value.NextToken ?? item.value.nextToken;
      const more = item.value.IsTruncated === true || (typeof marker === 'string' && item.value.IsTruncated !== false);
      return !more || (typeof marker === 'string' && asked.has(marker));
    })
  );
}

/** Every member of a listing; undefined when it was not answered as a whole. */
export function listing(
  answers: Answers,
  operation: string,
  field: string,
  account: string,
  target?: Target,
): readonly Item[] | undefined {
  const pages = pagesOf(answers, operation, account, target);
  return isWhole(pages) ? joined(pages.map(({ item }) => allItems(item, field))) : undefined;
}

/** Lists one after the other; undefined when one of them is. */
export const joined = <T>(lists: readonly (readonly T[] | undefined)[]): readonly T[] | undefined =>
  lists.every((list) => list !== undefined) ? lists.flat() : undefined;

/** The objects of a list; undefined when one of its members is not an object. */
export function allItems(item: Item, field: string): readonly Item[] | undefined {
  const items = item.items(field);
  const given = item.value[field];
  return items && Array.isArray(given) && items.length === given.length ? items : undefined;
}

/** A reference from each of the items; undefined when one of them lacks it. */
export function refsFrom<K extends Kind>(
  items: readonly Item[] | undefined,
  key: string,
  toId: (value: string) => string = (value) => value,
): readonly Ref<K>[] | undefined {
  return joined(
    (items ?? [undefined]).map((item) => {
      const ref = item?.ref<K>(key, toId);
      return ref && [ref];
    }),
  );
}

/** The answer about an account as a whole: its body, null when AWS says there is none, undefined when not known. */
export function answerFor(answers: Answers, operation: string, account: string): Item | null | undefined {
  const [page] = pagesOf(answers, operation, account);
  if (page) return page.item;
  return answers.asked(operation, { account }) ? null : undefined;
}
