/** The one result object of an audit; text, JSON and SARIF are made from it and from nothing else. */
import type { CoverageEntry, CoverageStatus } from '../estate/coverage.ts';
import { all, type Estate } from '../estate/estate.ts';
import type { Notice } from '../estate/notice.ts';
import type { Finding, State } from '../rules/finding.ts';
import type { Ignored, IgnoreEntry } from '../rules/ignore.ts';
import { SEVERITIES, type Severity } from '../rules/rule.ts';
import type { EvidenceResult } from './evidence.ts';

export const SCHEMA_VERSION = 1;

export interface AuditResult {
  readonly schemaVersion: number;
  readonly command: string;
  readonly input: { readonly paths: readonly string[]; readonly collectedAt: string | null };
  readonly coverage: CoverageSummary;
  readonly findings: readonly Finding[];
  readonly ignores: { readonly expired: readonly IgnoreEntry[]; readonly unused: readonly IgnoreEntry[] };
  readonly summary: Summary;
  /** What the logs show; only where some were given. */
  readonly evidence?: EvidenceResult;
}

export interface CoverageSummary {
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly resources: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly flows: number;
  /** Number of operations by their worst answer. */
  readonly operations: Readonly<Record<CoverageStatus, number>>;
  /** Every request that was not answered. */
  readonly refused: readonly CoverageEntry[];
  readonly notices: readonly Notice[];
}

export interface Summary {
  readonly states: Readonly<Record<State, number>>;
  /** Of the failures that are not ignored. */
  readonly severities: Readonly<Record<Severity, number>>;
  readonly ignored: number;
  /** Problem numbers with at least one failure that is not ignored. */
  readonly problems: readonly number[];
}

export function auditResult(command: string, paths: readonly string[], estate: Estate, ignored: Ignored): AuditResult {
  const { findings, expired, unused } = ignored;
  return {
    schemaVersion: SCHEMA_VERSION,
    command,
    input: { paths, collectedAt: estate.collectedAt ?? null },
    coverage: coverageSummary(estate),
    findings,
    ignores: { expired, unused },
    summary: summary(findings),
  };
}

export const counts = (finding: Finding): boolean => finding.state === 'fail' && finding.ignored === undefined;

function summary(findings: readonly Finding[]): Summary {
  const states: Record<State, number> = { fail: 0, unknown: 0, pass: 0, notApplicable: 0 };
  const severities: Record<Severity, number> = { high: 0, medium: 0, low: 0, info: 0 };
  const problems = new Set<number>();
  for (const finding of findings) {
    states[finding.state] += 1;
    if (!counts(finding)) continue;
    severities[finding.severity] += 1;
    problems.add(finding.problem);
  }
  return {
    states,
    severities,
    ignored: findings.filter((finding) => finding.ignored !== undefined).length,
    problems: [...problems].sort((a, b) => a - b),
  };
}

export function coverageSummary(estate: Estate): CoverageSummary {
  const kinds: Record<string, number> = {};
  for (const { kind } of estate.resources) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const operations: Record<CoverageStatus, number> = { read: 0, denied: 0, throttled: 0, failed: 0, notAsked: 0 };
  const order: readonly CoverageStatus[] = ['denied', 'throttled', 'failed', 'read'];
  const worst = new Map<string, CoverageStatus>();
  for (const { operation, status } of estate.coverage.entries) {
    const known = worst.get(operation);
    if (known === undefined || order.indexOf(status) < order.indexOf(known)) worst.set(operation, status);
  }
  for (const status of worst.values()) operations[status] += 1;
  return {
    accounts: [...new Set(all(estate, 'account').map((account) => account.id as string))].sort(),
    regions: [...new Set(estate.resources.map((resource) => resource.region as string))]
      .filter((name) => name !== 'global')
      .sort(),
    resources: estate.resources.length,
    kinds,
    flows: estate.flows.length,
    operations,
    refused: estate.coverage.entries.filter((entry) => entry.status !== 'read'),
    notices: estate.notices,
  };
}

/** Whether a severity is at or above a threshold. */
export const atLeast = (severity: Severity, threshold: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
