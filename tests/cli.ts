/** Runs the command line in a folder of its own: as a user does, or in this process. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { underpin as commandLine } from '../src/cli/underpin.ts';
import { startOfToday } from '../src/cli/world.ts';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const scenario = (name: string): string => join(root, 'scenarios', 'inventory', name);
export const shop = join(root, 'examples', 'legacy-shop', 'inventory.json');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface RanIn {
  /** @default an empty folder */
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What is put into stdin; only of `run`. @default nothing */
  readonly input?: string;
}

const environment = (env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  NO_COLOR: '1',
  FORCE_COLOR: '',
  LANG: 'C.UTF-8',
  ...env,
});

/** Starts the command as it is built: for what only a process of its own has. A start costs more than most questions: `run` asks without. */
export function underpin(args: readonly string[], options: RanIn = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin', 'underpin.js'), ...args], {
    encoding: 'utf8',
    cwd: options.cwd ?? emptyFolder(),
    env: environment(options.env),
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, err: stderr };
}

/** The words that are being run: a process stands in one folder at a time. */
let running: string | undefined;

/**
 * The same from the sources, in this process: words, language, output and exit code. What a package reads of the process itself
 * is ours. One at a time.
 */
export async function run(args: readonly string[], options: RanIn = {}): Promise<Ran> {
  if (running !== undefined) throw new Error(`underpin ${running} has not ended: await it first`);
  running = args.join(' ');
  const [out, err]: [string[], string[]] = [[], []];
  process.chdir(options.cwd ?? emptyFolder());
  try {
    const code = await commandLine(args, {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      input: async () => options.input,
      today: startOfToday,
      environment: environment(options.env),
      columns: undefined,
      watched: false,
      platform: process.platform,
    });
    return { code, out: out.join(''), err: err.join('') };
  } finally {
    process.chdir(root);
    running = undefined;
  }
}

export const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'underpin-test-'));
