/**
 * Resources of the plan -> components of the program. A component is a thing of the journey like any other: its arguments
 * have their values step by step, and other things refer to it. What fits no component stays a resource of its own.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Properties, Value } from '../../../inventory/pulumi/recorded.ts';
import { referencesIn } from '../../../plan/edit.ts';
import type { Phase, Thing } from '../journey.ts';
import { guardedOf, valueAt } from '../options.ts';
import type { Around, Candidate, Child, Kind } from './kind.ts';

/** Where a resource of the plan stands in the program. */
export interface Part {
  readonly whole: Thing;
  readonly kind: Kind;
  /** What leads from the component's variable to an output of it: `.subnet('app-a').id`. */
  readonly reach: (output: string) => string | undefined;
}

export interface Folded {
  /** Components in the place of their parts. */
  readonly things: readonly Thing[];
  readonly parts: ReadonlyMap<Thing, Part>;
  readonly kinds: ReadonlyMap<Thing, Kind>;
}

const PREFIX = 'underpin:blueprint:';

/** @param apart components that must stay what they are made of, by address */
export function folded(
  things: readonly Thing[],
  kinds: readonly Kind[],
  apart: ReadonlySet<string> = new Set(),
): Folded {
  const parts = new Map<Thing, Part>();
  const wholes = new Map<Thing, Kind>();
  const used = usesOf(things);
  const own = new Set<string>();
  const around: Around = {
    isOwnGroup: (address) => own.has(address),
    usedOf: (address, butFor = new Set()) =>
      (used.get(address) ?? []).flatMap(({ by, output }) => (butFor.has(by) ? [] : [output])),
  };
  for (const kind of kinds) {
    const free = things.filter((thing) => !parts.has(thing) && isFree(thing));
    for (const candidate of kind.find(free, around)) {
      if (apart.has(`${PREFIX}${kind.name}::${candidate.name}`)) continue;
      const members = new Set(candidate.members.map(({ address }) => address));
      const isReached = candidate.members.every((member) =>
        around
          .usedOf(member.address, members)
          .every((output) => kind.reach(candidate.name, member, output) !== undefined),
      );
      const whole = isReached ? wholeOf(kind, candidate, around) : undefined;
      if (whole === undefined) continue;
      wholes.set(whole, kind);
      for (const member of candidate.members) {
        parts.set(member, { whole, kind, reach: (output) => kind.reach(candidate.name, member, output) });
        if (kind.name === 'OwnGroup') own.add(member.address);
      }
    }
  }
  const placed = new Set<Thing>();
  const out = things.flatMap((thing) => {
    const whole = parts.get(thing)?.whole ?? thing;
    if (placed.has(whole)) return [];
    placed.add(whole);
    return [whole];
  });
  return { things: out, parts, kinds: wholes };
}

/** What the journey makes, and nobody else touches. */
const isFree = (thing: Thing): boolean => thing.adopted === undefined && guardedOf(thing) === undefined;

interface Use {
  readonly by: string;
  readonly output: string;
}

/** Who refers to what, by the address of what is referred to. */
function usesOf(things: readonly Thing[]): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  for (const { address: by, properties } of things)
    for (const phases of properties.values())
      for (const { value } of phases)
        for (const { address, output } of referencesIn(value)) {
          const known = uses.get(address) ?? [];
          uses.set(address, known);
          known.push({ by, output });
        }
  return uses;
}

function wholeOf(kind: Kind, { name, members }: Candidate, around: Around): Thing | undefined {
  const [first] = members;
  if (first === undefined || members.some(({ place }) => !isDeepStrictEqual(place, first.place))) return undefined;
  const from = Math.min(...members.map((member) => member.from));
  const ends = members.map(({ until }) => until);
  const until = ends.includes(undefined) ? undefined : Math.max(...ends.filter((end) => end !== undefined));
  const times = changesOf(members, until);
  const said: { readonly at: number; readonly args: Properties }[] = [];
  for (const at of times) {
    const args = kind.said(name, childrenAt(members, at), said.at(-1)?.args ?? {});
    if (args === undefined) return undefined;
    said.push({ at, args });
  }
  const own = new Set(members.map(({ address }) => address));
  if (said.some(({ args }) => referencesIn(args).some(({ address }) => own.has(address)))) return undefined;
  return {
    ...first,
    address: `${PREFIX}${kind.name}::${name}`,
    type: `${PREFIX}${kind.name}`,
    name,
    from,
    until,
    imports: [{ at: from, value: undefined }],
    properties: phasesOf(kind, said, around),
  };
}

/** The steps at which something of it comes, changes or goes, while any of it is there. */
function changesOf(members: readonly Thing[], end: number | undefined): readonly number[] {
  const times = members.flatMap(({ from, until, properties }) => [
    from,
    ...(until === undefined ? [] : [until]),
    ...[...properties.values()].flatMap((phases) => phases.map(({ at }) => at)),
  ]);
  return [...new Set(times)].filter((at) => end === undefined || at < end).sort((a, b) => a - b);
}

const childrenAt = (members: readonly Thing[], at: number): readonly Child[] =>
  members.flatMap(({ type, name, from, until, properties }) => {
    if (at < from || (until !== undefined && until <= at)) return [];
    const entries = [...properties].flatMap(([key, phases]): readonly (readonly [string, Value])[] => {
      const value = valueAt(phases, at);
      return value === undefined ? [] : [[key, value]];
    });
    return [{ type, name, properties: Object.fromEntries(entries) }];
  });

function phasesOf(
  { written, defaults }: Kind,
  said: readonly { readonly at: number; readonly args: Properties }[],
  around: Around,
): ReadonlyMap<string, readonly Phase[]> {
  const keys = [...new Set(said.flatMap(({ args }) => Object.keys(args)))];
  const isDefault = (key: string): boolean =>
    said.every(({ args }) => args[key] === undefined || isDeepStrictEqual(args[key], defaults(args)[key]));
  const properties = new Map<string, readonly Phase[]>();
  for (const key of keys.filter((one) => !isDefault(one))) {
    const phases: Phase[] = [];
    for (const { at, args } of said) {
      const value = (written?.(args, around) ?? args)[key] ?? defaults(args)[key];
      if (phases.length === 0 || !isDeepStrictEqual(phases.at(-1)?.value, value)) phases.push({ at, value });
    }
    properties.set(key, phases);
  }
  return properties;
}
