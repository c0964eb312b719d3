/** What an audit says: one result object from which every output is made. */
import type { Hop, Missing } from '../analyse/verdict.ts';
import type { Resource } from '../estate/resource.ts';
import type { Problem, Severity } from './rule.ts';

export type State = 'fail' | 'unknown' | 'pass' | 'notApplicable';

export interface ResourceRef {
  /** The AWS id or ARN. */
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly account: string;
  readonly region: string;
}

export interface Finding {
  /** The rule's id. */
  readonly rule: string;
  readonly problem: Problem;
  readonly state: State;
  readonly severity: Severity;
  /** The subject first, then what else is concerned. For `pass` and `unknown` every subject of which it holds. */
  readonly resources: readonly ResourceRef[];
  readonly claim: string;
  /** Never empty for `fail`. */
  readonly proof: readonly Hop[];
  /** Never empty for `unknown`. */
  readonly missing: readonly Missing[];
  /** Ids of the moves that fix it. */
  readonly fixedBy: readonly string[];
  /** Set when the user's ignore file accepts it: the finding stays visible and counts nowhere. */
  readonly ignored?: { readonly reason: string; readonly until: string | undefined };
}

export const refTo = (resource: Resource): ResourceRef => ({
  id: resource.id,
  name: resource.name,
  kind: resource.kind,
  account: resource.account,
  region: resource.region,
});
