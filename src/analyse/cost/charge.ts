/**
 * What a resource is charged for: quantities, before any price. A quantity that the input does not tell is
 * undefined and names what would tell it; it never counts as zero.
 */
import type { Resource } from '../../estate/resource.ts';
import { HOURS_PER_MONTH, type Service } from './price.ts';

export interface Charge {
  readonly service: Service;
  readonly sku: string;
  /** In words: “on demand, Linux”. */
  readonly what: string;
  /** `fixed` is owed for being there, `usage` for being used. */
  readonly type: 'fixed' | 'usage';
  /** A month's worth, in the price's unit. Undefined when not known. */
  readonly quantity: number | undefined;
  /** Why the quantity is not known, naming the operation or field that would tell. */
  readonly missing?: string;
  /** Where it is not the resource's own region. */
  readonly region?: string;
}

/** Something that costs, of which not even the sku is known. */
export interface Unpriced {
  readonly what: string;
  readonly missing: string;
}

export interface Bill {
  readonly charges: readonly Charge[];
  readonly unpriced: readonly Unpriced[];
}

export const NOTHING: Bill = { charges: [], unpriced: [] };

export const bill = (...charges: readonly Charge[]): Bill => ({ charges, unpriced: [] });
export const unpriced = (what: string, missing: string): Bill => ({ charges: [], unpriced: [{ what, missing }] });
export const joined = (...bills: readonly Bill[]): Bill => ({
  charges: bills.flatMap((one) => one.charges),
  unpriced: bills.flatMap((one) => one.unpriced),
});

/** All hours of a month, for a number of equal things. */
export const hourly = (
  service: Service,
  sku: string,
  what: string,
  count: number | undefined,
  missing?: string,
): Charge => ({
  service,
  sku,
  what,
  type: 'fixed',
  quantity: count === undefined ? undefined : count * HOURS_PER_MONTH,
  ...(missing === undefined ? {} : { missing }),
});

export const fixed = (
  service: Service,
  sku: string,
  what: string,
  quantity: number | undefined,
  missing?: string,
): Charge => ({
  service,
  sku,
  what,
  type: 'fixed',
  quantity,
  ...(missing === undefined ? {} : { missing }),
});

/** Known only by an assumption of the user. */
export const usage = (service: Service, sku: string, what: string): Charge => ({
  service,
  sku,
  what,
  type: 'usage',
  quantity: undefined,
});

/** The operation that listed a resource, for the sentence of what is missing. */
export const asked = (resource: Resource, field: string): string =>
  `${resource.source.operation} does not tell ${field}`;
