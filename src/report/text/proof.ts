/** A verdict's proof, blockers or missing answers as text. */
import type { Hop, Missing } from '../../analyse/verdict.ts';
import { hanging, type Page, paint } from './layout.ts';

/** Numbered hops, each with its code and where it stands in the input. */
export function hopLines(hops: readonly Hop[], page: Page): readonly string[] {
  return hops.flatMap((hop, n) => {
    const head = `  ${String(n + 1).padStart(2)}. `;
    const place = hop.provenance ? `${hop.code}, ${hop.provenance.operation} ${hop.provenance.path}` : hop.code;
    return [
      ...hanging(page, head, hop.detail),
      ...hanging(page, ' '.repeat(head.length), place, head.length).map((line) => paint(page, 'dim', line)),
    ];
  });
}

export const missingLines = (missing: readonly Missing[], page: Page): readonly string[] =>
  missing.flatMap(({ operation, reason, resource }) =>
    hanging(page, '  - ', `${operation}: ${reason}${resource === undefined ? '' : ` (${resource})`}`),
  );

export const assumptionLines = (assumptions: readonly string[], page: Page): readonly string[] =>
  assumptions.length === 0 ? [] : ['', 'Assumed:', ...assumptions.flatMap((text) => hanging(page, '  - ', text))];
