/** Broken inputs through every door: read and judged, or refused in words; never a crash. More of them: `npm run fuzz`. */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Door, failureOf } from './fuzz/door.ts';
import { doors } from './fuzz/doors.ts';
import { runs } from './runs.ts';

const folder = join(mkdtempSync(join(tmpdir(), 'underpin-fuzz-')), 'mutant');

describe.each(doors())('$name', (door: Door) => {
  it('takes every mutant without a crash', async () => {
    const failures: string[] = [];
    for (let seed = 0; seed < runs(door.tries); seed++) {
      const failure = await failureOf(door, seed, folder);
      if (failure) failures.push(`${seed}: ${failure.problem}`);
    }
    expect(failures).toEqual([]);
  });

  it('has mutants that differ, the same for the same seed', () => {
    const texts = (): readonly string[] => Array.from({ length: 20 }, (_, seed) => JSON.stringify(door.mutant(seed)));
    const once = texts();
    expect(new Set(once).size).toBeGreaterThan(10);
    expect(texts()).toEqual(once);
  });
});

describe('every night', () => {
  const { jobs } = parse(readFileSync('.github/workflows/nightly.yml', 'utf8'));

  it('tries more mutants of every format', () => {
    expect([...jobs.mutants.strategy.matrix.format].sort()).toEqual(
      doors()
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('plans every scenario of the planner with something taken out', () => {
    const journeys = readdirSync('scenarios/plan').filter((name) => name.endsWith('.json') && name !== 'expected.json');
    const planned = jobs.honesty.strategy.matrix.run.flatMap(
      (run: string) => /^--plans .*\/(.+)$/.exec(run)?.slice(1) ?? [],
    );
    expect([...planned].sort()).toEqual(journeys.sort());
  });
});
