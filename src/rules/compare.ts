/** The findings of two estates beside each other: what is new, what is mended, what nobody can tell any more. */
import type { Finding, State } from './finding.ts';

export interface FindingChanges {
  /** Before, the rule passed, or what it is about was not there. */
  readonly appeared: readonly Finding[];
  /** Before, the input did not tell. */
  readonly decided: readonly Finding[];
  /** As they were before; now the rule passes, or what it was about is gone. */
  readonly mended: readonly Finding[];
  /** As they were before; now the input does not tell. */
  readonly undecided: readonly Finding[];
}

/** `earlier` gives the id that a resource of the later findings has in the earlier ones. */
export function compareFindings(
  before: readonly Finding[],
  after: readonly Finding[],
  earlier: (id: string) => string,
): FindingChanges {
  const same = (id: string): string => id;
  const [then, now] = [states(before, same), states(after, earlier)];
  const failed = before.filter(({ state }) => state === 'fail');
  const keyed = (finding: Finding, id: (one: string) => string): string => keyOf(finding.rule, id(subjectOf(finding)));
  const newly = after.filter((one) => one.state === 'fail' && then.get(keyed(one, earlier)) !== 'fail');
  const [blindThen, blindNow] = [blind(before), blind(after)];
  const unknownBy =
    (known: ReadonlyMap<string, State>, blindRules: ReadonlySet<string>, id: (one: string) => string) =>
    (one: Finding): boolean => {
      const state = known.get(keyed(one, id));
      return state === 'unknown' || (state === undefined && blindRules.has(one.rule));
    };
  const [wasUnknown, isUnknown] = [unknownBy(then, blindThen, earlier), unknownBy(now, blindNow, same)];
  return {
    appeared: newly.filter((one) => !wasUnknown(one)),
    decided: newly.filter(wasUnknown),
    mended: failed.filter((one) => now.get(keyed(one, same)) !== 'fail' && !isUnknown(one)),
    undecided: failed.filter(isUnknown),
  };
}

const subjectOf = ({ resources }: Finding): string => resources[0]?.id ?? '';
const keyOf = (rule: string, subject: string): string => `${rule} ${subject}`;

/** Rules that were not able to look everywhere: what they do not name may be there and wrong. */
const blind = (findings: readonly Finding[]): ReadonlySet<string> =>
  new Set(
    findings.flatMap(({ rule, state, resources }) => (state === 'unknown' && resources.length === 0 ? [rule] : [])),
  );

const RANK: Readonly<Record<State, number>> = { fail: 3, unknown: 2, pass: 1, notApplicable: 0 };

function states(findings: readonly Finding[], id: (one: string) => string): ReadonlyMap<string, State> {
  const found = new Map<string, State>();
  for (const finding of findings) {
    // a failure is about its first resource; a pass and an unknown about each of them
    const subjects = finding.state === 'fail' ? finding.resources.slice(0, 1) : finding.resources;
    for (const one of subjects) {
      const key = keyOf(finding.rule, id(one.id));
      const known = found.get(key);
      if (known === undefined || RANK[finding.state] > RANK[known]) found.set(key, finding.state);
    }
  }
  return found;
}
