/** Measures one inventory in this process: one process a measure, so that memory is that measure's own. */
import '../src/cli/engine.ts';
import { administrators } from '../src/analyse/access/administrators/administrators.ts';
import { diagnosePolicies } from '../src/analyse/access/diagnose.ts';
import { people } from '../src/analyse/access/people/people.ts';
import { serviceRoles } from '../src/analyse/access/services/services.ts';
import { costs } from '../src/analyse/cost/costs.ts';
import { pricesWith } from '../src/analyse/cost/prices/index.ts';
import { crossings } from '../src/analyse/environments/crossings.ts';
import { environmentsOf } from '../src/analyse/environments/environments.ts';
import { sharers } from '../src/analyse/environments/sharing.ts';
import { exposures } from '../src/analyse/exposure/index.ts';
import { groupUsers } from '../src/analyse/groups/users.ts';
import { survivals } from '../src/analyse/resilience/survive.ts';
import type { Estate } from '../src/estate/estate.ts';
import { loadInputs } from '../src/inventory/load.ts';
import { makePlan } from '../src/plan/plan.ts';
import { todayOf } from '../src/plan/today.ts';
import { rules } from '../src/rules/catalog/index.ts';
import { audit, runRule } from '../src/rules/run.ts';

export interface Measured {
  readonly resources: number;
  readonly flows: number;
  /** Findings of an audit; steps of a plan. */
  readonly findings: number;
  /** Milliseconds of processor time (what one core would need), by what was measured, in the order it ran. */
  readonly times: Readonly<Record<string, number>>;
  /** The most memory this process had, in megabytes. */
  readonly peak: number;
}

/** In this order: what one has worked out, those after it have for free, as within an audit. */
const ANALYSES: Readonly<Record<string, (estate: Estate) => unknown>> = {
  environments: environmentsOf,
  crossings,
  sharing: sharers,
  groups: groupUsers,
  exposure: exposures,
  people,
  administrators,
  'service roles': serviceRoles,
  'policy diagnosis': diagnosePolicies,
  resilience: survivals,
  cost: (estate) => costs(estate, pricesWith([])),
};

export type Part = 'audit' | 'analyses' | 'rules' | 'plan';

/**
 * `audit`: read and audit, as the command does. `plan`: adopt, search and prove, on what was read once. The others take the
 * audit apart, on an estate that was read once.
 */
export function measure(file: string, part: Part, rounds: number): Measured {
  const times = new Map<string, number[]>();
  const timed = <T>(name: string, work: () => T): T => {
    const before = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(before);
    const list = times.get(name) ?? [];
    list.push((user + system) / 1000);
    times.set(name, list);
    return result;
  };
  const loaded = timed('read', () => loadInputs([file]));
  let { estate } = loaded;
  let findings = 0;
  for (let round = 0; round < rounds; round++) {
    // another estate of the same parts: nothing is remembered from the round before
    if (part === 'audit' && round > 0) estate = timed('read', () => loadInputs([file])).estate;
    else estate = { ...estate };
    if (part === 'audit') findings = timed('audit', () => audit(estate, rules)).length;
    if (part === 'analyses')
      for (const [name, analysis] of Object.entries(ANALYSES)) timed(name, () => analysis(estate));
    if (part === 'plan') {
      const today = timed('adopt', () => todayOf(estate, loaded.entries));
      findings = timed('search and prove', () => makePlan(today, audit(estate, rules), {})).steps.length;
    }
    if (part === 'rules') for (const rule of rules) timed(rule.id, () => runRule(rule, estate));
  }
  return {
    resources: estate.resources.length,
    flows: estate.flows.length,
    findings,
    times: Object.fromEntries([...times].map(([name, list]) => [name, median(list)])),
    peak: process.resourceUsage().maxRSS / 1024,
  };
}

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
