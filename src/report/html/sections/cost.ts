/** Cost before and after: what changes, what stays as a sum, and what nobody knows. */
import type { CostLine, Costs } from '../../../analyse/cost/costs.ts';
import { html, type Markup } from '../html.ts';
import type { Say } from '../messages.ts';
import type { ReportModel } from '../model.ts';
import { change, money } from '../words.ts';

interface Row {
  readonly what: string;
  readonly before: number;
  readonly after: number;
}

export function cost({ cost: { before, after } }: ReportModel, say: Say): Markup {
  const rows = rowsOf(before, after);
  const changed = rows.filter((row) => Math.abs(row.after - row.before) >= 0.005);
  const same = rows.filter((row) => !changed.includes(row));
  const sum = same.reduce((all, row) => all + row.after, 0);
  const unknown = after.unknown.filter(({ type }) => type === 'fixed');
  const environments = [...new Set([...before.environments, ...after.environments].map((one) => one.environment))];
  const of = (costs: Costs, name: string | null): number =>
    costs.environments.find((one) => one.environment === name)?.fixed ?? 0;
  return html`<section id="cost" aria-labelledby="h-cost">
<h2 id="h-cost">${say('cost.heading')}</h2>
<p>${say('cost.intro')} ${after.pricesAsOf && html`<span class="soft">${say('cost.prices', after.pricesAsOf)}</span>`}</p>
${table(
  say,
  environments.map((name) => ({
    what: name === null ? say('cost.environment.none') : name,
    before: of(before, name),
    after: of(after, name),
  })),
  { before, after },
)}
${
  changed.length === 0
    ? html`<p>${say('cost.none')}</p>`
    : html`<details><summary>${say('cost.lines', { n: changed.length })}</summary>${table(say, changed)}</details>`
}
<p class="soft">${say('cost.same', { n: same.length, sum: money(sum) })}</p>
${
  unknown.length > 0 &&
  html`<details><summary>${say('cost.unknown.list', { n: unknown.length })}</summary><ul>${unknown.map((one) => html`<li>${one.name}: ${say.text(one.what)} <span class="soft">${say.text(one.missing)}</span></li>`)}</ul></details>`
}
</section>`;
}

function table(say: Say, rows: readonly Row[], totals?: { readonly before: Costs; readonly after: Costs }): Markup {
  const unknown = (costs: Costs): Markup | false =>
    costs.total.unknown.fixed > 0 &&
    html` <span class="soft">${say('cost.unknown', { n: costs.total.unknown.fixed })}</span>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${say('cost.heading')}"><table class="money"><thead><tr><th scope="col">${say('cost.what')}</th><th scope="col">${say('cost.today')}</th><th scope="col">${say('cost.end')}</th><th scope="col">${say('cost.change')}</th></tr></thead><tbody>
${rows.map((row) => html`<tr><th scope="row">${say.text(row.what)}</th><td>${money(row.before)}</td><td>${money(row.after)}</td><td>${change(row.after - row.before)}</td></tr>`)}</tbody>${
    totals &&
    html`<tfoot><tr><th scope="row">${say('cost.total')}</th><td>${money(totals.before.total.fixed)}${unknown(totals.before)}</td><td>${money(totals.after.total.fixed)}${unknown(totals.after)}</td><td>${change(totals.after.total.fixed - totals.before.total.fixed)}</td></tr></tfoot>`
  }</table></div>`;
}

function rowsOf(before: Costs, after: Costs): readonly Row[] {
  const sums = (costs: Costs): ReadonlyMap<string, CostLine & { readonly sum: number }> => {
    const map = new Map<string, CostLine & { readonly sum: number }>();
    for (const line of costs.lines) {
      if (line.type !== 'fixed') continue;
      const id = `${line.resource} ${line.what}`;
      map.set(id, { ...line, sum: (map.get(id)?.sum ?? 0) + line.usd });
    }
    return map;
  };
  const [was, is] = [sums(before), sums(after)];
  return [...new Set([...was.keys(), ...is.keys()])].map((id) => {
    const line = is.get(id) ?? was.get(id);
    return {
      what: line ? `${line.name}: ${line.what}` : '',
      before: was.get(id)?.sum ?? 0,
      after: is.get(id)?.sum ?? 0,
    };
  });
}
