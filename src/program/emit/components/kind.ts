/**
 * A component of the blueprint, as the emitter sees it: which resources of the plan may be one, and with which arguments.
 * It is one only where the component's own declaration of these arguments is what the plan declares, to the letter.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Declaration, plainProperties } from '../../../blueprint/declared/declaration.ts';
import type { Properties } from '../../../inventory/pulumi/recorded.ts';
import { addressOf } from '../../../plan/edit.ts';
import type { Thing } from '../journey.ts';

/** A resource of the plan at one step. */
export interface Child {
  readonly type: string;
  readonly name: string;
  readonly properties: Properties;
}

/** Resources that may be one component. */
export interface Candidate {
  readonly name: string;
  readonly members: readonly Thing[];
}

/** What is known of the other resources. */
export interface Around {
  /** Whether a group is an `OwnGroup` of the program. */
  readonly isOwnGroup: (address: string) => boolean;
  /** The outputs of it that something refers to, but for what is named. */
  readonly usedOf: (address: string, butFor?: ReadonlySet<string>) => readonly string[];
}

export interface Kind {
  /** As `underpin/blueprint` exports it. */
  readonly name: string;
  /** `new NetworkTiers('shop-network', { … })`, or `flows([ … ])`. */
  readonly form: 'component' | 'table';
  readonly find: (things: readonly Thing[], around: Around) => readonly Candidate[];
  /** The arguments that say exactly this, those of the step before where they still do; undefined where there are none. */
  readonly said: (name: string, children: readonly Child[], before: Properties) => Properties | undefined;
  /** The arguments as a program writes them, where these are not plain data. */
  readonly written?: (args: Properties, around: Around) => Properties;
  /** Arguments that are left out where they have this value throughout. */
  readonly defaults: (args: Properties) => Properties;
  /** How a program comes from the component to an output of a part: `.subnet('app-a').id`; undefined where it does not. */
  readonly reach: (name: string, part: Pick<Child, 'type' | 'name'>, output: string) => string | undefined;
}

export interface KindOf<Args extends object> extends Omit<Kind, 'said'> {
  /** What the children tell; what they do not tell stays as it was. */
  readonly args: (name: string, children: readonly Child[]) => Partial<Args> | undefined;
  /** The component's own declaration. */
  readonly declares: (name: string, args: Args) => readonly Declaration[];
}

export function kind<Args extends object>({ args, declares, ...more }: KindOf<Args>): Kind {
  return {
    ...more,
    said: (name, children, before) => {
      const found = args(name, children);
      if (found === undefined) return undefined;
      const told = valued(found);
      // whether they are all there shows in what they declare
      return [{ ...before, ...told }, told].find((one) => isSame(declares(name, one as Args), children));
    },
  };
}

function isSame(declared: readonly Declaration[], children: readonly Child[]): boolean {
  const wanted = new Map(children.map((child) => [addressOf(child), child.properties]));
  return (
    declared.length === children.length &&
    declared.every((one) => isDeepStrictEqual(plainProperties(one), wanted.get(addressOf(one))))
  );
}

/** Without what is not said. */
const valued = (args: object): Properties => JSON.parse(JSON.stringify(args));

export const ofType = (children: readonly Child[], type: string): readonly Child[] =>
  children.filter((child) => child.type === type);

export const textOf = (child: Child | undefined, property: string): string | undefined => {
  const value = child?.properties[property];
  return typeof value === 'string' ? value : undefined;
};

/** Things of a type, each a component of its own by its name. */
export const each =
  (type: string) =>
  (things: readonly Thing[]): readonly Candidate[] =>
    things.flatMap((thing) => (thing.type === type ? [{ name: thing.name, members: [thing] }] : []));

/** Those of the wanted types, by the component that their name tells; others may be made of what is left. */
export function gathered(things: readonly Thing[], nameOf: (thing: Thing) => string | undefined): readonly Candidate[] {
  const groups = new Map<string, Thing[]>();
  for (const thing of things) {
    const name = nameOf(thing);
    if (name === undefined) continue;
    const members = groups.get(name) ?? [];
    groups.set(name, members);
    members.push(thing);
  }
  return [...groups].map(([name, members]) => ({ name, members }));
}
