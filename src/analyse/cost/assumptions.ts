/**
 * Usage that no inventory tells, as the user states it in a file:
 *
 * ```json
 * { "usage": [
 *   { "resource": "*", "service": "nat", "sku": "gb", "perMonth": 200, "because": "CloudWatch, October" },
 *   { "resource": "shop-media", "service": "s3", "sku": "standard", "perMonth": 850 },
 *   { "region": "eu-west-1", "service": "transfer", "sku": "internet-gb", "perMonth": 1200 }
 * ] }
 * ```
 *
 * `resource` is an id or a name, `*` for each of the service; the most exact entry counts. Transfer has a region instead.
 * What no entry speaks of stays unknown.
 */
import { z } from 'zod';
import type { Resource } from '../../estate/resource.ts';
import type { Charge } from './charge.ts';
import { SERVICES } from './price.ts';

const Entry = z.strictObject({
  resource: z.string().min(1).default('*'),
  region: z.string().min(1).optional(),
  service: z.enum(SERVICES),
  sku: z.string().min(1),
  /** In the unit of the price: GB, million requests, LCU-hours. */
  perMonth: z.number().nonnegative(),
  because: z.string().optional(),
});
const Assumptions = z.strictObject({ usage: z.array(Entry) });

export type Assumption = z.infer<typeof Entry>;
export type Assumptions = z.infer<typeof Assumptions>;
export const NO_ASSUMPTIONS: Assumptions = { usage: [] };

/** The input is wrong; the message is for the user, a line for each fault. */
export class AssumptionsError extends Error {}

export function parseAssumptions(value: unknown): Assumptions {
  const parsed = Assumptions.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    (issue) => `  ${issue.path.join('.') || '(the whole file)'}: ${issue.message}`,
  );
  throw new AssumptionsError(`The assumptions are not in the form that the README tells:\n${faults.join('\n')}`);
}

/** The assumption for a charge of a resource: by id, else by name, else for all; within these, one with a region first. */
export function assumptionFor(assumptions: Assumptions, resource: Resource, charge: Charge): Assumption | undefined {
  const region = charge.region ?? resource.region;
  let best: Assumption | undefined;
  let bestRank = 0;
  for (const entry of assumptions.usage) {
    if (entry.service !== charge.service || entry.sku !== charge.sku) continue;
    if (entry.region !== undefined && entry.region !== region) continue;
    const named =
      entry.resource === resource.id ? 3 : entry.resource === resource.name ? 2 : entry.resource === '*' ? 1 : 0;
    const rank = named === 0 ? 0 : named * 2 + (entry.region === undefined ? 0 : 1);
    if (rank > bestRank) {
      best = entry;
      bestRank = rank;
    }
  }
  return best;
}
