/** Answers of AWS -> what a program would declare of them, as if it had been recorded; and what cannot be adopted, with why. */
import { Answers } from '../answers.ts';
import type { Entry } from '../entry.ts';
import type { RecordedResource } from '../pulumi/recorded.ts';
import type { Adopted, Unadopted, Whole } from './adopter.ts';
import { adopters } from './adopters/index.ts';

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
  const found = adopters.flatMap((adopter) => adopter.adopt(answers));
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

/** Wholes of which two answers tell one part differently: which of the two is true is not known. */
function contradicted(adopted: readonly Adopted[]): ReadonlyMap<string, Unadopted> {
  const inputs = new Map<string, string>();
  const torn = new Map<string, Unadopted>();
  for (const { type, importId, of, inputs: told } of adopted) {
    const itself = `${type} ${importId} ${wholeKey(of)}`;
    const text = JSON.stringify(told);
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

const recorded = (one: Adopted, name: string): AdoptedResource => ({
  urn: `urn:pulumi:today::underpin::${one.type}::${name}`,
  type: one.type,
  name,
  kind: 'declared',
  parent: undefined,
  custom: true,
  remote: false,
  id: one.id,
  inputs: one.inputs,
  outputs: { ...one.inputs, ...one.outputs },
  dependencies: [],
  propertyDependencies: {},
  options: {
    importId: one.importId,
    protect: one.protect,
    retainOnDelete: one.protect,
    ignoreChanges: one.ignoreChanges,
  },
  position: undefined,
  place: one.place,
  of: one.of,
});
