/** What the program declares at one point of the journey, and how an edit changes it. */
import type { AdoptedResource } from '../inventory/adopt/adopt.ts';
import { watchReads } from '../inventory/pulumi/declared.ts';
import { stateOf } from '../inventory/pulumi/made/index.ts';
import {
  isProperties,
  type Properties,
  plain,
  type RecordedResource,
  type Value,
} from '../inventory/pulumi/recorded.ts';
import { addressOf, type Create, type Edit, type Named, referencesIn, resolved } from './edit.ts';
import type { Today } from './today.ts';

export interface DeclaredResource extends RecordedResource {
  /** As the plan writes them, references unfilled; `inputs` has them filled. */
  readonly properties: Properties;
  readonly adopted: AdoptedResource | undefined;
}

export interface World {
  readonly today: Today;
  /** By address, in the order of adoption and creation. Adopted and created resources, as far as the journey is. */
  readonly declared: ReadonlyMap<string, DeclaredResource>;
  /** Addresses of adopted resources that were deleted since. */
  readonly deleted: ReadonlySet<string>;
}

/** An edit that cannot be applied: the plan is wrong, or was edited wrongly. */
export class EditError extends Error {}

const refuse = (edit: Named, problem: string): never => {
  throw new EditError(`${addressOf(edit)}: ${problem}`);
};

/** Before the first step nothing is declared. */
export const worldOf = (today: Today): World => ({
  today,
  declared: new Map(),
  deleted: new Set(),
});

/** What adopting finds, by address. */
const adoptables = new WeakMap<Today, ReadonlyMap<string, AdoptedResource>>();
export function adoptable(today: Today): ReadonlyMap<string, AdoptedResource> {
  let known = adoptables.get(today);
  if (!known) {
    known = new Map(today.adoptions.resources.map((one) => [addressOf(one), one]));
    adoptables.set(today, known);
  }
  return known;
}

export function edited(world: World, edits: readonly Edit[]): World {
  if (edits.length === 0) return world;
  assertOnce(edits);
  const declared = new Map(world.declared);
  const deleted = new Set(world.deleted);
  for (const edit of ordered(edits)) {
    const address = addressOf(edit);
    const known = declared.get(address);
    switch (edit.op) {
      case 'adopt': {
        if (known) refuse(edit, 'it is declared already');
        const found = adoptable(world.today).get(address) ?? refuse(edit, 'today has no such resource');
        declared.set(address, { ...found, properties: found.inputs, adopted: found });
        break;
      }
      case 'create': {
        if (known) refuse(edit, 'it is declared already');
        declared.set(address, created(edit, world.today, declared));
        break;
      }
      case 'update':
        declared.set(address, updated(known ?? refuse(edit, 'it is not declared yet'), edit.properties, declared));
        break;
      case 'delete': {
        if (!known) return refuse(edit, 'it is not declared');
        declared.delete(address);
        if (known.adopted) deleted.add(address);
        break;
      }
    }
  }
  for (const edit of edits) if (edit.op === 'delete') assertUnused(edit, declared);
  return { today: world.today, declared, deleted };
}

/** Two changes of one resource in one step have no order among themselves. */
function assertOnce(edits: readonly Edit[]): void {
  const seen = new Set<string>();
  for (const edit of edits) {
    const address = addressOf(edit);
    if (seen.has(address)) refuse(edit, 'the step names it twice');
    seen.add(address);
  }
}

/** Creations before those that refer to them, then updates, then deletions: as Pulumi orders them. */
export function ordered(edits: readonly Edit[]): readonly Edit[] {
  const creations = new Map(edits.flatMap((edit) => (edit.op === 'create' ? [[addressOf(edit), edit] as const] : [])));
  const done = new Set<string>();
  const out: Edit[] = [];
  const put = (address: string, edit: Create): void => {
    if (done.has(address)) return;
    done.add(address);
    for (const { address: needed } of referencesIn(edit.properties)) {
      const first = creations.get(needed);
      if (first) put(needed, first);
    }
    out.push(edit);
  };
  for (const edit of edits) if (edit.op === 'adopt') out.push(edit);
  for (const [address, edit] of creations) put(address, edit);
  for (const edit of edits) if (edit.op === 'update') out.push(edit);
  for (const edit of edits) if (edit.op === 'delete') out.push(edit);
  return out;
}

const fill = (properties: Properties, declared: ReadonlyMap<string, DeclaredResource>): Properties => {
  const value = resolved(properties, (address, output) => {
    const found = declared.get(address);
    if (found === undefined) return undefined;
    return output === 'id' ? found.id : plain(memberOf(found.outputs, output));
  });
  return isProperties(value) ? value : {};
};

/** `masterUserSecrets.0.secretArn`. */
const memberOf = (outputs: Properties, path: string): Value | undefined =>
  path
    .split('.')
    .reduce<Value | undefined>(
      (value, part) => (Array.isArray(value) ? value[Number(part)] : isProperties(value) ? value[part] : undefined),
      outputs,
    );

function created(edit: Create, today: Today, declared: ReadonlyMap<string, DeclaredResource>): DeclaredResource {
  for (const { address } of referencesIn(edit.properties))
    if (!declared.has(address)) refuse(edit, `it refers to ${address}, which is not declared`);
  const inputs = fill(edit.properties, declared);
  const place = { account: today.place.account, region: edit.region ?? today.place.region };
  const urn = `urn:pulumi:plan::underpin::${edit.type}::${edit.name}`;
  const clear = plain(inputs);
  const made = stateOf({
    type: edit.type,
    name: edit.name,
    urn,
    inputs: isProperties(clear) ? clear : {},
    ...place,
    partition: 'aws',
    defaultTags: {},
    importId: edit.importId,
    addresses: new Set(),
  });
  return {
    urn,
    type: edit.type,
    name: edit.name,
    kind: 'declared',
    parent: undefined,
    custom: true,
    remote: false,
    id: made.id,
    inputs,
    outputs: { ...made.outputs, ...inputs, ...edit.outputs },
    dependencies: [],
    propertyDependencies: {},
    options: {},
    position: undefined,
    place,
    properties: edit.properties,
    adopted: undefined,
  };
}

function updated(
  known: DeclaredResource,
  change: Properties,
  declared: ReadonlyMap<string, DeclaredResource>,
): DeclaredResource {
  for (const { address } of referencesIn(change))
    if (!declared.has(address)) refuse(known, `it refers to ${address}, which is not declared`);
  const properties = merged(known.properties, change);
  const filled = fill(change, declared);
  return {
    ...known,
    properties,
    inputs: watchReads(merged(known.inputs, filled)),
    outputs: merged(known.outputs, filled),
  };
}

const merged = (before: Properties, change: Properties): Properties =>
  Object.fromEntries(
    Object.entries({ ...before, ...change }).filter(([key, value]) => !(key in change && value === null)),
  );

/** A program that still names what is deleted does not compile, and AWS would refuse the deletion. */
function assertUnused(edit: Named, declared: ReadonlyMap<string, DeclaredResource>): void {
  const address = addressOf(edit);
  for (const one of declared.values())
    if (referencesIn(one.properties).some((reference) => reference.address === address))
      refuse(edit, `${addressOf(one)} still refers to it`);
}
