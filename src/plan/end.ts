/** Condition 7: the end is sound. What the rules still find at a point of the journey, and what of it the team accepted in writing. */
import type { Estate } from '../estate/estate.ts';
import { rules } from '../rules/catalog/index.ts';
import type { Finding } from '../rules/finding.ts';
import { audit } from '../rules/run.ts';
import type { Preferences } from './preferences.ts';

export interface End {
  /** Failing findings that nobody accepted, gravest first. */
  readonly left: readonly Finding[];
  readonly accepted: readonly { readonly finding: Finding; readonly reason: string }[];
  /** Rules that could not be decided, by finding. */
  readonly undecided: readonly Finding[];
}

export function endOf(estate: Estate, preferences: Preferences): End {
  const findings = audit(estate, rules);
  const left: Finding[] = [];
  const accepted: { readonly finding: Finding; readonly reason: string }[] = [];
  for (const finding of findings) {
    if (finding.state !== 'fail') continue;
    const written = preferences.accepted?.find(
      ({ rule, resource }) =>
        rule === finding.rule &&
        (resource === undefined || finding.resources.some(({ id, name }) => id === resource || name === resource)),
    );
    if (written) accepted.push({ finding, reason: written.reason });
    else left.push(finding);
  }
  return { left, accepted, undecided: findings.filter(({ state }) => state === 'unknown') };
}
