import { UserError } from '../../inventory/user-error.ts';
import type { Emitted } from '../../program/emit/emit.ts';
import { type Journey, journeyOf } from '../../program/emit/journey.ts';
import type { Difference, Validation } from '../../program/validate.ts';
import { SCHEMA_VERSION } from '../../report/result.ts';
import { type Command, JSON_OPTION, type Terminal } from '../command.ts';
import { EVIDENCE_OPTION, INPUT } from '../inputs.ts';
import { jsonText } from '../language.ts';
import { assertStanding, planInputs } from '../plan-run.ts';
import { assertOurs } from '../program-folder.ts';
import { emittedOf, equal, writeValidated } from '../program-run.ts';
import { isTerraformOfOurs, terraformSummary, terraformText, writeTerraform } from '../terraform-folder.ts';

export const program: Command = {
  name: 'program',
  summary:
    'the journey as a Pulumi program in TypeScript, run at every step and equal to the plan; or a step of it for Terraform',
  arguments: [INPUT],
  options: [
    { flags: '-o, --output <folder>', description: 'where the project is written', required: true },
    {
      flags: '--as <tool>',
      description: 'the whole journey for Pulumi, or one step of it for Terraform',
      choices: ['pulumi', 'terraform'],
      default: 'pulumi',
    },
    { flags: '--step <name>', description: 'for Terraform: the step (default: the first)' },
    { flags: '--name <name>', description: 'of the project (default: what the environments have in common)' },
    { flags: '--config-file <file>', description: 'underpin.config.ts or .json (default: the one beside the input)' },
    EVIDENCE_OPTION,
    { flags: '--force', description: 'write into a folder that holds other files' },
    JSON_OPTION,
  ],
  examples: [
    'underpin program inventory.json -o infra',
    'underpin program inventory.json --as terraform --step adopt -o terraform',
  ],
  async run(args, options, terminal) {
    const folder = String(options.output);
    const terraform = options.as === 'terraform';
    if (options.step !== undefined && !terraform)
      throw new UserError('--step is for --as terraform', {
        fix: 'leave it out: the Pulumi program has every step in it, and its setting "step" says which holds',
      });
    assertOurs(folder, options.force === true, terraform ? isTerraformOfOurs : undefined);
    assertStanding(args);
    const { plan } = await planInputs(args, options.configFile as string | undefined, options);
    const journey = journeyOf(plan);
    if (terraform) {
      const made = writeTerraform(folder, journey, options.step as string | undefined);
      terminal.out(
        options.json === true
          ? jsonText(terraformSummary(folder, journey, made), terminal)
          : terraformText(folder, journey, made),
      );
      return 0;
    }
    const emitted = emittedOf(plan, journey, nameOf(options.name));
    terminal.err(`underpin: running the program at ${journey.names.length} steps\n`);
    const result = await writeValidated(folder, journey, emitted);
    terminal.out(
      options.json === true
        ? jsonText(summaryOf(folder, journey, emitted, result), terminal)
        : textOf(folder, journey, emitted, result, terminal),
    );
    return equal(result) ? 0 : 1;
  },
};

function nameOf(given: unknown): string | undefined {
  if (given === undefined) return undefined;
  const name = String(given);
  if (/^[A-Za-z0-9_.-]{1,100}$/.test(name)) return name;
  throw new UserError(`"${name}" is no name of a project`, { expected: 'letters, digits, -, _ and .' });
}

function summaryOf(folder: string, journey: Journey, { files, project, things, secrets }: Emitted, result: Validation) {
  return {
    schemaVersion: SCHEMA_VERSION,
    command: 'program',
    folder,
    project: project.name,
    stack: project.stack,
    written: equal(result),
    files: [...files.keys()],
    steps: journey.names,
    resources: {
      adopted: things.filter(({ adopted }) => adopted).length,
      made: things.filter(({ adopted }) => !adopted).length,
    },
    settings: secrets.map(({ name }) => name),
    validation: {
      equal: equal(result),
      ran: result.ran,
      differences: result.differences,
      refused: result.refused,
    },
  };
}

const SHOWN = 20;

function textOf(
  folder: string,
  { names }: Journey,
  emitted: Emitted,
  result: Validation,
  { unicode }: Terminal,
): string {
  const { files, things, secrets } = emitted;
  const adopted = things.filter((thing) => thing.adopted).length;
  if (equal(result))
    return [
      `${folder}: ${files.size} files, ${adopted} adopted resources, ${things.length - adopted} made on the way, ${names.length} steps.`,
      `Run at every step (${result.ran.length} that differ): what the program declares is the plan, to the letter.`,
      ...(secrets.length > 0 ? [`Settings that only you know: ${secrets.map(({ name }) => name).join(', ')}.`] : []),
      `Next: ${folder}/README.md`,
      '',
    ].join('\n');
  const mark = unicode ? '✗' : 'x';
  const lines = [
    ...result.differences.map((one) => `${mark} ${differenceText(one)}`),
    ...result.refused.map(
      ({ step, operation, because }) =>
        `${mark} ${step}: ${operation.op} ${operation.type}::${operation.name}: ${because}`,
    ),
  ];
  const more = lines.length > SHOWN ? [`… and ${lines.length - SHOWN} more; --json has all of them`] : [];
  return [
    'The program is not the plan, so nothing was written. This is a mistake of Underpin; please report it.',
    ...lines.slice(0, SHOWN),
    ...more,
    '',
  ].join('\n');
}

function differenceText({ step, address, path, planned, written: found, place }: Difference): string {
  const say = (value: Difference['planned']): string => (value === undefined ? 'nothing' : JSON.stringify(value));
  const where = place === undefined ? '' : ` (${place})`;
  return `${step}: ${[address, path].filter(Boolean).join(' ')}${where}\n    plan:    ${say(planned)}\n    program: ${say(found)}`;
}
