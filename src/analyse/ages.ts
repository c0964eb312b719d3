/** Ages, counted from the day the inventory was collected: an estate has no other "now". */
import type { Estate } from '../estate/estate.ts';

const DAY = 86_400_000;

/** Whole days between a date and the collection; undefined when either is not known. */
export function daysSince(estate: Estate, date: string | null | undefined): number | undefined {
  if (!date || estate.collectedAt === undefined) return undefined;
  const days = (Date.parse(estate.collectedAt) - Date.parse(date)) / DAY;
  return Number.isFinite(days) ? Math.max(0, Math.floor(days)) : undefined;
}

/** `3 years`, `5 months`, `12 days` */
export function ageText(days: number): string {
  if (days >= 730) return `${Math.floor(days / 365)} years`;
  if (days >= 60) return `${Math.floor(days / 30)} months`;
  return `${days} day${days === 1 ? '' : 's'}`;
}
