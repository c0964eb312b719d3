/** The journey as text: a verdict first, then the steps as one list, then what is left and why. */

import { moves } from '../../plan/moves/index.ts';
import { CONDITIONS } from '../../plan/proofs/proof.ts';
import type { Seconds } from '../../plan/step.ts';
import type { PlanResult, StepResult } from '../plan.ts';
import { ascii, few, hanging, heading, naming, type Page, paint, plural, said } from './layout.ts';

const DAY = 86_400;

/** `60 to 120 s`, `5 to 20 min`, `14 days`. */
export function seconds({ from, to }: Seconds): string {
  if (to === 0) return '0 s';
  const [unit, name] = to >= DAY ? [DAY, 'days'] : to >= 2 * 3600 ? [3600, 'h'] : to > 180 ? [60, 'min'] : [1, 's'];
  const number = (value: number): string => `${Math.round((value / unit) * 10) / 10}`;
  return number(from) === number(to) ? `${number(to)} ${name}` : `${number(from)} to ${number(to)} ${name}`;
}

const money = (usd: number): string => `${usd < 0 ? '-' : ''}$${Math.abs(usd).toFixed(2)}`;

export function planText(plan: PlanResult, page: Page, details: boolean): string {
  naming(page, plan);
  const { summary } = plan;
  const lines = [...headline(plan, page), ''];
  if (plan.steps.length > 0) {
    lines.push(heading(page, 'The journey'));
    let environment: string | null | undefined;
    let n = 0;
    for (const part of partsOf(plan.steps)) {
      const [first] = part;
      if (!first) continue;
      if (first.environment !== environment) {
        environment = first.environment;
        lines.push(
          '',
          paint(page, 'underline', environment === null ? said(page, 'The account') : capital(said(page, environment))),
        );
      }
      if (details) lines.push(...part.flatMap((step, at) => stepLines(plan, step, n + at + 1, page)));
      else lines.push(...partLines(part, n + 1, page));
      n += part.length;
    }
    if (!details)
      lines.push(
        '',
        ...hanging(
          page,
          '',
          'Every step with its proofs, gates, commands and undo: --details; one of them in full: --explain STEP.',
        ),
      );
    lines.push('');
  }
  if (summary.search.learned.length > 0 && details)
    lines.push(
      heading(page, 'What the prover refused on the way, and so decided the order'),
      ...summary.search.learned.flatMap((text) => hanging(page, '  - ', text)),
      '',
    );
  if (plan.unproven.length > 0) {
    lines.push(heading(page, 'Not part of the plan, because it cannot be proven safe'));
    for (const { move, environment, step, counterexamples } of plan.unproven) {
      lines.push(...hanging(page, '  - ', `${move}${environment ? ` (${environment})` : ''}, at ${step}:`));
      const shown = details ? counterexamples : counterexamples.slice(0, 3);
      for (const one of shown)
        lines.push(...hanging(page, '      ', `${one.condition}: ${one.subject}: ${one.because}`));
      if (shown.length < counterexamples.length)
        lines.push(said(page, `      and ${counterexamples.length - shown.length} more (--details)`));
    }
    lines.push('');
  }
  if (plan.waiting.length > 0) {
    lines.push(heading(page, 'Left out, because what they need never comes'));
    for (const { move, environment, for: what } of plan.waiting)
      lines.push(...hanging(page, '  - ', `${move}${environment ? ` (${environment})` : ''}: ${what}`));
    lines.push('');
  }
  if (plan.refused.length > 0) {
    lines.push(heading(page, 'Refused, and what would have to change'));
    for (const { move, environment, because, change } of plan.refused)
      lines.push(
        ...hanging(page, '  - ', `${move}${environment ? ` (${environment})` : ''}: ${because} ${capital(change)}`),
      );
    lines.push('');
  }
  if (plan.findingsAfter.length > 0) {
    const grave = plan.findingsAfter.filter(({ severity }) => severity !== 'low');
    lines.push(heading(page, 'Findings that are left at the end'));
    for (const severity of ['high', 'medium', 'low']) {
      const some = plan.findingsAfter.filter((one) => one.severity === severity);
      if (some.length === 0) continue;
      if (severity === 'low' && !details && grave.length >= 0) {
        lines.push(said(page, `  ${plural(some.length, 'low one')} (--details)`));
        continue;
      }
      for (const one of some) lines.push(...hanging(page, '  - ', `${severity}: ${one.claim} Why: ${one.because}.`));
    }
    lines.push('');
  }
  if (plan.undecidedAfter.length > 0) {
    lines.push(heading(page, 'What nobody can tell at the end'));
    for (const { severity, title, resources, missing } of plan.undecidedAfter) {
      const of = resources.length > 0 ? ` (${few(resources.map(({ name }) => name))})` : '';
      const why = few([...new Set(missing.map(({ operation, reason }) => `${operation}: ${reason}`))], 2);
      lines.push(...hanging(page, '  - ', `${severity}: ${title}${of}? ${why}`));
    }
    lines.push('');
  }
  if (plan.undecidedFlows.length > 0)
    lines.push(
      ...hanging(
        page,
        '',
        `Of ${plural(plan.undecidedFlows.length, 'flow')} the input does not tell whether they work today, so no step can promise them: ${few(plan.undecidedFlows, 3)}.`,
      ),
    );
  lines.push(
    ...hanging(
      page,
      '',
      'Proven means: on estates computed from your input, by the rules of AWS that Underpin knows. Durations and what clients notice are ranges from AWS’s documentation or our estimate; each step names its sources in --json.',
    ),
  );
  const text = `${lines.join('\n')}\n`;
  return page.unicode ? text : ascii(text);
}

