/** What the prover answers for one step and one condition: proven, violated by a counterexample, or not known. */
import type { Hop, Missing } from '../../analyse/verdict.ts';

/** In the order of the design: nobody cut off, nothing new exposed, zone loss no worse, no data at risk, nobody locked out, any order safe. */
export const CONDITIONS = ['flows', 'exposure', 'resilience', 'data', 'access', 'order'] as const;
export type Condition = (typeof CONDITIONS)[number];

/** One reason why a condition does not hold, or is not known to. */
export interface Counterexample {
  /** What it is about: the id of a flow, a resource, a principal. */
  readonly subject: string;
  /** One sentence for people. */
  readonly because: string;
  /** The way that is lost, or the new one. */
  readonly hops: readonly Hop[];
  /** For what is not known: what would tell. */
  readonly missing: readonly Missing[];
}

export interface Proof {
  readonly condition: Condition;
  readonly verdict: 'proven' | 'violated' | 'unknown';
  /** What was shown, with its numbers. */
  readonly claim: string;
  readonly violations: readonly Counterexample[];
  readonly unknowns: readonly Counterexample[];
  /** For `--explain`: each thing that was looked at and why it holds. */
  readonly evidence: readonly string[];
}

export interface Findings {
  readonly violations: Counterexample[];
  readonly unknowns: Counterexample[];
  readonly evidence: string[];
}

export const noFindings = (): Findings => ({ violations: [], unknowns: [], evidence: [] });

export function proofOf(condition: Condition, claim: string, { violations, unknowns, evidence }: Findings): Proof {
  const verdict = violations.length > 0 ? 'violated' : unknowns.length > 0 ? 'unknown' : 'proven';
  const order = (a: Counterexample, b: Counterexample): number =>
    a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0;
  return {
    condition,
    verdict,
    claim,
    violations: [...violations].sort(order),
    unknowns: [...unknowns].sort(order),
    evidence,
  };
}

export const counterexample = (
  subject: string,
  because: string,
  hops: readonly Hop[] = [],
  missing: readonly Missing[] = [],
): Counterexample => ({ subject, because, hops, missing });
