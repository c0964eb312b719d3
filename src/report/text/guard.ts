/** What the guard says of a preview: what must not be applied first, each with what to do. */
import type { Compared, Objection } from '../../program/guard/compare.ts';
import { SCHEMA_VERSION } from '../result.ts';
import { ascii, hanging, type Page, paint, plural } from './layout.ts';

export interface GuardResult extends Compared {
  readonly schemaVersion: number;
  readonly command: 'guard';
  readonly step: string;
  readonly verdict: 'as-proven' | 'refused' | 'undecided';
}

export function guardResult(step: string, compared: Compared): GuardResult {
  const verdict = compared.refused.length > 0 ? 'refused' : compared.undecided.length > 0 ? 'undecided' : 'as-proven';
  return { schemaVersion: SCHEMA_VERSION, command: 'guard', step, verdict, ...compared };
}

export function guardText({ step, verdict, refused, undecided, later, agreed }: GuardResult, page: Page): string {
  const head = {
    'as-proven':
      agreed === 0
        ? `${step}: Pulumi would change nothing, and the step changes nothing.`
        : `${step}: Pulumi would do what is proven, and nothing else (${plural(agreed, 'operation')}).`,
    refused: `${step}: do not apply this. ${plural(refused.length, 'difference')} from what is proven.`,
    undecided: `${step}: the preview does not tell whether it is what is proven.`,
  }[verdict];
  const list = (mark: string, all: readonly Objection[]): readonly string[] =>
    all.flatMap(({ resource, because, fix }) => [
      ...hanging(page, mark, resource === '' ? because : `${resource}: ${because}`),
      ...hanging(page, '    to do: ', fix),
    ]);
  const lines = [
    ...hanging(page, '', head).map((line) => paint(page, 'bold', line)),
    ...list('  ! ', refused),
    ...list('  ? ', undecided),
    ...(later.length > 0 && verdict !== 'refused'
      ? hanging(
          page,
          '',
          `${plural(later.length, 'value of it is', 'values of it are')} known only once it is applied, as the plan says too; ${later.length === 1 ? '--json lists it' : '--json lists them'}.`,
        )
      : []),
  ];
  const text = `${lines.join('\n')}\n`;
  return page.unicode ? text : ascii(text);
}
