/** The requests of a row: its constant parameters, or one for each thing that earlier answers list. */
import { pick, scalar } from './pick.ts';
import { ACCOUNT, type Each, type Input, type Row, type Source } from './row.ts';

/** An answered request, with all its pages in one. */
export interface Answered {
  readonly input: Input;
  readonly output: unknown;
}

export function requestsOf(
  row: Row,
  account: string,
  earlier: (operation: string) => readonly Answered[],
): readonly Input[] {
  const inputs: readonly Input[] = row.each
    ? row.each.flatMap((each) => ofThings(each, earlier(each.of)))
    : (row.inputs ?? [{}]).map((input) => withAccount(input, account));
  const once = new Map(inputs.map((input) => [keyOf(input), input]));
  return [...once].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, input]) => input);
}

/** The same text for the same parameters, in whatever order they stand. */
export const keyOf = (input: Input): string =>
  JSON.stringify(Object.fromEntries(Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1))));

const withAccount = (input: Input, account: string): Input =>
  Object.fromEntries(Object.entries(input).map(([key, value]) => [key, value === ACCOUNT ? account : value]));

/** A list of things, and not a list with a constant in it. */
const isList = (source: Source): boolean => typeof source !== 'string' && !source[0].startsWith('=');

function ofThings(each: Each, answers: readonly Answered[]): readonly Input[] {
  const groups = new Map<string, { readonly fixed: Input; readonly things: Set<string | number> }>();
  const parameters = Object.entries(each.input);
  const [listed] = parameters.filter(([, source]) => isList(source));
  for (const answer of answers)
    for (const thing of pick(answer.output, each.items)) {
      const values = parameters.map(([name, source]) => [name, valueFrom(source, thing, answer.input)] as const);
      if (values.some(([, value]) => value === undefined)) continue;
      const fixed = Object.fromEntries(values.filter(([name]) => name !== listed?.[0]));
      const group = groups.get(keyOf(fixed)) ?? { fixed, things: new Set() };
      groups.set(keyOf(fixed), group);
      const [, own] = values.find(([name]) => name === listed?.[0]) ?? [];
      if (typeof own === 'string' || typeof own === 'number') group.things.add(own);
    }
  return [...groups.values()].flatMap(({ fixed, things }) =>
    listed === undefined
      ? [fixed]
      : chunks([...things].sort(), each.batch ?? 1).map((some): Input => ({ ...fixed, [listed[0]]: some })),
  );
}

function valueFrom(source: Source, thing: unknown, input: Input): string | number | readonly string[] | undefined {
  const [from] = typeof source === 'string' ? [source] : source;
  if (typeof source !== 'string' && from.startsWith('=')) return [from.slice(1)];
  if (from.startsWith('=')) return from.slice(1);
  if (from.startsWith('<')) return scalar(input[from.slice(1)], '');
  if (from === '@/') return String(scalar(thing, '') ?? '').replace(/^.*\//, '') || undefined;
  return scalar(thing, from === '@' ? '' : from);
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const made: (readonly T[])[] = [];
  for (let start = 0; start < items.length; start += size) made.push(items.slice(start, start + size));
  return made;
}
