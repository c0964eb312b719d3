/** Declared resources -> resources of the estate, by the same readers as AWS's own answers. */
import { isEqual } from '../../estate/equal.ts';
import type { Resource } from '../../estate/resource.ts';
import { Answers } from '../answers.ts';
import type { Entry } from '../entry.ts';
import { answersOf, caller, type Ground, groundOf } from '../pulumi/entries.ts';
import { isAsLooked, type Looked, watched } from '../pulumi/looked.ts';
import type { RecordedResource, Recording } from '../pulumi/recorded.ts';
import { services } from '../pulumi/services/index.ts';
import type { Translation } from '../pulumi/translation.ts';
import { type World, worldOf } from '../pulumi/world.ts';
import type { Reader } from '../reader.ts';
import { readers } from '../readers/index.ts';

/** A recording that holds these resources and nothing else. */
export function recordingOf(resources: readonly RecordedResource[]): Recording {
  const place = resources[0]?.place ?? { account: '', region: '' };
  return {
    folder: 'plan',
    project: 'underpin',
    stack: 'today',
    place: { ...place, assumed: [] },
    resources: [...resources].sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0)),
    invokes: [],
    outputs: {},
    problems: [],
  };
}

/** Only what the readers make of them: no derived interfaces, no flows, nothing about what is not there. */
export const readBack = (resources: readonly RecordedResource[]): readonly Resource[] => rereader()(resources);

/** What was made of the resources before, and of what. */
interface Before {
  readonly byType: ReadonlyMap<string, readonly RecordedResource[]>;
  readonly ground: string;
  readonly caller: readonly Entry[];
  readonly told: ReadonlyMap<Translation, { readonly looked: Looked; readonly entries: readonly Entry[] }>;
  /** The lists of entries that were told of each operation. */
  readonly answers: ReadonlyMap<string, readonly (readonly Entry[])[]>;
  readonly read: ReadonlyMap<Reader, readonly Resource[]>;
}

/**
 * Reads lists of resources that follow one another, as the points of a journey do. An answer is told again where something
 * that it looked at is another, and a reader reads again where an answer is; a resource of which nothing is new stays the
 * object that it was.
 */
export function rereader(): (resources: readonly RecordedResource[]) => readonly Resource[] {
  let before: Before | undefined;
  return (resources) => {
    const recording = recordingOf(resources);
    const world = worldOf(recording);
    const ground = groundOf(recording);
    const now: Before = {
      byType: byTypeOf(recording.resources),
      ground: JSON.stringify([recording.place, ground]),
      caller: [caller(recording)],
      told: new Map(),
      answers: new Map(),
      read: new Map(),
    };
    const last = before?.ground === now.ground ? before : undefined;
    const told = toldAgain(world, ground, last, changedTypes(last?.byType, now.byType));
    const asked = last?.caller ?? now.caller;
    const answers = answersBy(asked, told);
    const read = readAgain(answers, last);
    before = { ...now, caller: asked, told, answers, read };
    return readers.flatMap((reader) => read.get(reader) ?? []);
  };
}

function byTypeOf(resources: readonly RecordedResource[]): ReadonlyMap<string, readonly RecordedResource[]> {
  const byType = new Map<string, RecordedResource[]>();
  for (const one of resources) {
    const list = byType.get(one.type);
    if (list) list.push(one);
    else byType.set(one.type, [one]);
  }
  return byType;
}

function changedTypes(before: Before['byType'] | undefined, now: Before['byType']): ReadonlySet<string> {
  const types = [...new Set([...(before?.keys() ?? []), ...now.keys()])];
  return new Set(types.filter((type) => !sameItems(before?.get(type) ?? [], now.get(type) ?? [])));
}

const sameItems = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a === b || (a.length === b.length && a.every((one, n) => one === b[n]));

function toldAgain(
  world: World,
  ground: Ground,
  before: Before | undefined,
  changed: ReadonlySet<string>,
): Before['told'] {
  return new Map(
    services.map((translation) => {
      const known = before?.told.get(translation);
      if (known && isAsLooked(known.looked, world, changed)) return [translation, known];
      const { world: seen, looked } = watched(world);
      const entries = answersOf(translation, seen, ground);
      // mostly what it looked at is another and what it tells is not: then nobody has to read it again
      return [translation, { looked, entries: known && isEqual(known.entries, entries) ? known.entries : entries }];
    }),
  );
}

function answersBy(asked: readonly Entry[], told: Before['told']): ReadonlyMap<string, readonly (readonly Entry[])[]> {
  const byOperation = new Map<string, (readonly Entry[])[]>();
  for (const list of [asked, ...[...told.values()].map(({ entries }) => entries)]) {
    const operation = list[0]?.operation;
    if (operation === undefined) continue;
    const known = byOperation.get(operation);
    if (known) known.push(list);
    else byOperation.set(operation, [list]);
  }
  return byOperation;
}

/** A reader reads again where a list of one of its operations is another one than before. */
function readAgain(lists: Before['answers'], before: Before | undefined): Before['read'] {
  let answers: Answers | undefined;
  const isAsBefore = (operation: string): boolean =>
    sameItems(before?.answers.get(operation) ?? [], lists.get(operation) ?? []);
  return new Map(
    readers.map((reader) => {
      const known = before?.read.get(reader);
      if (known && reader.operations.every(isAsBefore)) return [reader, known];
      answers ??= new Answers([...lists.values()].flat(2));
      const made = reader.read(answers);
      return [reader, known ? keptOf(known, made) : made];
    }),
  );
}

function keptOf(before: readonly Resource[], now: readonly Resource[]): readonly Resource[] {
  const known = new Map(before.map((one) => [`${one.kind} ${one.id}`, one]));
  return now.map((one) => {
    const was = known.get(`${one.kind} ${one.id}`);
    return was !== undefined && isEqual(was, one) ? was : one;
  });
}
