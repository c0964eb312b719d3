/**
 * What each step of a journey changes, as code: every resource as the program has it before and after, with plain values and not
 * on the timeline. For people who read one step; the program itself is `emit.ts`'s.
 */
import { type Journey, type Thing, thingsOf } from './journey.ts';
import { lineDiff } from './line-diff.ts';
import { type Links, linksOf } from './links.ts';
import { variablesOf } from './names.ts';
import { type Guarded, guardedOf, valueAt } from './options.ts';
import { call, type Member, object, plainCode, print } from './print.ts';
import { References } from './references.ts';
import { constructorOf, type ResourceScope } from './resource.ts';
import { key, quoted } from './text.ts';
import { propertyCode } from './timelines.ts';
import { usesNothing } from './values.ts';

/** `=` stands for lines that are left out. */
export interface CodeLine {
  readonly sign: '+' | '-' | ' ' | '=';
  readonly text: string;
}

export interface CodeChange {
  readonly op: 'create' | 'update' | 'delete';
  /** `ec2.Vpc shop-vpc`. */
  readonly what: string;
  readonly lines: readonly CodeLine[];
}

/** One list for each step. What a step only takes into the program is no change of it, and is not in its list. */
export function changesOf(journey: Journey): readonly (readonly CodeChange[])[] {
  const things = thingsOf(journey);
  const references = new References(things);
  const scope: ResourceScope = {
    references,
    links: linksOf(things, references),
    variables: variablesOf(things),
    secrets: new Map(),
    names: journey.names,
    place: journey.today.place,
    still: true,
  };
  const steps: CodeChange[][] = journey.steps.map(() => []);
  for (const thing of things) {
    const what = `${constructorOf(thing).replace(/^aws\./, '')} ${thing.name}`;
    const writer = new Writer(thing, scope);
    if (thing.imports[0]?.value === undefined)
      steps[thing.from]?.push({ op: 'create', what, lines: signed('+', writer.whole(thing.from)) });
    for (const at of changedAt(thing)) steps[at]?.push({ op: 'update', what, lines: writer.changed(at) });
    if (thing.until !== undefined)
      steps[thing.until]?.push({ op: 'delete', what, lines: signed('-', [writer.first('{ … });')]) });
  }
  return steps;
}

const signed = (sign: CodeLine['sign'], lines: readonly string[]): readonly CodeLine[] =>
  lines.map((text) => ({ sign, text }));

/** The steps that give one of its properties another value. */
function changedAt({ from, properties }: Thing): readonly number[] {
  const steps = new Set([...properties.values()].flatMap((phases) => phases.map(({ at }) => at)));
  steps.delete(from);
  return [...steps].sort((a, b) => a - b);
}

class Writer {
  readonly #thing: Thing;
  readonly #scope: ResourceScope;
  readonly #guarded: Guarded | undefined;

  constructor(thing: Thing, scope: ResourceScope) {
    this.#thing = thing;
    this.#scope = scope;
    this.#guarded = guardedOf(thing);
  }

  first(rest: string): string {
    const { name } = this.#thing;
    return `const ${this.#scope.variables.get(this.#thing) ?? ''} = new ${constructorOf(this.#thing)}(${quoted(name)}, ${rest}`;
  }

  whole(at: number): readonly string[] {
    const members = [...this.#thing.properties.keys()].flatMap((property) => this.#member(property, at) ?? []);
    const made = call(`new ${constructorOf(this.#thing)}`, [
      plainCode(quoted(this.#thing.name), 'text'),
      object(members, members.length > 2),
    ]);
    return print([`const ${this.#scope.variables.get(this.#thing) ?? ''} = `, made.doc, ';']).split('\n');
  }

  /** Only the properties that have another value than at the step before. */
  changed(at: number): readonly CodeLine[] {
    const changes = [...this.#thing.properties].filter(([, phases]) => phases.some((phase) => phase.at === at));
    return [
      { sign: ' ', text: this.first('{') },
      ...changes.flatMap(([property]) => lineDiff(this.#lines(property, at - 1), this.#lines(property, at))),
      { sign: ' ', text: '});' },
    ];
  }

  #lines(property: string, at: number): readonly string[] {
    const member = this.#member(property, at);
    return member
      ? print(object([member], true).doc)
          .split('\n')
          .slice(1, -1)
      : [];
  }

  #member(property: string, at: number): Member | undefined {
    const value = valueAt(this.#thing.properties.get(property) ?? [], at);
    if (value === undefined) return undefined;
    const [real, scope] = [this.#thing, this.#scope];
    // As if the thing were there at this step alone: what it names is what has that name then.
    const thing: Thing = { ...real, from: at, until: at + 1 };
    const links: Links = { has: (from, to) => scope.links.has(from === thing ? real : from, to), of: scope.links.of };
    return {
      key: key(property),
      value: propertyCode(property, [{ at, value }], {
        thing,
        guarded: this.#guarded,
        scope: { ...scope, links },
        uses: usesNothing(),
      }),
    };
  }
}
