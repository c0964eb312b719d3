/** What the user names on the command line -> one estate: inventories, folders of answers, or a Pulumi program. */
import type { Estate } from '../estate/estate.ts';
import type { Seen } from '../inventory/evidence/index.ts';
import { type LoadOptions, loadAsNeeded } from '../inventory/inputs.ts';
import { UserError } from '../inventory/user-error.ts';
import type { Argument, Option, Terminal } from './command.ts';
import { isPulumiProject } from './pulumi-project.ts';

export const INPUT: Argument = {
  name: '<input...>',
  description:
    'inventory files, folders of AWS CLI answers, CloudFormation templates, Terraform or Pulumi states, or one Pulumi project folder',
};

/** What only templates need: every command that takes inputs has them. */
export const TEMPLATE_OPTIONS: readonly Option[] = [
  {
    flags: '--parameter <name=value>',
    description: 'of a CloudFormation template: a parameter, AWS::Region and AWS::AccountId too (repeatable)',
    repeatable: true,
  },
  {
    flags: '--nested <stack=file>',
    description:
      'of a CloudFormation template: the template of a nested stack, by its name in the template (repeatable)',
    repeatable: true,
  },
];

export const INPUT_OPTIONS: readonly Option[] = [
  { flags: '--stack <name>', description: 'of a Pulumi project: the stack whose settings count' },
  { flags: '--config <key=value>', description: 'of a Pulumi project: a setting (repeatable)', repeatable: true },
  ...TEMPLATE_OPTIONS,
];

/** The options of `TEMPLATE_OPTIONS`, as the readers take them. */
export const loadOptions = (options: Readonly<Record<string, unknown>>): LoadOptions => ({
  templates: {
    parameters: new Map(Object.entries(settings((options.parameter as readonly string[] | undefined) ?? []))),
    nested: new Map(Object.entries(settings((options.nested as readonly string[] | undefined) ?? [], 'stack=file'))),
  },
});

/** Logs beside the input. */
export const EVIDENCE_OPTION: Option = {
  flags: '--evidence <path>',
  description:
    'logs as evidence of what is used, a file or folder, .gz too: VPC flow logs, access logs of load balancers, S3 and CloudFront, CloudTrail (repeatable)',
  repeatable: true,
};

/** What the logs show, where there are any. */
export async function seenIn(estate: Estate, options: Readonly<Record<string, unknown>>): Promise<Seen | undefined> {
  const paths = (options.evidence as readonly string[] | undefined) ?? [];
  if (paths.length === 0) return undefined;
  const { withEvidence } = await import('../inventory/evidence/index.ts');
  return withEvidence(estate, paths);
}

export async function readEstate(
  paths: readonly string[],
  options: Readonly<Record<string, unknown>>,
  terminal: Terminal,
): Promise<Estate> {
  const [program] = paths.filter(isPulumiProject);
  if (program === undefined)
    return (await loadAsNeeded(paths, { ...loadOptions(options), today: terminal.today() })).estate;
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

function settings(pairs: readonly string[], form = 'key=value'): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UserError(`"${pair}" is not a setting`, { expected: form });
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
