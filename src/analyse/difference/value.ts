/** Values of fields: in a form that can be compared between two estates, and in words. */
import { byId, type Estate } from '../../estate/estate.ts';
import { withoutSecrets } from '../../inventory/credentials.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A reference to another resource: `{ id, field }`. */
const isRef = (value: Readonly<Record<string, unknown>>): boolean =>
  typeof value.id === 'string' && typeof value.field === 'string';

/** AWS numbers the rules of a group anew each time that one is made; what a rule says has no number. */
const isRule = (value: Readonly<Record<string, unknown>>): boolean => 'direction' in value && 'peer' in value;

/**
 * Without where it was read, with the ids of the earlier estate, and lists in one order: fields that hold lists hold sets,
 * and what has an order (rules of a listener, entries of an ACL) has a number for it.
 */
export function comparable(value: unknown, earlier: (id: string) => string): unknown {
  if (typeof value === 'string') return earlier(value);
  if (Array.isArray(value)) {
    const items = value.map((one) => comparable(one, earlier));
    return items
      .map((item) => [JSON.stringify(item), item] as const)
      .sort(byText)
      .map(([, item]) => item);
  }
  if (!isObject(value)) return value;
  if (isRef(value)) return comparable(value.id, earlier);
  const left = isRule(value) ? ['source', 'field', 'id'] : ['source', 'field'];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, one]) => one !== undefined && !left.includes(key))
      .sort(byText)
      .map(([key, one]) => [key, comparable(one, earlier)]),
  );
}

const byText = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

const LONG = 120;

/**
 * In words, with the names that resources have in their estate, and without passwords that somebody wrote into them.
 * Undefined where it is too long to be read.
 */
export function inWords(value: unknown, estate: Estate): string | undefined {
  const text = withoutSecrets(words(value, estate));
  return text.length > LONG ? undefined : text;
}

function words(value: unknown, estate: Estate): string {
  if (value === null) return 'none';
  if (value === true) return 'on';
  if (value === false) return 'off';
  if (typeof value === 'string') return byId(estate, value)?.name ?? value;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((one) => words(one, estate)).join(', ');
  if (!isObject(value)) return String(value);
  return Object.entries(value)
    .filter(([, one]) => one !== null && one !== undefined)
    .map(([key, one]) => (isObject(one) ? words(one, estate) : `${key} ${words(one, estate)}`))
    .join(' ');
}

/** What a list has more and less than it had. */
export function listChange(
  before: readonly unknown[],
  after: readonly unknown[],
): { readonly more: readonly unknown[]; readonly less: readonly unknown[] } {
  const [had, has] = [before, after].map((list) => new Set(list.map((one) => JSON.stringify(one)))) as [
    Set<string>,
    Set<string>,
  ];
  return {
    more: after.filter((one) => !had.has(JSON.stringify(one))),
    less: before.filter((one) => !has.has(JSON.stringify(one))),
  };
}
