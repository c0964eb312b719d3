/** What a reader says that it asks is all that it asks: the collector asks no more, and it is read again when that changes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Answers } from '../answers.ts';
import type { Entry } from '../entry.ts';
import { readInventory } from '../format.ts';
import { readers } from './index.ts';

const files = ['examples/legacy-shop', 'examples/sound-shop', 'scenarios/inventory'].flatMap((folder) =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.json') ? [join(folder, name)] : [])),
);

it.each(readers.map((reader) => [reader.name, reader] as const))('%s asks what it names', (_name, reader) => {
  const named = new Set(reader.operations);
  for (const file of files) {
    const entries = entriesIn(file);
    const all = reader.read(new Answers(entries));
    const others = entries.map((entry): Entry => (named.has(entry.operation) ? entry : { ...entry, ...unanswered }));
    expect(reader.read(new Answers(others)), file).toEqual(all);
  }
});

const unanswered = { status: 'failed', output: undefined } as const;

function entriesIn(file: string) {
  try {
    return readInventory(file, JSON.parse(readFileSync(file, 'utf8'))).entries;
  } catch {
    return []; // broken on purpose, or no inventory
  }
}
