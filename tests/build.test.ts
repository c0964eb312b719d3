/** A clone builds the command when it is started: by several at once, and while another is still running, without anybody noticing. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { emptyFolder, root } from './cli.ts';

const ENTRIES = ['index', 'blueprint/index', 'policy/index', 'timeline/index', 'program/record/child/main'];

/** A clone with the real scripts, of a small program: it says what a part of it says that it loads when it is told to. */
function clone(): string {
  const folder = emptyFolder();
  for (const path of ['bin/underpin.js', 'scripts/build.mjs', 'scripts/ready.mjs', 'package.json'])
    cpSync(join(root, path), join(folder, path));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const name of ENTRIES) source(folder, name, 'export {};');
  source(
    folder,
    'cli/main',
    `process.stdout.write('ready\\n');
     for await (const _ of process.stdin) break;
     const { late } = await import('./late.ts');
     process.stdout.write(late);
     process.exit();`,
  );
  source(folder, 'cli/late', "export const late = 'old';");
  return folder;
}

function source(folder: string, name: string, text: string): void {
  const file = join(folder, 'src', `${name}.ts`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A source that is newer than what was built, whatever the clock's grain is. */
function edited(folder: string, name: string, text: string): void {
  source(folder, name, text);
  const later = new Date(statSync(join(folder, 'dist/cli.js')).mtimeMs + 1000);
  utimesSync(join(folder, 'src', `${name}.ts`), later, later);
}

/** Starts the command; `go` lets it load its part, and gives what it said in all. */
function started(folder: string) {
  const child = spawn(process.execPath, [join(folder, 'bin/underpin.js')], { stdio: 'pipe' });
  let said = '';
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        said += String(text);
        resolve();
      });
  });
  const ended = new Promise<string>((resolve) => child.on('close', () => resolve(said)));
  return {
    ready,
    go: (): Promise<string> => {
      child.stdin.on('error', () => {});
      child.stdin.write('go\n');
      return ended;
    },
  };
}

const once = (folder: string): string =>
  spawnSync(process.execPath, [join(folder, 'bin/underpin.js')], { input: 'go\n', encoding: 'utf8' }).stdout;

it('started five times at once in a fresh clone, it answers five times, and leaves nothing half written', async () => {
  const folder = clone();
  const runs = Array.from({ length: 5 }, () => started(folder));
  await Promise.all(runs.map(({ ready }) => ready));
  expect(await Promise.all(runs.map(({ go }) => go()))).toEqual(Array(5).fill('ready\nold'));
  expect(readdirSync(join(folder, 'dist')).filter((name) => name.endsWith('.part'))).toEqual([]);
});

it('what is running ends as it began, though a newer one is built beside it; the one after that clears up', async () => {
  const folder = clone();
  const before = started(folder);
  await before.ready;
  edited(folder, 'cli/late', "export const late = 'new';");
  expect(once(folder)).toBe('ready\nnew');
  expect(await before.go()).toBe('ready\nold');
  const parts = (): number => readdirSync(join(folder, 'dist')).filter((name) => name.startsWith('late-')).length;
  expect(parts()).toBe(2);
  edited(folder, 'cli/late', "export const late = 'newest';");
  expect(once(folder)).toBe('ready\nnewest');
  expect(parts()).toBe(2);
});

it('a source that changes while it is built is not missed: what was built is then older than it', async () => {
  const folder = clone();
  const { build, stale }: { build: () => Promise<void>; stale: () => boolean } = await import(
    pathToFileURL(join(folder, 'scripts/build.mjs')).href
  );
  await build();
  expect(stale()).toBe(false);
  const building = build();
  await new Promise((resolve) => setTimeout(resolve, 2));
  utimesSync(join(folder, 'src/cli/late.ts'), new Date(), new Date());
  await building;
  expect(stale()).toBe(true);
});
