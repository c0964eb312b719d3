/** Bundles `tests/fuzz/main.ts` and runs it with the arguments given. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root, run } from './ready.mjs';

const folder = mkdtempSync(join(root, 'node_modules', '.fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const outfile = join(folder, 'fuzz.mjs');
await build({
  absWorkingDir: root,
  entryPoints: ['tests/fuzz/main.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'error',
});
run(process.execPath, ['--enable-source-maps', outfile, ...process.argv.slice(2)]);
