/** The result of `underpin diff`: two inputs beside each other, what differs and what that means. */
import { costs } from '../analyse/cost/costs.ts';
import { pricesWith } from '../analyse/cost/prices/index.ts';
import { type Difference, differenceOf } from '../analyse/difference/difference.ts';
import { matched } from '../analyse/difference/match.ts';
import type { Missing } from '../analyse/verdict.ts';
import type { Estate } from '../estate/estate.ts';
import { compareFindings } from '../rules/compare.ts';
import type { Finding } from '../rules/finding.ts';
import { notRead } from './not-read.ts';
import { SCHEMA_VERSION } from './result.ts';

/** A finding in short: the whole proof is `audit`'s. */
export type FindingLine = Pick<Finding, 'rule' | 'severity' | 'resources' | 'claim'>;

export interface DifferenceResult extends Difference {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'diff';
  readonly before: string;
  readonly after: string;
  readonly findings: {
    readonly appeared: readonly FindingLine[];
    /** The earlier input did not tell. */
    readonly decided: readonly FindingLine[];
    readonly mended: readonly FindingLine[];
    readonly undecided: readonly FindingLine[];
  };
  /** Fixed costs in USD a month, as far as they are known, and how many charges are not. */
  readonly cost: { readonly before: FixedCost; readonly after: FixedCost };
  /** What the answer about the internet rests on, and the later input does not have. */
  readonly notRead: readonly Missing[];
}

export interface FixedCost {
  readonly known: number;
  readonly unknown: number;
}

export interface Side {
  /** As the user named it. */
  readonly path: string;
  readonly estate: Estate;
  readonly findings: readonly Finding[];
}

export function differenceResult(before: Side, after: Side): DifferenceResult {
  const { earlier } = matched(before.estate, after.estate);
  const { appeared, decided, mended, undecided } = compareFindings(before.findings, after.findings, earlier);
  return {
    schemaVersion: SCHEMA_VERSION,
    command: 'diff',
    before: before.path,
    after: after.path,
    ...differenceOf(before.estate, after.estate),
    findings: {
      appeared: appeared.map(line),
      decided: decided.map(line),
      mended: mended.map(line),
      undecided: undecided.map(line),
    },
    cost: { before: fixedCost(before.estate), after: fixedCost(after.estate) },
    notRead: notRead(after.estate, 'exposure'),
  };
}

const line = ({ rule, severity, resources, claim }: Finding): FindingLine => ({ rule, severity, resources, claim });

function fixedCost(estate: Estate): FixedCost {
  const { total } = costs(estate, pricesWith([]));
  return { known: Math.round(total.fixed * 100) / 100, unknown: total.unknown.fixed };
}

/** Whether anything differs that a person, and not AWS or the load, has changed. */
export const differs = ({ come, gone, changed, opened, closed }: DifferenceResult): boolean =>
  come.length + gone.length + opened.length + closed.length > 0 ||
  changed.some(({ fields }) => fields.some(({ byAws }) => !byAws));

/** Whether something may differ that could not be compared. */
export const isUnsure = ({ notCompared, ambiguous, undecided, notRead: unread }: DifferenceResult): boolean =>
  notCompared.length + ambiguous.length + undecided.length + unread.length > 0;
