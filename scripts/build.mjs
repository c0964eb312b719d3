/**
 * Bundles src/ into dist/ with esbuild (dependencies stay outside), so that the command starts fast.
 * `--types` also writes the declarations, for the package.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './ready.mjs';

const dist = join(root, 'dist');
/** Written last: what is there is whole, and as new as it. */
const STAMP = join(dist, 'cli.js');

const newest = (folder) =>
  readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    const path = join(folder, entry.name);
    return Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }, 0);

/** Whether dist/ is missing or older than what it is made from. */
export function stale() {
  if (!existsSync(STAMP)) return true;
  return Math.max(newest(join(root, 'src')), statSync(join(root, 'package.json')).mtimeMs) > statSync(STAMP).mtimeMs;
}

/**
 * Several may build at once, and what is running goes on: every file takes its place whole, `cli.js` last, and the parts that
 * the build before had are kept for whoever started with it.
 */
export async function build({ keep = true } = {}) {
  const { build: bundle } = await import('esbuild');
  const began = new Date();
  const before = statSync(STAMP, { throwIfNoEntry: false })?.mtime;
  const common = {
    absWorkingDir: root,
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
    write: false,
  };
  const modules = await bundle({
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
  const pack = await bundle({
    ...common,
    entryPoints: { policy: 'src/policy/index.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  });
  // a part has a hash in its name, so that no entry finds another's; the entries follow their parts
  const files = [...modules.outputFiles, ...pack.outputFiles].sort((a, b) => rank(a.path) - rank(b.path));
  mkdirSync(dist, { recursive: true });
  for (const { path, contents } of files) replace(path, contents);
  // as old as what it was made from, so that a source that changed meanwhile is newer
  utimesSync(STAMP, began, began);
  const made = new Set(files.map(({ path }) => basename(path)));
  for (const name of readdirSync(dist)) {
    const left = /\.c?js(\.\d+\.part)?$/.test(name) && !made.has(name);
    if (left && !(keep && isSince(join(dist, name), before))) rmSync(join(dist, name), { force: true });
  }
}

const rank = (path) => (path === STAMP ? 2 : /-[A-Z0-9]{8}\.js$/.test(path) ? 0 : 1);

function replace(file, contents) {
  const part = `${file}.${process.pid}.part`;
  writeFileSync(part, contents);
  renameSync(part, file);
}

const isSince = (file, time) => {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && (time === undefined || found.mtime >= time);
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const packing = process.argv.includes('--types');
  await build({ keep: !packing });
  if (packing) {
    run(process.execPath, ['node_modules/typescript7/bin/tsc', '--singleThreaded', '-p', 'tsconfig.types.json']);
    // the same declarations, as those of a CommonJS module: they import nothing of ours
    const declared = join(root, 'dist/types/policy/index.d.ts');
    copyFileSync(declared, declared.replace('.d.ts', '.d.cts'));
  }
}
