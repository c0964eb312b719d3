/** Runs rules over an estate. */
import { environmentOf } from '../analyse/environments/environments.ts';
import type { Missing } from '../analyse/verdict.ts';
import { type Coverage, declaredInPart, entriesOf, type Scope, statusOf } from '../estate/coverage.ts';
import { all, type Estate } from '../estate/estate.ts';
import type { Id } from '../estate/ids.ts';
import type { Resource } from '../estate/resource.ts';
import { type Finding, refTo, type State } from './finding.ts';
import { missingIn } from './implied.ts';
import { kindsOf, type Outcome, type Rule, SEVERITIES } from './rule.ts';

const STATES: readonly State[] = ['fail', 'unknown', 'pass', 'notApplicable'];

/** Every finding of every rule: gravest first, then by problem, rule, environment and resource. */
export function audit(estate: Estate, rules: readonly Rule[]): readonly Finding[] {
  const environments = environmentOf(estate);
  /** Production first: what is in no environment may well be it. */
  const rank = ({ resources: [subject] }: Finding): number => {
    const environment = subject && environments.get(subject.id as Id)?.environment;
    return environment === 'production' ? 0 : environment === undefined ? 1 : 2;
  };
  const compare = (a: Finding, b: Finding): number =>
    STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    a.problem - b.problem ||
    text(a.rule, b.rule) ||
    rank(a) - rank(b) ||
    text(a.resources[0]?.id ?? '', b.resources[0]?.id ?? '');
  return rules.flatMap((rule) => runRule(rule, estate)).sort(compare);
}

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const keys = new WeakMap<readonly Missing[], string>();

/** By what is missing, and not of whom. Many subjects may lack the same long list: it is written once. */
function keyOf(needs: readonly Missing[]): string {
  const known = keys.get(needs) ?? JSON.stringify(needs.map(({ operation, reason }) => [operation, reason]));
  keys.set(needs, known);
  return known;
}

/** One rule: a finding for each failing subject; the unknown ones grouped by what is missing; one for all that pass. */
export function runRule(rule: Rule, estate: Estate): readonly Finding[] {
  const subjects = kindsOf(rule).flatMap((kind) => all(estate, kind)) as readonly Resource[];
  const failed: Finding[] = [];
  const passed: Resource[] = [];
  const unknown = new Map<string, { readonly missing: readonly Missing[]; readonly subjects: Resource[] }>();
  const addUnknown = (needs: readonly Missing[], subject?: Resource) => {
    const key = keyOf(needs);
    const group = unknown.get(key) ?? { missing: needs, subjects: [] };
    if (subject) group.subjects.push(subject);
    unknown.set(key, group);
  };
  const blind = blindness(rule, estate);
  for (const subject of subjects) {
    const outcome = judged(rule, subject, estate, blind);
    switch (outcome.state) {
      case 'fail':
        failed.push(failure(rule, subject, outcome));
        break;
      case 'unknown':
        addUnknown(outcome.missing, subject);
        break;
      case 'pass':
        passed.push(subject);
        break;
      case 'notApplicable':
        break;
    }
  }
  for (const unseen of unseenPlaces(rule, estate, subjects)) addUnknown(unseen);
  const findings = [...failed];
  for (const group of unknown.values()) findings.push(whole(rule, 'unknown', group.subjects, group.missing));
  if (passed.length > 0) findings.push(whole(rule, 'pass', passed));
  if (findings.length === 0) findings.push(whole(rule, 'notApplicable', []));
  return findings;
}

/** What the rule says of its subjects, one by one. */
export function judging(rule: Rule, estate: Estate): (subject: Resource) => State {
  const blind = blindness(rule, estate);
  return (subject) => judged(rule, subject, estate, blind).state;
}

/** That there is nothing to find rests on what was read. */
function judged(rule: Rule, subject: Resource, estate: Estate, blind: Blindness): Outcome {
  const outcome = check(rule, subject, estate);
  // An account is judged by what stands in it: that nothing does rests on the listings.
  const isPass = outcome.state === 'pass' || (outcome.state === 'notApplicable' && subject.kind === 'account');
  const unseen = isPass ? blind(subject) : [];
  return unseen.length > 0 ? { state: 'unknown', missing: unseen } : outcome;
}

