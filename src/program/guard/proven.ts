/**
 * What Pulumi is proven to do at each step, in the form that a project carries (`proven.json`): small enough to review, and
 * all that a preview is compared with.
 */
import { isDeepStrictEqual } from 'node:util';
import { grouped } from '../../estate/grouped.ts';
import { isProperties, type Properties, type Value } from '../../inventory/pulumi/recorded.ts';
import { addressOf, type Edit, referencesIn } from '../../plan/edit.ts';
import type { DeclaredResource } from '../../plan/world.ts';
import type { Journey, Thing } from '../emit/journey.ts';
import type { Project } from '../emit/project.ts';
import { providersOf } from '../emit/providers.ts';
import { REDACTED } from '../emit/values.ts';
import { isThere, optionsAt } from '../expected.ts';
import { changed, type Operation, operationOn } from '../operations.ts';

export const PROVEN_FORMAT = 'underpin-proven/1';

export interface ProvenOperation {
  readonly op: Operation['op'];
  readonly type: string;
  readonly name: string;
  /**
   * What is set, where something is: of what is made all of it, of what changes only that; null takes a property away.
   * `${type::name#output}` is what another resource has there, `{ "$hidden": true }` what only the stack's settings know.
   */
  readonly sets?: Properties;
  /** Why it is a replacement. */
  readonly because?: string;
}

/** A property that may show as a change that nobody knows yet, because what it takes its value from changes in the step. */
export interface Dependent {
  readonly type: string;
  readonly name: string;
  readonly property: string;
  /** Address of what it depends on. */
  readonly on: string;
}

export interface ProvenStep {
  readonly name: string;
  /** Whether commands beside the program come between setting the step and `pulumi up`. */
  readonly commands: boolean;
  readonly operations: readonly ProvenOperation[];
  readonly dependents: readonly Dependent[];
}

export interface Proven {
  readonly format: typeof PROVEN_FORMAT;
  /** Undefined where only the plan is known, and not the project that was written from it. */
  readonly project: Pick<Project, 'name' | 'stack'> | undefined;
  /** Providers that the program names itself; Pulumi's default ones are always fine. */
  readonly providers: readonly string[];
  readonly steps: readonly ProvenStep[];
}

export function provenOf(journey: Journey, things: readonly Thing[], project?: Project): Proven {
  const users = usersOf(things);
  return {
    format: PROVEN_FORMAT,
    project: project && { name: project.name, stack: project.stack },
    providers: providersOf(things, journey.today.place).map(({ name }) => name),
    steps: journey.steps.map((step, at) => {
      const own = step.edits.flatMap((edit) => operationOf(edit, journey, things, at));
      const operations = withFollowing(own, journey, things, users, at);
      return {
        name: journey.names[at] ?? '',
        commands: step.actions.length > 0,
        operations,
        dependents: dependentsOf(operations, users, at),
      };
    }),
  };
}

/** An edit, as Pulumi does it. What an act did already is taken over by its id, or was taken out of the state by hand. */
function operationOf(
  edit: Edit,
  { worlds }: Journey,
  things: readonly Thing[],
  at: number,
): readonly ProvenOperation[] {
  const { type, name } = edit;
  const address = addressOf(edit);
  const before = worlds[at - 1]?.declared.get(address);
  const after = worlds[at]?.declared.get(address);
  switch (edit.op) {
    case 'adopt':
      return [{ op: 'import', type, name }];
    case 'create':
      if (edit.importId !== undefined) return [{ op: 'import', type, name }];
      return [{ op: 'create', type, name, sets: shown(edit.properties) }];
    case 'delete':
      return edit.keeps ? [] : [{ op: 'delete', type, name }];
    case 'update': {
      if (edit.follows) return [{ op: 'import', type, name }];
      if (before === undefined || after === undefined) return [];
      const thing = livingAt(things, address, at);
      const options = thing === undefined ? {} : optionsAt(thing, at);
      return operationOn(before, { ...after, options }).map((operation) => setting(operation, after));
    }
  }
}

