/** What becomes of the findings of today on the journey. */
import { byId } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { rules } from '../../rules/catalog/index.ts';
import type { Finding } from '../../rules/finding.ts';
import { kindsOf, type Rule } from '../../rules/rule.ts';
import { judging } from '../../rules/run.ts';
import type { Stage } from '../journey.ts';
import { counts } from '../result.ts';

/** Gone: surely, from that state on. Undecided: it was last found before that state, and at the end nobody can tell. */
export interface FindingFate {
  readonly is: 'gone' | 'undecided';
  readonly since: number;
}

export const findingKey = ({ rule, resources }: Finding): string => keyOf(rule, resources[0]?.id ?? '');
const keyOf = (rule: string, subject: string): string => `${rule} ${subject}`;

/**
 * By `findingKey`; those that stay are not in it. Asked from the end back, and of each state only what no later one has
 * settled.
 */
export function fatesOf(today: readonly Finding[], stages: readonly Stage[]): ReadonlyMap<string, FindingFate> {
  if (stages.length < 2) return new Map();
  const found = today.filter(counts);
  const sought = subjectsByRule(found);
  const end = stages.length - 1;
  /** The last state in which it is found, and the last in which it may be. */
  const [lastFound, lastPossible] = [new Map<string, number>(), new Map<string, number>()];
  for (let n = end; n >= 0; n--) {
    const stage = stages[n];
    if (stage === undefined || stage.estate === stages[n + 1]?.estate) continue;
    for (const rule of rules) {
      const ids = sought.get(rule.id);
      if (ids === undefined || ids.size === 0) continue;
      const judge = judging(rule, stage.estate);
      for (const id of ids) {
        const states = heirsOf(id, rule, stage).map(judge);
        const state = (['fail', 'unknown'] as const).find((one) => states.includes(one));
        if (state === undefined) continue;
        const key = keyOf(rule.id, id);
        if (!lastPossible.has(key)) lastPossible.set(key, n);
        if (state === 'fail') lastFound.set(key, n);
        // before a state that is surely without it, what was not known then does not matter
        if (state === 'fail' || lastPossible.get(key) !== end) ids.delete(id);
      }
    }
  }
  const fates = new Map<string, FindingFate>();
  for (const key of found.map(findingKey)) {
    const [possible = -1, sure = -1] = [lastPossible.get(key), lastFound.get(key)];
    if (possible < end) fates.set(key, { is: 'gone', since: possible + 1 });
    else if (sure < end) fates.set(key, { is: 'undecided', since: sure + 1 });
  }
  return fates;
}

/** The resource, and what has taken over from it: a fault that this has too is not gone. */
function heirsOf(id: string, rule: Rule, { estate, proven }: Stage): readonly Resource[] {
  const heirs = new Set([id]);
  for (const heir of heirs)
    for (const { from, to } of proven?.after?.successions ?? [])
      if (from === heir) for (const one of to) heirs.add(one);
  const kinds = kindsOf(rule);
  return [...heirs].flatMap((one) => byId(estate, one) ?? []).filter(({ kind }) => kinds.includes(kind));
}

function subjectsByRule(findings: readonly Finding[]): ReadonlyMap<string, Set<string>> {
  const subjects = new Map<string, Set<string>>();
  for (const { rule, resources } of findings) {
    const ids = subjects.get(rule) ?? new Set();
    subjects.set(rule, ids.add(resources[0]?.id ?? ''));
  }
  return subjects;
}
