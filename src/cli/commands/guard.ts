import { existsSync } from 'node:fs';
import { UserError } from '../../inventory/user-error.ts';
import { PLAN_FORMAT, PlanFile, stepOf } from '../../plan/file.ts';
import { provePlan } from '../../plan/prove.ts';
import { type Journey, journeyFrom, journeyOf, thingsOf } from '../../program/emit/journey.ts';
import { compare } from '../../program/guard/compare.ts';
import { ProvenFile, provenIn } from '../../program/guard/file.ts';
import { readPreview } from '../../program/guard/preview.ts';
import { PROVEN_FORMAT, type Proven, type ProvenStep, provenOf } from '../../program/guard/proven.ts';
import { type GuardResult, guardResult, guardText } from '../../report/text/guard.ts';
import { type Command, type ExitCode, JSON_OPTION } from '../command.ts';
import { EVIDENCE_OPTION, TEMPLATE_OPTIONS } from '../inputs.ts';
import { jsonText } from '../language.ts';
import { inventoryOf, readJson, shaped, withEvidenceOf } from '../plan-file.ts';
import { planInputs, readTodaySeen } from '../plan-run.ts';

/** What a project carries, so that the guard needs no inventory beside it. */
const HERE = 'proven.json';

export const guard: Command = {
  name: 'guard',
  summary: 'refuses a preview of Pulumi that is not what was proven of its step',
  arguments: [
    {
      name: '[input...]',
      description: `today’s inventory, to plan anew (default: ${HERE} of the project, in this folder)`,
    },
  ],
  options: [
    { flags: '--step <name>', description: 'the step that the preview is of', required: true },
    {
      flags: '--plan <file>',
      description: `what \`underpin plan --json\` wrote, which is proven again first; or another ${HERE}`,
    },
    { flags: '--stack <name>', description: 'where the stack is not called as the project was written' },
    { flags: '--config-file <file>', description: 'underpin.config.ts or .json (default: the one beside the input)' },
    EVIDENCE_OPTION,
    ...TEMPLATE_OPTIONS,
    JSON_OPTION,
  ],
  examples: [
    'pulumi preview --json | underpin guard --step adopt',
    'underpin guard --step adopt --plan plan.json < preview.json',
    'underpin guard --step adopt inventory.json < preview.json',
  ],
  async run(args, options, terminal) {
    const text = await terminal.input?.();
    if (text === undefined)
      throw new UserError('no preview is given', { fix: 'pulumi preview --json | underpin guard --step NAME' });
    const preview = readPreview(text);
    const proven = await provenFrom(args, options);
    const step = stepCalled(proven, String(options.step));
    const compared = compare(preview, proven, step, options.stack as string | undefined);
    const result = guardResult(step.name, compared);
    terminal.out(options.json === true ? jsonText(result, terminal) : guardText(result, terminal));
    return exitCode(result);
  },
};

const exitCode = ({ verdict }: GuardResult): ExitCode =>
  (({ 'as-proven': 0, refused: 1, undecided: 3 }) as const)[verdict];

async function provenFrom(args: readonly string[], options: Readonly<Record<string, unknown>>): Promise<Proven> {
  if (options.plan !== undefined) return provenOfFile(String(options.plan), args, options);
  if (args.length > 0)
    return provenOfJourney(journeyOf((await planInputs(args, options.configFile as string | undefined, options)).plan));
  if (existsSync(HERE)) return provenOfFile(HERE, [], options);
  throw new UserError(`there is no ${HERE} in this folder`, {
    expected: 'what is proven of each step',
    fix: 'run it in the folder that underpin program wrote; or give an inventory, or --plan plan.json',
  });
}

const provenOfJourney = (journey: Journey): Proven => provenOf(journey, thingsOf(journey));

const EXPECTED = `a plan as \`underpin plan INPUT --json\` writes it, or ${HERE} of a project`;

async function provenOfFile(
  file: string,
  inventory: readonly string[],
  options: Readonly<Record<string, unknown>>,
): Promise<Proven> {
  const content = readJson(file, EXPECTED);
  const format = typeof content === 'object' && content !== null && 'format' in content ? content.format : undefined;
  if (format === PROVEN_FORMAT) return provenIn(shaped(ProvenFile, content, file, `what is proven, as in ${HERE}`));
  if (format !== PLAN_FORMAT)
    throw new UserError(`its format is ${JSON.stringify(format) ?? 'not told'}`, {
      file,
      path: '/format',
      expected: EXPECTED,
    });
  const plan = shaped(PlanFile, content, file, EXPECTED);
  const { today } = await readTodaySeen(inventoryOf(plan, file, inventory), withEvidenceOf(plan, file, options));
  const steps = plan.steps.map(stepOf);
  const broken = provePlan(today, steps).find(({ holds }) => !holds);
  if (broken)
    throw new UserError(`the plan is not proven: its step "${broken.step.id}" does not hold`, {
      file,
      fix: `underpin prove ${file} tells why`,
    });
  return provenOfJourney(journeyFrom(today, steps));
}

function stepCalled({ steps }: Proven, name: string): ProvenStep {
  const found = steps.find((step) => step.name === name);
  if (found) return found;
  throw new UserError(`the plan has no step "${name}"`, {
    expected: `one of: ${steps.map((step) => step.name).join(', ') || 'none'}`,
  });
}
