/** The journey for a pull request: one sentence, a table, and everything else folded. */
import { CONDITIONS } from '../../plan/proofs/proof.ts';
import type { DiffLine } from '../diff.ts';
import { ENGLISH, type Language, type Say, sayIn } from '../html/messages.ts';
import { change, money, time } from '../html/words.ts';
import type { PlanResult, StepResult } from '../plan.ts';
import { few } from '../text/layout.ts';
import { fence, words } from './escape.ts';

/** GitHub cuts a comment at 65 536 characters; what is left out is said. */
const LONGEST = 60_000;

const COLUMNS = ['pull.step', 'pull.kind', 'pull.takes', 'pull.notice', 'pull.cost'] as const;

/** `diffs`: of each step, in the order of the plan. */
export function planMarkdown(
  plan: PlanResult,
  diffs: readonly (readonly DiffLine[])[],
  language: Language = ENGLISH,
): string {
  const say = sayIn(language);
  const { summary, steps } = plan;
  const head = [
    `**${headline(plan, say)}**`,
    '',
    `| | ${say('pull.today')} | ${say('pull.end')} |`,
    '|---|---|---|',
    `| ${say('pull.findings')} | ${counts(summary.findingsBefore, say)} | ${counts(summary.findingsAfter, say)} |`,
    `| ${say('pull.fixed')} | ${money(summary.cost.before)} | ${money(summary.cost.after)}${summary.cost.unknown > 0 ? ` (${say('pull.prices', { n: summary.cost.unknown })})` : ''} |`,
    '',
  ];
  const table =
    steps.length === 0
      ? []
      : [
          `| | ${COLUMNS.map((key) => say(key)).join(' | ')} |`,
          '|---:|---|---|---|---|---:|',
          ...steps.map((step, n) => row(step, n + 1, say)),
          '',
        ];
  const left = [
    ...folded(
      say('pull.left', { n: plan.findingsAfter.length }),
      plan.findingsAfter.map(({ severity, claim }) => `- ${say.text(severity)}: ${words(say.text(claim))}`),
    ),
    ...folded(
      say('pull.undecided', { n: plan.undecidedAfter.length }),
      plan.undecidedAfter.map(
        ({ severity, title, resources }) =>
          `- ${say.text(severity)}: ${words(say.text(title))} (${words(few(resources.map(({ name }) => name)))})`,
      ),
    ),
    ...folded(
      say('pull.unproven', { n: plan.unproven.length }),
      plan.unproven.map(
        ({ move, environment, counterexamples }) =>
          `- ${words(move)}${environment === null ? '' : ` (${words(environment)})`}: ${words(say.text(counterexamples[0]?.because ?? ''))}`,
      ),
    ),
    ...folded(
      say('pull.refused', { n: plan.refused.length }),
      plan.refused.map(
        ({ move, because, change: fix }) => `- ${words(move)}: ${words(say.text(because))} ${words(say.text(fix))}`,
      ),
    ),
  ];
  const details: string[] = [];
  let length = [...head, ...table, ...left].join('\n').length;
  let skipped = 0;
  for (const [n, step] of steps.entries()) {
    const text = detail(step, n + 1, diffs[n] ?? [], say);
    if (length + text.length > LONGEST) skipped += 1;
    else {
      details.push(text);
      length += text.length;
    }
  }
  if (skipped > 0) details.push(`_${say('pull.skipped', { n: skipped })}_`, '');
  return `${[...head, ...table, ...details, ...left].join('\n').trimEnd()}\n`;
}

function headline({ steps, summary, unproven, refused }: PlanResult, say: Say): string {
  if (steps.length === 0) return say(unproven.length + refused.length > 0 ? 'verdict.way.none' : 'verdict.way.nothing');
  const after = Object.values(summary.findingsAfter).reduce((all, n) => all + n, 0);
  return say('verdict.way', {
    steps: steps.length,
    notice: time(say, summary.clientsNotice),
    after,
    counts: counts(summary.findingsAfter, say),
  });
}

const counts = (of: Readonly<Record<string, number>>, say: Say): string =>
  say('severity.counts', { high: of.high ?? 0, medium: of.medium ?? 0, low: of.low ?? 0 });

function row(step: StepResult, n: number, say: Say): string {
  const usd = step.cost.after - step.cost.before;
  return `| ${[
    n,
    words(say.text(step.title)),
    say(`journey.${step.kind}`),
    time(say, step.duration),
    time(say, step.clientsNotice),
    Math.abs(usd) < 0.01 ? '' : change(usd),
  ].join(' | ')} |`;
}

function detail(step: StepResult, n: number, diff: readonly DiffLine[], say: Say): string {
  const lines = [
    words(say.text(step.why)),
    '',
    ...CONDITIONS.map((condition) => {
      const { verdict, claim } = step.proofs[condition];
      return `- **${say(`proof.${condition}`)}:** ${say(`proof.${verdict}`)}. ${words(say.text(claim))}`;
    }),
    '',
    ...(diff.length > 0
      ? fence(
          diff.map(({ sign, text }) => `${sign} ${text}`),
          'diff',
        )
      : []),
    ...step.actions.flatMap(({ command }) => fence([command], 'sh')),
    `- **${say('journey.clients')}:** ${words(say.text(step.clientsNotice.what))}`,
    ...step.gate.map(({ check }) => `- **${say('journey.gate')}:** ${words(say.text(check))}`),
    `- **${say('journey.undo')}:** ${words(say('journey.undo.until', { how: step.undo.how, until: step.undo.until }))}`,
  ];
  return folded(`${n}. ${say.text(step.title)}`, lines).join('\n');
}

const folded = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['<details>', `<summary>${words(title)}</summary>`, '', ...lines, '', '</details>', ''];
