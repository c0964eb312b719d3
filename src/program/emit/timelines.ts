/**
 * A property over the journey: one value, or `steps.at({ … })` where it changes, as deep inside as it saves repeating what
 * stays the same.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Properties, Value } from '../../inventory/pulumi/recorded.ts';
import { isProperties } from '../../inventory/pulumi/recorded.ts';
import { isDocument, parsedDocument } from './documents.ts';
import type { Phase, Thing } from './journey.ts';
import { type Guarded, valueAt } from './options.ts';
import { arrow, type Code, call, list, object, plainCode } from './print.ts';
import type { ResourceScope } from './resource.ts';
import { key, quoted } from './text.ts';
import { addUses, REDACTED, type Spot, stringified, type Uses, usesNothing, valueCode } from './values.ts';

export interface Around {
  readonly thing: Thing;
  readonly scope: ResourceScope;
  readonly uses: Uses;
}

interface Inside extends Around {
  readonly guarded: Guarded | undefined;
  /** Of the argument as a whole: what is ignored is ignored as a whole. */
  readonly argument: string;
}

export function propertyCode(
  property: string,
  phases: readonly Phase[],
  around: Around & { readonly guarded: Guarded | undefined },
): Code {
  return phasesCode(phases, property, property, { ...around, argument: property });
}

const ignoredAt = (at: number, { guarded, argument }: Inside): boolean =>
  valueAt(guarded?.ignored ?? [], at)?.includes(argument) ?? false;

function phasesCode(all: readonly Phase[], property: string, near: string, inside: Inside): Code {
  const phases = distinct(all, inside);
  const [only] = phases;
  if (phases.length === 1 && only !== undefined) return oneCode(only, inside.thing.until, property, near, inside);
  return deeper(phases, property, near, inside) ?? leafCode(phases, property, near, inside);
}

/** Without those that say what the one before says; a hidden value that the program has to say from here on says more. */
function distinct(phases: readonly Phase[], inside: Inside): readonly Phase[] {
  const out: Phase[] = [];
  for (const phase of phases) {
    const last = out.at(-1);
    const same =
      last !== undefined &&
      isDeepStrictEqual(last.value, phase.value) &&
      (ignoredAt(last.at, inside) === ignoredAt(phase.at, inside) || !holdsRedacted(phase.value));
    if (!same) out.push(phase);
  }
  return out;
}

const holdsRedacted = (value: Value | undefined): boolean => (JSON.stringify(value) ?? '').includes(REDACTED);

function oneCode(
  { at, value }: Phase,
  until: number | undefined,
  property: string,
  near: string,
  inside: Inside,
  uses = inside.uses,
): Code {
  const { thing, scope } = inside;
  const spot: Spot = { ...scope, thing, reign: { from: at, until }, ignored: ignoredAt(at, inside), uses };
  return valueCode(value, property, spot, near);
}

function leafCode(phases: readonly Phase[], property: string, near: string, inside: Inside): Code {
  let lazy = false;
  const entries = phases.map((phase, n) => {
    const own = usesNothing();
    const code = oneCode(phase, phases[n + 1]?.at ?? inside.thing.until, property, near, inside, own);
    lazy ||= own.now;
    addUses(inside.uses, { ...own, now: false });
    // a setting is asked for at the steps that need it
    return { at: phase.at, value: own.now ? arrow('(now)', code) : own.config ? arrow('()', code) : code };
  });
  return timeline(entries, lazy, inside);
}

/** `steps.at({ … })`, on the part of the journey at which the thing is there. */
export function timeline(
  entries: readonly { readonly at: number; readonly value: Code }[],
  lazy: boolean,
  { thing, scope, uses }: Around,
): Code {
  uses.steps = true;
  const name = (at: number): string => scope.names[at] ?? '';
  const end = lazy && thing.until !== undefined ? `, ${quoted(name(thing.until))}` : '';
  const part = thing.from === 0 && end === '' ? '' : `.from(${quoted(name(thing.from))}${end})`;
  const members = entries.map(({ at, value }) => ({ key: key(name(at)), value }));
  return call(`steps${part}.at`, [object(members, members.length > 2)]);
}

/** Properties whose members are anything's: a member that is not there cannot be written as undefined. */
const MAPS = new Set(['tags', 'tagsAll', 'variables', 'labels', 'options', 'parameters']);

/** The same, taken apart; undefined where that would say more and not less. */
function deeper(phases: readonly Phase[], property: string, near: string, inside: Inside): Code | undefined {
  const apart = partsOf(phases, property);
  if (apart === undefined || weightOf(apart) >= wholeOf(phases)) return undefined;
  return written(apart, property, near, inside);
}

