/** What the prover says of a plan file: the first thing wrong first. */
import type { ProofResult } from '../plan.ts';
import { ascii, hanging, naming, type Page, paint, plural } from './layout.ts';

export function proofText(result: ProofResult, page: Page): string {
  naming(page, result);
  const bad = result.steps.filter(({ holds }) => !holds);
  const lines = hanging(
    page,
    '',
    result.holds
      ? `Proven: all ${plural(result.steps.length, 'step')}, in every condition.`
      : `Not proven: ${bad.length} of ${plural(result.steps.length, 'step')}.`,
  ).map((line) => paint(page, 'bold', line));
  for (const { id, title, objections } of bad) {
    lines.push('', ...hanging(page, '', `${id}: ${title}`));
    for (const { condition, verdict, subject, because, hops, missing } of objections) {
      lines.push(...hanging(page, verdict === 'violated' ? '  ! ' : '  ? ', `${condition}: ${subject}: ${because}`));
      for (const { detail } of hops) lines.push(...hanging(page, '      > ', detail));
      for (const { operation, reason } of missing) lines.push(...hanging(page, '      ? ', `${reason} (${operation})`));
    }
  }
  for (const one of result.unexpected)
    lines.push(
      '',
      ...hanging(page, '  ! ', `end: the plan does not say that this is left: ${one.severity}: ${one.claim}`),
    );
  const grave = result.findingsAfter.filter(({ severity }) => severity !== 'low');
  lines.push(
    '',
    ...hanging(
      page,
      '',
      `At its end ${grave.length === 0 ? 'no high or medium finding is' : plural(grave.length, 'high or medium finding is', 'high or medium findings are')} left.`,
    ),
  );
  const text = `${lines.join('\n')}\n`;
  return page.unicode ? text : ascii(text);
}
