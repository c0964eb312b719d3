/** Three sentences, and how much of the account they rest on. */
import type { ZoneSurvival } from '../../../analyse/resilience/survive.ts';
import { html, type Markup } from '../html.ts';
import type { MessageKey, Say } from '../messages.ts';
import type { ReportModel } from '../model.ts';
import { money, time } from '../words.ts';
import { numbers } from './verdict-numbers.ts';

export function verdict(model: ReportModel, say: Say): Markup {
  const { coverage, summary } = model.input.audit;
  const { read, denied, throttled, failed } = coverage.operations;
  return html`<section id="verdict" aria-labelledby="h-verdict">
<h2 id="h-verdict">${say('verdict.heading')}</h2>
<p class="lead">${wrong(model, say)}</p>
<p class="lead">${way(model, say)}</p>
<p class="lead">${end(model, say)}</p>
${numbers(model, say)}
<p class="soft">${say('verdict.coverage', { read, asked: read + denied + throttled + failed, unknown: summary.states.unknown })} <a href="#unseen">${say('verdict.unseen')}</a></p>
</section>`;
}

const severities = (say: Say, of: Readonly<Record<string, number>>): string =>
  say('severity.counts', { high: of.high ?? 0, medium: of.medium ?? 0, low: of.low ?? 0 });

const total = (of: Readonly<Record<string, number>>): number => (of.high ?? 0) + (of.medium ?? 0) + (of.low ?? 0);

function wrong(model: ReportModel, say: Say): string {
  const { coverage, summary } = model.input.audit;
  const findings = total(summary.severities);
  const { resources } = coverage;
  return findings === 0
    ? say('verdict.bad.none', { resources })
    : say('verdict.bad', {
        findings,
        resources,
        counts: severities(say, summary.severities),
        exposed: model.open[0] ?? 0,
      });
}

function way({ plan }: ReportModel, say: Say): string {
  if (!plan) return say('verdict.way.program');
  const { summary, steps, unproven, refused } = plan;
  if (steps.length === 0) return say(unproven.length + refused.length > 0 ? 'verdict.way.none' : 'verdict.way.nothing');
  return say('verdict.way', {
    steps: steps.length,
    notice: time(say, summary.clientsNotice),
    after: total(summary.findingsAfter),
    counts: severities(say, summary.findingsAfter),
  });
}

function end({ losses, cost, plan }: ReportModel, say: Say): string {
  const worst = (zones: readonly ZoneSurvival[] | undefined): { readonly lost: number; readonly flows: number } => {
    const lost = (zones ?? []).map(({ flows }) => flows.filter(({ outcome }) => outcome === 'lost').length);
    return { lost: Math.max(0, ...lost), flows: zones?.[0]?.flows.length ?? 0 };
  };
  const [today, last] = [worst(losses[0]), worst(losses.at(-1))];
  const n = cost.after.total.unknown.fixed;
  const data = {
    lost: today.lost,
    flows: today.flows,
    lostAfter: last.lost,
    flowsAfter: last.flows,
    before: money(cost.before.total.fixed),
    after: money(cost.after.total.fixed),
    unknown: n > 0 ? say('verdict.unknown', { n }) : '',
  };
  const key: MessageKey = plan && plan.steps.length > 0 ? 'verdict.end' : 'verdict.end.today';
  return say(key, data);
}