type Apart =
  | { readonly kind: 'leaf'; readonly phases: readonly Phase[] }
  | { readonly kind: 'list'; readonly parts: readonly Apart[] }
  | {
      readonly kind: 'object';
      readonly parts: readonly (readonly [string, Apart])[];
      readonly name: string | undefined;
    }
  | { readonly kind: 'document'; readonly part: Apart };

const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);
const isPlain = (value: Value | undefined): value is Properties =>
  isProperties(value) && !Object.keys(value).some((name) => name.startsWith('$'));

/** Undefined where the values are not alike enough. */
function partsOf(phases: readonly Phase[], property: string): Apart | undefined {
  const values = phases.map(({ value }) => value);
  const [first] = values;
  const at = (n: number): number => phases[n]?.at ?? 0;
  if (values.every(isList)) {
    const lists = values.filter(isList);
    const [{ length = 0 } = []] = lists;
    if (length === 0 || lists.some((one) => one.length !== length)) return undefined;
    const parts = Array.from({ length }, (_, index) => {
      const elements = lists.map((one, n): Phase => ({ at: at(n), value: one[index] }));
      return partsOrLeaf(elements, property);
    });
    return { kind: 'list', parts };
  }
  if (values.every(isPlain)) {
    const objects = values.filter(isPlain);
    const keys = [...new Set(objects.flatMap((one) => Object.keys(one)))];
    const missing = keys.some((name) => objects.some((one) => !Object.hasOwn(one, name)));
    if (missing && MAPS.has(property)) return undefined;
    const parts = keys.map((name): readonly [string, Apart] => [
      name,
      partsOrLeaf(
        objects.map((one, n): Phase => ({ at: at(n), value: Object.hasOwn(one, name) ? one[name] : undefined })),
        name,
      ),
    ]);
    const called = objects.at(-1)?.name;
    return { kind: 'object', parts, name: typeof called === 'string' ? called : undefined };
  }
  if (typeof first === 'string' && values.every((value) => typeof value === 'string' && isDocument(value, property))) {
    const documents = values.map((value, n): Phase => ({ at: at(n), value: parsedDocument(String(value)) }));
    const part = partsOf(documents, property);
    return part && { kind: 'document', part };
  }
  return undefined;
}

function partsOrLeaf(phases: readonly Phase[], property: string): Apart {
  const [first, ...rest] = phases;
  if (rest.every(({ value }) => isDeepStrictEqual(value, first?.value))) return { kind: 'leaf', phases };
  const apart = partsOf(phases, property);
  return apart && weightOf(apart) < wholeOf(phases) ? apart : { kind: 'leaf', phases };
}

/** How much a reader reads: one for each literal, and for each entry of a timeline. */
function weightOf(apart: Apart): number {
  switch (apart.kind) {
    case 'leaf': {
      const [first, ...rest] = apart.phases;
      const same = rest.every(({ value }) => isDeepStrictEqual(value, first?.value));
      return same ? sizeOf(first?.value) : wholeOf(apart.phases);
    }
    case 'list':
      return apart.parts.reduce((sum, part) => sum + weightOf(part), 0);
    case 'object':
      return apart.parts.reduce((sum, [, part]) => sum + weightOf(part), 0);
    case 'document':
      return weightOf(apart.part);
  }
}

const wholeOf = (phases: readonly Phase[]): number => phases.reduce((sum, { value }) => sum + 1 + sizeOf(value), 0);

function sizeOf(value: Value | undefined): number {
  if (isList(value)) return value.reduce<number>((sum, each) => sum + sizeOf(each), 0);
  if (isProperties(value)) return Object.values(value).reduce<number>((sum, each) => sum + sizeOf(each), 0);
  return typeof value === 'string' ? 1 + Math.floor(value.length / 60) : 1;
}

function written(apart: Apart, property: string, near: string, inside: Inside): Code {
  switch (apart.kind) {
    case 'leaf':
      return phasesCode(apart.phases, property, near, inside);
    case 'list':
      return list(apart.parts.map((part) => written(part, property, near, inside)));
    case 'object':
      return object(
        apart.parts.map(([name, part]) => ({
          key: key(name),
          value: written(part, name, name === 'value' ? (apart.name ?? near) : name, inside),
        })),
      );
    case 'document': {
      const code = stringified(inside.uses, (uses) => {
        const own = written(apart.part, '', near, { ...inside, uses });
        // what a timeline gives may be known only later
        uses.pulumi ||= uses.steps;
        return own;
      });
      return plainCode(code.doc, code.shape);
    }
  }
}
