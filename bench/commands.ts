/** Whole commands, as a user starts them: processor time with all that they start, of several rounds the least. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

export interface Timed {
  readonly name: string;
  readonly milliseconds: number;
  readonly exitCode: number;
}

/** Needs a shell that knows `times`, and dist/ (npm run build). */
export function measureCommands(): readonly Timed[] {
  const folder = mkdtempSync(join(tmpdir(), 'underpin-bench-'));
  try {
    const small = join(folder, '300.json');
    const large = join(folder, '10000.json');
    for (const [file, resources] of [
      [small, 300],
      [large, 10_000],
    ] as const)
      writeFileSync(file, JSON.stringify(account({ resources, mess: 0.5, seed: 1 })));
    const project = join(folder, 'project');
    const cases: readonly Case[] = [
      { name: 'node itself, doing nothing', args: ['-e', '0'], rounds: 9 },
      { name: 'underpin --version', args: [CLI, '--version'], rounds: 9 },
      { name: 'audit, 300 resources', args: [CLI, 'audit', small], rounds: 7 },
      { name: 'audit, the shop', args: [CLI, 'audit', SHOP], rounds: 5 },
      { name: 'exposure with its cuts, 10 000 resources', args: [CLI, 'exposure', large], rounds: 1 },
      { name: 'draw, the shop', args: [CLI, 'draw', SHOP], rounds: 3 },
      { name: 'plan, the shop', args: [CLI, 'plan', SHOP], rounds: 2 },
      { name: 'program: plan and emit, the shop', args: [CLI, 'program', SHOP, '-o', project], rounds: 1 },
      { name: 'audit of that program: record and read', args: [CLI, 'audit', project], rounds: 2 },
      { name: 'run: what npm start does', args: [CLI, 'run', '-o', join(folder, 'out')], rounds: 1 },
      { name: 'report, the shop', args: [CLI, 'report', SHOP, '-o', join(folder, 'report.html')], rounds: 1 },
    ];
    return cases.map((one) => measured(one, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function commandTable(commands: readonly Timed[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'commands (processor time, exit code)',
    ...commands.map(({ name, milliseconds, exitCode }) =>
      [name.padEnd(width), `${milliseconds} ms`.padStart(9), exitCode].join('  '),
    ),
  ].join('\n');
}

function measured({ name, args, rounds }: Case, cwd: string): Timed {
  let least = Number.POSITIVE_INFINITY;
  let exitCode = 0;
  for (let round = 0; round < rounds; round++) {
    const run = spawnSync('sh', ['-c', '"$@" >/dev/null 2>&1; echo "$?"; times', 'sh', process.execPath, ...args], {
      cwd,
      encoding: 'utf8',
    });
    // the code; the shell's own times; those of what it started: `0m1.20s 0m0.31s`
    const [exit = '', , theirs = ''] = run.stdout.trim().split('\n');
    exitCode = Number(exit);
    const seconds = [...theirs.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
    least = Math.min(
      least,
      seconds.reduce((sum, one) => sum + one, 0),
    );
  }
  return { name, milliseconds: Math.round(least * 1000), exitCode };
}