/** A rule that breaks costs its own verdict only: the rest of the audit still stands. */
function check(rule: Rule, subject: Resource, estate: Estate): Outcome {
  try {
    return rule.check(subject as never, estate);
  } catch (error) {
    const reason = `the rule broke on it (${error instanceof Error ? error.message : String(error)}); please report this`;
    return { state: 'unknown', missing: [{ operation: 'internal', reason, resource: subject.id }] };
  }
}

function failure(rule: Rule, subject: Resource, outcome: Extract<Outcome, { state: 'fail' }>): Finding {
  return {
    rule: rule.id,
    problem: rule.problem,
    state: 'fail',
    severity: outcome.severity ?? rule.severity,
    resources: [refTo(subject), ...(outcome.related ?? []).filter((other) => other.id !== subject.id).map(refTo)],
    claim: fill(rule.messages[outcome.message] ?? rule.title, outcome.data),
    proof: outcome.proof,
    missing: [],
    fixedBy: rule.fixedBy,
  };
}

function whole(rule: Rule, state: State, subjects: readonly Resource[], needs: readonly Missing[] = []): Finding {
  return {
    rule: rule.id,
    problem: rule.problem,
    state,
    severity: rule.severity,
    resources: subjects.map(refTo),
    claim: rule.title,
    proof: [],
    missing: needs,
    fixedBy: rule.fixedBy,
  };
}

/** Fills the `{places}` of a message. */
export function fill(template: string, data: Readonly<Record<string, string | number | undefined>>): string {
  return template.replace(/\{(\w+)\}/g, (place, key: string) => (data[key] === undefined ? place : String(data[key])));
}

type Blindness = (subject: Resource) => readonly Missing[];

/** For a subject that would pass: which of the rule's operations were not fully read where it lives. */
function blindness(rule: Rule, estate: Estate): Blindness {
  const known = new Map<string, Map<string, readonly Missing[]>>();
  return ({ account, region }) => {
    const regions = known.get(account) ?? new Map<string, readonly Missing[]>();
    known.set(account, regions);
    let found = regions.get(region);
    if (found === undefined) {
      const scope: Scope = { account, region };
      found = missingIn(estate, rule.needs, scope).map((operation) => missed(estate.coverage, operation, scope));
      regions.set(region, found);
    }
    return found;
  };
}

/**
 * Places where nothing was found to judge because nothing could be read: the rule says so instead of "not
 * applicable". With no subject at all, an operation that was never asked counts too.
 */
function unseenPlaces(rule: Rule, estate: Estate, subjects: readonly Resource[]): readonly (readonly Missing[])[] {
  const { coverage } = estate;
  const seen = new Map<string, Set<string>>();
  for (const { account, region } of subjects) {
    const regions = seen.get(account);
    if (regions) regions.add(region);
    else seen.set(account, new Set([region, 'global']));
  }
  const places: (readonly Missing[])[] = [];
  const told = new Set<string>();
  for (const operation of rule.needs)
    for (const { account, region, status } of entriesOf(coverage, operation)) {
      const place = `${account} ${region}`;
      if (status === 'read' || seen.get(account)?.has(region) || told.has(`${operation} ${place}`)) continue;
      told.add(`${operation} ${place}`);
      if (statusOf(coverage, operation, { account, region }) !== 'read')
        places.push([missed(coverage, operation, { account, region })]);
    }
  if (subjects.length === 0 && places.length === 0) {
    const never = missingIn(estate, rule.needs, {}).map((operation) => missed(coverage, operation, {}));
    if (never.length > 0) places.push(never);
  }
  return places;
}

const WORDS = {
  denied: 'AWS refused it',
  throttled: 'AWS throttled it',
  failed: 'it failed',
  notAsked: 'the input has no answer to it',
  read: 'it was read only in part',
  part: 'the input declares some, and the account may hold more',
} as const;

function missed(coverage: Coverage, operation: string, scope: Scope): Missing {
  const place = scope.account === undefined ? '' : ` (account ${scope.account}, ${scope.region ?? 'any region'})`;
  const status = statusOf(coverage, operation, scope);
  const words = status === 'failed' && declaredInPart(coverage, operation) ? WORDS.part : WORDS[status];
  return { operation, reason: `${words}${place}` };
}
