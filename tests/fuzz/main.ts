/** `npm run fuzz -- --mutants 100000 --format stack --seed 1 --seconds 3600`: every failing mutant is kept in a file; a summary as JSON. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { doors, failureOf } from './doors.ts';

const { values } = parseArgs({
  options: {
    mutants: { type: 'string', default: '1000' },
    format: { type: 'string' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: 'Infinity' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'underpin-fuzz-'));
const first = Number(values.seed);
const chosen = doors().filter(({ name }) => values.format === undefined || name === values.format);
const summary = chosen.map((door) => {
  const started = Date.now();
  const failures = new Map<
    string,
    { readonly seed: number; readonly file: string; readonly problem: string; times: number }
  >();
  let [tried, slowest, slowestSeed] = [0, 0, first];
  for (; tried < Number(values.mutants) && Date.now() - started < Number(values.seconds) * 1000; tried++) {
    const seed = first + tried;
    const before = Date.now();
    const failure = failureOf(door, seed, folder);
    const took = Date.now() - before;
    if (took > slowest) [slowest, slowestSeed] = [took, seed];
    if (failure === undefined) continue;
    const key = failure.problem.split('\n').slice(0, 2).join('\n');
    const known = failures.get(key);
    if (known) known.times += 1;
    else {
      const file = `fuzz-${door.name}-${seed}.json`;
      writeFileSync(file, failure.text);
      failures.set(key, { seed, file, problem: failure.problem, times: 1 });
    }
  }
  return {
    format: door.name,
    seed: first,
    tried,
    seconds: (Date.now() - started) / 1000,
    slowest,
    slowestSeed,
    failures: [...failures.values()],
  };
});
rmSync(folder, { recursive: true });
console.log(JSON.stringify(summary, null, 2));
process.exitCode = chosen.length === 0 || summary.some(({ failures }) => failures.length > 0) ? 1 : 0;
