/** What people work with in a VPC, by which ports, and the exact commands that lead to it through the way in. */
import { all, byId, type Estate, find } from '../../estate/estate.ts';
import type { Vpc } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import { portsOfResource } from '../../inventory/flows/ports.ts';
import { isTold } from '../../inventory/flows/way-in.ts';
import type { Gate } from '../step.ts';
import { vpcOfStores } from './outside-functions.ts';
import type { Store } from './store-doors.ts';
import { type Bastion, tunnel } from './way-in.ts';

/** What people work with in one VPC, and by which ports. */
export interface Work {
  readonly stores: readonly { readonly store: Store; readonly port: number }[];
  /** Databases and caches of which the input tells no port or no groups: nobody could prove that the way leads to them. */
  readonly untold: readonly Store[];
  readonly ports: readonly number[];
  /** Whether people come by a door today that is to be closed. */
  readonly byOtherDoors: boolean;
}

/** Databases and caches of the VPC, and whatever else of it people reach today. */
export function workIn(estate: Estate, vpc: Vpc, sound: ReadonlySet<string>): Work {
  const places = vpcOfStores(estate);
  const inside = [...all(estate, 'database'), ...all(estate, 'databaseCluster'), ...all(estate, 'cache')].filter(
    (store) => places.get(store.id)?.id === vpc.id,
  );
  const stores = inside
    .filter(isTold)
    .flatMap((store) => portsOfResource(estate, store).map((port) => ({ store, port })));
  const flows = estate.flows.filter(({ from, to }) => {
    if (from.type !== 'people' || to.type !== 'resource' || sound.has(to.id)) return false;
    return vpcOf(estate, byId(estate, to.id), places) === vpc.id;
  });
  const more = flows.flatMap(({ ports }) => (ports !== null && ports.from === ports.to ? [ports.from] : []));
  const ports = [...new Set([...stores.map(({ port }) => port), ...more])].sort((a, b) => a - b);
  return { stores, untold: inside.filter((store) => !isTold(store)), ports, byOtherDoors: flows.length > 0 };
}

function vpcOf(estate: Estate, resource: Resource | undefined, places: ReadonlyMap<string, Vpc>): string | undefined {
  if (resource === undefined) return undefined;
  if (resource.kind === 'instance') return resource.vpc?.id;
  const place = places.get(resource.id);
  if (place) return place.id;
  return resource.kind === 'ecsService' ? find(estate, resource.network?.subnets?.[0])?.vpc.id : undefined;
}

/** One exact command for each thing that people work with. */
export function tunnels(bastion: Bastion, { stores }: Work): readonly Gate[] {
  const taken = new Set<number>();
  return stores.flatMap(({ store, port }) => {
    const host = hostOf(store);
    if (host === undefined) return [];
    let local = port < 50_000 ? port + 10_000 : port;
    while (taken.has(local)) local += 1;
    taken.add(local);
    return [
      {
        type: 'query' as const,
        check: `${store.name} answers at localhost:${local} while this runs.`,
        query: tunnel(bastion, host, port, local),
      },
    ];
  });
}

function hostOf(store: Store): string | undefined {
  if (store.kind === 'cache') return store.endpoints?.[0]?.host ?? undefined;
  return store.endpoint?.host ?? undefined;
}

export const flowLogQuery = (ports: readonly number[]): string =>
  `fields @timestamp, srcAddr, dstAddr, dstPort | filter action = "ACCEPT" and dstPort in [${ports.join(', ')}] and not isIpv4InSubnet(srcAddr, "10.0.0.0/8") and not isIpv4InSubnet(srcAddr, "172.16.0.0/12") and not isIpv4InSubnet(srcAddr, "192.168.0.0/16") | stats count(*) by srcAddr, dstAddr, dstPort`;
