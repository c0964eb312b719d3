/**
 * Runs a Pulumi program and records what it declares: no CLI, no network, nothing deployed. The program runs in a child
 * process of its own, without the credentials of this one.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { RecordedProblem, Recording } from '../../inventory/pulumi/recorded.ts';
import { bundleProgram, packageRoot } from './bundle.ts';
import { hushed } from './hushed.ts';
import { type Job, type KnownStates, type Report, TIME_IS_OVER } from './job.ts';
import { type ProjectOptions, readProject } from './project.ts';
import { scrubbed } from './scrub.ts';

export interface RecordOptions extends ProjectOptions {
  /** Milliseconds until a program that does not end is stopped. @default 60000 */
  readonly timeout?: number;
  /** As in `pulumi preview`: what AWS would answer is unknown to the program. @default false */
  readonly preview?: boolean;
  /** Called when the child has all that it needs: from then on it works beside whatever this process does. */
  readonly started?: () => void;
  /** The environment that the program sees, without credentials: `AWS_*`, tokens and secrets are taken out. @default none */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Time that a program gets to tell what it has when its time is over, in milliseconds. */
const GRACE = 2000;

/**
 * Records the program of a Pulumi project folder (or of one file). Throws `UserError` for what cannot be run at all;
 * a program that throws, hangs or waits for itself gives a recording with `problems`.
 */
export async function record(path: string, options: RecordOptions = {}): Promise<Recording> {
  const [recording] = await recordEach(path, options, [{}]);
  if (recording === undefined) throw new Error('no recording of one run');
  return recording;
}

/**
 * The same program under several settings, run one after the other in one process: starting the SDK costs more than
 * running a program. For programs that leave nothing behind, like those that Underpin writes: one that hangs ends the
 * series, and the runs after it have its problem.
 */
export async function recordEach(
  path: string,
  options: RecordOptions & { readonly known?: KnownStates },
  settings: readonly Readonly<Record<string, string>>[],
): Promise<readonly Recording[]> {
  const [first = {}, ...rest] = settings;
  const project = readProject(path, { ...options, config: { ...options.config, ...first } });
  const folder = await mkdtemp(join(tmpdir(), 'underpin-'));
  try {
    const job: Job = {
      program: await bundleProgram(project.entry, project.folder, folder),
      folder: project.folder,
      packageRoot,
      project: project.name,
      stack: project.stack,
      organization: 'organization',
      config: project.config,
      secretKeys: project.secretKeys,
      preview: options.preview ?? false,
      further: rest.map((one) => named(one, project.name)),
      known: options.known ?? {},
    };
    const reports = await reportsOf(await childFile(), job, options);
    const varied = Object.keys(named(first, project.name));
    const kept = Object.fromEntries(Object.entries(project.config).filter(([key]) => !varied.includes(key)));
    return reports.map(({ problems, ...report }) => ({
      folder: path,
      project: project.name,
      stack: project.stack,
      ...report,
      problems: problems.map((one) => ({ ...one, message: hushed(one.message, kept) })),
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A key without a namespace is the project's. */
const named = (settings: Readonly<Record<string, string>>, project: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [key.includes(':') ? key : `${project}:${key}`, value]),
  );

/** The child stands beside this file in the package; in the sources it is made when first needed. */
async function childFile(): Promise<string> {
  const packed = new URL('record-child.js', import.meta.url);
  if (existsSync(packed)) return fileURLToPath(packed);
  made ??= makeChild();
  return made;
}

let made: Promise<string> | undefined;

/** Written aside and moved into place: several processes may make it at once. */
async function makeChild(): Promise<string> {
  const cache = join(packageRoot, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'underpin-'));
  const written = join(folder, 'record-child.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('child/main.ts', import.meta.url))],
    outfile: written,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
  });
  const file = join(cache, 'underpin-record-child.mjs');
  await rename(written, file);
  await rm(folder, { recursive: true });
  return file;
}

/** One for each run; those that were not begun have the problem of the last that was. */
function reportsOf(file: string, job: Job, options: RecordOptions): Promise<readonly Report[]> {
  const child = fork(file, [], {
    cwd: job.folder,
    env: { ...scrubbed(options.environment ?? {}), PULUMI_NODEJS_PROJECT: job.project, PULUMI_NODEJS_STACK: job.stack },
    execArgv: [
      '--no-warnings',
      ...(job.further.length > 0 ? SERIES : ALONE),
      ...(job.further.length < LONG ? SOON_OVER : []),
    ],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'json',
  });
  const said = tailOf(child);
  const timeout = options.timeout ?? 60_000;
  return new Promise((resolve) => {
    const answers: Report[] = [];
    let stopped = false;
    const stop = setTimeout(() => {
      stopped = true;
      child.send(TIME_IS_OVER, () => {});
    }, timeout);
    const kill = setTimeout(() => child.kill('SIGKILL'), timeout + GRACE);
    child.on('message', (message: Report) => {
      answers.push(message);
    });
    child.on('close', (code, signal) => {
      clearTimeout(stop);
      clearTimeout(kill);
      const missing = 1 + job.further.length - answers.length;
      const none = answers.length === 0 || answers.at(-1)?.problems.length === 0;
      const problem = stopped ? blocked(timeout) : exited(code, signal, said());
      const last = none ? silent(job, problem) : answers.at(-1);
      resolve([...answers, ...Array.from({ length: missing }, () => last ?? silent(job, problem))]);
    });
    child.send(job, () => options.started?.());
  });
}

/** Traces that a program prints before it ends name its own files. Node looks for the map of every module, which takes time. */
const ALONE = ['--enable-source-maps'];
/** A series makes much that is soon forgotten: a quarter of the time goes to clearing it away otherwise. */
const SERIES = ['--min-semi-space-size=16', '--max-semi-space-size=64'];
/** From so many runs on it pays that V8 optimises early; what is over in a second waits for it only (see `cli/engine.ts`). */
const LONG = 20;
const SOON_OVER = process.versions.v8.startsWith('11.3.') ? ['--interrupt-budget=1000000'] : [];

/** The last of what the program wrote, for the message about one that ended without a report. */
function tailOf(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString('utf8')).slice(-4000);
    });
  return () => text.trim();
}

const silent = (job: Job, problem: RecordedProblem): Report => ({
  place: { account: '', region: job.config['aws:region'] ?? '', assumed: [] },
  resources: [],
  invokes: [],
  outputs: {},
  problems: [problem],
});

const blocked = (timeout: number): RecordedProblem => ({
  kind: 'timeout',
  message: `the program did not end within ${timeout / 1000} seconds and does not answer: it seems to be in an endless loop`,
  position: undefined,
});

const exited = (code: number | null, signal: string | null, said: string): RecordedProblem => ({
  kind: 'exited',
  message: `the program ended by itself (${signal ?? `exit code ${code}`}) before it was recorded${said === '' ? '' : `; its last words: ${said.split('\n').slice(-6).join(' | ')}`}`,
  position: undefined,
});
