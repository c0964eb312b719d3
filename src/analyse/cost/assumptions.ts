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
import type { Resource } from '../../estate/resource.ts';
import type { Charge } from './charge.ts';
import type { Service } from './price.ts';

export interface Assumption {
  readonly resource: string;
  readonly region?: string | undefined;
  readonly service: Service;
  readonly sku: string;
  /** In the unit of the price: GB, million requests, LCU-hours. */
  readonly perMonth: number;
  readonly because?: string | undefined;
}

export interface Assumptions {
  readonly usage: readonly Assumption[];
}

export const NO_ASSUMPTIONS: Assumptions = { usage: [] };

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
