/** A verdict's proof, blockers or missing answers as text. */
import type { Hop, Missing } from '../../analyse/verdict.ts';
import { few, hanging, heading, type Page, paint, said } from './layout.ts';

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
  assumptions.length === 0
    ? []
    : ['', said(page, 'Assumed:'), ...assumptions.flatMap((text) => hanging(page, '  - ', text))];

/** The listings that an answer lacks, one line for each reason. */
export function notReadLines(missing: readonly Missing[], page: Page): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { operation, reason } of missing) byReason.set(reason, [...(byReason.get(reason) ?? []), operation]);
  return [
    heading(page, 'Not read'),
    ...[...byReason].flatMap(([reason, operations]) =>
      hanging(page, '  - ', `${few(operations, 8)}: ${reason}; what they list is not in this answer`),
    ),
  ];
}
