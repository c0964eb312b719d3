/** Where a journey starts: the answers of AWS, the estate read from them, and what of it a program can declare. */
import type { Estate } from '../estate/estate.ts';
import { oncePer } from '../estate/once.ts';
import type { Resource } from '../estate/resource.ts';
import { type Adoptions, adopt } from '../inventory/adopt/adopt.ts';
import { rereader } from '../inventory/adopt/read-back.ts';
import type { Entry } from '../inventory/entry.ts';

export interface Today {
  readonly estate: Estate;
  readonly adoptions: Adoptions;
  /** The adopted resources as the readers see them: what an edit is compared with. */
  readonly readBack: ReadonlyMap<string, Resource>;
  readonly place: { readonly account: string; readonly region: string };
  /** Reads what is declared at a point of the journey; quick where the point before differs little. */
  readonly read: ReturnType<typeof rereader>;
}

/** Kept, for the points of a journey are compared by them again and again. */
export const keyOf = oncePer(({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind} ${id}`);

export const byKey = (resources: readonly Resource[]): ReadonlyMap<string, Resource> =>
  new Map(resources.map((one) => [keyOf(one), one]));

export function todayOf(estate: Estate, entries: readonly Entry[]): Today {
  const adoptions = adopt(entries);
  const read = rereader();
  return { estate, adoptions, readBack: byKey(read(adoptions.resources)), place: placeOf(estate), read };
}

/** The account, and the region that holds most of it. */
function placeOf(estate: Estate): Today['place'] {
  const counts = new Map<string, number>();
  for (const { region, kind } of estate.resources)
    if (kind === 'subnet' || kind === 'securityGroup' || kind === 'database' || kind === 'ecsService')
      counts.set(region, (counts.get(region) ?? 0) + 1);
  const [first] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const account = estate.resources.find(({ kind }) => kind === 'account')?.account ?? '';
  return { account, region: first?.[0] ?? 'us-east-1' };
}
