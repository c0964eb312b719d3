/** The answers as an inventory: sorted, a line a request, and the file appears whole or not at all. */
import { randomUUID } from 'node:crypto';
import { closeSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { INVENTORY_FORMAT } from '../inventory/format.ts';
import { UserError } from '../inventory/user-error.ts';
import { makeFolders, openNew } from './files.ts';
import { sameRequest, type Told } from './place.ts';

export interface Content {
  /** ISO 8601. */
  readonly collectedAt: string;
  readonly partition: string;
  readonly told: readonly Told[];
}

/** Only the owner may read it: it tells how an account is built. */
const MODE = 0o600;

export function writeInventory(file: string, content: Content): void {
  // another run may be writing the same inventory
  const part = `${file}.${randomUUID()}.part`;
  try {
    makeFolders(dirname(file));
    const target = openNew(part, MODE);
    try {
      // not writeSync, which may write a part of a text only
      for (const text of inventoryText(content)) writeFileSync(target, text);
    } finally {
      closeSync(target);
    }
    renameSync(part, file);
  } catch (error) {
    remove(part);
    throw new UserError(`it cannot be written (${error instanceof Error ? error.message : String(error)})`, {
      file,
      fix: 'make room and run the same command again: what was read is kept',
    });
  }
}

/** What cannot be removed was never made. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {}
}

/** In pieces: the whole may be longer than a string can be. */
export function* inventoryText({ collectedAt, partition, told }: Content): Generator<string> {
  const sorted = inOrder(told);
  const accounts = new Set(sorted.map(({ account }) => account));
  const [only] = accounts.size === 1 ? accounts : [];
  const header = { format: INVENTORY_FORMAT, ...(only === undefined ? {} : { account: only }), partition, collectedAt };
  yield `${JSON.stringify(header, null, 1).slice(0, -2)},\n "responses": {`;
  let before: string | undefined;
  for (const { operation, account, region, input, output, error } of sorted) {
    if (operation !== before) yield `${before === undefined ? '' : '\n  ],'}\n  ${JSON.stringify(operation)}: [\n`;
    else yield ',\n';
    before = operation;
    const where = { ...(only === undefined ? { account } : {}), region };
    const parameters = Object.keys(input).length > 0 ? { input } : {};
    yield `   ${JSON.stringify({ ...where, ...parameters, ...(error ? { error } : { output: output ?? {} }) })}`;
  }
  yield `${before === undefined ? '' : '\n  ]\n '}}\n}\n`;
}

/** Each request once, by operation, account, region and parameters. */
function inOrder(told: readonly Told[]): readonly Told[] {
  const keyed = new Map(told.map((one) => [`${sameRequest(one)}\n${one.error ? 'error' : 'output'}`, one]));
  return [...keyed.keys()].sort().flatMap((key) => keyed.get(key) ?? []);
}
