/** An audit as text: the verdict first, then each problem with its findings, what could not be decided, what was not seen. */
import type { Hop } from '../../analyse/verdict.ts';
import { isDeclaredInPart } from '../../estate/coverage.ts';
import type { Finding } from '../../rules/finding.ts';
import { PROBLEMS } from '../../rules/problems.ts';
import type { Severity } from '../../rules/rule.ts';
import { type AuditResult, counts } from '../result.ts';
import { evidenceLines } from './evidence.ts';
import {
  ascii,
  columns,
  few,
  hanging,
  harmless,
  heading,
  naming,
  type Page,
  padEnd,
  paint,
  plural,
  said,
  short,
} from './layout.ts';

export interface AuditTextOptions {
  /** Every finding with its proof, instead of the first of each rule. */
  readonly details: boolean;
}

const LABEL: Readonly<Record<Severity, string>> = { high: 'HIGH', medium: 'MEDIUM', low: 'LOW', info: 'INFO' };
const LABEL_WIDTH = 6;
const COLOUR = { high: 'red', medium: 'yellow', low: 'cyan', info: 'dim' } as const;
const INDENT = '         ';

export function auditText(result: AuditResult, page: Page, options: AuditTextOptions): string {
  naming(page, result);
  const lines = [...head(result, page), ''];
  for (const [number, problem] of Object.entries(PROBLEMS)) {
    const found = result.findings.filter((finding) => counts(finding) && finding.problem === Number(number));
    if (found.length === 0) continue;
    lines.push(paint(page, 'bold', `${number}. ${said(page, problem.today)}`));
    for (const group of byRule(found)) lines.push(...groupLines(group, page, options));
    lines.push('');
  }
  lines.push(...undecided(result, page, options), ...ignored(result, page), ...unseen(result, page, options));
  if (result.evidence) lines.push(...evidenceLines(result.evidence, page), '');
  lines.push(...foot(result, page));
  const text = `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
  return page.unicode ? text : ascii(text);
}

function head(result: AuditResult, page: Page): readonly string[] {
  const { coverage, summary } = result;
  const { high, medium, low, info } = summary.severities;
  const total = high + medium + low + info;
  const place = [
    `account ${few(coverage.accounts)}`,
    few(coverage.regions),
    plural(coverage.resources, 'resource'),
    plural(coverage.flows, 'flow'),
  ].filter((part) => part.trim() !== 'account' && part !== '');
  const found = plural(total, 'proven finding');
  const here = plural(summary.problems.length, 'of the 10 problems is here', 'of the 10 problems are here');
  const headline =
    total === 0
      ? coverage.resources === 0
        ? 'Nothing to judge: the input holds no resource.'
        : summary.states.unknown > 0
          ? `No problem was proven, but ${plural(summary.states.unknown, 'question')} could not be decided from this input.`
          : 'No problem found.'
      : info > 0
        ? `${found}: ${high} high, ${medium} medium, ${low} low, ${info} info; ${here}.`
        : `${found}: ${high} high, ${medium} medium, ${low} low; ${here}.`;
  return [
    ...hanging(page, '', place.map((part) => said(page, harmless(part))).join(' · ')),
    ...hanging(page, '', headline).map((line) => paint(page, 'bold', line)),
  ];
}

function byRule(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.severity}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

function groupLines(group: readonly Finding[], page: Page, options: AuditTextOptions): readonly string[] {
  const shown = options.details ? group : group.slice(0, 1);
  const lines = shown.flatMap((finding) => findingLines(finding, page, options));
  const rest = group.slice(shown.length);
  if (rest.length > 0) {
    const shared = sharedNames(group);
    const names = rest.map((finding) => nameIn(finding, shared));
    lines.push(...hanging(page, `${INDENT}also: `, few(names, 5), INDENT.length + 6));
  }
  return lines;
}

/** Of a long proof the links that surprise come first: an address, an open group, and what stands in the input at all. */
const TELLING = ['public-address', 'group-ingress'];
const dullness = (hop: Hop): number => (TELLING.includes(hop.code) ? 0 : hop.provenance ? 1 : 2);

/** The names that more than one subject of the group has. */
function sharedNames(group: readonly Finding[]): ReadonlySet<string> {
  const ids = new Map<string, string>();
  const shared = new Set<string>();
  for (const { resources } of group) {
    const [subject] = resources;
    if (!subject) continue;
    const first = ids.get(subject.name);
    if (first === undefined) ids.set(subject.name, subject.id);
    else if (first !== subject.id) shared.add(subject.name);
  }
  return shared;
}

/** The subject's name, with its id where others of the group have the same name. */
function nameIn(finding: Finding, shared: ReadonlySet<string>): string {
  const [subject] = finding.resources;
  if (!subject) return '';
  return shared.has(subject.name)
    ? `${short(subject.name, 30)} (${short(subject.id.split(':').at(-1) ?? '', 36)})`
    : short(subject.name, 40);
}

function findingLines(finding: Finding, page: Page, options: AuditTextOptions): readonly string[] {
  const label = padEnd(said(page, LABEL[finding.severity]), LABEL_WIDTH);
  const lines = hanging(page, ' '.repeat(columns(label) + 3), finding.claim, INDENT.length).map((line, n) =>
    n === 0 ? `  ${paint(page, COLOUR[finding.severity], label)} ${line.trimStart()}` : line,
  );
  // The whole report is read from top to bottom: only the gravest show their reasons unasked.
  const most = options.details ? finding.proof.length : finding.severity === 'high' ? 3 : 0;
  const telling = options.details ? finding.proof : [...finding.proof].sort((a, b) => dullness(a) - dullness(b));
  const proof = telling.slice(0, most).flatMap((hop, n) => {
    const mark = n === 0 ? 'proof: ' : '       ';
    const where = options.details && hop.provenance ? ` [${hop.provenance.operation} ${hop.provenance.path}]` : '';
    return hanging(page, `${INDENT}${mark}`, `${hop.detail}${where}`, INDENT.length + 7);
  });
  const more = finding.proof.length - most;
  if (more > 0 && most > 0) proof.push(`${INDENT}       ${said(page, `and ${plural(more, 'more link')} (--details)`)}`);
  const rule = hanging(page, `${INDENT}rule:  `, finding.rule, INDENT.length + 7);
  return [...lines, ...[...proof, ...rule].map((line) => paint(page, 'dim', line))];
}

function undecided(result: AuditResult, page: Page, options: AuditTextOptions): readonly string[] {
  const unknown = result.findings.filter((finding) => finding.state === 'unknown');
  if (unknown.length === 0) return [];
  const needs = new Map<string, Set<string>>();
  for (const finding of unknown)
    for (const { operation, reason } of finding.missing) {
      const key = `${operation}: ${reason}`;
      needs.set(key, (needs.get(key) ?? new Set()).add(finding.rule));
    }
  const rows = [...needs].sort((a, b) => b[1].size - a[1].size || (a[0] < b[0] ? -1 : 1));
  const shown = options.details ? rows : rows.slice(0, 6);
  const lines = [heading(page, `Not decided: ${plural(unknown.length, 'question')}, for want of`)];
  for (const [need, rules] of shown) lines.push(...hanging(page, '  ', `${need} (${few([...rules].sort())})`, 4));
  if (rows.length > shown.length) lines.push(said(page, `  and ${rows.length - shown.length} more (--details)`));
  return [...lines, ''];
}

function ignored(result: AuditResult, page: Page): readonly string[] {
  const lines: string[] = [];
  const { expired, unused } = result.ignores;
  for (const entry of expired)
    lines.push(
      ...hanging(page, '  ', `expired on ${entry.until}: ${entry.rule} ${entry.resource ?? ''} (${entry.reason})`, 4),
    );
  for (const entry of unused)
    lines.push(...hanging(page, '  ', `matches nothing: ${entry.rule} ${entry.resource ?? ''}`, 4));
  const hidden = result.findings.filter((finding) => finding.ignored !== undefined);
  for (const finding of hidden)
    lines.push(
      ...hanging(
        page,
        '  ',
        `accepted${finding.ignored?.until ? ` until ${finding.ignored.until}` : ''}: ${finding.claim} (${finding.ignored?.reason})`,
        4,
      ),
    );
  return lines.length === 0 ? [] : [heading(page, 'Ignore file'), ...lines, ''];
}

function unseen(result: AuditResult, page: Page, options: AuditTextOptions): readonly string[] {
  const { refused, notices } = result.coverage;
  const lines: string[] = [];
  const inPart = refused.filter(isDeclaredInPart);
  const others = refused.filter((entry) => !inPart.includes(entry));
  const operations = [...new Set(others.map((entry) => `${entry.operation} (${entry.status})`))].sort();
  const declared = [...new Set(inPart.map((entry) => entry.operation))].sort();
  if (declared.length > 0)
    lines.push(
      ...hanging(
        page,
        '  ',
        `more than the input declares, which the account may hold: ${options.details ? declared.join(', ') : few(declared, 6)}`,
        4,
      ),
    );
  if (operations.length > 0)
    lines.push(
      ...hanging(page, '  ', `not answered: ${options.details ? operations.join(', ') : few(operations, 6)}`, 4),
    );
  const codes = new Map<string, number>();
  for (const { code } of notices) codes.set(code, (codes.get(code) ?? 0) + 1);
  const words: Readonly<Record<string, string>> = {
    wrongType: 'of an unexpected type',
    missingField: 'with a field missing',
    danglingReference: 'referring to something absent',
    duplicateId: 'with an id that is taken',
    unknownOperation: 'answers no reader knows',
    unknownFile: 'files not recognised',
    unreadableFile: 'files unreadable',
    contradiction: 'contradictory',
    truncated: 'cut short',
    other: 'other',
  };
  if (options.details) {
    const unread = notices
      .filter(({ code }) => code === 'unknownOperation')
      .map(({ message }) => message.split(': ')[0] ?? '');
    for (const notice of notices.filter(({ code }) => code !== 'unknownOperation'))
      lines.push(
        ...hanging(page, '  ', `${notice.message} [${notice.file}${notice.path ? `#${notice.path}` : ''}]`, 4),
      );
    if (unread.length > 0) lines.push(...hanging(page, '  ', `answers no reader knows: ${unread.join(', ')}`, 4));
  } else if (notices.length > 0) {
    const told = [...codes].sort().map(([code, n]) => `${n} ${words[code] ?? code}`);
    lines.push(...hanging(page, '  ', `not understood: ${told.join(', ')} (--details)`, 4));
  }
  return lines.length === 0 ? [] : [heading(page, 'What could not be seen'), ...lines, ''];
}

function foot(result: AuditResult, page: Page): readonly string[] {
  const { fail, unknown, pass, notApplicable } = result.summary.states;
  return [
    ...hanging(
      page,
      '',
      `${fail} failed, ${unknown} unknown, ${plural(pass, 'rule')} passed, ${notApplicable} not applicable.`,
    ),
    ...(fail > 0
      ? hanging(page, '', 'Each rule has a page that tells why it matters and how it is fixed: docs/rules/.')
      : []),
  ];
}
