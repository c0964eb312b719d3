/** Condition 3: the loss of any one zone loses no flow that it did not lose before, but for what the step declares. */
import { survivalsAt } from '../../analyse/resilience/points.ts';
import type { FlowSurvival, Outcome } from '../../analyse/resilience/survive.ts';
import { type Estate, memoised } from '../../estate/estate.ts';
import type { Flow } from '../../estate/flow.ts';
import { estateAt, type State } from '../state.ts';
import type { Step } from '../step.ts';
import { changesBetween, touchesZones } from './difference.ts';
import { standFor, stillRuns, writtenOff } from './flows.ts';
import { counterexample, noFindings, type Proof, proofOf } from './proof.ts';

const RANK: Readonly<Record<Outcome, number>> = { lost: 0, unknown: 1, survivesAfterFailover: 2, survives: 3 };

/** By zone, and by flow. */
const outcomes = memoised(
  (estate): ReadonlyMap<string, ReadonlyMap<string, FlowSurvival>> =>
    new Map(survivalsAt(estate).map(({ zone, flows }) => [zone, new Map(flows.map((one) => [one.flow, one]))])),
);

const NONE: ReadonlyMap<string, FlowSurvival> = new Map();

export function proveResilience(before: State, step: Step, after: State): Proof {
  const [then, now] = [estateAt(before), estateAt(after)];
  const found = noFindings();
  if (!changesBetween(then, now).some(touchesZones))
    return proofOf('resilience', 'nothing changes that a zone holds', found);
  const was = outcomes(then);
  const is = outcomes(now);
  const declared = new Set(step.declares.thinner?.map(({ flow }) => flow) ?? []);
  const given = new Set(now.flows.flatMap((flow) => (writtenOff(flow, after) === undefined ? [] : [flow.id])));
  const resting = atRest(now, after);
  let better = 0;
  for (const [zone, flows] of is) {
    const before = was.get(zone) ?? NONE;
    for (const { flow, outcome, because } of flows.values()) {
      const earlier = before.get(flow) ?? predecessor(before, then, flow, now, after);
      if (earlier === undefined || given.has(flow) || resting.has(flow)) continue;
      if (RANK[outcome] > RANK[earlier.outcome]) better += 1;
      if (RANK[outcome] >= RANK[earlier.outcome]) continue;
      if (declared.has(flow)) {
        found.evidence.push(`${flow} without ${zone}: ${outcome}, as the step says`);
        continue;
      }
      const why = because.map(({ detail }) => detail).join(' ');
      const text = `without zone ${zone}, ${flow} ${says(earlier.outcome)} today and ${says(outcome)} afterwards. ${why}`;
      if (outcome === 'unknown') found.unknowns.push(counterexample(flow, text));
      // a failover where there was none to need is a loss of seconds, not of the flow
      else if (outcome === 'lost') found.violations.push(counterexample(flow, text));
      else if (earlier.outcome === 'survives') found.evidence.push(text);
    }
  }
  return proofOf(
    'resilience',
    `no zone's loss costs more than before${better > 0 ? `; ${better} cases get better` : ''}`,
    found,
  );
}

/** The flows of what was stopped after another took over: they are judged as those of the other. */
function atRest(now: Estate, after: State): ReadonlySet<string> {
  const left = new Set(after.successions.map(({ from }) => from).filter((id) => !stillRuns(now, id)));
  const rests = (end: Flow['from']): boolean => end.type === 'resource' && left.has(end.id);
  return new Set(now.flows.filter(({ from, to }) => rests(from) || rests(to)).map(({ id }) => id));
}

const says = (outcome: Outcome): string =>
  ({
    lost: 'is lost',
    unknown: 'is not known',
    survivesAfterFailover: 'comes back after a failover',
    survives: 'survives',
  })[outcome];

/** The worst of the flows that a new one takes over from. */
function predecessor(
  was: ReadonlyMap<string, FlowSurvival>,
  then: Estate,
  flow: string,
  now: Estate,
  after: State,
): FlowSurvival | undefined {
  if (after.successions.length === 0) return undefined;
  const is = now.flows.find(({ id }) => id === flow);
  if (!is) return undefined;
  const stands = (original: typeof is.from, end: typeof is.from): boolean =>
    end.type === 'resource' ? standFor(original, now, after).includes(end.id) : original.type === end.type;
  let worst: FlowSurvival | undefined;
  for (const other of then.flows) {
    if (!stands(other.from, is.from) || !stands(other.to, is.to)) continue;
    const one = was.get(other.id);
    if (one && (worst === undefined || RANK[one.outcome] < RANK[worst.outcome])) worst = one;
  }
  return worst;
}
