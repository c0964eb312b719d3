/**
 * Bundles src/ into dist/ with esbuild (dependencies stay outside), so that the command starts fast.
 * `--types` also writes the declarations, for the package.
 */
import { copyFileSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
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
    if (/\.c?js$/.test(name)) rmSync(join(root, 'dist', name));
  const common = {
    absWorkingDir: root,
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  };
  await bundle({
    ...common,
    entryPoints: {
      cli: 'src/cli/main.ts',
      index: 'src/index.ts',
      blueprint: 'src/blueprint/index.ts',
      policy: 'src/policy/index.ts',
      timeline: 'src/timeline/index.ts',
      'record-child': 'src/program/record/child/main.ts',
    },
    splitting: true,
    format: 'esm',
  });
  // Pulumi loads a policy pack with require()
  await bundle({
    ...common,
    entryPoints: { policy: 'src/policy/index.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build();
  if (process.argv.includes('--types')) {
    run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json']);
    // the same declarations, as those of a CommonJS module: they import nothing of ours
    const declared = join(root, 'dist/types/policy/index.d.ts');
    copyFileSync(declared, declared.replace('.d.ts', '.d.cts'));
  }
}
