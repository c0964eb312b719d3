/** What the report shows, worked out once: every state with its picture, its findings, and what the loss of each zone does there. */
import { type Costs, costs } from '../../analyse/cost/costs.ts';
import { pricesWith } from '../../analyse/cost/prices/index.ts';
import { meantFlows } from '../../analyse/resilience/meant.ts';
import { survivalsAt } from '../../analyse/resilience/points.ts';
import type { ZoneSurvival } from '../../analyse/resilience/survive.ts';
import type { Estate } from '../../estate/estate.ts';
import { recalledWhole } from '../../estate/memory.ts';
import { oncePer } from '../../estate/once.ts';
import type { Plan } from '../../plan/plan.ts';
import { type Film, filmOf } from '../draw/film.ts';
import type { IconSet } from '../draw/icons/icons.ts';
import { type JourneyPictures, journeyOf } from '../draw/journey.ts';
import { modelOf } from '../draw/model.ts';
import type { Picture } from '../draw/picture.ts';
import { type Say as DrawnSay, spoken } from '../draw/spoken.ts';
import { type Stage, stagesOf } from '../journey.ts';
import type { PlanResult } from '../plan.ts';
import type { AuditResult } from '../result.ts';
import { type FindingFate, fatesOf } from './finding-fates.ts';

/** A resource that a step makes, changes or takes away, as code before and after; `=` stands for lines that are left out. */
export interface StepChange {
  readonly op: 'create' | 'update' | 'delete';
  readonly what: string;
  readonly lines: readonly { readonly sign: '+' | '-' | ' ' | '='; readonly text: string }[];
}

export interface ReportInput {
  /** Today's. */
  readonly estate: Estate;
  readonly audit: AuditResult;
  /** Undefined where there is no journey: the input is a program. */
  readonly planned: { readonly plan: Plan; readonly result: PlanResult } | undefined;
  /** What each step changes, as code of the program; when left out, in the words of the plan. */
  readonly changes?: readonly (readonly StepChange[])[] | undefined;
  /** AWS's own icons when left out. */
  readonly icons?: IconSet;
}

export interface ReportModel {
  readonly input: ReportInput;
  readonly plan: PlanResult | undefined;
  readonly stages: readonly Stage[];
  readonly journey: JourneyPictures;
  readonly film: Film;
  /** By state: how many resources stand open to the internet that no known flow needs to. Of all, also where the picture draws several as one. */
  readonly open: readonly number[];
  /** Ids of the flows of all states, sorted; `data-f` counts in it. */
  readonly flows: readonly string[];
  /** By state: what the loss of each zone does to every flow, and to those that count. One list for states alike. */
  readonly fates: readonly (readonly ZoneSurvival[])[];
  readonly losses: readonly (readonly ZoneSurvival[])[];
  /** Every zone of any state, sorted. */
  readonly zones: readonly string[];
  /** By `findingKey`; findings that stay are not in it. */
  readonly findingFates: ReadonlyMap<string, FindingFate>;
  readonly cost: { readonly before: Costs; readonly after: Costs };
}

export function modelOfReport(input: ReportInput, pictureLabel: string, say?: DrawnSay): ReportModel {
  const stages = stagesOf(input.estate, input.planned?.plan);
  const flows = [...new Set(stages.flatMap(({ estate }) => estate.flows.map(({ id }) => id)))].sort();
  const number = new Map(flows.map((id, n) => [id, n]));
  const inLanguage = oncePer((picture: Picture) => (say ? spoken(picture, say) : picture));
  const pictures = stages.map(({ estate }) => inLanguage(pictureOf(estate)));
  const journey = journeyOf(pictures);
  const film = filmOf(journey, {
    touched: stages.slice(1).map(({ touched }) => touched),
    flowNumber: (flow) => number.get(flow),
    label: pictureLabel,
    icons: input.icons,
  });
  const whole = stages.map(({ estate }) => survivalsAt(estate));
  const drawn = new Set(journey.containers.filter(({ kind }) => kind === 'zone').map(({ label }) => label));
  const concerned = ({ zone, flows: own }: ZoneSurvival): boolean =>
    drawn.has(zone) || own.some(({ outcome }) => outcome !== 'survives');
  const prices = pricesWith([]);
  return {
    input,
    plan: input.planned?.result,
    stages,
    journey,
    film,
    open: pictures.map(
      ({ nodes }) => new Set(nodes.flatMap(({ exposed, resources }) => (exposed ? resources : []))).size,
    ),
    flows,
    fates: whole,
    losses: stages.map(({ estate }) => lossesOf(estate)),
    zones: [...new Set([...new Set(whole)].flatMap((zones) => zones.filter(concerned).map(({ zone }) => zone)))].sort(),
    findingFates: fatesOf(input.audit.findings, stages),
    cost: { before: costs(input.estate, prices), after: costs(stages.at(-1)?.estate ?? input.estate, prices) },
  };
}

// remembered: most steps change little of what a picture shows
const pictureOf = recalledWhole((estate) => modelOf(estate, { foldAbove: Number.POSITIVE_INFINITY }));
const lossesOf = recalledWhole((estate): readonly ZoneSurvival[] => {
  const meant = meantFlows(estate);
  return survivalsAt(estate).map((one) => ({ ...one, flows: one.flows.filter(({ flow }) => meant.has(flow)) }));
});
