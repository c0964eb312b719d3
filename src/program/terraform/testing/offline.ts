/**
 * For tests: the journey as Terraform's own planner sees it, without AWS. What a plan says of a step is taken as done and is the state
 * that the next step is planned from; what only AWS would know has the values that Underpin's plan made up.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isProperties, plain } from '../../../inventory/pulumi/recorded.ts';
import { terraformType } from '../../../inventory/terraform/table.ts';
import { knownStates } from '../../expected.ts';
import { addressIn, memberOf, typeOf } from '../expressions.ts';
import type { Ground } from '../ground.ts';
import { thereAt } from '../lifecycle.ts';
import type { Json } from '../values.ts';
import { type Main, type Workshop, write } from './terraform.ts';

/** What Terraform would do to one resource. */
export interface Action {
  readonly op: 'create' | 'import' | 'update' | 'replace' | 'delete' | 'forget';
  readonly address: string;
  /** Attributes that make it a replacement. */
  readonly because: readonly string[];
  /** Attributes that change. */
  readonly attributes: readonly string[];
}

interface Planned {
  readonly actions: readonly Action[];
  readonly state: State;
}

export interface State {
  readonly resources: readonly StateResource[];
}

interface StateResource {
  readonly mode: 'managed';
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly instances: readonly {
    readonly schema_version: number;
    readonly attributes: Readonly<Record<string, unknown>>;
    readonly sensitive_attributes: readonly (readonly Step[])[];
  }[];
}

/** Of a path to what is secret. Terraform takes it for a change where the state does not say that it is. */
type Step = { readonly type: 'get_attr'; readonly value: string } | { readonly type: 'index'; readonly value: unknown };

function secretsIn(marks: unknown, path: readonly Step[] = []): readonly (readonly Step[])[] {
  if (marks === true) return [path];
  if (typeof marks !== 'object' || marks === null) return [];
  return Object.entries(marks).flatMap(([key, inner]) =>
    secretsIn(inner, [
      ...path,
      Array.isArray(marks)
        ? { type: 'index', value: { value: Number(key), type: 'number' } }
        : { type: 'get_attr', value: key },
    ]),
  );
}

export const NOTHING: State = { resources: [] };

interface Change {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly after_unknown: Readonly<Record<string, unknown>> | null;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
    readonly importing?: { readonly id: string };
  };
}

interface Resource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly schema_version: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly sensitive_values: Readonly<Record<string, unknown>>;
}

interface PlanFile {
  readonly resource_changes?: readonly Change[];
  readonly planned_values?: { readonly root_module?: { readonly resources?: readonly Resource[] } };
}

/**
 * What Terraform asks only of what it makes itself, while here an import is planned as a creation: a replica that names its source by
 * its name has no subnet group of its own. It comes into the state afterwards.
 */
const LATER = { type: 'aws_db_instance', attribute: 'replicate_source_db' } as const;

function withoutLater(main: Main, state: State): Main {
  const there = new Set(state.resources.map(({ type, name }) => `${type}.${name}`));
  const resources = main.resource as
    | Readonly<Record<string, Readonly<Record<string, Record<string, Json>>>>>
    | undefined;
  if (resources?.[LATER.type] === undefined) return main;
  const changed = Object.entries(resources[LATER.type] ?? {}).map(([name, body]) => {
    const { [LATER.attribute]: _, ...rest } = body;
    return [name, there.has(`${LATER.type}.${name}`) || !isImported(body) ? body : rest] as const;
  });
  return { ...main, resource: { ...resources, [LATER.type]: Object.fromEntries(changed) } };
}

const isImported = ({ lifecycle }: Readonly<Record<string, Json>>): boolean => lifecycle !== undefined;

/**
 * Plans a step from a state, and what follows from it. Throws with what Terraform says. What is made in the step is known to others of it
 * only once it is there, so a second look follows, which must find nothing to do: what it finds is told as `unsettled`.
 */
export function planned(shop: Workshop, main: Main, state: State, ground: Ground, step: number): Settled {
  const first = plannedOnce(shop, main, state, ground, step);
  let now = first;
  for (let look = 0; look < 3 && now.actions.length > 0; look++) now = plannedOnce(shop, main, now.state, ground, step);
  return { actions: first.actions, state: now.state, unsettled: now.actions };
}

export interface Settled extends Planned {
  readonly unsettled: readonly Action[];
}

function plannedOnce(shop: Workshop, whole: Main, state: State, ground: Ground, step: number): Planned {
  const main = withoutLater(whole, state);
  write(shop, main);
  putState(shop, state);
  const made = shop.run(['plan', '-refresh=false', '-lock=false', '-input=false', '-no-color', '-out=step.tfplan']);
  if (!made.ok) throw new Error(made.problems.slice(0, 4000));
  const shown: PlanFile = JSON.parse(shop.run(['show', '-json', 'step.tfplan']).stdout);
  return { actions: actionsOf(shown), state: stateOf(shown, main, ground, step) };
}

