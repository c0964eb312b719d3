/** What the evaluator answers with, as data. The command line and the rules turn it into words. */
import type { Source } from '../../estate/source.ts';
import type { Hop, Missing } from '../verdict.ts';
import type { PolicyType } from './attached.ts';
import type { Test } from './conditions/test.ts';
import type { Effect } from './policy/statement.ts';

/** A statement that decides. */
export interface DecidingStatement {
  readonly effect: Effect;
  /** ARN of a managed policy, name of an inline one, id of the resource for a resource policy. */
  readonly policy: string;
  readonly type: PolicyType;
  /** Id of the user, group, role or resource that has the policy. */
  readonly holder: string;
  readonly sid: string | null;
  /** Place in the document, from 0. */
  readonly index: number;
  /** Whether it covers every action but those it names. */
  readonly notAction: boolean;
  readonly source: Source | null;
}

/** Something not known that the answer turns on: `tests`, taken together, must hold (or must not). */
export interface Condition {
  readonly holds: boolean;
  readonly tests: readonly Test[];
  /** Policy and statement that ask for it. */
  readonly policy: string;
  readonly statement: number;
  /** For people: `aws:MultiFactorAuthPresent is true`. */
  readonly says: string;
}

/**
 * - `allowed`, `explicitDeny`, `notAllowed` (nothing allows it) are AWS's own three;
 * - `limited`: allowed, but a boundary, session or organization policy does not allow it;
 * - `notNamed`: the resource's own policy would have to name the caller and does not;
 * - `missing`: the input does not tell.
 */
export type Because = 'allowed' | 'explicitDeny' | 'notAllowed' | 'limited' | 'notNamed' | 'missing';

export interface AccessAnswer {
  readonly verdict: 'yes' | 'no' | 'unknown';
  /** A yes with conditions is "yes, if all of them". Empty for a no. */
  readonly conditions: readonly Condition[];
  /** The statements that make it so: those that allow, or those that deny. */
  readonly statements: readonly DecidingStatement[];
  /** The way from the caller to the deciding statements. */
  readonly chain: readonly Hop[];
  readonly because: Because;
  /** What would have to be read; never empty for unknown. */
  readonly missing: readonly Missing[];
  /** What was taken for granted. */
  readonly assumptions: readonly string[];
}
