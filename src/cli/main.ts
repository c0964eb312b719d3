/** The process of the command line: the only owner of stdin, stdout, stderr and the exit code. */
import './engine.ts';
import { text } from 'node:stream/consumers';
import { underpin } from './underpin.ts';
import { startOfToday, type World } from './world.ts';

const { stdin, stdout, stderr } = process;

const world: World = {
  out: (said) => void stdout.write(said),
  err: (said) => void stderr.write(said),
  input: async () => (stdin.isTTY ? undefined : await text(stdin)),
  today: startOfToday,
  environment: process.env,
  columns: stdout.isTTY ? stdout.columns || 80 : undefined,
  watched: stderr.isTTY === true,
  platform: process.platform,
};

// A reader that closes the pipe early (`| head`) is no error.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  stderr.write(`underpin: the output cannot be written (${error.message})\n`);
  process.exitCode = 2;
});

// Nobody is left to be told.
stderr.on('error', () => {});

const exitCode = await underpin(process.argv.slice(2), world);
process.exitCode ??= exitCode;
