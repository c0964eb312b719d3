/**
 * A plan as a program sees it: not one list of edits after the other, but each resource with the steps at which it is
 * there and the values that its properties have on the way.
 */
import { isDeepStrictEqual } from 'node:util';
import type { AdoptedResource } from '../../inventory/adopt/adopt.ts';
import type { Place, Value } from '../../inventory/pulumi/recorded.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Step } from '../../plan/step.ts';
import type { Today } from '../../plan/today.ts';
import { edited, type World, worldOf } from '../../plan/world.ts';

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
  readonly place: Place;
  /** In the order of the arguments. The first phase begins with the thing. */
  readonly properties: ReadonlyMap<string, readonly Phase[]>;
}

export const journeyOf = (plan: Plan): Journey =>
  journeyFrom(
    plan.today,
    plan.steps.map(({ step }) => step),
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

interface Growing extends Omit<Thing, 'until' | 'properties'> {
  until: number | undefined;
  readonly properties: Map<string, Phase[]>;
}

/** Every resource of the journey, in the order in which they appear. */
export function thingsOf({ worlds }: Journey): readonly Thing[] {
  const things: Growing[] = [];
  const living = new Map<string, Growing>();
  worlds.forEach((world, at) => {
    const before = worlds[at - 1]?.declared;
    for (const [address, one] of world.declared) {
      const known = before?.get(address);
      const thing = living.get(address);
      // another object of AWS under the same name is another thing
      if (thing === undefined || known === undefined) {
        const { type, name, adopted, place } = one;
        const properties = new Map(Object.entries(one.properties).map(([key, value]) => [key, [{ at, value }]]));
        const made: Growing = { address, type, name, adopted, place, from: at, until: undefined, properties };
        things.push(made);
        living.set(address, made);
      } else if (known !== one) {
        for (const key of new Set([...thing.properties.keys(), ...Object.keys(one.properties)]))
          put(thing, key, at, one.properties[key]);
      }
    }
    for (const address of before?.keys() ?? []) {
      if (world.declared.has(address)) continue;
      const gone = living.get(address);
      if (gone) gone.until = at;
      living.delete(address);
    }
  });
  return things;
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
