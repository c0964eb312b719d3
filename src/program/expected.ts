/** What the plan says that a program declares at a step, written as a recording would have it. */
import {
  isProperties,
  type Place,
  type Properties,
  plain,
  type RecordedOptions,
  type Value,
} from '../inventory/pulumi/recorded.ts';
import { resolved } from '../plan/edit.ts';
import type { DeclaredResource, World } from '../plan/world.ts';
import type { Journey, Thing } from './emit/journey.ts';
import { guardedOf, valueAt } from './emit/options.ts';
import type { KnownStates } from './record/job.ts';

export interface Expected {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
  readonly options: Pick<RecordedOptions, 'protect' | 'importId' | 'retainOnDelete' | 'ignoreChanges'>;
  readonly place: Place;
}

/** A text for an output that nobody knows yet: where it turns up, it came from there. */
const unknown = (address: string, output: string): string => `<${address}#${output}>`;

const memberOf = (outputs: Properties, path: string): Value | undefined =>
  path
    .split('.')
    .reduce<Value | undefined>(
      (value, part) => (Array.isArray(value) ? value[Number(part)] : isProperties(value) ? value[part] : undefined),
      outputs,
    );

const outputOf = (world: World, address: string, output: string): Value | undefined => {
  const one = world.declared.get(address);
  if (one === undefined) return undefined;
  return output === 'id' ? one.id : (plain(memberOf(one.outputs, output)) ?? unknown(address, output));
};

/** Everything that is declared at a step, by `type::name`. */
export function expectedAt(journey: Journey, things: readonly Thing[], step: number): ReadonlyMap<string, Expected> {
  const world = journey.worlds[step];
  const expected = new Map<string, Expected>();
  if (world === undefined) return expected;
  const living = new Map(things.filter((thing) => isThere(thing, step)).map((thing) => [thing.address, thing]));
  for (const [address, one] of world.declared) {
    const thing = living.get(address);
    if (thing) expected.set(address, { ...expectedOf(one, world), options: optionsAt(thing, step) });
  }
  return expected;
}

export const isThere = ({ from, until }: Thing, step: number): boolean =>
  from <= step && (until === undefined || step < until);

function expectedOf(one: DeclaredResource, world: World): Omit<Expected, 'options'> {
  // what AWS told is no reference, whatever it looks like
  const filled = resolved(
    one.properties,
    (address, output) => outputOf(world, address, output) ?? `\${${address}#${output}}`,
  );
  const inputs = plain(filled);
  return { type: one.type, name: one.name, inputs: isProperties(inputs) ? inputs : {}, place: one.place };
}

export function optionsAt(thing: Thing, step: number): Expected['options'] {
  const guarded = guardedOf(thing);
  if (guarded === undefined) return {};
  const protect = valueAt(guarded.guarded, step) ?? false;
  const ignoreChanges = valueAt(guarded.ignored, step) ?? [];
  const importId = valueAt(guarded.imports, step);
  return {
    ...(protect ? { protect, retainOnDelete: protect } : {}),
    ...(importId === undefined ? {} : { importId }),
    ...(ignoreChanges.length > 0 ? { ignoreChanges } : {}),
  };
}

/** What AWS answers of everything that is ever declared: what stands there today as it is, the rest as the plan has it. */
export function knownStates(journey: Journey): KnownStates {
  const known: Record<string, { id: string; outputs: Properties }> = {};
  const asked = askedOf(journey);
  const last = new Map(journey.worlds.flatMap(({ declared }) => [...declared]));
  for (const [address, one] of last) {
    const outputs = plain(one.outputs);
    known[address] = { id: one.id, outputs: isProperties(outputs) ? outputs : {} };
  }
  for (const [address, outputs] of asked) {
    const one = known[address];
    if (one === undefined) continue;
    const missing = [...outputs].filter(
      (output) => !output.includes('.') && output !== 'id' && !(output in one.outputs),
    );
    known[address] = {
      id: one.id,
      outputs: { ...one.outputs, ...Object.fromEntries(missing.map((output) => [output, unknown(address, output)])) },
    };
  }
  return known;
}

const REFERENCE = /\$\{([^}#]+)#([\w.]+)\}/g;

/** The outputs that something refers to, by address. */
function askedOf({ worlds }: Journey): ReadonlyMap<string, ReadonlySet<string>> {
  const asked = new Map<string, Set<string>>();
  const seen = new Set<DeclaredResource>();
  for (const world of worlds)
    for (const one of world.declared.values()) {
      if (seen.has(one)) continue;
      seen.add(one);
      for (const [, address = '', output = ''] of JSON.stringify(one.properties).matchAll(REFERENCE)) {
        const outputs = asked.get(address) ?? new Set();
        asked.set(address, outputs.add(output));
      }
    }
  return asked;
}
