/** Runs the command as a user does, in a folder of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const scenario = (name: string): string => join(root, 'scenarios', 'inventory', name);
export const shop = join(root, 'examples', 'legacy-shop', 'inventory.json');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function underpin(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin', 'underpin.js'), ...args], {
    encoding: 'utf8',
    cwd: options.cwd ?? emptyFolder(),
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '', LANG: 'C.UTF-8', ...options.env },
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, err: stderr };
}

export const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'underpin-test-'));
