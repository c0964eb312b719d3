/** What matters most, in numbers: today, and at the end of the journey. What is not known stands below, and nothing is called better for it. */
import { exposures } from '../../../analyse/exposure/index.ts';
import type { Outcome, ZoneSurvival } from '../../../analyse/resilience/survive.ts';
import { html, type Markup } from '../html.ts';
import type { MessageKey, Say } from '../messages.ts';
import type { ReportModel } from '../model.ts';
import { money } from '../words.ts';

/** A number at a state, and how much of it is not known. */
interface Value {
  readonly sum: number;
  readonly unknown: number;
}

interface Figure {
  readonly name: MessageKey;
  readonly before: Value;
  readonly after: Value;
  readonly say: (sum: number) => string;
}

export function numbers(model: ReportModel, say: Say): Markup {
  const { plan, cost } = model;
  const travels = plan !== undefined && plan.steps.length > 0;
  const { severities } = model.input.audit.summary;
  const left = plan?.summary.findingsAfter ?? severities;
  const today = model.input.audit.findings.filter(({ state }) => state === 'unknown');
  const problems = (severity: 'high' | 'medium'): Pick<Figure, 'before' | 'after'> => ({
    before: { sum: severities[severity], unknown: undecided(severity, today) },
    after: { sum: left[severity] ?? 0, unknown: undecided(severity, plan?.undecidedAfter ?? today) },
  });
  const figures: readonly Figure[] = [
    { name: 'numbers.high', ...problems('high'), say: String },
    { name: 'numbers.medium', ...problems('medium'), say: String },
    { name: 'numbers.open', before: openAt(model, 0), after: openAt(model, -1), say: String },
    { name: 'numbers.lost', before: lostAt(model, 0), after: lostAt(model, -1), say: String },
    {
      name: 'numbers.cost',
      before: { sum: cost.before.total.fixed, unknown: cost.before.total.unknown.fixed },
      after: { sum: cost.after.total.fixed, unknown: cost.after.total.unknown.fixed },
      say: money,
    },
  ];
  return html`<dl class="numbers">${figures.map((one) => card(one, travels, say))}</dl>`;
}

const undecided = (severity: string, rules: readonly { readonly severity: string }[]): number =>
  rules.filter((one) => one.severity === severity).length;

function card({ name, before, after, say: write }: Figure, travels: boolean, say: Say): Markup {
  const better = after.sum < before.sum && after.unknown === 0;
  const end = html` <span class="soft">→</span> <b${better && html` class="good"`}>${write(after.sum)}</b>`;
  const unknown = travels
    ? say('numbers.unknown', { before: before.unknown, after: after.unknown })
    : say('numbers.unknown.today', { before: before.unknown });
  return html`<div><dt>${say(name)}</dt><dd>${write(before.sum)}${travels && end}</dd>${before.unknown + (travels ? after.unknown : 0) > 0 && html`<dd class="soft">${unknown}</dd>`}</div>`;
}

function openAt({ open, stages }: ReportModel, at: number): Value {
  const estate = stages.at(at)?.estate;
  return { sum: open.at(at) ?? 0, unknown: estate ? exposures(estate).unknown.length : 0 };
}

/** Of the zone whose loss stops most. */
function lostAt({ losses }: ReportModel, at: number): Value {
  const zones = losses.at(at) ?? [];
  const most = (outcome: Outcome): number =>
    Math.max(0, ...zones.map(({ flows }: ZoneSurvival) => flows.filter((flow) => flow.outcome === outcome).length));
  return { sum: most('lost'), unknown: most('unknown') };
}
