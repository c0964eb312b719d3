/** What moving from a previous generation to its current equivalent changes in the monthly bill. */
import { type GenerationService, generationOf } from './generations.ts';
import { HOURS_PER_MONTH, type PriceRow, type PriceTable } from './price.ts';

export interface Upgrade {
  readonly to: string;
  readonly architecture: 'x86' | 'graviton';
  /** US dollars a month for one machine; negative is cheaper. Undefined when one of the prices is not in the table. */
  readonly difference: number | undefined;
  readonly prices: { readonly from: PriceRow | undefined; readonly to: PriceRow | undefined };
}

/** RDS and ElastiCache prices are by engine (`mysql`, `redis`); EC2 has none. */
export function upgradesOf(
  prices: PriceTable,
  service: GenerationService,
  type: string,
  region: string,
  engine = '',
): readonly Upgrade[] {
  const { equivalent } = generationOf(service, type);
  if (!equivalent) return [];
  const priceOf = (one: string): PriceRow | undefined =>
    prices.find(region, service, service === 'ec2' ? one : `${engine}/${one}`);
  const from = priceOf(type);
  const upgrade = (to: string | undefined, architecture: Upgrade['architecture']): readonly Upgrade[] => {
    if (to === undefined) return [];
    const price = priceOf(to);
    const difference = from && price ? Math.round((price.usd - from.usd) * HOURS_PER_MONTH * 1e6) / 1e6 : undefined;
    return [{ to, architecture, difference, prices: { from, to: price } }];
  };
  return [...upgrade(equivalent.x86, 'x86'), ...upgrade(equivalent.graviton, 'graviton')];
}
