/** The shipped price table: list prices, on demand, Linux, without taxes, discounts, reservations and free tiers. */
import { type PriceRow, PriceTable } from '../price.ts';
import { AP_NORTHEAST_2 } from './ap-northeast-2.ts';
import { EU_WEST_1 } from './eu-west-1.ts';
import { GLOBAL_PRICES } from './global.ts';
import { US_EAST_1 } from './us-east-1.ts';
import { US_WEST_2 } from './us-west-2.ts';

export const LISTED_PRICES: readonly PriceRow[] = [
  ...GLOBAL_PRICES,
  ...US_EAST_1,
  ...US_WEST_2,
  ...EU_WEST_1,
  ...AP_NORTHEAST_2,
];

/** The shipped table, with the rows of a price file over it. */
export const pricesWith = (own: readonly PriceRow[] = []): PriceTable => new PriceTable([...LISTED_PRICES, ...own]);
