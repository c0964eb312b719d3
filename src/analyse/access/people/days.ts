/** Ages in whole days, counted to the day the inventory was collected: there is no clock here. */
import type { Estate } from '../../../estate/estate.ts';

const DAY = 86_400_000;

/** Undefined when either date is not known; never negative. */
export function daysSince(estate: Estate, date: string | null | undefined): number | undefined {
  if (date === null || date === undefined || estate.collectedAt === undefined) return undefined;
  const days = Math.floor((Date.parse(estate.collectedAt) - Date.parse(date)) / DAY);
  return Number.isNaN(days) ? undefined : Math.max(0, days);
}

/** The latest of several dates: null when all are known never to have been, undefined when one is not known and none is. */
export function latest(dates: readonly (string | null | undefined)[]): string | null | undefined {
  const known = dates.filter((date): date is string => typeof date === 'string').sort();
  const last = known[known.length - 1];
  if (last !== undefined) return last;
  return dates.some((date) => date === undefined) ? undefined : null;
}
