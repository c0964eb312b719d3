/** What each resource costs, so that what is said with less known can be held against it. */
import { costs } from '../../src/analyse/cost/costs.ts';
import { pricesWith } from '../../src/analyse/cost/prices/index.ts';
import { all, byId, type Estate } from '../../src/estate/estate.ts';

/** US dollars a month that are owed for its being there. */
export interface Bill {
  readonly usd: number;
  /** Something of it is not known: the sum is the least that it can be. */
  readonly open: boolean;
}

export interface Bills {
  readonly of: ReadonlyMap<string, Bill>;
  /** Who is charged for public addresses, and every one that is told of. */
  readonly holders: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
}

const PRICES = pricesWith([]);

/** Public addresses are charged once, for the first that names them: who that is may change with what is known. */
const ADDRESSES = 'public addresses';

export function billsOf(estate: Estate): Bills {
  const bills = new Map<string, Bill>();
  const holders = new Set<string>();
  const { lines, unknown } = costs(estate, PRICES);
  const add = (id: string, usd: number, open: boolean): void => {
    const known = bills.get(id);
    bills.set(id, { usd: (known?.usd ?? 0) + usd, open: open || known?.open === true });
  };
  for (const { resource, type, usd, price } of lines) {
    if (type !== 'fixed') continue;
    const shared = price.service === 'ipv4';
    if (shared) holders.add(resource);
    add(shared ? ADDRESSES : resource, usd, false);
  }
  for (const { resource, type, what } of unknown)
    if (type === 'fixed') add(/public IPv4/.test(what) ? ADDRESSES : resource, 0, true);
  return { of: bills, holders, addresses: addressesOf(estate) };
}

const addressesOf = (estate: Estate): ReadonlySet<string> =>
  new Set(
    [
      ...all(estate, 'elasticIp').map((one) => one.publicAddress),
      ...all(estate, 'instance').map((one) => one.publicAddress),
      ...all(estate, 'natGateway').flatMap((one) => one.publicAddresses ?? []),
      ...all(estate, 'networkInterface').flatMap((one) => (one.addresses ?? []).map((at) => at.public)),
    ].flatMap((address) => address ?? []),
  );

/** A known cost of what is still there that is another known one, nothing, or more than it can be. */
export function otherBills(before: Bills, estate: Estate): readonly string[] {
  const after = billsOf(estate);
  const allTold =
    [...before.addresses].every((address) => after.addresses.has(address)) &&
    [...before.holders].every((holder) => byId(estate, holder) !== undefined);
  return [...before.of].flatMap(([id, { usd, open }]) => {
    if (open || (id !== ADDRESSES && byId(estate, id) === undefined)) return [];
    const now = after.of.get(id) ?? { usd: 0, open: false };
    // of an address that nobody tells of any more it is not known whether what had it is still there
    const least = now.open || (id === ADDRESSES && !allTold);
    const honest = least ? now.usd <= usd + 1e-6 : Math.abs(now.usd - usd) < 1e-6;
    return honest ? [] : [`costs of ${id}: ${usd}, now ${now.open ? 'at least ' : ''}${now.usd}`];
  });
}
