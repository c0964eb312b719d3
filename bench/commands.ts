/** Whole commands, as a user starts them: processor time with all that they start, of several rounds the least. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { account } from './account/index.ts';

const CLI = resolve('dist/cli.js');
const SHOP = resolve('examples/legacy-shop/inventory.json');

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  readonly rounds: number;
}

/** A table of text. Needs a shell that knows `times`, and dist/ (npm run build). */
export function commandTable(): string {
  const folder = mkdtempSync(join(tmpdir(), 'underpin-bench-'));
  try {
    const small = join(folder, '300.json');
    writeFileSync(small, JSON.stringify(account({ resources: 300, mess: 0.5, seed: 1 })));
    const project = join(folder, 'project');
    mkdirSync(join(folder, 'out'));
    const cases: readonly Case[] = [
      { name: 'node itself, doing nothing', args: ['-e', '0'], rounds: 9 },
      { name: 'underpin --version', args: [CLI, '--version'], rounds: 9 },
      { name: 'audit, 300 resources', args: [CLI, 'audit', small], rounds: 7 },
      { name: 'audit, the shop', args: [CLI, 'audit', SHOP], rounds: 5 },
      { name: 'draw, the shop', args: [CLI, 'draw', SHOP], rounds: 3 },
      { name: 'plan, the shop', args: [CLI, 'plan', SHOP], rounds: 2 },
      { name: 'program: plan and emit, the shop', args: [CLI, 'program', SHOP, '-o', project], rounds: 1 },
      { name: 'audit of that program: record and read', args: [CLI, 'audit', project], rounds: 2 },
      { name: 'report, the shop', args: [CLI, 'report', SHOP, '-o', join(folder, 'report.html')], rounds: 1 },
    ];
    const rows = cases.map((one) => [one.name, ...measured(one, folder)]);
    const width = Math.max(...rows.map(([name = '']) => name.length));
    return [
      'commands (processor time, exit code)',
      ...rows.map(([name = '', ...rest]) => [name.padEnd(width), ...rest].join('  ')),
    ].join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measured({ args, rounds }: Case, cwd: string): readonly [time: string, code: string] {
  let least = Number.POSITIVE_INFINITY;
  let code = '';
  for (let round = 0; round < rounds; round++) {
    const run = spawnSync('sh', ['-c', '"$@" >/dev/null 2>&1; echo "$?"; times', 'sh', process.execPath, ...args], {
      cwd,
      encoding: 'utf8',
    });
    // the code; the shell's own times; those of what it started: `0m1.20s 0m0.31s`
    const [exit = '', , theirs = ''] = run.stdout.trim().split('\n');
    code = exit;
    const seconds = [...theirs.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
    least = Math.min(
      least,
      seconds.reduce((sum, one) => sum + one, 0),
    );
  }
  return [`${Math.round(least * 1000)} ms`.padStart(9), code];
}
