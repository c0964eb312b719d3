/** What the report shows, worked out once: every state with its picture, its findings, and what the loss of each zone does there. */
import { type Costs, costs } from '../../analyse/cost/costs.ts';
import { pricesWith } from '../../analyse/cost/prices/index.ts';
import { survivals, type ZoneSurvival } from '../../analyse/resilience/survive.ts';
import type { Estate } from '../../estate/estate.ts';
import type { Plan } from '../../plan/plan.ts';
import { rules } from '../../rules/catalog/index.ts';
import type { Finding } from '../../rules/finding.ts';
import { audit } from '../../rules/run.ts';
import { type Film, filmOf } from '../draw/film.ts';
import { type JourneyPictures, journeyOf } from '../draw/journey.ts';
import { modelOf } from '../draw/model.ts';
import { type Stage, stagesOf } from '../journey.ts';
import type { PlanResult } from '../plan.ts';
import { type AuditResult, counts } from '../result.ts';

export interface ReportInput {
  /** Today's. */
  readonly estate: Estate;
  readonly audit: AuditResult;
  /** Undefined where there is no journey: the input is a program. */
  readonly planned: { readonly plan: Plan; readonly result: PlanResult } | undefined;
}

export interface ReportModel {
  readonly input: ReportInput;
  readonly plan: PlanResult | undefined;
  readonly stages: readonly Stage[];
  readonly journey: JourneyPictures;
  readonly film: Film;
  /** Ids of the flows of all states, sorted; `data-f` counts in it. */
  readonly flows: readonly string[];
  /** By state. */
  readonly losses: readonly (readonly ZoneSurvival[])[];
  /** Every zone of any state, sorted. */
  readonly zones: readonly string[];
  /** By `findingKey`: the first state from which on the finding is no more; those that stay are not in it. */
  readonly gone: ReadonlyMap<string, number>;
  readonly cost: { readonly before: Costs; readonly after: Costs };
}

export const findingKey = (finding: Finding): string => `${finding.rule} ${finding.resources[0]?.id ?? ''}`;

export function modelOfReport(input: ReportInput, pictureLabel: string): ReportModel {
  const stages = stagesOf(input.estate, input.planned?.plan);
  const flows = [...new Set(stages.flatMap(({ estate }) => estate.flows.map(({ id }) => id)))].sort();
  const number = new Map(flows.map((id, n) => [id, n]));
  const pictures = perEstate(stages, (estate) => modelOf(estate, { foldAbove: Number.POSITIVE_INFINITY }));
  const journey = journeyOf(pictures);
  const film = filmOf(journey, {
    touched: stages.slice(1).map(({ touched }) => touched),
    flowNumber: (flow) => number.get(flow),
    label: pictureLabel,
  });
  const losses = perEstate(stages, (estate) => survivals(estate).zones);
  const prices = pricesWith([]);
  return {
    input,
    plan: input.planned?.result,
    stages,
    journey,
    film,
    flows,
    losses,
    zones: [...new Set(losses.flatMap((zones) => zones.map(({ zone }) => zone)))].sort(),
    gone: goneSince(input.audit, stages),
    cost: { before: costs(input.estate, prices), after: costs(stages.at(-1)?.estate ?? input.estate, prices) },
  };
}

/** Steps that change nothing leave the very same estate: what is known of it is not asked again. */
function perEstate<T>(stages: readonly Stage[], ask: (estate: Estate) => T): readonly T[] {
  const known = new Map<Estate, T>();
  return stages.map(({ estate }) => {
    const answer = known.get(estate) ?? ask(estate);
    known.set(estate, answer);
    return answer;
  });
}

function goneSince(today: AuditResult, stages: readonly Stage[]): ReadonlyMap<string, number> {
  const there = perEstate(
    stages,
    (estate) => new Set(audit(estate, rules).flatMap((one) => (one.state === 'fail' ? [findingKey(one)] : []))),
  );
  const gone = new Map<string, number>();
  for (const finding of today.findings.filter(counts)) {
    const last = there.findLastIndex((set) => set.has(findingKey(finding)));
    if (last < there.length - 1) gone.set(findingKey(finding), last + 1);
  }
  return gone;
}
