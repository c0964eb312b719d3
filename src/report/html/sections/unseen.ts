/** What the report cannot know: refused reads, undecided questions, moves that no proof carries. */
import type { Notice } from '../../../estate/notice.ts';
import { html, type Markup, type Part } from '../html.ts';
import type { Say } from '../messages.ts';
import type { ReportModel } from '../model.ts';
import { names } from '../words.ts';

const MOST = 40;

export function unseen({ input, plan }: ReportModel, say: Say): Markup {
  const { coverage, findings } = input.audit;
  const refused = new Map<string, Set<string>>();
  for (const { operation, status } of coverage.refused) group(refused, say(`unseen.${status}`), operation);
  const needs = new Map<string, Set<string>>();
  for (const finding of findings)
    if (finding.state === 'unknown')
      for (const missing of finding.missing) group(needs, say('unseen.undecided.for', { ...missing }), finding.rule);
  const parts: readonly Part[] = [
    list(
      say,
      'unseen.refused',
      [...refused].map(([status, set]) => `${status}: ${[...set].sort().join(', ')}`),
    ),
    list(
      say,
      'unseen.undecided',
      [...needs].sort((a, b) => b[1].size - a[1].size).map(([need, set]) => `${need} (${names([...set].sort(), 4)})`),
    ),
    plan &&
      list(
        say,
        'unseen.after',
        plan.undecidedAfter.map(({ title, resources, missing }) =>
          say('unseen.after.of', {
            title,
            names: names(
              resources.map(({ name }) => name),
              4,
            ),
            needs: names([...new Set(missing.map((one) => say('unseen.undecided.for', { ...one })))], 2),
          }),
        ),
      ),
    plan && list(say, 'unseen.flows', plan.undecidedFlows, say('unseen.flows.why')),
    plan &&
      list(
        say,
        'unseen.unproven',
        plan.unproven.flatMap(({ move, environment, step, counterexamples }) => [
          `${move}${environment === null ? '' : ` (${environment})`}, ${step}: ${counterexamples
            .slice(0, 1)
            .map(({ subject, because }) => `${subject}: ${because}`)
            .join(
              '; ',
            )}${counterexamples.length > 1 ? ` ${say('unseen.more', { n: counterexamples.length - 1 })}` : ''}`,
        ]),
      ),
    plan &&
      list(
        say,
        'unseen.waiting',
        plan.waiting.map(
          ({ move, environment, for: what }) => `${move}${environment === null ? '' : ` (${environment})`}: ${what}`,
        ),
      ),
    plan &&
      list(
        say,
        'unseen.refusals',
        plan.refused.map(
          ({ move, environment, because, change }) =>
            `${move}${environment === null ? '' : ` (${environment})`}: ${because} ${change}`,
        ),
      ),
    list(say, 'unseen.notices', noticeLines(coverage.notices, say)),
  ];
  return html`<section id="unseen" aria-labelledby="h-unseen">
<h2 id="h-unseen">${say('unseen.heading')}</h2>
${parts.every((part) => part === undefined || part === false) ? html`<p>${say('unseen.none')}</p>` : parts}
</section>`;
}

/** Answers that no reader uses are many and harmless: one line for all of them. */
function noticeLines(notices: readonly Notice[], say: Say): readonly string[] {
  const unused = notices.filter(({ code }) => code === 'unknownOperation').map(({ message }) => message.split(': ')[0]);
  return [
    ...notices.filter(({ code }) => code !== 'unknownOperation').map(({ message }) => message),
    ...(unused.length > 0 ? [say('unseen.notices.unknownOperation', { operations: unused.join(', ') })] : []),
  ];
}

function group(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}

type Heading =
  | 'unseen.refused'
  | 'unseen.undecided'
  | 'unseen.after'
  | 'unseen.flows'
  | 'unseen.unproven'
  | 'unseen.waiting'
  | 'unseen.refusals'
  | 'unseen.notices';

const list = (say: Say, heading: Heading, lines: readonly string[], more?: string): Markup | undefined =>
  lines.length === 0
    ? undefined
    : html`<details open><summary>${say(heading)} (${lines.length})</summary>${more !== undefined && html`<p>${more}</p>`}<ul>${lines.slice(0, MOST).map((text) => html`<li>${say.text(text)}</li>`)}${lines.length > MOST && html`<li class="soft">${say('unseen.more', { n: lines.length - MOST })}</li>`}</ul></details>`;
