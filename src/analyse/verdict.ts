/**
 * What every analysis answers with: yes, no or unknown, always with what makes it so.
 */
import type { Source } from '../estate/source.ts';

/** One link of a proof: a resource, and the very rule, route, entry or statement of it that decides. */
export interface Hop {
  /** Id of the resource. */
  readonly resource: string;
  /** What decides there: a rule id, a route's destination, an entry's number, a statement's Sid; empty when the resource itself does. */
  readonly by: string;
  /** Stable code (`security-group-ingress`, `route`, `listener` …), documented in docs/codes.md. */
  readonly code: string;
  /** One sentence for people. */
  readonly detail: string;
  /** Where it stands in the input. */
  readonly provenance?: Source;
}

/** Why something is not so. All of them are given, not the first. Same shape as a hop. */
export type Blocker = Hop;

/** What an answer would need: an operation that was not (fully) read, or a field that the answer lacks. */
export interface Missing {
  /** `service:Operation`. */
  readonly operation: string;
  readonly reason: string;
  /** The resource it is about, when it is about one. */
  readonly resource?: string;
}

export type Verdict =
  | { readonly answer: 'yes'; readonly proof: readonly Hop[]; readonly assumptions: readonly string[] }
  | { readonly answer: 'no'; readonly blockers: readonly Blocker[]; readonly assumptions: readonly string[] }
  | { readonly answer: 'unknown'; readonly missing: readonly Missing[]; readonly assumptions: readonly string[] };

export const proofOf = (verdict: Verdict): readonly Hop[] => (verdict.answer === 'yes' ? verdict.proof : []);
export const missingOf = (verdict: Verdict): readonly Missing[] =>
  verdict.answer === 'unknown' ? verdict.missing : [];
