/**
 * The child: runs one program in a process of its own, because only a process can tell when a program is done: when its
 * event loop is empty. It gets a job and sends a report over IPC, and ends.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Position, RecordedProblem } from '../../../inventory/pulumi/recorded.ts';
import { type Job, type Report, TIME_IS_OVER } from '../job.ts';
import { Monitor } from './monitor.ts';
import { classesOf, type PositionOf, positionsIn, stackHere } from './positions.ts';
import { answerReferences } from './references.ts';
import { loadPulumi, lookup } from './sdk.ts';

process.once('message', (job: Job) => {
  // a listener for the end of time, which must not keep the process alive
  process.on('message', (word) => {
    if (word === TIME_IS_OVER) report('timeout');
  });
  process.channel?.unref();
  const report = run(job, 0);
});

/** `turn` counts the runs of the program in this process: each has a monitor and a copy of the program of its own. */
function run(job: Job, turn: number): (ended: 'settled' | 'timeout') => void {
  const find = lookup(job.folder, job.packageRoot);
  // places are looked up in the first run only: they cost as much as all the rest
  if (turn > 0) Error.stackTraceLimit = 0;
  const positionOf: PositionOf = turn === 0 ? positionsIn(job.folder, job.program) : () => undefined;
  const problems = new Map<string, RecordedProblem>();
  const constructed = new Map<string, Position | undefined>();
  const monitor = new Monitor(job, find, (type, name) => constructed.get(`${type} ${name}`));
  let reported = false;

  const failed = (error: unknown): void => {
    const problem = problemOf(error, positionOf);
    problems.set(`${problem.message.split('\n')[0]}`, problem);
  };
  process.on('uncaughtException', failed);
  process.on('unhandledRejection', failed);

  const report = (ended: 'settled' | 'timeout'): void => {
    if (reported) {
      next(ended);
      return;
    }
    reported = true;
    process.off('uncaughtException', failed);
    process.off('unhandledRejection', failed);
    const waiting = [...constructed].filter(([key]) => !monitor.registered.has(key));
    if (ended === 'timeout') problems.set('timeout', timedOut(waiting));
    else if (waiting.length > 0 && problems.size === 0) problems.set('waiting', neverSettled(waiting));
    const recorded = monitor.recorded();
    const message: Report = { ...recorded, problems: [...recorded.problems, ...problems.values()] };
    const settings = ended === 'settled' ? job.further[turn] : undefined;
    if (settings !== undefined) {
      process.send?.(message);
      next = run({ ...job, config: { ...job.config, ...settings } }, turn + 1);
      return;
    }
    // nothing of the SDK's own at the end: it would call promises leaked that the report has named
    process.removeAllListeners('exit');
    process.send?.(message, () => process.exit(0));
  };
  /** The report of the run after this one, once it has begun. */
  let next: typeof report = () => {};

  try {
    const pulumi = loadPulumi(job.folder, find);
    answerReferences(pulumi, (stack, output) => monitor.sawReference(stack, output));
    pulumi.runtime.setMockOptions(monitor, job.project, job.stack, job.preview, job.organization);
    pulumi.runtime.setAllConfig({ ...job.config }, [...job.secretKeys]);
    pulumi.runtime
      .runInPulumiStack(async () => {
        pulumi.runtime.registerStackTransformation(({ resource, type, name, props, opts }) => {
          if (opts.urn === undefined)
            constructed.set(`${type} ${name}`, turn === 0 ? positionOf(stackHere(), classesOf(resource)) : undefined);
          monitor.sawClass(type, props);
          return undefined;
        });
        return load(job.program, turn);
      })
      .catch(failed);
  } catch (error) {
    failed(error);
  }

  // Empty once is not the end: handlers of the program and of the SDK may start more. The last word is had by the handler
  // that is added last.
  process.once('beforeExit', () =>
    process.nextTick(() => {
      setImmediate(() => {});
      process.once('beforeExit', () => report('settled'));
    }),
  );
  return report;
}

/** What the program's first file exports; a function is called, as the CLI does. */
async function load(program: string, turn: number): Promise<unknown> {
  const loaded: unknown = program.endsWith('.cjs') ? again(program) : await import(copyOf(program, turn));
  const main =
    typeof loaded === 'object' && loaded !== null && 'default' in loaded && Object.keys(loaded).length === 1
      ? loaded.default
      : loaded;
  return typeof main === 'function' ? main() : main;
}

/** Node keeps what it has loaded by address. Copies do without source maps, which only the first run's places need. */
function copyOf(program: string, turn: number): string {
  if (turn === 0) return pathToFileURL(program).href;
  const bare = program.replace(/\.mjs$/, '-bare.mjs');
  if (turn === 1) {
    const text = readFileSync(program, 'utf8');
    writeFileSync(bare, text.slice(0, text.lastIndexOf('//# sourceMappingURL=')));
  }
  return `${pathToFileURL(bare).href}?turn=${turn}`;
}

function again(program: string): unknown {
  const require = createRequire(program);
  delete require.cache[program];
  return require(program);
}

/** What the SDK puts before the message of an error on its way through the resources that wait. */
const WRAPPED = /^(?:error serializing property "[^"]*": )+/;

function problemOf(error: unknown, positionOf: PositionOf): RecordedProblem {
  const message = (error instanceof Error ? error.message : String(error)).replace(WRAPPED, '');
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return { kind: 'threw', message: message.slice(0, 2000), position: positionOf(stack) };
}

type Waiting = readonly (readonly [string, Position | undefined])[];

const named = (waiting: Waiting): string => {
  const names = waiting.slice(0, 8).map(([key]) => key.replace(/^(\S+) (.*)$/, '$2 ($1)'));
  return names.join(', ') + (waiting.length > names.length ? `, and ${waiting.length - names.length} more` : '');
};

const neverSettled = (waiting: Waiting): RecordedProblem => ({
  kind: 'neverSettled',
  message: `the program ended before these could be declared: ${named(waiting)}. They wait for each other, or for a promise that never settles`,
  position: waiting[0]?.[1],
});

const timedOut = (waiting: Waiting): RecordedProblem => ({
  kind: 'timeout',
  message:
    waiting.length === 0
      ? 'the program did not end in time: a timer, a server or a connection is still open'
      : `the program did not end in time; still waiting: ${named(waiting)}`,
  position: waiting[0]?.[1],
});
