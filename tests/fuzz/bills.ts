/** What each resource costs, so that what is said with less known can be held against it. */
import { costs } from '../../src/analyse/cost/costs.ts';
import { pricesWith } from '../../src/analyse/cost/prices/index.ts';
import { byId, type Estate } from '../../src/estate/estate.ts';

/** US dollars a month that are owed for its being there. */
export interface Bill {
  readonly usd: number;
  /** Something of it is not known: the sum is the least that it can be. */
  readonly open: boolean;
}

export type Bills = ReadonlyMap<string, Bill>;

const PRICES = pricesWith([]);

/** Public addresses are charged once, for the first that names them: who that is may change with what is known. */
const ADDRESSES = 'public addresses';

export function billsOf(estate: Estate): Bills {
  const bills = new Map<string, Bill>();
  const { lines, unknown } = costs(estate, PRICES);
  const add = (id: string, usd: number, open: boolean): void => {
    const known = bills.get(id);
    bills.set(id, { usd: (known?.usd ?? 0) + usd, open: open || known?.open === true });
  };
  for (const { resource, type, usd, price } of lines)
    if (type === 'fixed') add(price.service === 'ipv4' ? ADDRESSES : resource, usd, false);
  for (const { resource, type, what } of unknown)
    if (type === 'fixed') add(/public IPv4/.test(what) ? ADDRESSES : resource, 0, true);
  return bills;
}

/** A known cost of what is still there that is another known one, nothing, or more than it can be. */
export function otherBills(before: Bills, estate: Estate): readonly string[] {
  const after = billsOf(estate);
  return [...before].flatMap(([id, { usd, open }]) => {
    if (open || (id !== ADDRESSES && byId(estate, id) === undefined)) return [];
    const now = after.get(id) ?? { usd: 0, open: false };
    // of addresses it is not known whether what had them is still there
    const least = now.open || id === ADDRESSES;
    const honest = least ? now.usd <= usd + 1e-6 : Math.abs(now.usd - usd) < 1e-6;
    return honest ? [] : [`costs of ${id}: ${usd}, now ${now.open ? 'at least ' : ''}${now.usd}`];
  });
}