export function headline({ steps, summary, unproven, refused }: PlanResult, page: Page): readonly string[] {
  const count = (of: Readonly<Record<string, number>>): string =>
    `${of.high ?? 0} high, ${of.medium ?? 0} medium, ${of.low ?? 0} low`;
  if (steps.length === 0)
    return hanging(
      page,
      '',
      unproven.length + refused.length === 0
        ? summary.undecidedAfter > 0
          ? `What was read asks for no change, and of ${plural(summary.undecidedAfter, 'rule')} it does not tell whether they hold: see underpin audit.`
          : 'Nothing has to be changed: the plan is empty.'
        : 'No step can be proven safe from what was read; below is why.',
    ).map((line) => paint(page, 'bold', line));
  const { cost } = summary;
  const fact = (name: string, text: string): readonly string[] => hanging(page, `  ${name.padEnd(14)}`, text);
  return [
    ...hanging(
      page,
      '',
      `${plural(steps.length, 'step')}, each proven: nobody is cut off, nothing new is exposed, no zone's loss costs more, no data is at risk, nobody is locked out, in any order of operations inside a step.`,
    ).map((line) => paint(page, 'bold', line)),
    '',
    ...fact(
      'findings',
      `${said(page, count(summary.findingsBefore))}  ->  ${said(page, count(summary.findingsAfter))}${summary.undecidedAfter > 0 ? `, and ${plural(summary.undecidedAfter, 'rule')} that nobody can decide then` : ''}`,
    ),
    ...fact(
      'clients',
      `of production notice ${seconds(noticedIn(steps, 'production'))}, all in all ${seconds(summary.clientsNotice)}`,
    ),
    ...fact('work', `${seconds(summary.working)}, and ${seconds(summary.waiting)} of waiting for evidence`),
    ...fact(
      'fixed cost',
      `${money(cost.before)}  ->  ${money(cost.after)} a month${cost.unknown > 0 ? `, and ${plural(cost.unknown, 'charge')} whose price is not known` : ''}`,
    ),
    ...fact(
      'search',
      `${plural(summary.search.tried, 'try', 'tries')}, ${summary.search.refusedByProver} refused by the prover`,
    ),
  ];
}

/** Seconds that the clients of an environment may notice, over all of its steps. */
const noticedIn = (steps: readonly StepResult[], environment: string): Seconds =>
  steps.reduce(
    (sum, step) =>
      step.environment === environment
        ? { from: sum.from + step.clientsNotice.from, to: sum.to + step.clientsNotice.to }
        : sum,
    { from: 0, to: 0 },
  );

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const KIND: Readonly<Record<StepResult['kind'], string>> = {
  expand: 'adds',
  contract: 'removes',
  switch: 'switches',
  act: 'by hand',
  watch: 'waits',
};

/** Neighbouring steps of one move. */
function partsOf(steps: readonly StepResult[]): readonly (readonly StepResult[])[] {
  const parts: StepResult[][] = [];
  for (const step of steps) {
    const last = parts.at(-1);
    if (last?.[0] && last[0].move === step.move && last[0].environment === step.environment) last.push(step);
    else parts.push([step]);
  }
  return parts;
}

const TITLES = new Map(moves.map(({ name, title }) => [name, title]));

