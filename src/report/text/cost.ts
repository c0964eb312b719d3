/** The monthly bill as text: totals by environment, the dearest things, and everything that is not known. */
import type { Costs, Total } from '../../analyse/cost/costs.ts';
import type { Missing } from '../../analyse/verdict.ts';
import {
  ascii,
  few,
  hanging,
  harmless,
  heading,
  naming,
  type Page,
  padEnd,
  paint,
  plural,
  said,
  short,
} from './layout.ts';
import { notReadLines } from './proof.ts';

const money = (usd: number): string => `$${usd.toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`;

export interface CostResult extends Costs {
  /** Listings that the input lacks: what they would have told of is not in the sums. */
  readonly notRead: readonly Missing[];
}

export function costText(costs: CostResult, page: Page, details: boolean): string {
  naming(page, costs);
  const { total, pricesAsOf } = costs;
  const unknown = total.unknown.fixed + total.unknown.usage;
  const lines = [
    ...hanging(
      page,
      '',
      `${unknown > 0 || costs.notRead.length > 0 ? 'At least ' : ''}${money(total.fixed + total.usage)} a month: ${money(total.fixed)} fixed, ${money(total.usage)} usage` +
        `${unknown > 0 ? `; ${plural(unknown, 'charge')} unknown` : ''}.`,
    ).map((line) => paint(page, 'bold', line)),
    '',
    ...costs.environments.map((one) => row(page, one.environment ?? 'not placed', one)),
    '',
    heading(page, details ? 'Each charge' : 'The dearest'),
    ...dearest(costs, page, details),
  ];
  if (costs.unknown.length > 0) lines.push('', heading(page, 'Not known'), ...unknownLines(costs, page, details));
  if (costs.notRead.length > 0) lines.push('', ...notReadLines(costs.notRead, page));
  lines.push('', ...costs.assumptions.flatMap((text) => hanging(page, '', text)));
  if (pricesAsOf)
    lines.push(
      ...hanging(
        page,
        '',
        `Prices of ${pricesAsOf.oldest === pricesAsOf.newest ? pricesAsOf.newest : `${pricesAsOf.oldest} to ${pricesAsOf.newest}`}, each with its source in --json.`,
      ),
    );
  const text = `${lines.join('\n')}\n`;
  return page.unicode ? text : ascii(text);
}

const row = (page: Page, name: string, { fixed, usage, unknown }: Total): string => {
  const rest = unknown.fixed + unknown.usage;
  const sums = `${money(fixed).padStart(12)} ${said(page, 'fixed')}${money(usage).padStart(12)} ${said(page, 'usage')}`;
  return `  ${padEnd(harmless(said(page, name)), 16)}${sums}${rest > 0 ? `   ${said(page, `${rest} unknown`)}` : ''}`;
};

function dearest({ lines }: Costs, page: Page, details: boolean): readonly string[] {
  const sorted = [...lines].sort((a, b) => b.usd - a.usd || (a.resource < b.resource ? -1 : 1));
  const shown = details ? sorted : sorted.slice(0, 10);
  const rows = shown.map(
    ({ usd, name, what }) =>
      `  ${money(usd).padStart(10)}  ${padEnd(short(harmless(name), 28), 28)}  ${short(harmless(said(page, what)), page.width - 44)}`,
  );
  return sorted.length > shown.length
    ? [...rows, said(page, `  and ${sorted.length - shown.length} more (--details)`)]
    : rows;
}

function unknownLines({ unknown }: Costs, page: Page, details: boolean): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const { missing, name } of unknown) groups.set(missing, [...(groups.get(missing) ?? []), name]);
  const rows = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const shown = details ? rows : rows.slice(0, 6);
  const lines = shown.flatMap(([missing, names]) =>
    hanging(page, '  - ', `${missing} (${details ? names.join(', ') : few(names, 3)})`),
  );
  return rows.length > shown.length
    ? [...lines, said(page, `  and ${rows.length - shown.length} more (--details)`)]
    : lines;
}
