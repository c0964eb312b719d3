/** Bundles `bench/index.ts` and runs it with the arguments given. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root, run } from './ready.mjs';

const folder = mkdtempSync(join(root, 'node_modules', '.bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const outfile = join(folder, 'bench.mjs');
await build({
  absWorkingDir: root,
  entryPoints: ['bench/index.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'error',
});
run(process.execPath, [outfile, ...process.argv.slice(2)]);
