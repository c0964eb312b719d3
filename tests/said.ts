/** What commands say and write, without starting the command line: for tests that look at all of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Terminal } from '../src/cli/command.ts';
import { COMMANDS } from '../src/cli/commands/index.ts';
import { errorText } from '../src/cli/errors.ts';

/** Everything that a command says, on either stream; of an error also what only a developer would see. */
export async function heardBy(words: readonly string[], options: Readonly<Record<string, unknown>>): Promise<string> {
  const texts: string[] = [];
  const terminal: Terminal = {
    out: (text) => void texts.push(text),
    err: (text) => void texts.push(text),
    width: 80,
    colour: false,
    unicode: true,
    today: () => '2026-11-22T00:00:00Z',
    environment: {},
  };
  const [name = '', ...args] = words;
  try {
    await (await COMMANDS.get(name)?.())?.run(args, options, terminal);
  } catch (error) {
    texts.push(errorText(error), error instanceof Error ? `${error.message}\n${error.stack}` : String(error));
  }
  return texts.join('\n');
}

/** The files below a folder, by their path in it. */
export function filesIn(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(files.map((file) => [relative(folder, file), readFileSync(file, 'utf8')]));
}
