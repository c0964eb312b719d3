/** What the user names on the command line -> one estate: inventories, folders of answers, or a Pulumi program. */
import type { Estate } from '../estate/estate.ts';
import { loadInputs } from '../inventory/load.ts';
import { UserError } from '../inventory/user-error.ts';
import type { Argument, Option, Terminal } from './command.ts';
import { isPulumiProject } from './pulumi-project.ts';

export const INPUT: Argument = {
  name: '<input...>',
  description: 'inventory files, folders of AWS CLI answers, or one Pulumi project folder',
};

export const INPUT_OPTIONS: readonly Option[] = [
  { flags: '--stack <name>', description: 'of a Pulumi project: the stack whose settings count' },
  { flags: '--config <key=value>', description: 'of a Pulumi project: a setting (repeatable)', repeatable: true },
];

export async function readEstate(
  paths: readonly string[],
  options: Readonly<Record<string, unknown>>,
  terminal: Terminal,
): Promise<Estate> {
  const [program] = paths.filter(isPulumiProject);
  if (program === undefined) return loadInputs(paths).estate;
  if (paths.length > 1)
    throw new UserError('a Pulumi project is judged alone', { file: program, fix: 'give it without other inputs' });
  return programEstate(program, options, terminal);
}

/** Executes the program in a child process, with nothing deployed, and reads what it declares. */
async function programEstate(
  path: string,
  options: Readonly<Record<string, unknown>>,
  terminal: Terminal,
): Promise<Estate> {
  const [{ record }, { estateOfRecording }] = await Promise.all([
    import('../program/record/record.ts'),
    import('../inventory/pulumi/index.ts'),
  ]);
  const recording = await record(path, {
    stack: options.stack as string | undefined,
    config: settings((options.config as readonly string[] | undefined) ?? []),
    environment: terminal.environment,
  });
  const [problem] = recording.problems.filter(({ kind }) => kind !== 'remote');
  if (problem)
    throw new UserError(`the program did not run to its end: ${problem.message}`, {
      file: path,
      ...(problem.position ? { path: `${problem.position.file}:${problem.position.line}` } : {}),
      fix: 'settings that are missing can be given with --config key=value',
    });
  return estateOfRecording(recording, terminal.today());
}

function settings(pairs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UserError(`"${pair}" is not a setting`, { expected: 'key=value' });
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
