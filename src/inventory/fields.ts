/** Forms that many AWS answers share, each read so that what is only partly told stays unknown. */
import type { Endpoint } from '../estate/kinds/data.ts';
import type { Kind } from '../estate/resource.ts';
import type { Ref } from '../estate/source.ts';
import type { Answers } from './answers.ts';
import { safeTags } from './credentials.ts';
import type { Item } from './item.ts';
import { allItems, refsFrom } from './listing.ts';

export { REDACTED } from './redacted.ts';

export type Tags = Readonly<Record<string, string>>;

/** A text that says something: an empty one counts as not told. */
export const text = (item: Item | undefined, field: string): string | undefined => item?.string(field) || undefined;

/** `{ Address, Port }`, as RDS and ElastiCache tell it. */
export function endpointIn(item: Item | undefined, field: string): Endpoint | undefined {
  const endpoint = item?.item(field);
  return endpoint && { host: text(endpoint, 'Address'), port: endpoint.number('Port') };
}

/** A list of `{ Key, Value }` as a record; undefined when the list, a key or a value is missing. */
export function keyValues(
  item: Item | undefined,
  field: string,
  key = 'Key',
  value = 'Value',
): Readonly<Record<string, string>> | undefined {
  const pairs = item && allItems(item, field);
  if (!pairs) return undefined;
  const entries: [string, string][] = [];
  for (const pair of pairs) {
    const [name, content] = [pair.string(key), pair.string(value)];
    if (name === undefined || content === undefined) return undefined;
    entries.push([name, content]);
  }
  return Object.fromEntries(entries);
}

/** Tags in a list of `{ Key, Value }`, without secrets; undefined when the list, a key or a value is missing. */
export function tagsIn(item: Item | undefined, field = 'Tags', key = 'Key', value = 'Value'): Tags | undefined {
  const tags = keyValues(item, field, key, value);
  return tags && safeTags(Object.entries(tags));
}

/** The strings of a list; undefined when one of its members is no string. */
export function allStrings(item: Item | undefined, field: string): readonly string[] | undefined {
  const strings = item?.strings(field);
  const given = item?.value[field];
  return strings && Array.isArray(given) && strings.length === given.length ? strings : undefined;
}

/** A text of every object of a list; undefined when one of them lacks it. */
export function allStringsIn(item: Item | undefined, field: string, key: string): readonly string[] | undefined {
  const given = item && allItems(item, field);
  const strings = given?.flatMap((one) => text(one, key) ?? []);
  return strings?.length === given?.length ? strings : undefined;
}

/** References from a list of strings; undefined when one of its members is no string. */
export function allRefs<K extends Kind>(
  item: Item | undefined,
  field: string,
  toId: (value: string) => string = (value) => value,
): readonly Ref<K>[] | undefined {
  return item && allStrings(item, field)?.map((value, n) => item.refTo<K>(`${field}/${n}`, toId(value)));
}

/** References from a list of objects; undefined when one of them lacks the id. */
export const allRefsIn = <K extends Kind>(
  item: Item | undefined,
  field: string,
  key: string,
  toId?: (value: string) => string,
): readonly Ref<K>[] | undefined => (item === undefined ? undefined : refsFrom<K>(allItems(item, field), key, toId));

/** The first reference to each resource, in the order given. */
export function onceEach<K extends Kind>(refs: readonly Ref<K>[] | undefined): readonly Ref<K>[] | undefined {
  const seen = new Set<string>();
  return refs?.filter((ref) => !seen.has(ref.id) && seen.add(ref.id));
}

/**
 * The objects in one of CloudFront's lists: `{ Quantity, Items }`, where Items is left out when Quantity is 0.
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Origins.html
 */
export function quantityItems(item: Item | undefined, field: string): readonly Item[] | undefined {
  const list = item?.item(field);
  return list && (list.has('Items') ? allItems(list, 'Items') : none(list));
}

/** The strings in one of CloudFront's lists. */
export function quantityStrings(item: Item | undefined, field: string): readonly string[] | undefined {
  const list = item?.item(field);
  return list && (list.has('Items') ? allStrings(list, 'Items') : none(list));
}

const none = (list: Item): readonly [] | undefined => (list.number('Quantity') === 0 ? [] : undefined);

/** The tags of a resource that AWS tells by a request of its own; undefined when it was not read. */
export function tagsOf(
  answers: Answers,
  operation: string,
  parameter: string,
  value: string,
  where: { readonly account: string; readonly region?: string },
): Tags | undefined {
  const answer = answers.one(operation, parameter, value, where);
  return answer.state === 'absent' ? {} : answer.state === 'read' ? answer.item.tags() : undefined;
}

/** Where an item was read: what a request about it is looked up by. */
export const whereOf = (item: Item): { readonly account: string; readonly region: string } => ({
  account: item.context.account,
  region: item.context.region,
});

/** A host name without the trailing dot that DNS answers have. */
export const withoutDot = (host: string): string => host.replace(/\.$/, '');
