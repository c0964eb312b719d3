import type { Estate } from '../../estate/estate.ts';
import { readInputs } from '../../inventory/load.ts';
import { UserError } from '../../inventory/user-error.ts';
import type { Translator } from '../../language/translator.ts';
import type { IconSet } from '../../report/draw/icons/icons.ts';
import { draw as drawEstate, modelOf } from '../../report/draw/index.ts';
import { journeyOf } from '../../report/draw/journey.ts';
import { marksBetween } from '../../report/draw/marks.ts';
import { mermaidOf } from '../../report/draw/mermaid.ts';
import { stillOf } from '../../report/draw/still.ts';
import { stagesOf } from '../../report/journey.ts';
import type { Command, ExitCode } from '../command.ts';
import { EVIDENCE_OPTION, loadOptions, seenIn, TEMPLATE_OPTIONS } from '../inputs.ts';
import { planInputs } from '../plan-run.ts';
import { ICONS_OPTION, iconsIn } from '../report-run.ts';
import { writeWhole } from '../write.ts';

export const draw: Command = {
  name: 'draw',
  summary: 'the architecture as a picture (SVG): zones, tiers, flows, and what the internet reaches',
  arguments: [{ name: '<input...>', description: 'inventory files and folders of AWS CLI answers' }],
  options: [
    { flags: '-o, --output <file>', description: 'the file; stdout when not given' },
    ...TEMPLATE_OPTIONS,
    EVIDENCE_OPTION,
    { flags: '--title <text>', description: 'what to write above; the account when not given' },
    {
      flags: '--step <name>',
      description: 'after a step of the journey, with what it changes marked; or today, or end',
    },
    {
      flags: '--alone',
      description: 'with --step: as small as that state is, and not arranged as all states are, so that nothing moves',
    },
    ICONS_OPTION,
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
    const look: Look = {
      title,
      mermaid: options.format === 'mermaid',
      icons: iconsIn(options),
      alone: options.alone === true,
      language: terminal.language,
    };
    const text =
      options.step === undefined
        ? await drawn(args, look, options)
        : await drawnAt(args, String(options.step), look, options.configFile as string | undefined, options);
    if (typeof options.output === 'string') {
      writeWhole(options.output, text);
      terminal.err(`${options.output} written\n`);
    } else terminal.out(text);
    return 0;
  },
};

/** Names of the account are told as they are. */
function sayOf(estate: Estate, language: Translator | undefined): { readonly say?: (english: string) => string } {
  if (language === undefined || language.tag === 'en') return {};
  language.knows(estate.resources.map(({ name }) => name));
  return { say: language.text };
}

interface Look {
  readonly title: string | undefined;
  readonly mermaid: boolean;
  readonly icons: IconSet;
  readonly language: Translator | undefined;
  readonly alone?: boolean;
}

async function drawn(
  paths: readonly string[],
  { title, mermaid, icons, language }: Look,
  options: Readonly<Record<string, unknown>>,
): Promise<string> {
  const read = readInputs(paths, loadOptions(options));
  const estate = (await seenIn(read, options))?.estate ?? read;
  const named = title === undefined ? {} : { title };
  const spoken = { ...named, ...sayOf(estate, language) };
  return mermaid ? mermaidOf(modelOf(estate, spoken)) : drawEstate(estate, { ...spoken, icons });
}

/** A state of the journey, arranged as all its states are; or alone. */
async function drawnAt(
  paths: readonly string[],
  step: string,
  { title, mermaid, icons, alone, language }: Look,
  configFile: string | undefined,
  options: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { plan } = await planInputs(paths, configFile, options);
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
  const marked = step === 'today' || step === 'end' ? undefined : stage.touched;
  const shown = alone ? stages.slice(marked ? state - 1 : state, state + 1) : stages;
  const at = alone ? shown.length - 1 : state;
  const journey = journeyOf(
    shown.map(({ estate }) =>
      modelOf(estate, { foldAbove: Number.POSITIVE_INFINITY, ...sayOf(plan.today.estate, language) }),
    ),
  );
  const [before, after] = [journey.pictures[at - 1], journey.pictures[at]];
  const account = after?.title ?? '';
  const named =
    title ??
    (marked
      ? `${account}: ${language?.text(stage.proven?.step.title ?? '') ?? stage.proven?.step.title ?? ''}`
      : account);
  if (mermaid && after) return mermaidOf(after, before && marked ? marksBetween(before, after, marked) : undefined);
  return stillOf(journey, { state: at, title: named, touched: marked, icons });
}
