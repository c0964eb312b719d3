/** What the command knows of its own package. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, whether this runs from dist/ or from src/. */
export const packageFolder: string = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
})();

export const version = (): string => JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version;

/** The built-in legacy shop. */
export const exampleInventory = (): string => join(packageFolder, 'examples', 'legacy-shop', 'inventory.json');
