/** A project's files into a folder: a new one appears whole or not at all, and nothing of anybody else's is written over. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../inventory/user-error.ts';
import { OURS } from '../program/emit/project.ts';
import { assertNoLink, cannotWrite, makeFolder, writeInto } from './write.ts';

export type Files = ReadonlyMap<string, string>;

/** Refuses a folder that holds what Underpin did not write, before anything is worked out. */
export function assertOurs(folder: string, force: boolean, isOurs: (folder: string) => boolean = isProject): void {
  if (!existsSync(folder) || force) return;
  if (!statSync(folder).isDirectory())
    throw new UserError('this is a file', { file: folder, fix: 'choose a folder with -o' });
  if (readdirSync(folder).length === 0 || isOurs(folder)) return;
  throw new UserError('this folder has files in it that Underpin did not write', {
    file: folder,
    fix: 'choose another folder with -o, or write into this one with --force',
  });
}

const isProject = (folder: string): boolean => {
  const settings = join(folder, 'Pulumi.yaml');
  return existsSync(settings) && readFileSync(settings, 'utf8').startsWith(OURS);
};

/** Writes the files beside the folder, for `check` to look at; they take its place only when it is content. */
export async function writeProject<T>(
  folder: string,
  files: Files,
  check: (draft: string) => Promise<{ readonly content: boolean; readonly result: T }>,
): Promise<T> {
  const place = resolve(folder);
  makeFolder(dirname(place));
  const draft = draftBeside(place);
  const stop = removedWhenStopped(draft);
  try {
    putAll(draft, place, files);
    const { content, result } = await check(draft);
    if (content) settle(draft, place, files);
    return result;
  } finally {
    rmSync(draft, { recursive: true, force: true });
    stop();
  }
}

function draftBeside(place: string): string {
  try {
    return mkdtempSync(join(dirname(place), `.${basename(place)}-`));
  } catch (error) {
    throw cannotWrite(place, error);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Who is stopped leaves no draft behind, and ends by the signal as anybody would. The answer takes the care back. */
function removedWhenStopped(draft: string): () => void {
  const end = (signal: NodeJS.Signals): void => {
    rmSync(draft, { recursive: true, force: true });
    settled();
    process.kill(process.pid, signal);
  };
  const settled = (): void => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return settled;
}

function putAll(draft: string, place: string, files: Files): void {
  try {
    for (const [path, text] of files) {
      const file = join(draft, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  } catch (error) {
    throw cannotWrite(place, error);
  }
}

function settle(draft: string, place: string, files: Files): void {
  if (!existsSync(place)) {
    // a folder for temporary things is its maker's alone; this one is the team's
    try {
      chmodSync(draft, 0o755);
      renameSync(draft, place);
      return;
    } catch (error) {
      // another run may have made it meanwhile: then this one is written over it
      if (!existsSync(place) || !isProject(place)) throw cannotWrite(place, error);
    }
  }
  for (const [path, text] of files) {
    const file = join(place, path);
    // how far the stack is, and its secrets, are the team's
    if (/^Pulumi\.[^/]+\.yaml$/.test(path) && existsSync(file)) continue;
    writeInto(place, path, text);
  }
  for (const room of ['adopted', 'target', 'journey']) {
    assertNoLink(place, room);
    for (const name of existsSync(join(place, room)) ? readdirSync(join(place, room), { recursive: true }) : []) {
      const path = `${room}/${String(name).replaceAll('\\', '/')}`;
      if (/\.(ts|md)$/.test(path) && !files.has(path)) {
        assertNoLink(place, dirname(path));
        rmSync(join(place, path), { force: true });
      }
    }
  }
}
