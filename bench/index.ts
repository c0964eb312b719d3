/**
 * How long reading, every analysis and every rule take as an account grows, and how much memory.
 * `npm run bench -- [--sizes 1000,10000,100000] [--mess 0.5] [--seed 1] [--parts audit,analyses,rules]`
 * `npm run bench -- --sizes 100,250,500 --parts plan`: the planner, on accounts of a team's size
 * `npm run bench -- --parts draw`: the picture, at 35, 100, 250 and 1000 nodes
 * `npm run bench -- --parts commands`: whole commands from their start, as a user gives them
 * `npm run bench -- --write FILE --sizes N` only writes the account.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { account } from './account/index.ts';
import { commandTable } from './commands.ts';
import { drawTable } from './draw.ts';
import { type Measured, measure, type Part } from './measure.ts';
import { table } from './table.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    parts: { type: 'string', default: 'audit,analyses,rules,draw' },
    mess: { type: 'string', default: '0.5' },
    seed: { type: 'string', default: '1' },
    /** Only writes the account. */
    write: { type: 'string' },
    /** Only measures a file, in this process, and prints JSON. */
    measure: { type: 'string' },
    rounds: { type: 'string', default: '1' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const wanted = values.parts.split(',');
const parts = wanted.filter((part) => part !== 'draw' && part !== 'commands') as Part[];

if (values.write !== undefined) write(values.write, sizes[0] ?? 1000);
else if (values.measure !== undefined)
  console.log(JSON.stringify(measure(values.measure, parts[0] ?? 'audit', Number(values.rounds))));
else {
  if (wanted.includes('draw')) console.log(`${drawTable([35, 100, 250, 1000])}\n`);
  if (wanted.includes('commands')) console.log(`${commandTable()}\n`);
  if (parts.length > 0) compare();
}

function write(file: string, resources: number): void {
  const made = account({ resources, mess: Number(values.mess), seed: Number(values.seed) });
  writeFileSync(file, JSON.stringify(made));
}

function compare(): void {
  const folder = mkdtempSync(join(tmpdir(), 'underpin-bench-'));
  const measured = new Map<Part, Measured[]>(parts.map((part) => [part, []]));
  try {
    for (const size of sizes) {
      const file = join(folder, `${size}.json`);
      child('--write', file, '--sizes', String(size), '--mess', values.mess, '--seed', values.seed);
      for (const part of parts) {
        console.error(`${size} resources: ${part} …`);
        const rounds = part === 'plan' ? '1' : size < 5_000 ? '5' : size < 50_000 ? '3' : '1';
        measured.get(part)?.push(JSON.parse(child('--measure', file, '--parts', part, '--rounds', rounds)));
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const [part, list] of measured) console.log(`${table(part, list, part === 'rules' ? 10 : undefined)}\n`);
}

/** Runs this program once more; gives what it prints. */
function child(...args: readonly string[]): string {
  const run = spawnSync(
    process.execPath,
    ['--single-threaded-gc', ...process.execArgv, fileURLToPath(import.meta.url), ...args],
    {
      encoding: 'utf8',
      maxBuffer: 1e8,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  if (run.status !== 0) throw new Error(`${args.join(' ')} ended with ${run.status ?? run.signal}`);
  return run.stdout;
}
