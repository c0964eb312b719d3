/** How several policies together allow or deny: a small algebra over yes, yes if, perhaps (a text is missing) and no. */
import type { Missing } from '../verdict.ts';
import type { AttachedPolicy } from './attached.ts';
import type { Test } from './conditions/test.ts';
import type { Statement } from './policy/statement.ts';

/** A statement that meets the request, for certain when there are no tests. */
export interface Meeting {
  readonly policy: AttachedPolicy;
  readonly statement: Statement;
  readonly tests: readonly Test[];
}

/** Deny statements that meet a request, and texts that may hold more of them. */
export interface Denies {
  readonly meetings: readonly Meeting[];
  readonly missing: readonly Missing[];
}

export type Level = 'no' | 'perhaps' | 'if' | 'yes';
const ORDER: readonly Level[] = ['no', 'perhaps', 'if', 'yes'];
const rank = (level: Level): number => ORDER.indexOf(level);

export interface Grant {
  readonly level: Level;
  /** The statements it rests on; with `if`, each with its tests. */
  readonly meetings: readonly Meeting[];
  readonly missing: readonly Missing[];
}

export const NO: Grant = { level: 'no', meetings: [], missing: [] };
export const YES: Grant = { level: 'yes', meetings: [], missing: [] };

const tests = (grant: Grant): number => grant.meetings.reduce((sum, meeting) => sum + meeting.tests.length, 0);

/** The best of them: the most certain, and of those the one with the fewest conditions. */
export function anyOf(grants: readonly Grant[]): Grant {
  let best = NO;
  for (const grant of grants) {
    const more = rank(grant.level) - rank(best.level);
    if (more > 0 || (more === 0 && grant.level === 'if' && tests(grant) < tests(best))) best = grant;
  }
  return best.level === 'perhaps' ? { ...best, missing: grants.flatMap((grant) => grant.missing) } : best;
}

/** All of them are needed: as certain as the weakest, on everything they rest on. */
export function allOf(grants: readonly Grant[]): Grant {
  let level: Level = 'yes';
  for (const grant of grants) if (rank(grant.level) < rank(level)) level = grant.level;
  if (level === 'no') return NO;
  return {
    level,
    meetings: grants.flatMap((grant) => grant.meetings),
    missing: grants.flatMap((grant) => grant.missing),
  };
}

/** What Allow statements, and texts that are not known, give together. */
export function grantOf(meetings: readonly Meeting[], missing: readonly Missing[]): Grant {
  const options = meetings.map(
    (meeting): Grant => ({ level: meeting.tests.length === 0 ? 'yes' : 'if', meetings: [meeting], missing: [] }),
  );
  if (missing.length > 0) options.push({ level: 'perhaps', meetings: [], missing });
  return anyOf(options);
}
