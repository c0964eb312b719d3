/**
 * How long everything takes as an account grows, and how much memory.
 * `npm run bench -- [--sizes 100,1000,10000,100000] [--mess 0.5] [--seed 1] [--parts audit,analyses,rules,journey,draw,commands]`
 * `npm run bench -- --write FILE --sizes N` only writes the account.
 * Tables are printed; the same is kept as JSON, in `bench/results.json` or the file of `--json`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { account } from './account/index.ts';
import { commandTable, measureCommands } from './commands.ts';
import { drawTable, measurePictures } from './draw.ts';
import { JOURNEY_MOST, measureJourney } from './journey.ts';
import { type Measured, measure, PARTS, type Part } from './measure.ts';
import { keep } from './results.ts';
import { table } from './table.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,1000,10000,100000' },
    parts: { type: 'string', default: [...PARTS, 'draw', 'commands'].join() },
    mess: { type: 'string', default: '0.5' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string', default: 'bench/results.json' },
    /** Only writes the account. */
    write: { type: 'string' },
    /** Only measures a file, in this process, and prints JSON. */
    measure: { type: 'string' },
    rounds: { type: 'string', default: '1' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const wanted = values.parts.split(',');
const parts = PARTS.filter((part) => wanted.includes(part));

if (values.write !== undefined) write(values.write, sizes[0] ?? 1000);
else if (values.measure !== undefined) {
  const [part = 'audit'] = parts;
  const rounds = Number(values.rounds);
  const measured = part === 'journey' ? measureJourney(values.measure, rounds) : measure(values.measure, part, rounds);
  console.log(JSON.stringify(await measured));
} else {
  const accounts = measureAccounts();
  const pictures = wanted.includes('draw') ? measurePictures([35, 100, 250, 1000]) : [];
  const commands = wanted.includes('commands') ? measureCommands() : [];
  for (const part of parts) console.log(`${table(part, accounts[part] ?? [], part === 'rules' ? 10 : undefined)}\n`);
  if (pictures.length > 0) console.log(`${drawTable(pictures)}\n`);
  if (commands.length > 0) console.log(`${commandTable(commands)}\n`);
  keep(values.json, { knobs: { mess: Number(values.mess), seed: Number(values.seed) }, accounts, pictures, commands });
}

function write(file: string, resources: number): void {
  const made = account({ resources, mess: Number(values.mess), seed: Number(values.seed) });
  writeFileSync(file, JSON.stringify(made));
}

function measureAccounts(): Readonly<Partial<Record<Part, readonly Measured[]>>> {
  const folder = mkdtempSync(join(tmpdir(), 'underpin-bench-'));
  try {
    const files = new Map<number, string>();
    const fileOf = (size: number): string => {
      const file = files.get(size) ?? join(folder, `${size}.json`);
      if (!files.has(size))
        child('--write', file, '--sizes', String(size), '--mess', values.mess, '--seed', values.seed);
      files.set(size, file);
      return file;
    };
    return Object.fromEntries(
      parts.map((part) => [part, sizesOf(part).map((size) => measuredIn(part, size, fileOf(size)))]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A journey is measured at the largest that it is made for, too, where a larger account is asked. */
function sizesOf(part: Part): readonly number[] {
  if (part !== 'journey') return sizes;
  return [...new Set(sizes.map((size) => Math.min(size, JOURNEY_MOST)))];
}

function measuredIn(part: Part, size: number, file: string): Measured {
  console.error(`${size} resources: ${part} …`);
  return JSON.parse(child('--measure', file, '--parts', part, '--rounds', String(roundsOf(part, size))));
}

/** What is done soon is done several times, for the median. */
function roundsOf(part: Part, size: number): number {
  if (part === 'journey') return size < 2_000 ? 3 : 1;
  return size < 5_000 ? 5 : size < 50_000 ? 3 : 1;
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
