/** What a run of the bench keeps, with the machine that it ran on. */
import { writeFileSync } from 'node:fs';
import { cpus, platform, totalmem } from 'node:os';
import type { Timed } from './commands.ts';
import type { Picturing } from './draw.ts';
import type { Measured, Part } from './measure.ts';

export interface Results {
  readonly knobs: { readonly mess: number; readonly seed: number };
  /** By part, one for each size. Milliseconds and megabytes. */
  readonly accounts: Readonly<Partial<Record<Part, readonly Measured[]>>>;
  readonly pictures: readonly Picturing[];
  readonly commands: readonly Timed[];
}

export function keep(file: string, results: Results): void {
  const processors = cpus();
  const machine = {
    date: new Date().toISOString().slice(0, 10),
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    gigabytes: Math.round(totalmem() / 2 ** 30),
    system: platform(),
    node: process.version,
  };
  writeFileSync(file, `${JSON.stringify({ machine, ...results }, undefined, 2)}\n`);
}
