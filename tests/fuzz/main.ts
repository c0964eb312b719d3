/** Many spoiled inputs, or everything taken out of inputs; every failing mutant is kept in a folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isPulumiProject } from '../../src/cli/pulumi-project.ts';
import { loadInputs } from '../../src/inventory/load.ts';
import { entriesOf } from '../../src/inventory/pulumi/index.ts';
import { record } from '../../src/program/record/record.ts';
import type { Members } from '../whole.ts';
import { type Door, failureOf, write } from './door.ts';
import { doors } from './doors.ts';
import { asInventory, byShape, honest, turned, waysOf } from './honesty.ts';
import { dishonest, planned } from './plans.ts';

const USAGE = `npm run fuzz -- --mutants 100000 --format stack --format trail --seed 1 --seconds 3600
  spoils inputs (of all formats, when none is named) and prints a line of JSON a format; seconds are of the processor
npm run fuzz -- --honesty [--input PATH ...] [--each 1] [--plans]
  takes everything out of an input, so often by its shape, and prints what turns into its opposite, or what plans
  promise too much then
`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    mutants: { type: 'string', default: '1000' },
    format: { type: 'string', multiple: true },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: 'Infinity' },
    honesty: { type: 'boolean', default: false },
    plans: { type: 'boolean', default: false },
    input: { type: 'string', multiple: true },
    each: { type: 'string', default: '1' },
  },
});

interface Kept {
  readonly seed: number;
  readonly folder: string;
  readonly problem: string;
  times: number;
}

const folder = mkdtempSync(join(tmpdir(), 'underpin-fuzz-'));
const first = Number(values.seed);

async function fuzz(door: Door) {
  const started = process.cpuUsage();
  const used = (): number => {
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1e6;
  };
  const failures = new Map<string, Kept>();
  let [tried, slowest, slowestSeed] = [0, 0, first];
  for (; tried < Number(values.mutants) && used() < Number(values.seconds); tried++) {
    const seed = first + tried;
    const before = used();
    const failure = await failureOf(door, seed, join(folder, 'mutant'));
    const took = used() - before;
    if (took > slowest) [slowest, slowestSeed] = [took, seed];
    if (failure === undefined) continue;
    const key = failure.problem.split('\n').slice(0, 2).join('\n');
    const known = failures.get(key);
    if (known) known.times += 1;
    else {
      const kept = join(folder, `${door.name}-${seed}`);
      write(kept, failure.files);
      failures.set(key, { seed, folder: kept, problem: failure.problem, times: 1 });
    }
  }
  return {
    format: door.name,
    seed: first,
    tried,
    processorSeconds: used(),
    slowest,
    slowestSeed,
    failures: [...failures.values()],
  };
}

/** A program is run, and what it declares taken as if AWS had answered so. */
async function inventoryAt(path: string): Promise<Members> {
  if (isPulumiProject(path)) return asInventory(entriesOf(await record(path, { stack: 'prod' })), '2026-11-01');
  const { entries, estate } = loadInputs([path]);
  return asInventory(entries, estate.collectedAt);
}

/** Everything that can be taken out of an inventory, once by its shape; a line a contradiction, and how many were tried. */
async function honesty(path: string): Promise<boolean> {
  const whole = honest(await inventoryAt(path));
  const plan = values.plans ? planned(whole.content) : undefined;
  let [tried, found] = [0, 0];
  for (const way of byShape(waysOf(whole), Number(values.each))) {
    tried += 1;
    const worse = plan === undefined ? turned(whole, way) : way.of === 'resource' ? [] : dishonest(plan, way.cut);
    for (const contradiction of worse) {
      found += 1;
      console.log(`${path} ${contradiction}`);
    }
  }
  console.log(JSON.stringify({ honesty: path, tried, found, claims: whole.claims.size, bills: whole.bills.of.size }));
  return found === 0;
}

async function formats(): Promise<boolean> {
  const chosen = doors().filter(({ name }) => values.format?.includes(name) ?? true);
  let holds = chosen.length > 0;
  for (const door of chosen) {
    const summary = await fuzz(door);
    holds &&= summary.failures.length === 0;
    // each as soon as it is known: a run of a night may be ended
    console.log(JSON.stringify(summary));
  }
  return holds;
}

const inputs = values.input ?? ['examples/legacy-shop/inventory.json'];

async function honestAll(): Promise<boolean> {
  let holds = true;
  for (const path of inputs) holds = (await honesty(path)) && holds;
  return holds;
}

if (values.help) {
  process.stdout.write(USAGE);
  process.exit();
}
const holds = await (values.honesty ? honestAll() : formats());
rmSync(holds ? folder : join(folder, 'mutant'), { recursive: true, force: true });
process.exitCode = holds ? 0 : 1;
