/** Functions that run outside of every VPC and use what stands in one. */
import { all, byId, type Estate, find } from '../../estate/estate.ts';
import type { Flow } from '../../estate/flow.ts';
import type { LambdaFunction } from '../../estate/kinds/compute.ts';
import type { Vpc } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';

const STORES = ['database', 'databaseCluster', 'cache'] as const;
type Store = Extract<Resource, { kind: (typeof STORES)[number] }>;

export interface OutsideFunction {
  readonly fn: LambdaFunction;
  readonly vpc: Vpc;
  readonly uses: readonly { readonly store: Store; readonly flow: Flow }[];
}

export interface OutsideFunctions {
  readonly found: readonly OutsideFunction[];
  /** What uses stores of several VPCs: it can stand in one only. */
  readonly torn: readonly { readonly fn: LambdaFunction; readonly vpcs: readonly Vpc[] }[];
}

/** Functions of which the input does not tell whether they are in a VPC count for neither. */
export function outsideFunctions(estate: Estate, holds: (resource: Resource) => boolean): OutsideFunctions {
  const found: OutsideFunction[] = [];
  const torn: OutsideFunctions['torn'][number][] = [];
  const places = vpcOfStores(estate);
  for (const fn of all(estate, 'function')) {
    if (fn.network !== null || !holds(fn)) continue;
    const uses = estate.flows.flatMap((flow) => {
      if (flow.from.type !== 'resource' || flow.from.id !== fn.id || flow.to.type !== 'resource') return [];
      const store = byId(estate, flow.to.id);
      return store && isStore(store) ? [{ store, flow }] : [];
    });
    const vpcs = [...new Set(uses.flatMap(({ store }) => places.get(store.id) ?? []))];
    const [vpc] = vpcs;
    if (vpcs.length > 1) torn.push({ fn, vpcs });
    else if (vpc) found.push({ fn, vpc, uses });
  }
  return { found, torn };
}

const isStore = (resource: Resource): resource is Store => STORES.some((kind) => kind === resource.kind);

/** Where a database, a cluster or a cache stands: by its interfaces, else by its subnet group. */
export function vpcOfStores(estate: Estate): ReadonlyMap<string, Vpc> {
  const places = new Map<string, Vpc>();
  for (const one of all(estate, 'networkInterface')) {
    const vpc = find(estate, one.vpc);
    if (one.owner && vpc) places.set(one.owner.id, vpc);
  }
  for (const store of [...all(estate, 'database'), ...all(estate, 'databaseCluster'), ...all(estate, 'cache')]) {
    const vpc = find(estate, find(estate, store.subnetGroup)?.vpc);
    if (vpc && !places.has(store.id)) places.set(store.id, vpc);
  }
  return places;
}
