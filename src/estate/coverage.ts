/**
 * What the input could see. A verdict that needs an answer which is not here is unknown, never "ok".
 */

/**
 * - `read`: AWS answered (also "there is none", which some operations tell by an error);
 * - `denied`, `throttled`, `failed`: it was asked and refused or broke;
 * - `notAsked`: the input has no such answer at all.
 */
export type CoverageStatus = 'read' | 'denied' | 'throttled' | 'failed' | 'notAsked';

/** One request of the inventory. */
export interface CoverageEntry {
  /** `service:Operation`. */
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  /** What it was asked for, where the operation is per resource (`Bucket=shop-media`); empty for a listing. */
  readonly target: string;
  readonly status: CoverageStatus;
  /** AWS's error name and the start of its message, for what was not read. */
  readonly error?: string;
  readonly file: string;
  /** JSON pointer to the answer in the file, so that "there is none" can point at the empty list. */
  readonly path?: string;
}

export interface Coverage {
  readonly entries: readonly CoverageEntry[];
}

/** Where an operation is asked for: left out means anywhere. */
export interface Scope {
  readonly account?: string;
  readonly region?: string;
  readonly target?: string;
}

const byOperation = new WeakMap<Coverage, Map<string, CoverageEntry[]>>();
const byTarget = new WeakMap<Coverage, Map<string, CoverageEntry[]>>();
const statuses = new WeakMap<Coverage, Map<string, CoverageStatus>>();

export const entriesOf = (coverage: Coverage, operation: string): readonly CoverageEntry[] =>
  indexed(byOperation, coverage, (entry) => entry.operation).get(operation) ?? [];

/** The requests of an operation for one target: there may be as many targets as resources. */
const entriesFor = (coverage: Coverage, operation: string, target: string): readonly CoverageEntry[] =>
  indexed(byTarget, coverage, (entry) => `${entry.operation} ${entry.target}`).get(`${operation} ${target}`) ?? [];

function indexed(
  indexes: WeakMap<Coverage, Map<string, CoverageEntry[]>>,
  coverage: Coverage,
  keyOf: (entry: CoverageEntry) => string,
): ReadonlyMap<string, readonly CoverageEntry[]> {
  const known = indexes.get(coverage);
  if (known) return known;
  const index = new Map<string, CoverageEntry[]>();
  for (const entry of coverage.entries) {
    const key = keyOf(entry);
    const list = index.get(key);
    if (list) list.push(entry);
    else index.set(key, [entry]);
  }
  indexes.set(coverage, index);
  return index;
}

/** Services that answer for the whole account wherever they are asked. */
export const REGIONLESS: ReadonlySet<string> = new Set([
  'account',
  'budgets',
  'ce',
  'cloudfront',
  'iam',
  'organizations',
  'route53',
  's3',
  's3control',
  'sts',
]);

export const isRegionless = (operation: string): boolean => REGIONLESS.has(operation.slice(0, operation.indexOf(':')));

function inScope(entry: CoverageEntry, scope: Scope): boolean {
  if (scope.account !== undefined && entry.account !== scope.account) return false;
  if (scope.target !== undefined && entry.target !== scope.target) return false;
  if (scope.region === undefined || scope.region === entry.region) return true;
  if (scope.region === 'global' || entry.region === 'global') return true;
  return isRegionless(entry.operation);
}

/** Worst first: one refused page makes the whole listing incomplete. */
const WORST: readonly CoverageStatus[] = ['denied', 'throttled', 'failed', 'read'];
const BEST: readonly CoverageStatus[] = ['read', 'throttled', 'failed', 'denied'];

/**
 * How well an operation was answered within a scope, or `notAsked`. Of a listing the worst page counts. An operation
 * that is asked once a resource is `read` when any of its requests was: what one resource lacks is undefined there.
 */
export function statusOf(coverage: Coverage, operation: string, scope: Scope = {}): CoverageStatus {
  const known = statuses.get(coverage) ?? new Map<string, CoverageStatus>();
  statuses.set(coverage, known);
  const key = JSON.stringify([operation, scope.account, scope.region, scope.target]);
  const status = known.get(key) ?? worked(coverage, operation, scope);
  known.set(key, status);
  return status;
}

function worked(coverage: Coverage, operation: string, scope: Scope): CoverageStatus {
  const { target } = scope;
  const entries = target === undefined ? entriesOf(coverage, operation) : entriesFor(coverage, operation, target);
  const listings = new Set<CoverageStatus>();
  const single = new Set<CoverageStatus>();
  for (const entry of entries) if (inScope(entry, scope)) (entry.target === '' ? listings : single).add(entry.status);
  if (listings.size > 0) return WORST.find((status) => listings.has(status)) ?? 'notAsked';
  return BEST.find((status) => single.has(status)) ?? 'notAsked';
}

/** The name of the error of an answer that is only what a file declares (a template, a state): the account may hold more. */
export const NOT_WHOLE = 'NotWhole';

/** Whether an entry says that, and not that somebody was refused: the user needs other words for it. */
export const isDeclaredInPart = ({ error }: Pick<CoverageEntry, 'error'>): boolean =>
  error?.startsWith(NOT_WHOLE) === true;

/** Whether what was read of an operation is only what a file declares. */
export const declaredInPart = (coverage: Coverage, operation: string): boolean =>
  entriesOf(coverage, operation).some(isDeclaredInPart);

/** Of the operations given, those that were not (fully) answered in the scope. */
export function missing(coverage: Coverage, operations: readonly string[], scope: Scope = {}): readonly string[] {
  return operations.filter((operation) => statusOf(coverage, operation, scope) !== 'read');
}
