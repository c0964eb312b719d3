/** Making folders and files in a way that ends, and that follows nobody's links. */
import { mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * The folder and those above it. Node's own `recursive` tries for ever where a folder takes none that is made (`/proc/x`):
 * here each is tried once, and the error says which.
 */
export function makeFolders(folder: string): void {
  const missing: string[] = [];
  for (let at = resolve(folder); !isThere(at); at = dirname(at)) missing.push(at);
  for (const one of missing.reverse())
    try {
      mkdirSync(one);
    } catch (error) {
      // another run may have made it meanwhile
      if (!isFolder(one)) throw error;
    }
  if (!isFolder(folder)) throw new Error(`${folder} is not a folder`);
}

/** A new file of one's own: what stands at its name is removed before, and a link there is not followed. */
export function openNew(file: string, mode = 0o666): number {
  rmSync(file, { force: true });
  return openSync(file, 'wx', mode);
}

const isThere = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false }) !== undefined || path === dirname(path);

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
