/** Findings that the user accepts, with a reason and an end. They stay visible, and an entry that has ended is told. */
import type { Finding } from './finding.ts';

/** An entry of the user's file; its schema is in `ignore-file.ts`. */
export interface IgnoreEntry {
  readonly rule: string;
  /** Id, ARN or name; left out for every resource. */
  readonly resource?: string | undefined;
  readonly reason: string;
  /** The last day it holds, YYYY-MM-DD; for ever when left out. */
  readonly until?: string | undefined;
}

export interface Ignored {
  readonly findings: readonly Finding[];
  /** Entries whose last day is over: what they hid counts again. */
  readonly expired: readonly IgnoreEntry[];
  /** Entries that match nothing: mended, or misspelt. */
  readonly unused: readonly IgnoreEntry[];
}

/** `today` is an ISO date: the day of the inventory, so that the answer does not depend on when it is asked. */
export function applyIgnores(findings: readonly Finding[], entries: readonly IgnoreEntry[], today: string): Ignored {
  const day = today.slice(0, 10);
  const expired = entries.filter((entry) => entry.until !== undefined && entry.until < day);
  const valid = entries.filter((entry) => !expired.includes(entry));
  const used = new Set<IgnoreEntry>();
  const marked = findings.map((finding): Finding => {
    if (finding.state !== 'fail') return finding;
    const entry = valid.find((one) => matches(one, finding));
    if (!entry) return finding;
    used.add(entry);
    return { ...finding, ignored: { reason: entry.reason, until: entry.until } };
  });
  return { findings: marked, expired, unused: valid.filter((entry) => !used.has(entry)) };
}

function matches(entry: IgnoreEntry, finding: Finding): boolean {
  const subject = finding.resources[0];
  return (
    entry.rule === finding.rule &&
    (entry.resource === undefined || (subject !== undefined && [subject.id, subject.name].includes(entry.resource)))
  );
}
