/** The containers of a declared task definition, as its JSON holds them. */
import type { Container, EnvironmentFact } from '../../estate/kinds/compute.ts';
import { isProperties, type Properties, type Value } from '../../inventory/pulumi/recorded.ts';
import type { DeclaredResource } from '../world.ts';

/** Undefined where the text is not known or cannot be read. */
export function containersOf({ properties }: Pick<DeclaredResource, 'properties'>): readonly Properties[] | undefined {
  const text = properties.containerDefinitions;
  if (typeof text !== 'string') return undefined;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every(isProperties) ? list : undefined;
  } catch {
    return undefined;
  }
}

export const listIn = (of: Properties, key: string): readonly Properties[] => {
  const value = of[key];
  return Array.isArray(value) ? value.filter(isProperties) : [];
};

export const textIn = (of: Properties, key: string): string | undefined => {
  const value = of[key];
  return typeof value === 'string' ? value : undefined;
};

/** What was hidden when the inventory was written: such a value must never be written back. */
const HIDDEN = /redacted/i;

/** A value that was hidden stands somewhere in it. */
export const holdsHidden = (value: Value | undefined): boolean => HIDDEN.test(JSON.stringify(value) ?? '');

/** The three variables that every AWS SDK takes a key from by itself, before it asks for the role. */
const SDK_KEYS = new Set(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN']);

export const isSdkKey = (name: string): boolean => SDK_KEYS.has(name);

/** Names of variables that hold a credential in clear text and are no key of the SDK: they move into a secret. */
export const secretNames = (facts: readonly EnvironmentFact[]): readonly string[] =>
  facts.flatMap(({ name, credential }) => (credential === 'literal' && !isSdkKey(name) ? [name] : []));

/** Whether a credential stands in a container in clear text; undefined when its variables were not read. */
export const holdsLiteral = ({ environment }: Pick<Container, 'environment'>): boolean | undefined =>
  environment?.some(({ credential }) => credential === 'literal');

/** The container with its credentials taken from `valueFrom(name)` and without keys of the SDK. */
export function withoutLiterals(
  container: Properties,
  facts: readonly EnvironmentFact[],
  valueFrom: (name: string) => string,
): Properties {
  const moved = new Set(secretNames(facts));
  const environment = listIn(container, 'environment').filter((one) => {
    const name = textIn(one, 'name') ?? '';
    return !moved.has(name) && !isSdkKey(name);
  });
  const secrets = [
    ...listIn(container, 'secrets'),
    ...[...moved].sort().map((name) => ({ name, valueFrom: valueFrom(name) })),
  ];
  const { environment: _environment, secrets: _secrets, ...rest } = container;
  return {
    ...rest,
    ...(environment.length === 0 ? {} : { environment }),
    ...(secrets.length === 0 ? {} : { secrets }),
  };
}
