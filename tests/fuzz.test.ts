/** Broken inputs through every door: read and judged, or refused in words; never a crash. More of them: `npm run fuzz`. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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
