/** A format of the program's input, how it is broken, and what must hold of each mutant: it is read and judged, or refused in words. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Estate } from '../../src/estate/estate.ts';
import { loadInputs } from '../../src/inventory/load.ts';
import { UserError } from '../../src/inventory/user-error.ts';
import { rules } from '../../src/rules/catalog/index.ts';
import { audit } from '../../src/rules/run.ts';

/** The files of one mutant, by their names. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export interface Door {
  readonly name: string;
  /** How many are tried in a usual run of the tests: what takes longer is tried less often. */
  readonly tries: number;
  readonly mutant: (seed: number) => Files;
  /** Reads and judges the files in a folder; throws for what is wrong with them. */
  readonly enter: (folder: string, files: Files) => unknown;
}

export interface Failure {
  readonly seed: number;
  readonly problem: string;
  readonly files: Files;
}

export function write(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** What is wrong with how a mutant is taken; undefined when it was judged, or refused as a user's mistake with its file. */
export async function failureOf(door: Door, seed: number, folder: string): Promise<Failure | undefined> {
  const files = door.mutant(seed);
  rmSync(folder, { recursive: true, force: true });
  write(folder, files);
  const problem = await problemOf(() => door.enter(folder, files));
  return problem === undefined ? undefined : { seed, problem, files };
}

async function problemOf(enter: () => unknown): Promise<string | undefined> {
  try {
    await enter();
  } catch (error) {
    if (!(error instanceof UserError)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
    const { file, expected, fix } = error.place;
    if ((file ?? expected ?? fix) === undefined)
      return `neither the file is named nor what was expected: ${error.message}`;
    if (/\n\s+at .*:\d+:\d+/.test(error.message)) return `a stack trace is told: ${error.message}`;
    if (/Maximum call stack|Cannot read propert|is not a function|is not iterable/.test(error.message))
      return `the engine's words are told: ${error.message}`;
  }
  return 'polluted' in {} ? 'Object.prototype was changed' : undefined;
}

/** Every rule on an estate; a rule that fell is told as unknown to users, and is a failure here. */
export function judged(estate: Estate): void {
  const broken = audit(estate, rules).find(({ missing }) => missing.some(({ operation }) => operation === 'internal'));
  if (broken)
    throw new Error(`${broken.rule}: ${broken.missing.find(({ operation }) => operation === 'internal')?.reason}`);
}

export const audited = (...paths: readonly string[]): void => judged(loadInputs(paths).estate);
