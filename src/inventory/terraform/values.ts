/** Terraform's values -> Pulumi's, by the table: names in camel case, lists of at most one as the one, what is unknown or secret marked. */
import type { Properties, Value } from '../pulumi/recorded.ts';
import { at, isObject, type Json } from './json.ts';
import { camelCase, type Member, type Members } from './table.ts';

const UNKNOWN: Value = { $unknown: true };

/** Deeper than any resource of AWS; what is below is taken as unknown. */
const DEEPEST = 60;

/** Values whose form is Terraform's, with the marks that stand beside them. */
export interface Marked {
  readonly values: unknown;
  readonly unknown: unknown;
  readonly sensitive: unknown;
}

/**
 * Secrets that the rooms below read as evidence only: what environment variables point at is kept, the values never are. Every other
 * secret is unknown here, so that it can be shown nowhere.
 */
const EVIDENCE = new Set(['environment', 'variables', 'container_definitions', 'user_data', 'user_data_base64']);

/** What stands for an unknown value: the reference that it comes from, as far as the configuration tells; by the path in Terraform's names. */
export type Resolve = (path: readonly (string | number)[]) => Value | undefined;

const nowhere: Resolve = () => undefined;

export function propertiesOf(marked: Marked, members: Members, resolve: Resolve = nowhere): Properties {
  return objectOf(marked, members, resolve, []);
}

function objectOf(marked: Marked, members: Members, resolve: Resolve, path: readonly (string | number)[]): Properties {
  const values = isObject(marked.values) ? marked.values : {};
  const unknown = isObject(marked.unknown) ? marked.unknown : {};
  const names = new Set([...Object.keys(values), ...Object.keys(unknown).filter((name) => unknown[name] !== false)]);
  const found: [string, Value][] = [];
  for (const name of names) {
    const member = members.get(name);
    const value = converted(
      { values: at(values, name), unknown: at(unknown, name), sensitive: at(marked.sensitive, name) },
      name,
      member,
      resolve,
      [...path, name],
    );
    // an empty list of blocks that is still unknown in part says nothing
    if (value !== undefined) found.push([member?.pulumi ?? camelCase(name), value]);
  }
  return Object.fromEntries(found);
}

function converted(
  marked: Marked,
  name: string,
  member: Member | undefined,
  resolve: Resolve,
  path: readonly (string | number)[],
): Value | undefined {
  if (path.length > DEEPEST) return UNKNOWN;
  if (marked.unknown === true) return resolve(path) ?? UNKNOWN;
  if (marked.sensitive === true || (member?.sensitive === true && marked.values !== null)) {
    if (!path.some((part) => typeof part === 'string' && EVIDENCE.has(part))) return UNKNOWN;
    return { $secret: converted({ ...marked, sensitive: false }, name, withoutSecret(member), resolve, path) ?? null };
  }
  const { values } = marked;
  if (values === undefined) return undefined;
  if (Array.isArray(values)) return listOf({ ...marked, values }, name, member, resolve, path);
  if (isObject(values)) {
    const own = { ...marked, values };
    return member?.shape === 'map' ? mapOf(own, resolve, path) : objectOf(own, member?.members ?? NONE, resolve, path);
  }
  return typeof values === 'string' || typeof values === 'number' || typeof values === 'boolean' ? values : null;
}

const NONE: Members = new Map();

const withoutSecret = (member: Member | undefined): Member | undefined => member && { ...member, sensitive: false };

function listOf(
  { values, unknown, sensitive }: Marked & { readonly values: readonly unknown[] },
  name: string,
  member: Member | undefined,
  resolve: Resolve,
  path: readonly (string | number)[],
): Value | undefined {
  const marks = Array.isArray(unknown) ? unknown : [];
  const secrets = Array.isArray(sensitive) ? sensitive : [];
  // the marks of a list may be longer than what is known of it
  const length = Math.max(values.length, marks.length);
  const list = Array.from({ length }, (_, n): Value => {
    const one = { values: values[n], unknown: marks[n], sensitive: secrets[n] };
    return converted(one, name, member, resolve, [...path, n]) ?? UNKNOWN;
  });
  if (member?.single !== true) return list;
  return list[0] ?? null;
}

/** A mapping keeps its keys: they are the user's. */
function mapOf(
  { values, unknown, sensitive }: Marked & { readonly values: Json },
  resolve: Resolve,
  path: readonly (string | number)[],
): Properties {
  const names = new Set([...Object.keys(values), ...(isObject(unknown) ? Object.keys(unknown) : [])]);
  return Object.fromEntries(
    [...names].map((name): [string, Value] => {
      const one = { values: at(values, name), unknown: at(unknown, name), sensitive: at(sensitive, name) };
      return [name, converted(one, name, undefined, resolve, [...path, name]) ?? null];
    }),
  );
}
