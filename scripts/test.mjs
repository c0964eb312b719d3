/** Everything that must hold. What does not wait for another runs beside it: two processors are busy all the time. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { build } from './build.mjs';
import { install, root, run } from './ready.mjs';

install();
const bin = (name) => `${root}node_modules/${name}`;
/** Our own sources, by the compiler that takes a third of the time; what users compile is tried with theirs (`typescript`). */
const TSC = [bin('typescript7/bin/tsc'), '--singleThreaded'];
/** What the compiler remembers, so that only what has changed is checked again. */
const memory = (name) => ['--incremental', '--tsBuildInfoFile', `${root}node_modules/.cache/tsc/${name}.tsbuildinfo`];

/** Runs a program, and shows what it printed when it has ended; gives its exit code. */
function beside(...args) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const heard = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => heard.push(data));
    child.on('error', (error) => heard.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(heard));
      done(code ?? 2);
    });
  });
}
/** In turn, up to the first that fails. */
async function inTurn(...commands) {
  for (const command of commands) {
    const code = await beside(...command);
    if (code !== 0) return code;
  }
  return 0;
}

// The command first: tests start it, and would each build it.
await build();
const declared = existsSync(`${root}dist/types/index.d.ts`) ? memory('declarations') : [];
const codes = await Promise.all([
  inTurn(
    [...TSC, '-p', 'tsconfig.json', ...memory('all')],
    // The report's script is of the browser's world, and is checked in it.
    [...TSC, '-p', 'src/report/html/client', ...memory('client')],
    [...TSC, '-p', 'tsconfig.types.json', ...declared],
    [bin('@biomejs/biome/bin/biome'), 'check', '.'],
  ),
  inTurn([`${root}scripts/generate.mjs`, '--check']),
]);
const failed = codes.find((code) => code !== 0);
if (failed !== undefined) process.exit(failed);
run(process.execPath, [bin('vitest/vitest.mjs'), 'run', ...process.argv.slice(2)]);
