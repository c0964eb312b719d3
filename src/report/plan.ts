/** A plan and its proofs as one result: what the text, the JSON and the report are made from. */

import { totalCost } from '../analyse/cost/costs.ts';
import { pricesWith } from '../analyse/cost/prices/index.ts';
import type { Missing } from '../analyse/verdict.ts';
import { type Estate, memoised } from '../estate/estate.ts';
import type { Flow } from '../estate/flow.ts';
import { endOf } from '../plan/end.ts';
import { PLAN_FORMAT } from '../plan/file.ts';
import type { Refusal } from '../plan/move.ts';
import { moves } from '../plan/moves/index.ts';
import type { Plan, Unproven, Waiting } from '../plan/plan.ts';
import type { Preferences } from '../plan/preferences.ts';
import { CONDITIONS, type Condition, type Counterexample, type Proof } from '../plan/proofs/proof.ts';
import { working } from '../plan/proofs/working.ts';
import type { Proven } from '../plan/prove.ts';
import { estateAt } from '../plan/state.ts';
import type { Seconds, Step } from '../plan/step.ts';
import type { Finding } from '../rules/finding.ts';
import { SCHEMA_VERSION } from './result.ts';

/** US dollars a month, only what is fixed; charges whose price is not known are counted, never taken as nothing. */
export interface CostChange {
  readonly before: number;
  readonly after: number;
  readonly unknown: number;
}

export interface StepResult extends Step {
  readonly variant: string | null;
  readonly cost: CostChange;
  readonly proofs: Readonly<Record<Condition, Omit<Proof, 'condition'>>>;
}

export interface PlanResult {
  readonly schemaVersion: number;
  readonly command: 'plan';
  readonly format: typeof PLAN_FORMAT;
  readonly input: readonly { readonly path: string }[];
  /** The logs that show what is used, where there are any. */
  readonly evidence?: readonly { readonly path: string }[];
  readonly preferences: Preferences;
  readonly summary: {
    readonly steps: number;
    /** Seconds that clients may notice, over all steps. */
    readonly clientsNotice: Seconds;
    /** Seconds of work, and of waiting for evidence. */
    readonly working: Seconds;
    readonly waiting: Seconds;
    readonly cost: CostChange;
    readonly findingsBefore: Readonly<Record<string, number>>;
    readonly findingsAfter: Readonly<Record<string, number>>;
    /** Rules that the input does not decide at the end of the plan, by finding. */
    readonly undecidedAfter: number;
    readonly search: Plan['search'];
  };
  readonly steps: readonly StepResult[];
  readonly findingsAfter: readonly FindingLeft[];
  readonly undecidedAfter: readonly UndecidedLeft[];
  readonly accepted: readonly {
    readonly rule: string;
    readonly resources: readonly string[];
    readonly reason: string;
  }[];
  readonly refused: readonly Refusal[];
  readonly unproven: readonly Unproven[];
  readonly waiting: readonly Waiting[];
  /** Flows of which nobody can tell today whether they work: no step can promise them. */
  readonly undecidedFlows: readonly string[];
}

/** A rule of which nobody can tell at the end whether it holds for these resources. */
export interface UndecidedLeft {
  readonly rule: string;
  readonly severity: string;
  readonly title: string;
  readonly resources: readonly { readonly id: string; readonly name: string }[];
  readonly missing: readonly Missing[];
}

export interface FindingLeft {
  readonly rule: string;
  readonly severity: string;
  readonly resources: readonly { readonly id: string; readonly name: string }[];
  readonly claim: string;
  /** Why the plan leaves it, in words. */
  readonly because: string;
}

const prices = pricesWith([]);
const fixed = memoised((estate): { readonly usd: number; readonly unknown: number } => {
  const { fixed, unknown } = totalCost(estate, prices);
  return { usd: fixed, unknown: unknown.fixed };
});

const changeOf = (before: Estate, after: Estate): CostChange => {
  if (before === after) return { before: fixed(before).usd, after: fixed(before).usd, unknown: fixed(before).unknown };
  const [was, is] = [fixed(before), fixed(after)];
  return { before: was.usd, after: is.usd, unknown: is.unknown };
};

const sum = (ranges: readonly Seconds[]): Seconds =>
  ranges.reduce<Seconds>((all, { from, to }) => ({ from: all.from + from, to: all.to + to }), { from: 0, to: 0 });