/** With the values that it sets. */
const setting = ({ op, type, name, properties, because }: Operation, after: DeclaredResource): ProvenOperation => ({
  op,
  type,
  name,
  sets: shown(Object.fromEntries(properties.map((key) => [key, plannedAt(after, key)]))),
  ...(because === undefined ? {} : { because }),
});

/** Who takes a value from what is replaced changes with it: a service goes on to the new revision of its task definition. */
function withFollowing(
  own: readonly ProvenOperation[],
  { worlds }: Journey,
  things: readonly Thing[],
  users: Users,
  at: number,
): readonly ProvenOperation[] {
  const found = new Map(own.map((one) => [addressOf(one), one]));
  const replaced = own.flatMap((one) => (one.op === 'replace' ? [addressOf(one)] : []));
  for (const on of replaced)
    for (const { thing, property } of usersAt(users, on, at)) {
      const known = found.get(thing.address);
      const after = worlds[at]?.declared.get(thing.address);
      const living = livingAt(things, thing.address, at);
      if (after === undefined || living === undefined || (known && known.op !== 'update' && known.op !== 'replace'))
        continue;
      const properties = Object.keys(known?.sets ?? {});
      if (properties.includes(property) || optionsAt(living, at).ignoreChanges?.includes(property)) continue;
      const made = setting(changed(after, [...properties, property].sort()), after);
      found.set(thing.address, made);
      if (made.op === 'replace' && known?.op !== 'replace') replaced.push(thing.address);
    }
  return [...found.values()];
}

const plannedAt = ({ properties }: DeclaredResource, key: string): Value => properties[key] ?? null;

const byAddress = new WeakMap<readonly Thing[], ReadonlyMap<string, readonly Thing[]>>();

function livingAt(things: readonly Thing[], address: string, at: number): Thing | undefined {
  const known = byAddress.get(things) ?? grouped(things, ({ address }) => [address]);
  byAddress.set(things, known);
  return known.get(address)?.find((thing) => isThere(thing, at));
}

/** Without what must not be written down. */
function shown(value: Properties): Properties {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutHidden(each)]));
}

const HIDDEN: Properties = { $hidden: true };

function withoutHidden(value: Value): Value {
  if (typeof value === 'string') return value.includes(REDACTED) ? HIDDEN : value;
  if (Array.isArray(value)) return value.map(withoutHidden);
  if (!isProperties(value)) return value;
  if (value.$secret !== undefined || value.$unknown !== undefined) return HIDDEN;
  return shown(value);
}

interface User {
  readonly thing: Thing;
  readonly property: string;
  readonly output: string;
  /** With the reference in it. */
  readonly value: Value;
}

/** By address: who takes a value from it, at some step. */
type Users = ReadonlyMap<string, readonly User[]>;

function usersOf(things: readonly Thing[]): Users {
  const users = new Map<string, User[]>();
  for (const thing of things)
    for (const [property, phases] of thing.properties)
      for (const { value } of phases)
        for (const { address, output } of referencesIn(value)) {
          const user = { thing, property, output, value: value ?? null };
          const known = users.get(address);
          if (known) known.push(user);
          else users.set(address, [user]);
        }
  return users;
}

/** Those that do so at this step. */
const usersAt = (users: Users, address: string, at: number): readonly User[] =>
  (users.get(address) ?? []).filter(
    ({ thing, property, value }) =>
      isThere(thing, at) &&
      isDeepStrictEqual(thing.properties.get(property)?.findLast((phase) => phase.at <= at)?.value, value),
  );

/**
 * What takes a value from something that changes in place. Its id stays what it is, so it is known in a preview; other
 * outputs may be told only by the deployment.
 */
function dependentsOf(operations: readonly ProvenOperation[], users: Users, at: number): readonly Dependent[] {
  const own = new Set(operations.map(addressOf));
  const found = new Map<string, Dependent>();
  for (const operation of operations) {
    if (operation.op !== 'update') continue;
    const on = addressOf(operation);
    for (const { thing, property, output } of usersAt(users, on, at))
      if (!own.has(thing.address) && output !== 'id')
        found.set(`${thing.address} ${property}`, { type: thing.type, name: thing.name, property, on });
  }
  return [...found.values()];
}
