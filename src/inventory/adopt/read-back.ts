/** Declared resources -> resources of the estate, by the same readers as AWS's own answers. */
import { isDeepStrictEqual } from 'node:util';
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
  readonly told: ReadonlyMap<Translation, { readonly looked: Looked; readonly entries: readonly Entry[] }>;
  readonly read: ReadonlyMap<
    Reader,
    { readonly of: readonly (readonly Entry[])[]; readonly made: readonly Resource[] }
  >;
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
      told: new Map(),
      read: new Map(),
    };
    const last = before?.ground === now.ground ? before : undefined;
    const told = toldAgain(world, ground, last, changedTypes(last?.byType, now.byType));
    const read = readAgain(recording, told, last);
    before = { ...now, told, read };
    return readers.flatMap((reader) => read.get(reader)?.made ?? []);
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
      return [translation, { looked, entries: answersOf(translation, seen, ground) }];
    }),
  );
}

function readAgain(recording: Recording, told: Before['told'], before: Before | undefined): Before['read'] {
  const entries = [caller(recording), ...[...told.values()].flatMap((one) => one.entries)];
  const answers = new Answers(entries);
  return new Map(
    readers.map((reader) => {
      const of = reader.operations.map((operation) => answers.of(operation));
      const known = before?.read.get(reader);
      if (known?.of.every((list, n) => sameItems(list, of[n] ?? []))) return [reader, known];
      const made = reader.read(answers);
      return [reader, { of, made: known ? keptOf(known.made, made) : made }];
    }),
  );
}

function keptOf(before: readonly Resource[], now: readonly Resource[]): readonly Resource[] {
  const known = new Map(before.map((one) => [`${one.kind} ${one.id}`, one]));
  return now.map((one) => {
    const was = known.get(`${one.kind} ${one.id}`);
    return was !== undefined && isDeepStrictEqual(was, one) ? was : one;
  });
}
