/** Files appear whole or not at all; links that somebody put at their names are not followed. */
import { closeSync, lstatSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { makeFolders, openNew } from '../collect/files.ts';
import { UserError } from '../inventory/user-error.ts';

export function writeWhole(file: string, text: string): void {
  try {
    if (isStream(file)) writeFileSync(file, text);
    else replace(file, text);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

function replace(file: string, text: string): void {
  makeFolders(dirname(file));
  const part = `${file}.${process.pid}.part`;
  try {
    const target = openNew(part);
    try {
      writeFileSync(target, text);
    } finally {
      closeSync(target);
    }
    renameSync(part, file);
  } catch (error) {
    remove(part);
    throw error;
  }
}

/** A pipe, a terminal, `/dev/full`: nothing can take its place, and it is written to as it is. */
function isStream(file: string): boolean {
  if (/^\/dev\/(?:stdout|stderr|fd\/\d+)$/.test(file)) return true;
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** A file of a folder that is ours. What lies behind a link in it is somebody else's, and is refused. */
export function writeInto(folder: string, path: string, text: string): void {
  assertNoLink(folder, dirname(path));
  writeWhole(join(folder, path), text);
}

/** Refuses a folder inside of `folder` that is a link to another place. */
export function assertNoLink(folder: string, path: string): void {
  let at = folder;
  for (const name of path.split(/[\\/]/).filter((part) => part !== '.')) {
    at = join(at, name);
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new UserError('this is a link to another place, and what is there is not written over', {
        file: `${at}${sep}`,
        fix: 'remove the link, or choose another folder with -o',
      });
  }
}

/** Makes the folder of the results before the work begins, so that a wrong place is told at once. */
export function makeFolder(folder: string): void {
  try {
    makeFolders(folder);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

export const cannotWrite = (file: string, error: unknown): UserError =>
  new UserError(`it cannot be written (${error instanceof Error ? error.message : String(error)})`, {
    file,
    fix: 'choose another place with -o',
  });

/** What cannot be removed was never made. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {}
}
