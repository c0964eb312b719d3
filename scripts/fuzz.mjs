/** Bundles `tests/fuzz/main.ts` and runs it with the arguments given. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root, run } from './ready.mjs';

const folder = mkdtempSync(join(root, 'node_modules', '.fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
await build({
  absWorkingDir: root,
  // what runs a Pulumi program stands beside what asks for it
  entryPoints: { fuzz: 'tests/fuzz/main.ts', 'record-child': 'src/program/record/child/main.ts' },
  outdir: folder,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'error',
});
run(process.execPath, ['--enable-source-maps', join(folder, 'fuzz.js'), ...process.argv.slice(2)]);
