import { UserError } from '../../inventory/user-error.ts';
import { addressOf, type Edit } from '../../plan/edit.ts';
import { told, working } from '../../plan/proofs/working.ts';
import { estateAt } from '../../plan/state.ts';
import { diffOf } from '../../report/diff.ts';
import { evidenceResult } from '../../report/evidence.ts';
import { planMarkdown } from '../../report/markdown/plan.ts';
import { evidenceLines } from '../../report/text/evidence.ts';
import { explainText, planText } from '../../report/text/plan.ts';
import { type Command, JSON_OPTION, type Terminal } from '../command.ts';
import { EVIDENCE_OPTION, INPUT, TEMPLATE_OPTIONS } from '../inputs.ts';
import { jsonText, reportLanguage } from '../language.ts';
import { type Planned, planInputs } from '../plan-run.ts';

export const plan: Command = {
  name: 'plan',
  summary: 'the journey from what is running to the sound structure, every step proven',
  arguments: [INPUT],
  options: [
    { flags: '--config-file <file>', description: 'underpin.config.ts or .json (default: the one beside the input)' },
    ...TEMPLATE_OPTIONS,
    EVIDENCE_OPTION,
    { flags: '--explain <step>', description: 'one step with its whole proof' },
    { flags: '--details', description: 'every step with its proofs, gates, commands and undo' },
    {
      flags: '--format <format>',
      description: 'markdown is for a pull request: a headline, a table, details folded',
      choices: ['text', 'json', 'markdown'],
      default: 'text',
    },
    JSON_OPTION,
  ],
  examples: [
    'underpin plan inventory.json',
    'underpin plan inventory.json --explain adopt',
    'underpin plan inventory.json --json > plan.json',
    'underpin plan inventory.json --format markdown > comment.md',
  ],
  async run(args, options, terminal) {
    const planned = await planInputs(args, options.configFile as string | undefined, options);
    planSaid(planned, options, terminal);
    const { result } = planned;
    // without a step, nothing to do and nothing known are not the same
    const unknown = result.unproven.length > 0 || result.summary.undecidedAfter > 0;
    return result.steps.length === 0 && unknown ? 3 : 0;
  },
};

/** Says a plan as the options ask for it. */
export function planSaid(planned: Planned, options: Readonly<Record<string, unknown>>, terminal: Terminal): void {
  const { result } = planned;
  const format = options.json === true ? 'json' : String(options.format ?? 'text');
  if (options.explain !== undefined) terminal.out(explained(planned, String(options.explain), terminal));
  else if (format === 'json') terminal.out(jsonText(result, terminal));
  else if (format === 'markdown')
    terminal.out(planMarkdown(result, planned.plan.steps.map(diffOf), reportLanguage(result, terminal)));
  else terminal.out(planText(result, terminal, options.details === true));
  if (planned.seen && format === 'text' && options.explain === undefined)
    terminal.out(`\n${evidenceLines(evidenceResult(planned.seen), terminal).join('\n')}\n`);
}

function explained({ plan: made, result }: Planned, id: string, terminal: Parameters<typeof planText>[1]): string {
  const at = result.steps.findIndex((step) => step.id === id);
  const [step, proven] = [result.steps[at], made.steps[at]];
  if (!step || !proven)
    throw new UserError(`the plan has no step "${id}"`, {
      expected: `one of: ${result.steps.map((one) => one.id).join(', ') || 'none'}`,
    });
  const after = proven.after ? estateAt(proven.after) : estateAt(proven.before);
  const flows = after.flows.flatMap((flow) => {
    const { answer } = working(after, flow);
    const hops = told(after, flow)[0]?.hops.map(({ detail }) => detail) ?? [];
    return [`${flow.id}: ${answer}${hops.length > 0 ? `, ${hops.join(' > ')}` : ''}`];
  });
  return explainText(step, step.edits.map(editText), flows, terminal);
}

function editText(edit: Edit): string {
  const what = `${edit.op} ${addressOf(edit)}`;
  return edit.op === 'update' ? `${what} ${JSON.stringify(edit.properties)}` : what;
}
