/** Files and folders of logs -> evidence. The files are opened here, and read in pieces: their size does not matter. */
import { closeSync, createReadStream, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import type { Estate } from '../../estate/estate.ts';
import type { Evidence, EvidenceInput, LogKind } from '../../estate/evidence.ts';
import { UserError } from '../user-error.ts';
import type { Sink } from './chunks.ts';
import { type Counts, recognise } from './formats.ts';
import { lookupsOf } from './lookups.ts';
import { LIMITS, type Limits, Tallies } from './tally.ts';

/** What is read at once. */
const PIECE = 1 << 18;
/** So much of a file is looked at to tell what it is. */
const HEAD = 1 << 16;
/** Logs pack ten to fifty times; what stands for far more, and is large, was made to keep a reader busy. */
const BOMB = { unpacked: 1 << 28, times: 300 };

export async function readEvidence(
  paths: readonly string[],
  estate: Estate,
  limits: Limits = LIMITS,
): Promise<Evidence> {
  const tallies = new Tallies(lookupsOf(estate), limits);
  const inputs: EvidenceInput[] = [];
  for (const path of paths) inputs.push(await readPath(path, tallies));
  return tallies.evidence(inputs);
}

async function readPath(path: string, tallies: Tallies): Promise<EvidenceInput> {
  const counts: Counts = { records: {}, malformed: 0 };
  let [files, truncated, unrecognised] = [0, 0, 0];
  for (const file of filesOf(path)) {
    files += 1;
    const ended = await readFile(file, tallies, counts);
    if (ended === 'truncated') truncated += 1;
    if (ended === 'unrecognised') unrecognised += 1;
  }
  if ((files === unrecognised && files > 0) || files === 0)
    throw new UserError(files === 0 ? 'there is no file in this folder' : 'this is no log that is known here', {
      file: path,
      expected:
        'VPC flow logs, access logs of load balancers, S3 or CloudFront, or events of CloudTrail, as text or .gz',
      fix: 'flow logs of a custom format need the header line that AWS writes into files for S3',
    });
  return { path, files, records: counts.records, malformed: counts.malformed, truncated, unrecognised };
}

/** In the order of their names, so that the same folder is read in the same way. Links to folders are not followed. */
function* filesOf(path: string): Generator<string> {
  let folder: boolean;
  try {
    folder = statSync(path).isDirectory();
  } catch {
    throw new UserError('there is no such file or folder', { file: path, fix: 'check the path after --evidence' });
  }
  if (!folder) {
    yield path;
    return;
  }
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) yield* filesOf(inner);
    else if (entry.isFile() && !entry.name.startsWith('.') && statSync(inner).size > 0) yield inner;
  }
}

/** The first bytes tell what a file is, not its name. */
function signature(file: string): string {
  const bytes = Buffer.alloc(4);
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    throw new UserError(`it cannot be read (${error instanceof Error ? error.message : String(error)})`, { file });
  }
  try {
    return bytes.subarray(0, readSync(handle, bytes, 0, 4, 0)).toString('latin1');
  } finally {
    closeSync(handle);
  }
}

type Ended = 'whole' | 'truncated' | 'unrecognised';

async function readFile(file: string, tallies: Tallies, counts: Counts): Promise<Ended> {
  const begins = signature(file);
  if (begins === 'PAR1')
    throw new UserError('this is a Parquet file, and logs are read as text', {
      file,
      expected: 'the text format of AWS, also as .gz',
      fix: 'let the logs be written as plain text, or export them with Athena (UNLOAD … WITH (format = "TEXTFILE", field_delimiter = " ")) below a header line',
    });
  const reading = new Reading(tallies, counts);
  const source = createReadStream(file, { highWaterMark: PIECE });
  let unpacked = 0;
  let stopped: 'noLog' | 'bomb' | undefined;
  const drain = async (pieces: AsyncIterable<Buffer>): Promise<void> => {
    for await (const piece of pieces) {
      unpacked += piece.length;
      if (unpacked > BOMB.unpacked && unpacked > source.bytesRead * BOMB.times) stopped = 'bomb';
      else if (!reading.take(piece)) stopped = 'noLog';
      if (stopped !== undefined) return;
    }
  };
  try {
    if (begins.startsWith('\x1f\x8b')) await pipeline(source, createGunzip({ chunkSize: PIECE }), drain);
    else await pipeline(source, drain);
  } catch (error) {
    // a reader that stops early is an error to the pipeline
    if (stopped === 'bomb') throw bomb(file);
    if (stopped === 'noLog') return 'unrecognised';
    if (!isBroken(error)) throw new UserError(`it cannot be read (${String(error)})`, { file });
    reading.end();
    if (reading.kind === undefined) return 'unrecognised';
    tallies.incomplete(reading.kind);
    return 'truncated';
  }
  if (stopped === 'bomb') throw bomb(file);
  const inTheMiddle = reading.end();
  if (reading.kind === undefined) return 'unrecognised';
  if (inTheMiddle) tallies.incomplete(reading.kind);
  return inTheMiddle ? 'truncated' : 'whole';
}

const bomb = (file: string): UserError =>
  new UserError('it unpacks to far more than logs do', {
    file,
    expected: `at most ${BOMB.times} times of what is packed, where it is more than ${BOMB.unpacked / 1024 / 1024} MB`,
    fix: 'leave it out, or give it unpacked where it is a log after all',
  });

/** What zlib says of a file that was cut or damaged. */
const isBroken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');

/** One file: its first line tells the format, and all of it goes there. */
class Reading {
  private readonly decoder = new StringDecoder('utf8');
  private readonly tallies: Tallies;
  private readonly counts: Counts;
  private head = '';
  private sink: Sink | undefined;
  kind: LogKind | undefined;

  constructor(tallies: Tallies, counts: Counts) {
    this.tallies = tallies;
    this.counts = counts;
  }

  /** False when the rest is of no use. */
  take(piece: Buffer): boolean {
    const text = this.decoder.write(piece);
    if (this.sink) {
      this.sink.push(text);
      return true;
    }
    this.head += text;
    return this.head.length < HEAD || this.begin();
  }

  private begin(): boolean {
    const found = recognise(this.head.replace(/^\ufeff/, ''), this.tallies, this.counts);
    if (found === undefined) return false;
    this.kind = found.kind;
    this.sink = found.sink;
    this.sink.push(this.head.replace(/^\ufeff/, ''));
    this.head = '';
    return true;
  }

  /** Whether it ends in the middle. */
  end(): boolean {
    if (!this.sink && !this.begin()) return false;
    return this.sink?.end() ?? false;
  }
}
