/**
 * What Pulumi's engine would do from one step of a program to the next, told from the two recordings alone; and what of it
 * must not be done.
 */
import { isDeepStrictEqual } from 'node:util';
import type { RecordedResource } from '../inventory/pulumi/recorded.ts';
import { changeOf, replaces, revises, SERVING, STATEFUL } from '../plan/replacement.ts';

export interface Operation {
  readonly op: 'create' | 'import' | 'update' | 'replace' | 'delete';
  readonly type: string;
  readonly name: string;
  /** Arguments that change. */
  readonly properties: readonly string[];
  /** Why it is a replacement. */
  readonly because?: string;
  /** Of what changes: arguments of which nobody told whether that replaces the resource. */
  readonly untold?: readonly string[];
  /** URN of what is replaced, where this changes only since it takes a value from that. */
  readonly follows?: string;
}

export const isServing = (type: string): boolean => SERVING.has(type);
export const isStateful = (type: string): boolean => STATEFUL.has(type);

export { revises };

/** What is compared of a resource. */
export type Declared = Pick<RecordedResource, 'type' | 'name' | 'inputs' | 'options'>;

const keyOf = ({ type, name }: Pick<Declared, 'type' | 'name'>): string => `${type}::${name}`;

/**
 * In the order of the resources of the later recording; deletions last. `forgotten`: addresses that an act took out of the
 * state by hand before, so that what is declared there is taken over anew.
 */
export function operations(
  earlier: readonly RecordedResource[],
  after: readonly RecordedResource[],
  forgotten: ReadonlySet<string> = new Set(),
): readonly Operation[] {
  const before = earlier.filter((one) => !forgotten.has(keyOf(one)));
  const known = new Map(before.map((one) => [keyOf(one), one]));
  const still = new Set(after.map(keyOf));
  const own = after.map((one) => operationOn(known.get(keyOf(one)), one)[0]);
  return [
    ...following(after, own).flatMap((one) => one ?? []),
    ...before
      .filter((one) => !still.has(keyOf(one)))
      .map(({ type, name }): Operation => ({ op: 'delete', type, name, properties: [] })),
  ];
}

/** Who takes a value from what is replaced gets another one, and so changes as well; who is replaced by that, in turn. */
function following(
  after: readonly RecordedResource[],
  own: readonly (Operation | undefined)[],
): readonly (Operation | undefined)[] {
  const found = [...own];
  const users = new Map<string, { readonly n: number; readonly property: string }[]>();
  after.forEach(({ propertyDependencies }, n) => {
    for (const [property, urns] of Object.entries(propertyDependencies))
      for (const urn of urns) users.set(urn, [...(users.get(urn) ?? []), { n, property }]);
  });
  const replaced = after.flatMap(({ urn }, n) => (found[n]?.op === 'replace' ? [urn] : []));
  for (const urn of replaced)
    for (const { n, property } of users.get(urn) ?? []) {
      const [one, known] = [after[n], found[n]];
      if (one === undefined || ignores(one, property) || known?.properties.includes(property)) continue;
      if (known !== undefined && known.op !== 'update' && known.op !== 'replace') continue;
      const made = changed(one, [...(known?.properties ?? []), property].sort());
      found[n] = known === undefined ? { ...made, follows: urn } : made;
      if (made.op === 'replace' && known?.op !== 'replace') replaced.push(one.urn);
    }
  return found;
}

const ignores = ({ options }: Declared, property: string): boolean =>
  options.ignoreChanges?.includes(property) === true;

/** None where nothing changes. */
export function operationOn(before: Declared | undefined, after: Declared): readonly Operation[] {
  const { type, name, options } = after;
  if (before === undefined)
    return [{ op: options.importId === undefined ? 'create' : 'import', type, name, properties: [] }];
  const properties = [...new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)])]
    .filter((key) => !ignores(after, key) && !isDeepStrictEqual(before.inputs[key], after.inputs[key]))
    .sort();
  return properties.length === 0 ? [] : [changed(after, properties)];
}

/** In place or by replacement, as the properties that change have it. */
export function changed({ type, name }: Pick<Declared, 'type' | 'name'>, properties: readonly string[]): Operation {
  const forced = properties.find((property) => revises(type, property) || replaces(type, property) !== undefined);
  if (forced === undefined) {
    const untold = properties.filter((property) => changeOf(type, property).kind === 'unknown');
    return { op: 'update', type, name, properties, ...(untold.length > 0 ? { untold } : {}) };
  }
  const because = revises(type, forced) ? 'every change is a new revision' : (replaces(type, forced) ?? '');
  return { op: 'replace', type, name, properties, because: `${forced}: ${because}` };
}
