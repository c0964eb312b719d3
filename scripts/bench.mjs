/** Bundles `bench/index.ts` and runs it with the arguments given; `dist/`, which it starts, is built anew. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { build as buildDist, stale } from './build.mjs';
import { root, run } from './ready.mjs';

const folder = mkdtempSync(join(root, 'node_modules', '.bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
await build({
  absWorkingDir: root,
  // what runs a Pulumi program stands beside what asks for it
  entryPoints: { bench: 'bench/index.ts', 'record-child': 'src/program/record/child/main.ts' },
  outdir: folder,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'error',
});
// the commands are those of dist/
if (stale()) await buildDist();
run(process.execPath, [join(folder, 'bench.js'), ...process.argv.slice(2)]);
