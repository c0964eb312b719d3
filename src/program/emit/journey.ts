/**
 * A plan as a program sees it: not one list of edits after the other, but each resource with the steps at which it is
 * there and the values that its properties have on the way.
 */
import { isDeepStrictEqual } from 'node:util';
import { oncePer } from '../../estate/once.ts';
import type { AdoptedResource } from '../../inventory/adopt/adopt.ts';
import type { Place, Value } from '../../inventory/pulumi/recorded.ts';
import { addressOf, type Edit } from '../../plan/edit.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Step } from '../../plan/step.ts';
import type { Today } from '../../plan/today.ts';
import { type DeclaredResource, edited, type World, worldOf } from '../../plan/world.ts';
import type { Since } from './options.ts';

export interface Journey {
  readonly today: Today;
  readonly steps: readonly Step[];
  /** What is declared once each of the steps is done. */
  readonly worlds: readonly World[];
  /** By step: as the program calls it, which is its id where that is a plain word with dashes. */
  readonly names: readonly string[];
}

/** A value from a step on; undefined takes the property away. */
export interface Phase {
  /** Index of the step. */
  readonly at: number;
  readonly value: Value | undefined;
}

/** A resource of the program. One that goes and comes again is two. */
export interface Thing {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** Index of the step that adopts or creates it. */
  readonly from: number;
  /** Index of the step that deletes it; undefined when none does. */
  readonly until: number | undefined;
  readonly adopted: AdoptedResource | undefined;
  /** The id by which the program takes over what it did not make itself; undefined while it did. */
  readonly imports: readonly Since<string | undefined>[];
  /** Whether its end is only the program's: AWS keeps it. */
  readonly kept: boolean;
  readonly place: Place;
  /** In the order of the arguments. The first phase begins with the thing. */
  readonly properties: ReadonlyMap<string, readonly Phase[]>;
}

/** One object for a plan, so that what is made of it is made once. */
export const journeyOf = oncePer(
  (plan: Plan): Journey =>
    journeyFrom(
      plan.today,
      plan.steps.map(({ step }) => step),
    ),
);

export function journeyFrom(today: Today, steps: readonly Step[]): Journey {
  const worlds: World[] = [];
  let world = worldOf(today);
  for (const { edits } of steps) {
    world = edited(world, edits);
    worlds.push(world);
  }
  return { today, steps, worlds, names: namesOf(steps) };
}

/** The words that `underpin/timeline` allows for a step, each once. */
function namesOf(steps: readonly Step[]): readonly string[] {
  const taken = new Set(['settled']);
  return steps.map(({ id }) => {
    const words = id.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
    const plain = words.join('-');
    const wish = /^[A-Za-z]/.test(plain) ? plain : `step-${plain}`.replace(/-$/, '');
    let name = wish;
    for (let n = 2; taken.has(name); n++) name = `${wish}-${n}`;
    taken.add(name);
    return name;
  });
}

interface Growing extends Omit<Thing, 'until' | 'kept' | 'imports' | 'properties'> {
  until: number | undefined;
  kept: boolean;
  readonly imports: Since<string | undefined>[];
  readonly properties: Map<string, Phase[]>;
}

/** Every resource of the journey, in the order in which they appear. */
export const thingsOf = oncePer(({ worlds, steps }: Journey): readonly Thing[] => {
  const things: Growing[] = [];
  const living = new Map<string, Growing>();
  worlds.forEach((world, at) => {
    const before = worlds[at - 1]?.declared;
    const edits = new Map(steps[at]?.edits.map((edit) => [addressOf(edit), edit]));
    for (const [address, one] of world.declared) {
      const known = before?.get(address);
      const thing = living.get(address);
      const edit = edits.get(address);
      // another object of AWS under the same name is another thing
      if (thing === undefined || known === undefined) {
        const made = begun(one, address, at, edit);
        things.push(made);
        living.set(address, made);
        continue;
      }
      if (edit?.op === 'update' && edit.follows && thing.imports.at(-1)?.value === undefined)
        thing.imports.push({ at, value: importIdOf(one) });
      if (known === one) continue;
      for (const key of new Set([...thing.properties.keys(), ...Object.keys(one.properties)]))
        put(thing, key, at, one.properties[key]);
    }
    for (const address of before?.keys() ?? []) {
      if (world.declared.has(address)) continue;
      const gone = living.get(address);
      const edit = edits.get(address);
      if (gone) gone.until = at;
      if (gone && edit?.op === 'delete') gone.kept = edit.keeps === true;
      living.delete(address);
    }
  });
  return things;
});

function begun(one: DeclaredResource, address: string, at: number, edit: Edit | undefined): Growing {
  const { type, name, adopted, place } = one;
  const taken = edit?.op === 'create' ? edit.importId : adopted && (adopted.options.importId ?? adopted.id);
  return {
    address,
    type,
    name,
    adopted,
    place,
    from: at,
    until: undefined,
    kept: false,
    imports: [{ at, value: taken }],
    properties: new Map(Object.entries(one.properties).map(([key, value]) => [key, [{ at, value }]])),
  };
}

/** As `pulumi import` wants it: of a database its name, which is not what the state calls its id. */
function importIdOf({ id, inputs }: DeclaredResource): string {
  const name = inputs.identifier ?? inputs.clusterIdentifier;
  return typeof name === 'string' ? name : id;
}

function put(thing: Growing, key: string, at: number, value: Value | undefined): void {
  const phases = thing.properties.get(key);
  if (phases === undefined) {
    if (value === undefined) return;
    thing.properties.set(key, [
      { at: thing.from, value: undefined },
      { at, value },
    ]);
    return;
  }
  if (!isDeepStrictEqual(phases.at(-1)?.value, value)) phases.push({ at, value });
}
