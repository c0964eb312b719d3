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
import { rules } from '../src/rules/catalog/index.ts';
import { audit, runRule } from '../src/rules/run.ts';

export interface Measured {
  readonly resources: number;
  readonly flows: number;
  /** Findings of an audit; steps of a plan. */
  readonly findings: number;
  /** Milliseconds, by what was measured, in the order it ran: of processor time, what one core would need. */
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

/** What is measured of every account. */
export const PARTS = ['audit', 'analyses', 'rules', 'journey'] as const;
export type Part = (typeof PARTS)[number];

export interface Stopwatch {
  /** Does the work, and keeps how long it took: processor time, or that of the clock for what other processes do. */
  readonly timed: <T>(name: string, work: () => T | Promise<T>, by?: 'processor' | 'clock') => Promise<T>;
  /** Of what was timed several times the median. */
  readonly measured: (estate: Estate, findings: number) => Measured;
}

export function stopwatch(): Stopwatch {
  const times = new Map<string, number[]>();
  return {
    timed: async (name, work, by = 'processor') => {
      const [used, since] = [process.cpuUsage(), performance.now()];
      const result = await work();
      const { user, system } = process.cpuUsage(used);
      times.set(name, [
        ...(times.get(name) ?? []),
        by === 'clock' ? performance.now() - since : (user + system) / 1000,
      ]);
      return result;
    },
    measured: (estate, findings) => ({
      resources: estate.resources.length,
      flows: estate.flows.length,
      findings,
      times: Object.fromEntries([...times].map(([name, list]) => [name, median(list)])),
      peak: process.resourceUsage().maxRSS / 1024,
    }),
  };
}

/** `audit`: read and audit, as the command does. The others take the audit apart, on an estate that was read once. */
export async function measure(file: string, part: Exclude<Part, 'journey'>, rounds: number): Promise<Measured> {
  const { timed, measured } = stopwatch();
  let { estate } = await timed('read', () => loadInputs([file]));
  let findings = 0;
  for (let round = 0; round < rounds; round++) {
    // another estate of the same parts: nothing is remembered from the round before
    if (part === 'audit' && round > 0) estate = (await timed('read', () => loadInputs([file]))).estate;
    else estate = { ...estate };
    const one = estate;
    if (part === 'audit') findings = (await timed('audit', () => audit(one, rules))).length;
    if (part === 'analyses')
      for (const [name, analysis] of Object.entries(ANALYSES)) await timed(name, () => analysis(one));
    if (part === 'rules') for (const rule of rules) await timed(rule.id, () => runRule(rule, one));
  }
  return measured(estate, findings);
}

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
