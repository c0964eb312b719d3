/**
 * Bundles src/ into dist/ with esbuild (dependencies stay outside), so that the command starts fast.
 * `--types` also writes the declarations, for the package.
 */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './ready.mjs';

const newest = (folder) =>
  readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    const path = join(folder, entry.name);
    return Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }, 0);

/** Whether dist/ is missing or older than what it is made from. */
export function stale() {
  const stamp = join(root, 'dist/cli.js');
  if (!existsSync(stamp)) return true;
  return Math.max(newest(join(root, 'src')), statSync(join(root, 'package.json')).mtimeMs) > statSync(stamp).mtimeMs;
}

export async function build() {
  const { build: bundle } = await import('esbuild');
  for (const name of existsSync(join(root, 'dist')) ? readdirSync(join(root, 'dist')) : [])
    if (name.endsWith('.js')) rmSync(join(root, 'dist', name));
  await bundle({
    absWorkingDir: root,
    entryPoints: {
      cli: 'src/cli/main.ts',
      index: 'src/index.ts',
      blueprint: 'src/blueprint/index.ts',
      timeline: 'src/timeline/index.ts',
      'record-child': 'src/program/record/child/main.ts',
    },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build();
  if (process.argv.includes('--types'))
    run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json']);
}
