/** What `audit` and `run` share: inputs -> one audit result, and the exit code it means. */
import type { Estate } from '../estate/estate.ts';
import type { Seen } from '../inventory/evidence/index.ts';
import { readText } from '../inventory/text.ts';
import { UserError } from '../inventory/user-error.ts';
import { readYaml } from '../inventory/yaml.ts';
import { evidenceResult } from '../report/evidence.ts';
import { type AuditResult, atLeast, auditResult, counts } from '../report/result.ts';
import { rules } from '../rules/catalog/index.ts';
import { applyIgnores, type IgnoreEntry } from '../rules/ignore.ts';
import type { Rule, Severity } from '../rules/rule.ts';
import { audit } from '../rules/run.ts';
import type { ExitCode, Terminal } from './command.ts';
import { readEstate, seenIn } from './inputs.ts';

export interface AuditRequest {
  readonly command: string;
  readonly paths: readonly string[];
  /** Ids of the rules to run; all when empty. */
  readonly rules: readonly string[];
  readonly ignoreFile: string | undefined;
  /** The options of `inputs.ts`. */
  readonly options: Readonly<Record<string, unknown>>;
}

export async function auditInputs(request: AuditRequest, terminal: Terminal): Promise<AuditResult> {
  // What is wrong with the request is said before anything long is read.
  chooseRules(request.rules);
  if (request.ignoreFile !== undefined) await readIgnores(request.ignoreFile);
  const estate = await readEstate(request.paths, request.options, terminal);
  const seen = await seenIn(estate, request.options);
  return auditEstate(seen?.estate ?? estate, request, terminal, seen);
}

export async function auditEstate(
  estate: Estate,
  request: AuditRequest,
  terminal: Terminal,
  seen?: Seen,
): Promise<AuditResult> {
  const entries = request.ignoreFile === undefined ? [] : await readIgnores(request.ignoreFile);
  const findings = audit(estate, chooseRules(request.rules));
  const ignored = applyIgnores(findings, entries, estate.collectedAt ?? terminal.today());
  const result = auditResult(request.command, request.paths, estate, ignored);
  return seen ? { ...result, evidence: evidenceResult(seen) } : result;
}

export function chooseRules(ids: readonly string[]): readonly Rule[] {
  if (ids.length === 0) return rules;
  for (const id of ids)
    if (!rules.some((rule) => rule.id === id))
      throw new UserError(`there is no rule "${id}"`, {
        expected: `one of: ${rules.map((rule) => rule.id).join(', ')}`,
      });
  return rules.filter((rule) => ids.includes(rule.id));
}

async function readIgnores(file: string): Promise<readonly IgnoreEntry[]> {
  const { IgnoreFile } = await import('../rules/ignore-file.ts');
  const { value } = readYaml(textOf(file), file, { expected: 'ignore: a list of {rule, resource?, reason, until?}' });
  const parsed = IgnoreFile.safeParse(value);
  if (parsed.success) return parsed.data.ignore;
  const issue = parsed.error.issues[0];
  throw new UserError(issue?.message ?? 'not an ignore file', {
    file,
    path: `/${(issue?.path ?? []).join('/')}`,
    expected: 'ignore: a list of {rule, resource?, reason, until?}',
    fix: 'every entry needs a rule and a reason; until is a date such as 2027-01-31',
  });
}

function textOf(file: string): string {
  try {
    return readText(file);
  } catch (error) {
    throw new UserError(
      `the ignore file cannot be read (${error instanceof Error ? error.message.split('\n')[0] : error})`,
      { file },
    );
  }
}

/** 1: failures at or above the threshold; 3: none, but something that grave could not be decided; else 0. */
export function exitCode(result: AuditResult, failOn: Severity | 'none'): ExitCode {
  if (failOn === 'none') return 0;
  if (result.findings.some((finding) => counts(finding) && atLeast(finding.severity, failOn))) return 1;
  if (result.findings.some((finding) => finding.state === 'unknown' && atLeast(finding.severity, failOn))) return 3;
  return 0;
}