/** A move on one or two lines, and each of its steps that clients may notice. */
function partLines(part: readonly StepResult[], n: number, page: Page): readonly string[] {
  const [first] = part;
  if (!first) return [];
  const last = n + part.length - 1;
  const head = `  ${(last > n ? `${n}-${last}` : `${n}`).padEnd(8)}`;
  const total = (fits: (step: StepResult) => boolean): Seconds =>
    part.filter(fits).reduce((sum, { duration }) => ({ from: sum.from + duration.from, to: sum.to + duration.to }), {
      from: 0,
      to: 0,
    });
  const [work, wait] = [total(({ kind }) => kind !== 'watch'), total(({ kind }) => kind === 'watch')];
  const change = part.reduce((sum, { cost }) => sum + cost.after - cost.before, 0);
  const facts = [
    part.length > 1 ? `${part.length} steps` : '',
    work.to > 0 ? seconds(work) : '',
    wait.to > 0 ? `and ${seconds(wait)} of waiting` : '',
    Math.abs(change) >= 0.01 ? `${change > 0 ? '+' : ''}${money(change)} a month` : '',
    `${first.move}`,
  ].filter((text) => text !== '');
  const lines = [
    ...hanging(page, head, TITLES.get(first.move) ?? first.title),
    ...hanging(page, '          ', facts.map((fact) => said(page, fact)).join(' · ')).map((line) =>
      paint(page, 'dim', line),
    ),
  ];
  for (const { title, clientsNotice, id } of part)
    if (clientsNotice.to > 0)
      lines.push(...hanging(page, '          ', `clients notice ${seconds(clientsNotice)}: ${title} (${id})`, 12));
  return lines;
}

function stepLines(plan: PlanResult, step: StepResult, n: number, page: Page): readonly string[] {
  const head = `${`${n}`.padStart(3)}  `;
  const lines = [
    ...hanging(page, head, `${step.title}`).map((line, at) => (at === 0 ? paint(page, 'bold', line) : line)),
  ];
  const change = step.cost.after - step.cost.before;
  const facts = [
    KIND[step.kind],
    step.kind === 'watch' ? `wait ${seconds(step.duration)}` : `takes ${seconds(step.duration)}`,
    step.clientsNotice.to > 0 ? `clients notice ${seconds(step.clientsNotice)}` : '',
    Math.abs(change) >= 0.01 ? `${change > 0 ? '+' : ''}${money(change)} a month` : '',
    step.id,
  ].filter((text) => text !== '');
  lines.push(
    ...hanging(page, '     ', facts.map((fact) => said(page, fact)).join(' · ')).map((line) =>
      paint(page, 'dim', line),
    ),
  );
  if (step.clientsNotice.to > 0) {
    const when = plan.preferences.maintenanceWindow;
    lines.push(
      ...hanging(page, '     ', `${when === undefined ? '' : `In the window ${when}. `}${step.clientsNotice.what}`),
    );
  }
  lines.push(...hanging(page, '     why   ', step.why));
  for (const condition of CONDITIONS) {
    const proof = step.proofs[condition];
    lines.push(...hanging(page, `     ${condition.padEnd(11)}`, `${proof.verdict}: ${proof.claim}`));
  }
  for (const { command } of step.actions) lines.push(...hanging(page, '     run   ', command));
  for (const { check, query } of step.gate) {
    lines.push(...hanging(page, '     then  ', check));
    if (query !== undefined) lines.push(...hanging(page, '           ', query));
  }
  lines.push(...hanging(page, '     undo  ', `${step.undo.how} (until ${step.undo.until})`), '');
  return lines;
}

/** Every condition of one step, with everything that was looked at. */
export function explainText(step: StepResult, edits: readonly string[], flows: readonly string[], page: Page): string {
  const lines = [
    ...hanging(page, '', `${step.id}: ${step.title}`).map((line) => paint(page, 'bold', line)),
    ...hanging(page, '', step.why),
    '',
    heading(page, 'What changes'),
    ...(edits.length === 0
      ? hanging(page, '  ', 'nothing that is declared')
      : edits.flatMap((text) => hanging(page, '  ', text, 4))),
  ];
  for (const condition of CONDITIONS) {
    const { verdict, claim, violations, unknowns, evidence } = step.proofs[condition];
    lines.push(
      '',
      paint(page, 'bold', `${capital(said(page, condition))}: ${said(page, verdict)}`),
      ...hanging(page, '  ', claim),
    );
    for (const text of evidence) lines.push(...hanging(page, '  - ', text));
    for (const one of [...violations, ...unknowns]) {
      lines.push(...hanging(page, '  ! ', `${one.subject}: ${one.because}`));
      for (const { detail } of one.hops) lines.push(...hanging(page, '      > ', detail));
      for (const { operation, reason } of one.missing)
        lines.push(...hanging(page, '      ? ', `${reason} (${operation})`));
    }
    if (condition === 'flows') for (const text of flows) lines.push(...hanging(page, '  ', text, 6));
  }
  lines.push('', heading(page, 'What it rests on'));
  for (const { claim, url, certainty } of step.sources)
    lines.push(...hanging(page, '  - ', `${claim} (${certainty}; ${url})`));
  const text = `${lines.join('\n')}\n`;
  return page.unicode ? text : ascii(text);
}
