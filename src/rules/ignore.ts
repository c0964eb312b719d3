/** Findings that the user accepts, with a reason and an end. They stay visible, and an entry that has ended is told. */
import { z } from 'zod';
import type { Finding } from './finding.ts';

const Entry = z.strictObject({
  rule: z.string().describe("The rule's id"),
  resource: z.string().optional().describe('Id, ARN or name; left out for every resource'),
  reason: z.string().min(1).describe('Why it is accepted'),
  until: z.iso.date().optional().describe('The last day it holds, YYYY-MM-DD; for ever when left out'),
});

export const IgnoreFile = z.strictObject({ ignore: z.array(Entry) });
export type IgnoreEntry = z.infer<typeof Entry>;

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
