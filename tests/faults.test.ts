/** The machine is not as one would wish: each fault is told in words with exit code 2, and leaves nothing half done. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, root, scenario, underpin } from './cli.ts';
import { filesIn } from './said.ts';

const small = scenario('two-accounts.json');
/** An account with a journey, so that every file is written of it. */
const planned = join(root, 'scenarios/plan/default-vpc-one-machine.json');
const NO_TRACE = /\n\s+at .*:\d+:\d+|bug of underpin/;
const bin = join(root, 'bin', 'underpin.js');

const shell = (script: string): { readonly code: number | null; readonly out: string; readonly err: string } => {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${script}`], {
    encoding: 'utf8',
    cwd: emptyFolder(),
    env: { ...process.env, UNDERPIN: bin, INPUT: small, NO_COLOR: '1', LANG: 'C.UTF-8' },
  });
  return { code: status, out: stdout, err: stderr };
};

describe('an output that cannot be written', () => {
  it.skipIf(!existsSync('/proc/self'))('is told at once where no folder can be made', () => {
    const { code, err } = underpin(['run', small, '-o', '/proc/x']);
    expect(code).toBe(2);
    expect(err).toMatch(/^underpin: \/proc\/x: it cannot be written/);
    expect(err).not.toMatch(NO_TRACE);
  });

  it.skipIf(!existsSync('/dev/full'))('is told where the disk of stdout is full', () => {
    const { code, err } = shell('node "$UNDERPIN" audit "$INPUT" --json > /dev/full');
    expect(code).toBe(2);
    expect(err).toMatch(/the output cannot be written .*ENOSPC/);
    expect(err).not.toMatch(NO_TRACE);
  });

  it('is no fault where the reader has read enough', () => {
    const { code, out, err } = shell(
      'node "$UNDERPIN" audit "$INPUT" --json --fail-on none | head -c 20; echo "$PIPESTATUS"',
    );
    expect(out).toBe('{\n  "schemaVersion":0\n');
    expect(err).toBe('');
    expect(code).toBe(0);
  });
});

it('two runs into one folder: every file is whole, and the same as of one', async () => {
  const [together, alone] = [emptyFolder(), emptyFolder()];
  // a clone builds the command at its first start, which is not what is tried here
  underpin(['--version']);
  const run = (cwd: string): Promise<string> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [bin, 'run', planned, '-o', 'out'], {
        cwd,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let said = '';
      child.stderr.on('data', (text) => {
        said += String(text);
      });
      child.on('close', (code) => resolve(`${code} ${said}`));
    });
  expect(await Promise.all([run(together), run(together), run(alone)])).toEqual(['0 ', '0 ', '0 ']);
  expect([...filesIn(together)]).toEqual([...filesIn(alone)]);
  expect([...filesIn(alone).keys()]).toEqual(
    expect.arrayContaining(['out/audit.json', 'out/infra/index.ts', 'out/plan.json', 'out/report.html']),
  );
});

it('stopped while the program is being checked: ends by the signal, and leaves no draft', async () => {
  const cwd = emptyFolder();
  const input = join(root, 'scenarios/plan/no-tags.json');
  const child = spawn(process.execPath, [bin, 'program', input, '-o', 'infra'], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const started = new Promise<readonly string[]>((resolve) => {
    const look = setInterval(() => {
      const found = readdirSync(cwd);
      if (found.length === 0 && child.exitCode === null) return;
      clearInterval(look);
      child.kill('SIGINT');
      resolve(found);
    }, 5);
  });
  const ended = new Promise<string | null>((resolve) => {
    child.on('exit', (_code, by) => resolve(by));
  });
  expect((await started)[0]).toMatch(/^\.infra-/);
  expect(await ended).toBe('SIGINT');
  expect(readdirSync(cwd)).toEqual([]);
});

it('killed while it writes: a file is whole or not there, and the next run is as if nothing had been', async () => {
  const [cwd, alone] = [emptyFolder(), emptyFolder()];
  const args = ['run', planned, '-o', 'out'];
  const file = 'out/report.html';
  for (const folder of [cwd, alone]) mkdirSync(join(folder, 'out'));
  const child = spawn(process.execPath, [bin, ...args], { cwd, stdio: 'ignore' });
  const ended = new Promise<string | null>((resolve) => child.on('exit', (_code, by) => resolve(by)));
  const watcher = watch(join(cwd, 'out'), (_event, name) => {
    if (name?.startsWith('report.html')) child.kill('SIGKILL');
  });
  expect(await ended).toBe('SIGKILL');
  watcher.close();
  underpin(args, { cwd: alone });
  const whole = readFileSync(join(alone, file), 'utf8');
  if (existsSync(join(cwd, file))) expect(readFileSync(join(cwd, file), 'utf8') === whole).toBe(true);
  expect(underpin(args, { cwd }).code).toBe(0);
  expect(readFileSync(join(cwd, file), 'utf8') === whole).toBe(true);
});
