/** Broken inputs through every door: read and judged, or refused in words; never a crash. More of them: `npm run fuzz`. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Door, doors, failureOf } from './fuzz/doors.ts';
import { mutantOf } from './fuzz/mutants.ts';
import { runs } from './runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'underpin-fuzz-'));

/** What takes longer is tried less often. */
const TRIES: Readonly<Record<string, number>> = {
  'legacy-shop': 8,
  'terraform-plan': 40,
  'terraform-state': 40,
  'plan-file': 400,
  preferences: 400,
};

describe.each(doors())('$name', (door: Door) => {
  it('takes every mutant without a crash', () => {
    const failures = Array.from(
      { length: runs(TRIES[door.name] ?? 120) },
      (_, seed) => failureOf(door, seed, folder) ?? [],
    ).flat();
    expect(failures.map(({ seed, problem }) => `${seed}: ${problem}`)).toEqual([]);
  });

  it('has mutants that differ, the same for the same seed', () => {
    const texts = Array.from({ length: 20 }, (_, seed) => mutantOf(door.document, seed));
    expect(new Set(texts).size).toBeGreaterThan(10);
    expect(Array.from({ length: 20 }, (_, seed) => mutantOf(door.document, seed))).toEqual(texts);
  });
});
