/** Answers of AWS -> what a program would declare of them, as if it had been recorded; and what cannot be adopted, with why. */
import { Answers } from '../answers.ts';
import type { Entry } from '../entry.ts';
import type { RecordedResource } from '../pulumi/recorded.ts';
import { readers } from '../readers/index.ts';
import type { Adopted, Adoption, Unadopted, Whole } from './adopter.ts';
import { adopters } from './adopters/index.ts';
import { swept } from './swept.ts';
import { canonical } from './values.ts';

export interface AdoptedResource extends RecordedResource {
  readonly of: Whole;
}

export interface Adoptions {
  /** In the order of type and name. */
  readonly resources: readonly AdoptedResource[];
  readonly unadopted: readonly Unadopted[];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function adopt(entries: readonly Entry[]): Adoptions {
  const answers = new Answers(entries);
  const kept = keepers(entries);
  const found = adopters
    .flatMap((adopter) => adopter.adopt(answers))
    .map((one): Adoption => {
      const keptBy = kept.get(wholeKey(one.of));
      if (keptBy === undefined) return one;
      return { state: 'unadopted', type: one.type, of: one.of, because: `${keptBy} manages it`, keptBy };
    });
  const adopted = found
    .filter((one) => one.state === 'adopted')
    .sort((a, b) => compare(a.type, b.type) || compare(a.name, b.name) || compare(a.importId, b.importId));
  const torn = contradicted(adopted);
  const unadopted = [...found.filter((one) => one.state === 'unadopted'), ...torn.values()].sort(
    (a, b) => compare(a.type, b.type) || compare(a.of.id, b.of.id),
  );
  return { resources: named(adopted.filter(({ of }) => !torn.has(wholeKey(of)))), unadopted };
}

const wholeKey = ({ kind, id }: Whole): string => `${kind} ${id}`;

/** Who keeps what, by the word of the programs that are in the input. Two programs that declare one thing undo each other's work. */
function keepers(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const kept = entries.filter(({ keptBy }) => keptBy !== undefined);
  if (kept.length === 0) return new Map();
  const answers = new Answers(kept);
  return new Map(
    readers
      .flatMap((reader) => reader.read(answers))
      .flatMap((one) => (one.keptBy === undefined ? [] : [[wholeKey(one), one.keptBy] as const])),
  );
}

/** Wholes of which two answers tell one part differently: which of the two is true is not known. */
function contradicted(adopted: readonly Adopted[]): ReadonlyMap<string, Unadopted> {
  const inputs = new Map<string, string>();
  const torn = new Map<string, Unadopted>();
  for (const { type, importId, of, inputs: told } of adopted) {
    const itself = `${type} ${importId} ${wholeKey(of)}`;
    const text = canonical(told);
    if ((inputs.get(itself) ?? text) !== text)
      torn.set(wholeKey(of), { state: 'unadopted', type, of, because: 'two answers tell it differently' });
    inputs.set(itself, text);
  }
  return torn;
}

/** Names are unique within a type: the second of the same name is told apart by its id. */
function named(adopted: readonly Adopted[]): readonly AdoptedResource[] {
  const taken = new Set<string>();
  const seen = new Set<string>();
  return adopted.flatMap((one) => {
    // one thing told by two answers is one thing; two accounts may each have one of a name
    const itself = `${one.type} ${one.importId} ${one.of.id}`;
    if (seen.has(itself)) return [];
    seen.add(itself);
    const wish = logical(one.name);
    let name = wish;
    if (taken.has(`${one.type} ${name}`)) name = `${wish}-${logical(one.importId).slice(-17)}`;
    for (let n = 2; taken.has(`${one.type} ${name}`); n++) name = `${wish}-${n}`;
    taken.add(`${one.type} ${name}`);
    return [recorded(one, name)];
  });
}

/** Letters, digits, `-`, `_` and `.`: a URN takes more, but a variable in a program is made of it. */
const logical = (name: string): string => name.replace(/[^\w.-]+/g, '-').replace(/^-+|-+$/g, '') || 'unnamed';

function recorded(one: Adopted, name: string): AdoptedResource {
  const { properties: inputs, changed } = swept(one.inputs);
  return {
    urn: `urn:pulumi:today::underpin::${one.type}::${name}`,
    type: one.type,
    name,
    kind: 'declared',
    parent: undefined,
    custom: true,
    remote: false,
    id: one.id,
    inputs,
    outputs: swept({ ...inputs, ...one.outputs }).properties,
    dependencies: [],
    propertyDependencies: {},
    options: {
      importId: one.importId,
      protect: one.protect,
      retainOnDelete: one.protect,
      ignoreChanges: [...new Set([...one.ignoreChanges, ...changed])],
    },
    position: undefined,
    place: one.place,
    of: one.of,
  };
}
