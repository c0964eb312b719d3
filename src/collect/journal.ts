/**
 * What was read so far, a line an answer, beside the output: a run that was ended at any moment is continued by the
 * next one. Everything in it is already without secrets.
 */
import { appendFileSync, closeSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { statusOfError } from '../inventory/entry.ts';
import { UserError } from '../inventory/user-error.ts';
import { makeFolders, openNew } from './files.ts';
import { keyOf } from './requests.ts';
import type { Input } from './row.ts';

export type Outcome =
  | { readonly output: unknown; readonly error?: undefined }
  | { readonly error: { readonly name: string; readonly message: string }; readonly output?: undefined };

export interface Request {
  readonly account: string;
  /** The region that is asked. */
  readonly region: string;
  readonly operation: string;
  readonly input: Input;
}

const FORMAT = 'underpin.journal/1';

/** After so long the account has changed too much for one picture. */
const KEPT_HOURS = 24;

export class Journal {
  /** When the first answer in it was read, ISO 8601. */
  readonly startedAt: string;
  /** How many answers an earlier run had left. */
  readonly found: number;
  private readonly file: string;
  private readonly known: Map<string, Outcome>;

  constructor(file: string, startedAt: string, known: Map<string, Outcome>) {
    this.file = file;
    this.startedAt = startedAt;
    this.known = known;
    this.found = known.size;
  }

  get(request: Request): Outcome | undefined {
    return this.known.get(requestKey(request));
  }

  add(request: Request, outcome: Outcome): void {
    this.known.set(requestKey(request), outcome);
    const line = `${JSON.stringify({ ...request, ...outcome })}\n`;
    writing(this.file, () => appendFileSync(this.file, line));
  }

  remove(): void {
    rmSync(this.file, { force: true });
  }
}

export const requestKey = ({ account, region, operation, input }: Request): string =>
  [account, region, operation, keyOf(input)].join('\n');

/** Opens the journal of an output file, with what an earlier run has left in it. */
export function openJournal(output: string, now: Date, fresh: boolean): Journal {
  const file = `${output}.journal`;
  const left = !fresh && existsSync(file) ? readJournal(file) : undefined;
  if (left && now.getTime() - Date.parse(left.startedAt) < KEPT_HOURS * 3_600_000)
    return new Journal(file, left.startedAt, left.known);
  const startedAt = now.toISOString();
  const header = `${JSON.stringify({ format: FORMAT, startedAt })}\n`;
  writing(file, () => {
    makeFolders(dirname(file));
    // only the owner may read it: it tells how an account is built
    const target = openNew(file, 0o600);
    try {
      writeFileSync(target, header);
    } finally {
      closeSync(target);
    }
  });
  return new Journal(file, startedAt, new Map());
}

function writing(file: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new UserError(`it cannot be written (${error instanceof Error ? error.message : String(error)})`, {
      file,
      fix: 'make room, or choose another place with -o',
    });
  }
}

/** The whole lines of a journal; a line that was being written when the run ended is cut off. */
function readJournal(file: string): { readonly startedAt: string; readonly known: Map<string, Outcome> } | undefined {
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) truncateSync(file, end);
  const [first, ...lines] = linesOf(bytes.subarray(0, end));
  const header = parsed(first);
  if (header?.format !== FORMAT || typeof header.startedAt !== 'string' || Number.isNaN(Date.parse(header.startedAt)))
    return undefined;
  const known = new Map<string, Outcome>();
  for (const line of lines) {
    const entry = parsed(line);
    const outcome = entry && outcomeOf(entry);
    if (entry && outcome && isRequest(entry)) known.set(requestKey(entry), outcome);
  }
  return { startedAt: header.startedAt, known };
}

/** Line by line: the whole may be longer than a string can be. */
function* linesOf(bytes: Buffer): Generator<string> {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start);
    yield bytes.toString('utf8', start, end);
    start = end + 1;
  }
}

function parsed(line: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line ?? '');
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

const isRequest = (entry: object): entry is Request =>
  'account' in entry && 'region' in entry && 'operation' in entry && 'input' in entry;

/** Refusals and failures are asked again: the policy may have been mended since. */
function outcomeOf({ output, error }: Readonly<Record<string, unknown>>): Outcome | undefined {
  if (output !== undefined) return { output };
  if (typeof error !== 'object' || error === null || !('name' in error) || !('message' in error)) return undefined;
  const told = { name: String(error.name), message: String(error.message) };
  return statusOfError(told) === 'absent' ? { error: told } : undefined;
}
