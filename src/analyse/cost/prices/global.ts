/** Prices of services that have no region. */
import type { PriceRow } from '../price.ts';
import { others } from './rows.ts';

const list = (asOf: string) => ({ region: 'global', asOf, checked: 'priceList' }) as const;

export const GLOBAL_PRICES: readonly PriceRow[] = [
  ...others(
    list('2026-08-12'),
    `
route53 | zone | zone-month | 0.5
cloudfront | gb-us-eu | GB | 0.085
`,
  ),
  ...others(list('2026-10-01'), 'cloudfront | gb-korea | GB | 0.12'),
];