export function planResult(
  plan: Plan,
  paths: readonly string[],
  preferences: Preferences,
  before: readonly Finding[],
  evidence: readonly string[] = [],
): PlanResult {
  const end = endOf(estateAt(plan.end), preferences);
  const steps = plan.steps.map((one) => stepResult(one, one.variant ?? null));
  const { today } = plan;
  const [start, last] = [today.estate, estateAt(plan.end)];
  return {
    schemaVersion: SCHEMA_VERSION,
    command: 'plan',
    format: PLAN_FORMAT,
    input: paths.map((path) => ({ path })),
    ...(evidence.length > 0 ? { evidence: evidence.map((path) => ({ path })) } : {}),
    preferences,
    summary: {
      steps: steps.length,
      clientsNotice: sum(steps.map(({ clientsNotice }) => clientsNotice)),
      working: sum(steps.filter(({ kind }) => kind !== 'watch').map(({ duration }) => duration)),
      waiting: sum(steps.filter(({ kind }) => kind === 'watch').map(({ duration }) => duration)),
      cost: changeOf(start, last),
      findingsBefore: bySeverity(before.filter(({ state }) => state === 'fail')),
      findingsAfter: bySeverity(end.left),
      undecidedAfter: end.undecided.length,
      search: plan.search,
    },
    steps,
    findingsAfter: end.left.map((finding) => left(finding, whyLeft(finding, plan, preferences))),
    undecidedAfter: end.undecided.map(({ rule, severity, claim, resources, missing }) => ({
      rule,
      severity,
      title: claim,
      resources: resources.map(({ id, name }) => ({ id, name })),
      missing,
    })),
    accepted: end.accepted.map(({ finding, reason }) => ({
      rule: finding.rule,
      resources: finding.resources.map(({ id }) => id),
      reason,
    })),
    refused: plan.refused,
    unproven: plan.unproven,
    waiting: plan.waiting,
    undecidedFlows: start.flows.filter((flow) => undecided(start, flow)).map(({ id }) => id),
  };
}

const undecided = (estate: Estate, flow: Flow): boolean => working(estate, flow).answer === 'unknown';

export function stepResult(one: Proven, variant: string | null): StepResult {
  const before = estateAt(one.before);
  const after = one.after ? estateAt(one.after) : before;
  const proofs = Object.fromEntries(
    CONDITIONS.map((condition) => {
      const { condition: _condition, ...proof } = one.proofs[condition];
      return [condition, proof];
    }),
  ) as StepResult['proofs'];
  return { ...one.step, variant, cost: changeOf(before, after), proofs };
}

const left = (finding: Finding, because = ''): FindingLeft => ({
  because,
  rule: finding.rule,
  severity: finding.severity,
  resources: finding.resources.map(({ id, name }) => ({ id, name })),
  claim: finding.claim,
});

/** What became of the moves that would mend a finding. */
function whyLeft(finding: Finding, plan: Plan, preferences: Preferences): string {
  const said = finding.fixedBy.flatMap((name): readonly string[] => {
    const of = ({ move }: { readonly move: string }): boolean => move === name;
    if (preferences.skip?.includes(name)) return [`you skip ${name}`];
    const refused = plan.refused.find(of);
    if (refused) return [`${name} is refused: ${refused.because} ${refused.change}`];
    if (plan.unproven.some(of)) return [`${name} could not be proven safe`];
    const waits = plan.waiting.find(of);
    if (waits) return [`${name} waits for what never comes: ${waits.for}`];
    const known = moves.find((move) => move.name === name);
    return known?.optional && !preferences.want?.includes(name) ? [`${name} would mend it when you want it`] : [];
  });
  return said.length > 0 ? said.join('; ') : `no move of the plan mends it: docs/rules/${finding.rule}.md tells how to`;
}

function bySeverity(findings: readonly Finding[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { high: 0, medium: 0, low: 0 };
  for (const { severity } of findings) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}

export interface ProofResult {
  readonly schemaVersion: number;
  readonly command: 'prove';
  readonly plan: string;
  readonly holds: boolean;
  readonly violated: boolean;
  readonly steps: readonly {
    readonly id: string;
    readonly title: string;
    readonly holds: boolean;
    readonly objections: readonly (Counterexample & {
      readonly condition: Condition;
      readonly verdict: 'violated' | 'unknown';
    })[];
  }[];
  readonly findingsAfter: readonly FindingLeft[];
  /** High and medium findings at the end that the plan does not own up to. */
  readonly unexpected: readonly FindingLeft[];
}

type Claimed = readonly { readonly rule: string; readonly resources: readonly { readonly id: string }[] }[];

/** What the prover says of a plan file. `claimed`: the findings that the plan itself says are left. */
export function proofResult(
  plan: string,
  proven: readonly Proven[],
  preferences: Preferences,
  claimed: Claimed,
): ProofResult {
  const last = proven.findLast(({ after }) => after !== undefined)?.after;
  const steps = proven.map(({ step, holds, proofs }) => ({
    id: step.id,
    title: step.title,
    holds,
    objections: CONDITIONS.flatMap((condition) => [
      ...proofs[condition].violations.map((one) => ({ condition, verdict: 'violated' as const, ...one })),
      ...proofs[condition].unknowns.map((one) => ({ condition, verdict: 'unknown' as const, ...one })),
    ]),
  }));
  const findingsAfter = last ? endOf(estateAt(last), preferences).left.map((finding) => left(finding)) : [];
  const keyOf = ({ rule, resources }: Claimed[number]): string => `${rule} ${resources[0]?.id ?? ''}`;
  const known = new Set(claimed.map(keyOf));
  const unexpected = findingsAfter.filter((one) => one.severity !== 'low' && !known.has(keyOf(one)));
  return {
    schemaVersion: SCHEMA_VERSION,
    command: 'prove',
    plan,
    holds: steps.every(({ holds }) => holds) && unexpected.length === 0,
    violated:
      unexpected.length > 0 || steps.some(({ objections }) => objections.some(({ verdict }) => verdict === 'violated')),
    steps,
    findingsAfter,
    unexpected,
  };
}
