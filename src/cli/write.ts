/** Files appear whole or not at all. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../inventory/user-error.ts';

export function writeWhole(file: string, text: string): void {
  const part = `${file}.${process.pid}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(part, text);
    renameSync(part, file);
  } catch (error) {
    remove(part);
    throw cannotWrite(file, error);
  }
}

/** Makes the folder of the results before the work begins, so that a wrong place is told at once. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

const cannotWrite = (file: string, error: unknown): UserError =>
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
