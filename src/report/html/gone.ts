/** From which state on a finding of today is no more. */
import { rules } from '../../rules/catalog/index.ts';
import type { Finding } from '../../rules/finding.ts';
import { failing } from '../../rules/run.ts';
import type { Stage } from '../journey.ts';
import { counts } from '../result.ts';

export const findingKey = ({ rule, resources }: Finding): string => keyOf(rule, resources[0]?.id ?? '');
const keyOf = (rule: string, subject: string): string => `${rule} ${subject}`;

/**
 * By `findingKey`: the first state from which on the finding is no more; those that stay are not in it. Asked from the end
 * back, and of each state only what no later one has.
 */
export function goneSince(today: readonly Finding[], stages: readonly Stage[]): ReadonlyMap<string, number> {
  if (stages.length < 2) return new Map();
  const found = today.filter(counts);
  const sought = subjectsByRule(found);
  const last = new Map<string, number>();
  for (let n = stages.length - 1; n >= 0; n--) {
    const estate = stages[n]?.estate;
    if (estate === undefined || estate === stages[n + 1]?.estate) continue;
    for (const rule of rules) {
      const ids = sought.get(rule.id) ?? NONE;
      for (const id of failing(rule, estate, ids)) {
        ids.delete(id);
        last.set(keyOf(rule.id, id), n);
      }
    }
  }
  const keys = found.map(findingKey).filter((key) => last.get(key) !== stages.length - 1);
  return new Map(keys.map((key) => [key, (last.get(key) ?? -1) + 1]));
}

const NONE = new Set<string>();

function subjectsByRule(findings: readonly Finding[]): ReadonlyMap<string, Set<string>> {
  const subjects = new Map<string, Set<string>>();
  for (const { rule, resources } of findings) {
    const ids = subjects.get(rule) ?? new Set();
    subjects.set(rule, ids.add(resources[0]?.id ?? ''));
  }
  return subjects;
}
