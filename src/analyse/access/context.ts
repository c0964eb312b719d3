/**
 * What is known about the values of a request's condition keys.
 *
 * A key has a list of alternatives: the values it may have (`null`: the request does not carry the key). One
 * alternative is a known value. No list at all means that nothing is known, and what depends on it becomes a condition
 * of the verdict. Key names are compared without regard to case, as AWS does.
 */

export type Value = readonly string[] | null;
export type Alternatives = readonly Value[];
export type Context = ReadonlyMap<string, Alternatives>;

/** How a caller gives a context: a value, several values, null for "not in the request", `anyOf` for several possible ones. */
export type ContextInput = Readonly<
  Record<string, string | readonly string[] | null | { readonly anyOf: Alternatives }>
>;

const isAlternatives = (value: object): value is { readonly anyOf: Alternatives } => 'anyOf' in value;

export function makeContext(...inputs: readonly ContextInput[]): Context {
  const context = new Map<string, Alternatives>();
  for (const input of inputs)
    for (const [key, value] of Object.entries(input)) {
      if (value === null) context.set(key.toLowerCase(), [null]);
      else if (typeof value === 'string') context.set(key.toLowerCase(), [[value]]);
      else context.set(key.toLowerCase(), isAlternatives(value) ? value.anyOf : [value]);
    }
  return context;
}

/**
 * The alternatives of a key; undefined when nothing is known about it. Where all tags of a thing are known, the entry
 * `aws:PrincipalTag/*` stands for those that it does not have.
 */
export function alternatives(context: Context, key: string): Alternatives | undefined {
  const name = key.toLowerCase();
  const known = context.get(name);
  if (known) return known;
  const slash = name.indexOf('/');
  return slash < 0 ? undefined : context.get(`${name.slice(0, slash)}/*`);
}

/** For policy variables: the one value of a key, null when the request has none or several, undefined when it is not known. */
export function variableValue(context: Context, key: string): string | null | undefined {
  const known = alternatives(context, key);
  if (known?.length !== 1) return undefined;
  const value = known[0] ?? null;
  return value?.length === 1 ? (value[0] ?? null) : null;
}
