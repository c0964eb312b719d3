import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** The house, top to bottom: a room imports only rooms below it. */
const ROOMS = [
  'cli',
  'policy',
  'report',
  'program',
  'plan',
  'rules',
  'analyse',
  'collect',
  'inventory',
  'language',
  'estate',
  'blueprint',
  'timeline',
];
/** Rooms that stand alone: nothing else of the house is imported there. */
const ALONE = ['estate', 'blueprint', 'timeline'];

const files = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : path.endsWith('.ts') ? [path] : [];
  });

const isTest = (path: string): boolean => /\.test\.ts$|\/testing(\/|\.ts)/.test(path);
const roomOf = (path: string): string => relative(src, path).split('/')[0] ?? '';
const sources = files(src).filter((path) => !isTest(path));
const importsOf = (path: string): readonly string[] =>
  [...readFileSync(path, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');

describe('the house', () => {
  it('has only the rooms that the design names', () => {
    const rooms = new Set(sources.map(roomOf).filter((room) => !room.endsWith('.ts')));
    for (const room of rooms) expect(ROOMS).toContain(room);
  });

  it('has arrows that only point down', () => {
    const upwards = sources.flatMap((path) => {
      const from = roomOf(path);
      return importsOf(path)
        .filter((name) => name.startsWith('.'))
        .map((name) => roomOf(join(dirname(path), name)))
        .filter(
          (to) =>
            ROOMS.includes(from) && to !== from && (ALONE.includes(from) || ROOMS.indexOf(to) < ROOMS.indexOf(from)),
        )
        .map((to) => `${relative(src, path)} imports ${to}/`);
    });
    expect(upwards).toEqual([]);
  });

  // The recorder's child is a program of its own, which runs the user's in a process of its own.
  it('touches process only in cli/ and in the child that records a program', () => {
    const touching = sources.filter(
      (path) =>
        roomOf(path) !== 'cli' &&
        !relative(src, path).startsWith('program/record/child/') &&
        /\bprocess\.(env|exit|exitCode|stdout|stderr|stdin|argv|cwd|on|pid|nextTick)\b|\bconsole\.(log|error|warn|info|debug)\b|from 'node:process'/.test(
          readFileSync(path, 'utf8'),
        ),
    );
    expect(touching.map((path) => relative(src, path))).toEqual([]);
  });

  it('talks to AWS only in collect/', () => {
    const talking = sources.filter(
      (path) => roomOf(path) !== 'collect' && importsOf(path).some((name) => name.startsWith('@aws-sdk/')),
    );
    expect(talking).toEqual([]);
  });

  it('has no clock and no chance right of collect/', () => {
    const impure = sources.filter(
      (path) =>
        !['cli', 'collect', 'policy'].includes(roomOf(path)) &&
        /\bDate\.now\(|new Date\(\)|Math\.random\(|randomUUID/.test(readFileSync(path, 'utf8')),
    );
    expect(impure.map((path) => relative(src, path))).toEqual([]);
  });

  it('has a README or a header in every room', () => {
    for (const room of new Set(sources.map(roomOf)))
      if (!room.endsWith('.ts')) expect(readdirSync(join(src, room)), room).toContain('README.md');
  });
});
