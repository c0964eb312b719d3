/** What the loss of each zone does: counts today and at the end, and every reason at the step that the picture shows. */
import type { FlowSurvival, Outcome, ZoneSurvival } from '../../../analyse/resilience/survive.ts';
import { oncePer } from '../../../estate/once.ts';
import { ranges, zoneKey } from '../../draw/film.ts';
import { html, type Markup, raw, textOf } from '../html.ts';
import type { Say } from '../messages.ts';
import type { ReportModel } from '../model.ts';
import { names } from '../words.ts';
import { zoneButtons } from './picture.ts';

export const OUTCOMES: readonly Outcome[] = ['lost', 'survivesAfterFailover', 'unknown', 'survives'];
/** Of one state: beyond so many, a count. */
const REASONS = 8;

export function zones(model: ReportModel, say: Say): Markup {
  if (model.zones.length === 0)
    return html`<section id="zones" aria-labelledby="h-zones"><h2 id="h-zones">${say('zones.heading')}</h2><p>${say('zones.none')}</p></section>`;
  const last = model.losses.length - 1;
  return html`<section id="zones" aria-labelledby="h-zones">
<h2 id="h-zones">${say('zones.heading')}</h2>
<p class="script">${say('zones.intro')}</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="h-zones"><table><thead><tr><th scope="col">${say('zones.zone')}</th><th scope="col">${say('zones.today')}</th>${last > 0 && html`<th scope="col">${say('zones.end')}</th>`}</tr></thead><tbody>
${model.zones.map(
  (zone) =>
    html`<tr><th scope="row">${zone}</th><td>${cell(model.losses[0], zone, say)}</td>${last > 0 && html`<td>${cell(model.losses[last], zone, say)}</td>`}</tr>`,
)}</tbody></table></div>
${zoneButtons(model.zones, say)}
<p class="soft script" id="zone-at" hidden>${say('zones.at')} <span></span></p>
${model.zones.map((zone) => html`<div class="loss" data-loss="${zoneKey(zone)}"><h3>${zone}</h3>${blocks(model, zone, say)}</div>`)}
</section>`;
}

const lossOf = (zones: readonly ZoneSurvival[] | undefined, zone: string): ZoneSurvival | undefined =>
  zones?.find((one) => one.zone === zone);

function cell(zones: readonly ZoneSurvival[] | undefined, zone: string, say: Say): string {
  const flows = lossOf(zones, zone)?.flows ?? [];
  const count = (outcome: Outcome): number => flows.filter((one) => one.outcome === outcome).length;
  return say('zones.cell', {
    lost: count('lost'),
    failover: count('survivesAfterFailover'),
    unknown: count('unknown'),
    all: flows.length,
  });
}

/** Every reason is there once, and says in which states it is shown; today's are shown without a script. */
function blocks({ losses }: ReportModel, zone: string, say: Say): readonly Markup[] {
  return OUTCOMES.filter((outcome) => outcome !== 'survives').map((outcome) => {
    const shown = losses.map(
      oncePer((zones: readonly ZoneSurvival[]) => {
        const flows = lossOf(zones, zone)?.flows.filter((flow) => flow.outcome === outcome) ?? [];
        return { count: flows.length === 0 ? [] : [String(flows.length)], reasons: reasonsOf(flows, say) };
      }),
    );
    const counts = lookOf(shown.map(({ count }) => count));
    const reasons = lookOf(shown.map((one) => one.reasons));
    return html`<h4${staged([...counts.values()].flat())}><span class="chip ${outcome}">${say(`zones.${outcome}`)}</span> ${[...counts].map(([count, states]) => html`<span${staged(states)}>${count}</span>`)}</h4>
<ul>${[...reasons].map(([markup, states]) => html`<li${staged(states)}>${raw(markup)}</li>`)}</ul>`;
  });
}

/** By what is shown: the states that show it. */
function lookOf(states: readonly (readonly string[])[]): ReadonlyMap<string, number[]> {
  const looks = new Map<string, number[]>();
  for (const [state, shown] of states.entries())
    for (const one of shown) {
      const known = looks.get(one);
      if (known) known.push(state);
      else looks.set(one, [state]);
    }
  return looks;
}

const staged = (states: readonly number[]): Markup => {
  const sorted = [...states].sort((a, b) => a - b);
  return html` data-in="${ranges(sorted)}"${!sorted.includes(0) && html` class="off"`}`;
};

function reasonsOf(flows: readonly FlowSurvival[], say: Say): readonly string[] {
  const byCause = new Map<string, string[]>();
  for (const flow of flows) {
    const cause = causeOf(flow);
    byCause.set(cause, [...(byCause.get(cause) ?? []), flow.flow]);
  }
  const sorted = [...byCause].sort((a, b) => b[1].length - a[1].length);
  const more = sorted.length - REASONS;
  return [
    ...sorted
      .slice(0, REASONS)
      .map(([cause, list]) => textOf(html`${say.text(cause)} <span class="soft">${names(list, 4)}</span>`)),
    ...(more > 0 ? [textOf(html`<span class="soft">${say('zones.more', { n: more })}</span>`)] : []),
  ];
}

function causeOf(flow: FlowSurvival): string {
  if (flow.missing.length > 0)
    return [...new Set(flow.missing.map(({ operation, reason }) => `${operation}: ${reason}`))].slice(0, 2).join(' ');
  return [...new Set([...flow.because.map(({ detail }) => detail), ...flow.failover.map(({ what }) => what)])]
    .slice(0, 3)
    .join(' ');
}