export function actionsOf({ resource_changes: changes = [] }: PlanFile): readonly Action[] {
  return changes.flatMap(({ address, change }): readonly Action[] => {
    const because = (change.replace_paths ?? []).map((path) => path.join('.'));
    const importing =
      change.importing === undefined ? [] : [{ op: 'import' as const, address, because: [], attributes: [] }];
    const kind = change.actions.join();
    if (kind === 'no-op' || kind === 'read') return importing;
    const op = kind.includes(',') ? 'replace' : kind;
    return [...importing, { op: op as Action['op'], address, because, attributes: changedIn(change) }];
  });
}

function changedIn({ before, after, after_unknown: unknown }: Change['change']): readonly string[] {
  if (before === null || after === null) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknown ?? {})]);
  return [...names].filter((name) => unknown?.[name] === true || !isDeepStrictEqual(before[name], after[name])).sort();
}

function putState({ folder }: Workshop, { resources }: State): void {
  const file = join(folder, 'terraform.tfstate');
  if (resources.length === 0) {
    if (existsSync(file)) rmSync(file);
    return;
  }
  writeFileSync(
    file,
    JSON.stringify({ version: 4, terraform_version: '1.7.0', serial: 1, lineage: 'test', outputs: {}, resources }),
  );
}

/** The state once a plan is done. */
function stateOf(shown: PlanFile, main: Main, ground: Ground, step: number): State {
  const unknown = new Map((shown.resource_changes ?? []).map(({ address, change }) => [address, change.after_unknown]));
  const told = toldOf(ground, step);
  // what Terraform forgets stands in its plan to the end
  const forgotten = new Set(actionsOf(shown).flatMap(({ op, address }) => (op === 'forget' ? [address] : [])));
  const resources = (shown.planned_values?.root_module?.resources ?? [])
    .filter(({ address }) => !forgotten.has(address))
    .map(
      ({ address, type, name, schema_version, values, sensitive_values }): StateResource => ({
        mode: 'managed',
        type,
        name,
        provider: providerOf(main, type, name),
        instances: [
          {
            schema_version,
            sensitive_attributes: secretsIn({ ...sensitive_values, ...sensitiveOf(type) }),
            attributes: {
              ...values,
              ...filled(type, unknown.get(address), told.get(address)),
              ...(type === LATER.type && !values[LATER.attribute] ? pick(told.get(address), LATER.attribute) : {}),
            },
          },
        ],
      }),
    );
  return { resources };
}

function providerOf(main: Main, type: string, name: string): string {
  const resources = main.resource as Record<string, Record<string, { provider?: string }>>;
  const alias = resources[type]?.[name]?.provider?.split('.')[1];
  return `provider["registry.terraform.io/hashicorp/aws"]${alias === undefined ? '' : `.${alias}`}`;
}

/** What AWS would tell, by Terraform's address and attribute. */
function toldOf(
  { journey, things, labels }: Ground,
  step: number,
): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const known = knownStates(journey);
  return new Map(
    thereAt(journey, things, step).map((thing) => {
      const one = journey.worlds[step]?.declared.get(thing.address);
      const now = one === undefined ? {} : plain(one.outputs);
      const outputs = { ...known[thing.address]?.outputs, ...(isProperties(now) ? now : {}) };
      const { members } = typeOf(thing);
      const told = Object.entries(outputs).flatMap(([property, value]) => {
        const [name] = memberOf(members, property) ?? [];
        return name === undefined || typeof value !== 'string' ? [] : [[name, value] as const];
      });
      return [addressIn(thing, labels), { ...Object.fromEntries(told), id: one?.id ?? '' }];
    }),
  );
}

const sensitiveOf = (type: string): Readonly<Record<string, true>> =>
  Object.fromEntries(
    [...(terraformType(type)?.members ?? [])].flatMap(([name, { sensitive }]) =>
      sensitive ? [[name, true] as const] : [],
    ),
  );

const pick = (from: Readonly<Record<string, unknown>> = {}, name: string): Readonly<Record<string, unknown>> =>
  name in from ? { [name]: from[name] } : {};

/** What is known only after an apply: as the plan made it up, and else empty. */
function filled(
  type: string,
  unknown: unknown,
  told: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  if (typeof unknown !== 'object' || unknown === null) return {};
  const members = terraformType(type)?.members;
  return Object.fromEntries(
    Object.entries(unknown).flatMap(([name, is]) => {
      if (is !== true) return [];
      if (name in told) return [[name, told[name]] as const];
      const member = members?.get(name);
      return member?.list ? [[name, []] as const] : member?.shape === 'map' ? [[name, {}] as const] : [];
    }),
  );
}

/** Only the state of what a plan is of, or only that of all else. */
export const within = ({ resources }: State, of: ReadonlySet<string>, is = true): State => ({
  resources: resources.filter(({ type, name }) => of.has(`${type}.${name}`) === is),
});
