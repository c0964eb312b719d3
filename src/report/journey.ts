/** The states of a journey: today, and what is there after each step, with what the step changed. */
import type { Estate } from '../estate/estate.ts';
import type { Resource } from '../estate/resource.ts';
import type { Plan } from '../plan/plan.ts';
import type { Proven } from '../plan/prove.ts';
import { estateAt } from '../plan/state.ts';
import { keyOf } from '../plan/today.ts';

export interface Stage {
  readonly estate: Estate;
  /** The step that leads here; undefined for today. */
  readonly proven: Proven | undefined;
  /** Ids of what the step changed, added or took away. */
  readonly touched: ReadonlySet<string>;
}

export function stagesOf(today: Estate, plan: Plan | undefined): readonly Stage[] {
  const stages: Stage[] = [{ estate: today, proven: undefined, touched: new Set() }];
  for (const proven of plan?.steps ?? []) {
    const before = stages.at(-1)?.estate ?? today;
    const estate = proven.after ? estateAt(proven.after) : before;
    stages.push({ estate, proven, touched: touchedBetween(before, estate) });
  }
  return stages;
}

/** Where a fact was read from is no part of the thing: taking it into a program changes nothing. */
const NO_CHANGE = new Set(['source', 'provenance']);
const said = (one: Resource): string =>
  JSON.stringify(one, (name: string, value: unknown) => (NO_CHANGE.has(name) ? undefined : value));

function touchedBetween(before: Estate, after: Estate): ReadonlySet<string> {
  if (before === after) return new Set();
  const was = new Map(before.resources.map((one) => [keyOf(one), one]));
  const touched = new Set<string>();
  for (const one of after.resources) {
    const old = was.get(keyOf(one));
    was.delete(keyOf(one));
    if (old === one || (old && said(old) === said(one))) continue;
    touched.add(one.id);
  }
  for (const one of was.values()) touched.add(one.id);
  return touched;
}
