/** The built-in example through every analysis, for tests that change it a little. */
import { readFileSync } from 'node:fs';
import { administrators } from '../src/analyse/access/administrators/administrators.ts';
import { costs } from '../src/analyse/cost/costs.ts';
import { pricesWith } from '../src/analyse/cost/prices/index.ts';
import { exposures } from '../src/analyse/exposure/index.ts';
import { survivals } from '../src/analyse/resilience/survive.ts';
import type { Estate } from '../src/estate/estate.ts';
import { assemble } from '../src/inventory/assemble.ts';
import { readInventory } from '../src/inventory/format.ts';
import { administratorsResult, servicesResult } from '../src/report/access.ts';
import { exposureResult } from '../src/report/exposure.ts';
import { auditResult } from '../src/report/result.ts';
import { rules } from '../src/rules/catalog/index.ts';
import { audit } from '../src/rules/run.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Members = { readonly [key: string]: Json };

export const isMembers = (value: Json | undefined): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const legacyShop: Members = JSON.parse(readFileSync('examples/legacy-shop/inventory.json', 'utf8'));

export function estateOf(content: Members): Estate {
  const { entries, notices, collectedAt } = readInventory('inventory.json', content);
  return assemble(entries, notices, collectedAt);
}

/** Everything that any command prints with --json. */
export const everything = (estate: Estate): Readonly<Record<string, unknown>> => ({
  audit: auditResult('audit', ['inventory.json'], estate, {
    findings: audit(estate, rules),
    expired: [],
    unused: [],
  }),
  exposure: exposureResult(estate),
  survive: survivals(estate),
  cost: costs(estate, pricesWith([])),
  administrators: administratorsResult(estate),
  services: servicesResult(estate),
  flows: estate.flows,
});

/** What is claimed to be bad, by claim and subject; and the subjects of which the same claim is left open. */
export interface Told {
  readonly bad: ReadonlyMap<string, string>;
  readonly open: ReadonlySet<string>;
}

export function told(estate: Estate): Told {
  const bad = new Map<string, string>();
  const open = new Set<string>();
  for (const { rule, state, resources } of audit(estate, rules)) {
    const [subject] = resources;
    if (state === 'fail' && subject) bad.set(`${rule} ${subject.id}`, subject.id);
    if (state === 'unknown') for (const { id } of resources) open.add(`${rule} ${id}`);
  }
  // not exposureResult: what would close them, and at what price, is most of its work
  const { exposures: exposed, unknown } = exposures(estate);
  for (const { resource } of exposed) bad.set(`exposed ${resource.id}`, resource.id);
  for (const { resource } of unknown) open.add(`exposed ${resource.id}`);
  for (const { principal, verdict } of administrators(estate)) {
    if (verdict === 'yes') bad.set(`administrator ${principal.id}`, principal.id);
    if (verdict === 'unknown') open.add(`administrator ${principal.id}`);
  }
  return { bad, open };
}
