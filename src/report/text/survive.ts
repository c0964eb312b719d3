/** What losing a zone or a machine does, as text: first what stops, then what comes back, then the count of the rest. */
import type { FlowSurvival, Outcome, Survival } from '../../analyse/resilience/survive.ts';
import type { Missing } from '../../analyse/verdict.ts';
import { ascii, hanging, naming, type Page, padEnd, paint, plural, said } from './layout.ts';
import { hopLines, missingLines, notReadLines } from './proof.ts';

const COLOUR = { lost: 'red', survivesAfterFailover: 'yellow', survives: 'green', unknown: 'cyan' } as const;
const ORDER: readonly Outcome[] = ['lost', 'survivesAfterFailover', 'unknown', 'survives'];

/** `unread`: listings that the input lacks, so that what they would have told of is not here. */
export function surviveText(
  losses: readonly Survival[],
  unread: readonly Missing[],
  page: Page,
  details: boolean,
): string {
  naming(page, losses);
  const lines = losses.flatMap((loss) => [...lossLines(loss, page, details), '']);
  if (losses.length === 0) lines.push(said(page, 'The input holds nothing that stands in a zone.'), '');
  if (unread.length > 0) lines.push(...notReadLines(unread, page));
  const text = `${lines.join('\n').trimEnd()}\n`;
  return page.unicode ? text : ascii(text);
}

function lossLines(loss: Survival, page: Page, details: boolean): readonly string[] {
  const of = (outcome: Outcome) => loss.flows.filter((flow) => flow.outcome === outcome);
  const counts = ORDER.map((outcome) => `${of(outcome).length} ${WORDS[outcome]}`).join(', ');
  const lines = hanging(page, '', `Without ${loss.without}: of ${plural(loss.flows.length, 'flow')}, ${counts}.`).map(
    (line) => paint(page, 'bold', line),
  );
  for (const outcome of ORDER) {
    if (outcome === 'survives' && !details) continue;
    if (details) for (const flow of of(outcome)) lines.push(...flowLines(flow, page));
    else for (const flows of byCause(of(outcome))) lines.push(...causeLines(flows, page));
  }
  const thinner = loss.capacity.filter(({ left, now }) => left < now);
  if (thinner.length > 0)
    lines.push(
      ...hanging(
        page,
        '  capacity: ',
        thinner.map(({ resource, left, now, unit }) => `${left} of ${now} ${unit} of ${nameOf(resource)}`).join('; '),
      ),
    );
  return lines;
}

const WORDS: Readonly<Record<Outcome, string>> = {
  lost: 'lost',
  survivesAfterFailover: 'back after a failover',
  unknown: 'unknown',
  survives: 'unharmed',
};

const nameOf = (id: string): string => id.split(/[:/]/).at(-1) ?? id;

const label = (outcome: Outcome): string =>
  `  ${outcome === 'survivesAfterFailover' ? 'FAILOVER' : outcome.toUpperCase()} `;

const painted = (lines: readonly string[], outcome: Outcome, page: Page): readonly string[] =>
  lines.map((line, n) => {
    const shown = padEnd(said(page, label(outcome)), label(outcome).length);
    return n === 0 ? line.replace(shown, paint(page, COLOUR[outcome], shown)) : line;
  });

/** One flow with its whole proof. */
function flowLines(flow: FlowSurvival, page: Page): readonly string[] {
  const head = hanging(page, label(flow.outcome), flow.flow);
  return [
    ...painted(head, flow.outcome, page),
    ...flow.failover.flatMap((failover) => hanging(page, '      ', `${failover.what} (${failover.source})`)),
    ...hopLines(flow.because, page),
    ...missingLines(flow.missing, page),
  ];
}

/** The facts that decide a flow, as sentences. */
function causes(flow: FlowSurvival): readonly string[] {
  if (flow.missing.length > 0) return flow.missing.map(({ operation, reason }) => `${operation}: ${reason}`);
  const times = flow.failover.map(({ seconds }) =>
    seconds ? `Back in ${seconds.from} to ${seconds.to} s.` : 'AWS gives no time for it.',
  );
  return [...new Set([...flow.because.map(({ detail }) => detail), ...times])];
}

/** Flows that the same facts decide, the most first. */
function byCause(flows: readonly FlowSurvival[]): readonly (readonly FlowSurvival[])[] {
  const groups = new Map<string, FlowSurvival[]>();
  for (const flow of flows) {
    const key = causes(flow).join('\n');
    const group = groups.get(key);
    if (group) group.push(flow);
    else groups.set(key, [flow]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

function causeLines(flows: readonly FlowSurvival[], page: Page): readonly string[] {
  const [first] = flows;
  if (!first) return [];
  const head = label(first.outcome);
  const names = flows.map(({ flow }) => flow);
  return [
    ...painted(hanging(page, head, causes(first).slice(0, 4).join(' ')), first.outcome, page),
    ...names.slice(0, 3).flatMap((name) => hanging(page, `${' '.repeat(head.length)}- `, name)),
    ...(names.length > 3
      ? [`${' '.repeat(head.length)}${said(page, `and ${plural(names.length - 3, 'more flow')} (--details)`)}`]
      : []),
  ].map((line, n) => (n === 0 ? line : paint(page, 'dim', line)));
}
