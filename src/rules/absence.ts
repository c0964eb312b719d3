/** Proofs that something is not there: the answers that would have listed it. */
import type { Hop } from '../analyse/verdict.ts';
import { entriesOf, type Scope } from '../estate/coverage.ts';
import type { Estate } from '../estate/estate.ts';
import type { Resource } from '../estate/resource.ts';

/**
 * One hop for each answer of an operation in the scope. Only call it where the operation was read: an answer that
 * is missing proves nothing. `detail` says what no answer lists.
 */
export function absence(
  estate: Estate,
  about: Resource,
  operation: string,
  scope: Scope,
  detail: string,
): readonly Hop[] {
  return entriesOf(estate.coverage, operation)
    .filter(
      (entry) =>
        entry.status === 'read' &&
        entry.account === (scope.account ?? entry.account) &&
        (scope.region === undefined || entry.region === scope.region || entry.region === 'global') &&
        (entry.target === '' || scope.target === undefined || entry.target === scope.target),
    )
    .map((entry) => ({
      resource: about.id,
      by: operation,
      code: 'absence',
      detail: `${operation} in ${entry.region}: ${detail}`,
      provenance: { operation, file: entry.file, path: entry.path ?? '' },
    }));
}
