/**
 * An audit as SARIF 2.1.0. Code hosts refuse a whole file when one result has no place in a file, so every result is
 * anchored to the line of the input it was read from.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
import { createHash } from 'node:crypto';
import type { Finding } from '../rules/finding.ts';
import type { Rule, Severity } from '../rules/rule.ts';
import { linesOf } from './json-lines.ts';
import type { AuditResult } from './result.ts';

const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};
/** What code hosts sort by: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const SCORE: Readonly<Record<Severity, string>> = { high: '8.0', medium: '5.0', low: '3.0', info: '1.0' };

const same = (english: string): string => english;

export interface SarifContext {
  readonly version: string;
  readonly rules: readonly Rule[];
  /** Text of an input file, for line numbers; undefined when it cannot be read. */
  readonly textOf: (file: string) => string | undefined;
  /** The path to print for a file (relative to the repository, with forward slashes). */
  readonly uriOf: (file: string) => string;
  /** A sentence in the user's language; English when left out. */
  readonly say?: (english: string) => string;
}

export function auditSarif(result: AuditResult, context: SarifContext): object {
  const failed = result.findings.filter((finding) => finding.state === 'fail');
  const lineOf = liner(failed, context);
  const used = context.rules.filter((rule) => failed.some((finding) => finding.rule === rule.id));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'underpin', version: context.version, rules: used.map((rule) => describe(rule, context)) },
        },
        columnKind: 'utf16CodeUnits',
        results: failed.map((finding) => resultOf(finding, result, lineOf, context, used)),
      },
    ],
  };
}

const describe = (rule: Rule, { say = same }: SarifContext): object => ({
  id: rule.id,
  shortDescription: { text: say(rule.title) },
  fullDescription: { text: say(rule.why) },
  help: { text: `${say(rule.fix)}\n${rule.sources.join('\n')}` },
  properties: { 'security-severity': SCORE[rule.severity], tags: ['aws', `problem-${rule.problem}`] },
});

/** What is declared in a program, a template or a configuration has its line after the file. */
function placeIn(file: string): { readonly file: string; readonly line: number | undefined } {
  const [, name, line] = /^(.+):(\d+)$/.exec(file) ?? [];
  return name === undefined ? { file, line: undefined } : { file: name, line: Number(line) };
}

function resultOf(
  finding: Finding,
  result: AuditResult,
  lineOf: (file: string, path: string) => number,
  context: SarifContext,
  used: readonly Rule[],
): object {
  const place = finding.proof.find((hop) => hop.provenance)?.provenance;
  const { file, line } = placeIn(place?.file ?? result.input.paths[0] ?? 'inventory.json');
  const subject = finding.resources[0];
  const { say = same } = context;
  return {
    ruleId: finding.rule,
    ruleIndex: used.findIndex((rule) => rule.id === finding.rule),
    level: LEVEL[finding.severity],
    message: { text: [say(finding.claim), ...finding.proof.map((hop) => `- ${say(hop.detail)}`)].join('\n') },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: context.uriOf(file) },
          region: { startLine: line ?? (place ? lineOf(place.file, place.path) : 1) },
        },
        logicalLocations: finding.resources.map(({ id, name, kind }) => ({
          fullyQualifiedName: id,
          name,
          kind: `resource/${kind}`,
        })),
      },
    ],
    // Stable over runs as long as rule and resource are the same, wherever the line moves.
    partialFingerprints: {
      'underpin/v1': createHash('sha256')
        .update(`${finding.rule}\n${subject?.id ?? ''}`)
        .digest('hex'),
    },
    ...(finding.ignored ? { suppressions: [{ kind: 'external', justification: finding.ignored.reason }] } : {}),
  };
}

function liner(findings: readonly Finding[], context: SarifContext): (file: string, path: string) => number {
  const wanted = new Map<string, Set<string>>();
  for (const { proof } of findings)
    for (const { provenance } of proof)
      if (provenance) wanted.set(provenance.file, (wanted.get(provenance.file) ?? new Set()).add(provenance.path));
  const lines = new Map<string, ReadonlyMap<string, number>>();
  for (const [file, paths] of wanted) {
    const text = context.textOf(file);
    if (text !== undefined) lines.set(file, linesOf(text, paths));
  }
  return (file, path) => lines.get(file)?.get(path) ?? 1;
}
