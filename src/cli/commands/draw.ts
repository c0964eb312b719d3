import { readInputs } from '../../inventory/load.ts';
import { UserError } from '../../inventory/user-error.ts';
import { draw as drawEstate, modelOf } from '../../report/draw/index.ts';
import { journeyOf } from '../../report/draw/journey.ts';
import { marksBetween } from '../../report/draw/marks.ts';
import { mermaidOf } from '../../report/draw/mermaid.ts';
import { stillOf } from '../../report/draw/still.ts';
import { stagesOf } from '../../report/journey.ts';
import type { Command, ExitCode } from '../command.ts';
import { planInputs } from '../plan-run.ts';
import { writeWhole } from '../write.ts';

export const draw: Command = {
  name: 'draw',
  summary: 'the architecture as a picture (SVG): zones, tiers, flows, and what the internet reaches',
  arguments: [{ name: '<input...>', description: 'inventory files and folders of AWS CLI answers' }],
  options: [
    { flags: '-o, --output <file>', description: 'the file; stdout when not given' },
    { flags: '--title <text>', description: 'what to write above; the account when not given' },
    {
      flags: '--step <name>',
      description: 'after a step of the journey, with what it changes marked; or today, or end',
    },
    { flags: '--format <format>', description: 'what to write', choices: ['svg', 'mermaid'], default: 'svg' },
    {
      flags: '--config-file <file>',
      description: 'with --step: underpin.config.ts or .json (default: the one beside the input)',
    },
  ],
  examples: [
    'underpin draw inventory.json -o picture.svg',
    'underpin draw inventory.json --step end -o after.svg',
    'underpin draw inventory.json --format mermaid',
  ],
  async run(args, options, terminal): Promise<ExitCode> {
    const title = typeof options.title === 'string' ? options.title : undefined;
    const mermaid = options.format === 'mermaid';
    const text =
      options.step === undefined
        ? drawn(args, title, mermaid)
        : await drawnAt(args, String(options.step), title, mermaid, options.configFile as string | undefined);
    if (typeof options.output === 'string') {
      writeWhole(options.output, text);
      terminal.err(`${options.output} written\n`);
    } else terminal.out(text);
    return 0;
  },
};

function drawn(paths: readonly string[], title: string | undefined, mermaid: boolean): string {
  const estate = readInputs(paths);
  const named = title === undefined ? {} : { title };
  return mermaid ? mermaidOf(modelOf(estate, named)) : drawEstate(estate, named);
}

/** A state of the journey at the places that all its states share. */
async function drawnAt(
  paths: readonly string[],
  step: string,
  title: string | undefined,
  mermaid: boolean,
  configFile: string | undefined,
): Promise<string> {
  const { plan } = await planInputs(paths, configFile);
  const stages = stagesOf(plan.today.estate, plan);
  const state =
    step === 'today'
      ? 0
      : step === 'end'
        ? stages.length - 1
        : stages.findIndex(({ proven }) => proven?.step.id === step);
  const stage = stages[state];
  if (!stage)
    throw new UserError(`the plan has no step "${step}"`, {
      expected: `today, end, or one of: ${plan.steps.map((one) => one.step.id).join(', ') || 'none'}`,
    });
  const journey = journeyOf(stages.map(({ estate }) => modelOf(estate, { foldAbove: Number.POSITIVE_INFINITY })));
  const [before, after] = [journey.pictures[state - 1], journey.pictures[state]];
  const marked = step === 'today' || step === 'end' ? undefined : stage.touched;
  const account = after?.title ?? '';
  const named = title ?? (marked ? `${account}: ${stage.proven?.step.title ?? ''}` : account);
  if (mermaid && after) return mermaidOf(after, before && marked ? marksBetween(before, after, marked) : undefined);
  return stillOf(journey, { state, title: named, touched: marked });
}
