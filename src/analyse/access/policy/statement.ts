/** A policy document as typed data. What was wrong with its text stands beside what could be read. */
import type { Pattern } from './pattern.ts';

export type Effect = 'Allow' | 'Deny';

/** `not` for NotAction, NotResource, NotPrincipal. */
export interface Selection<T> {
  readonly not: boolean;
  readonly items: readonly T[];
}

export type PrincipalType = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';

export interface PrincipalEntry {
  readonly type: PrincipalType;
  readonly value: string;
}

/** One operator applied to one key: `Bool / aws:MultiFactorAuthPresent / ["true"]`. */
export interface ConditionEntry {
  /** As written, with its qualifier and `IfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  /** Place in the document, from 0. */
  readonly index: number;
  readonly sid: string | null;
  readonly effect: Effect;
  readonly actions: Selection<Pattern>;
  /** Null where the statement names none (a trust policy): it then is about the resource that holds the policy. */
  readonly resources: Selection<Pattern> | null;
  readonly principals: Selection<PrincipalEntry> | null;
  readonly conditions: readonly ConditionEntry[];
}

export type PolicyProblemCode =
  | 'invalidJson'
  | 'notAnObject'
  | 'noStatement'
  | 'unknownKey'
  | 'missingEffect'
  | 'badEffect'
  | 'missingAction'
  | 'actionAndNotAction'
  | 'missingResource'
  | 'resourceAndNotResource'
  | 'missingPrincipal'
  | 'principalAndNotPrincipal'
  | 'principalNotAllowed'
  | 'wrongType'
  | 'badVersion'
  | 'badAction'
  | 'badResource'
  | 'unknownOperator'
  | 'duplicateSid';

export interface PolicyProblem {
  readonly code: PolicyProblemCode;
  /**
   * `broken`: AWS would refuse such a text, so what it does is not known and verdicts that need it are unknown.
   * `odd`: AWS takes it, but it probably does not do what its writer meant.
   */
  readonly severity: 'broken' | 'odd';
  /** Null when it is about the document as a whole. */
  readonly statement: number | null;
  readonly message: string;
}

export interface PolicyDocument {
  readonly version: '2012-10-17' | '2008-10-17';
  readonly statements: readonly Statement[];
  readonly problems: readonly PolicyProblem[];
  /** Whether some part of it could not be understood. */
  readonly broken: boolean;
}
