/** A stack as a policy sees it -> violations: every rule that fails, and on request every one that cannot be decided. */
import { byId, type Estate } from '../estate/estate.ts';
import type { Id } from '../estate/ids.ts';
import { pointer } from '../inventory/item.ts';
import { estateOfRecording } from '../inventory/pulumi/index.ts';
import { rules } from '../rules/catalog/index.ts';
import type { Finding } from '../rules/finding.ts';
import { applyIgnores } from '../rules/ignore.ts';
import { SEVERITIES } from '../rules/rule.ts';
import { audit } from '../rules/run.ts';
import { recordingOf, type Seen } from './seen.ts';
import type { Settings } from './settings.ts';

export interface Violation {
  readonly message: string;
  /** Left out where it concerns the account and no resource of the stack. */
  readonly urn: string | undefined;
}

const REMEDIES: ReadonlyMap<string, string> = new Map(rules.map(({ id, fix }) => [id, fix]));

/** Gravest first. `today` is an ISO date: the "now" of ages and of what is accepted until a day. */
export function judge(resources: readonly Seen[], settings: Settings, today: string): readonly Violation[] {
  const estate = estateOfRecording(recordingOf(resources, settings.scope), today);
  const urns = new Map(resources.map(({ urn }) => [pointer(urn), urn]));
  const { findings } = applyIgnores(audit(estate, rules), settings.ignore, today);
  const grave = findings.filter(({ severity }) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(settings.failOn));
  const failures = grave.filter(({ state, ignored }) => state === 'fail' && ignored === undefined);
  const open = settings.unknown === 'report' ? grave.filter(({ state }) => state === 'unknown') : [];
  return [
    ...failures.map((finding) => ({ message: failed(finding), urn: urnOf(finding, estate, urns) })),
    ...open.flatMap((finding) => undecided(finding, estate, urns)),
  ];
}

const failed = ({ claim, rule, severity }: Finding): string =>
  [`${claim}.`, `Remedy: ${REMEDIES.get(rule) ?? ''}`, `(${rule}, ${severity})`].join('\n');

/** One for each resource of which it is not known, so that each can be looked at; one of all where there is none. */
function undecided(finding: Finding, estate: Estate, urns: ReadonlyMap<string, string>): readonly Violation[] {
  const { rule, severity, claim, missing } = finding;
  const why = [...new Set(missing.map(({ operation, reason }) => `${operation}: ${reason}`))].join('; ');
  const message = [
    `It is not known whether this holds: ${claim}.`,
    `For want of ${why}`,
    `(${rule}, ${severity})`,
  ].join('\n');
  const found = new Set(finding.resources.map(({ id }) => urnOfResource(id, estate, urns)));
  return found.size === 0 ? [{ message, urn: undefined }] : [...found].map((urn) => ({ message, urn }));
}

/** The resource that is judged; else the first of the others that the stack has. */
function urnOf(
  { resources: concerned }: Finding,
  estate: Estate,
  urns: ReadonlyMap<string, string>,
): string | undefined {
  for (const { id } of concerned) {
    const urn = urnOfResource(id, estate, urns);
    if (urn !== undefined) return urn;
  }
  return undefined;
}

/**
 * The URN is the first part of the path that a resource was read from; behind it may stand why it is there, where AWS
 * makes it by itself.
 */
function urnOfResource(id: string, estate: Estate, urns: ReadonlyMap<string, string>): string | undefined {
  const [, part = ''] = byId(estate, id as Id)?.source.path.split('/') ?? [];
  for (let end = part.length; end > 0; end = part.lastIndexOf(' (', end - 1)) {
    const urn = urns.get(part.slice(0, end));
    if (urn !== undefined) return urn;
  }
  return undefined;
}
