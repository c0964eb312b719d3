/** A journey at one of its steps -> a folder that Terraform takes. Pure: the same journey gives the same bytes. */
import type { Thing } from '../emit/journey.ts';
import { type Expected, optionsAt } from '../expected.ts';
import { ExportError } from './error.ts';
import { addressIn, typeOf } from './expressions.ts';
import type { Ground } from './ground.ts';
import { importOf, isLetGo, lifecycleOf, removedOf, thereAt } from './lifecycle.ts';
import { Names } from './names.ts';
import { providerRef, providersFor, TERRAFORM } from './providers.ts';
import { readmeOf } from './readme.ts';
import { supplementOf } from './supplements.ts';
import { bodyOf, type Json, type Scope, type Secret } from './values.ts';

/** Begins `main.tf.json`: how a folder of ours is known again. */
export const OURS = 'Written by underpin program --as terraform';

export interface Exported {
  /** By path within the folder, sorted. */
  readonly files: ReadonlyMap<string, string>;
  /** Of the step. */
  readonly name: string;
  /** Terraform's address of each thing that is declared, by the thing. */
  readonly addresses: ReadonlyMap<Thing, string>;
  /** How many of them an `import` block brings in. */
  readonly imported: number;
  readonly secrets: readonly Secret[];
  readonly profiles: readonly string[];
  /** What of the plan is not said to Terraform, and why. */
  readonly notes: readonly string[];
}

/** Throws `ExportError` where a plan says what Terraform cannot, and `EmitError` where no program can. */
export function exported(ground: Ground, step: number): Exported {
  const { journey, things, labels } = ground;
  const { place } = journey.today;
  const name = journey.names[step];
  if (name === undefined) throw new ExportError(`the journey has no step ${step}`);
  const scope: Scope = {
    ...ground,
    step,
    secrets: new Map(),
    documents: new Map(),
    documentNames: new Names(),
    notes: [],
  };
  const there = thereAt(journey, things, step);
  const addresses = new Map(there.map((thing) => [thing, addressIn(thing, labels)]));
  const resources: Record<string, Record<string, Json>> = {};
  const imports: Json[] = [];
  for (const thing of there) {
    const options = optionsAt(thing, step);
    const type = typeOf(thing).name;
    resources[type] = { ...resources[type], [labels.get(thing) ?? '']: resourceOf(thing, options, scope) };
    if (options.importId !== undefined) imports.push(importOf(addresses.get(thing) ?? '', options.importId));
  }
  const removed = things.filter((thing) => isLetGo(thing, step)).map((thing) => removedOf(addressIn(thing, labels)));
  const { blocks, profiles } = providersFor(there, place);
  const secrets = [...scope.secrets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const main = {
    '//': `${OURS}: the step ${name}`,
    terraform: TERRAFORM,
    provider: { aws: blocks },
    ...some('variable', variablesOf(secrets, profiles)),
    ...some('locals', sorted(scope.documents)),
    ...some('resource', sorted(new Map(Object.entries(resources)))),
    ...(imports.length > 0 ? { import: imports } : {}),
    ...(removed.length > 0 ? { removed } : {}),
  };
  const made = { name, addresses, imported: imports.length, secrets, profiles, notes: scope.notes };
  return {
    ...made,
    files: new Map([
      ['README.md', readmeOf(ground, step, made)],
      ['main.tf.json', `${JSON.stringify(main, null, 2)}\n`],
    ]),
  };
}

function resourceOf(thing: Thing, options: Expected['options'], scope: Scope): Json {
  const { today, worlds } = scope.journey;
  const properties = worlds[scope.step]?.declared.get(thing.address)?.properties ?? {};
  const body = bodyOf(thing, properties, options.ignoreChanges ?? [], scope);
  const supplement = supplementOf(thing, body);
  const { attributes = {}, ignored = [], omitted = [] } = supplement ?? {};
  if (supplement) scope.notes.push(`${addressIn(thing, scope.labels)}: ${supplement.because}`);
  const whole = { ...without(body, omitted), ...attributes };
  for (const [name, { said }] of typeOf(thing).members)
    if (said === 'required' && !(name in whole))
      throw new ExportError(`${thing.address}: ${typeOf(thing).name} needs "${name}", and the plan does not say it`);
  const provider = providerRef(thing, today.place);
  const lifecycle = lifecycleOf(thing, options, ignored);
  return {
    ...(provider === undefined ? {} : { provider }),
    ...whole,
    ...(lifecycle === undefined ? {} : { lifecycle }),
  };
}

const without = (body: Readonly<Record<string, Json>>, names: readonly string[]): Readonly<Record<string, Json>> =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));

function variablesOf(secrets: readonly Secret[], profiles: readonly string[]): Record<string, Json> {
  return {
    ...Object.fromEntries(
      profiles.map((name) => [
        name,
        { type: 'string', description: 'Profile of your AWS configuration that reaches the account' },
      ]),
    ),
    ...Object.fromEntries(
      secrets.map(({ name, of }) => [name, { type: 'string', description: `Of ${of}`, sensitive: true }]),
    ),
  };
}

const sorted = <T>(map: ReadonlyMap<string, T>): Record<string, T> =>
  Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

const some = (key: string, members: Readonly<Record<string, Json>>): Record<string, Json> =>
  Object.keys(members).length === 0 ? {} : { [key]: members };
