/**
 * Whose interface is a listed one? Said by the resource that names the interface, or by the description that the
 * service gives it. Only what is certain: two databases with the same groups and subnets leave theirs without owner.
 */
import type { Database } from '../../estate/kinds/data.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Ref } from '../../estate/source.ts';
import { type DatabasePlace, databasePlaces } from './database-places.ts';
import { type Known, push, refTo } from './known.ts';

const placed = (resource: { readonly account: string; readonly region: string }, name: string): string =>
  `${resource.account} ${resource.region} ${name}`;

/** The owner of every listed interface that has a certain one, by the interface's id. */
export function ownersOf(known: Known): ReadonlyMap<string, Ref> {
  const owners = new Map<string, Ref>();
  const set = (networkInterface: string, owner: Ref): void => {
    if (!owners.has(networkInterface)) owners.set(networkInterface, owner);
  };
  for (const one of known.all('networkInterface')) if (one.owner) set(one.id, one.owner);
  for (const kind of ['natGateway', 'vpcEndpoint', 'ecsTask', 'instance'] as const)
    for (const resource of known.all(kind))
      for (const ref of resource.networkInterfaces ?? []) set(ref.id, refTo(resource));

  const byDescription = describedOwner(known);
  for (const one of known.all('networkInterface')) {
    const owner = owners.has(one.id) ? undefined : byDescription(one);
    if (owner) set(one.id, refTo(owner));
  }
  for (const [networkInterface, database] of databaseOwners(known, owners)) set(networkInterface, refTo(database));
  return owners;
}

/** Reads the descriptions that AWS's services write. */
function describedOwner(known: Known): (one: NetworkInterface) => Resource | undefined {
  const balancers = new Map<string, Resource>();
  for (const one of known.all('loadBalancer')) {
    const path = /:loadbalancer\/((?:app|net|gwy)\/.+)$/.exec(one.arn ?? one.id)?.[1];
    balancers.set(placed(one, path ?? one.id.replace(/^.*\//, '')), one);
    if (path === undefined) balancers.set(placed(one, one.name), one);
  }
  const caches = new Map<string, Resource>();
  for (const one of known.all('cache')) {
    for (const node of one.nodes ?? []) caches.set(placed(one, node.id.replace(/\/.*$/, '')), one);
    caches.set(placed(one, one.identifier), one);
  }
  const functions = new Map<string, Resource>();
  for (const one of known.all('function')) functions.set(placed(one, one.id.replace(/^.*:function:/, '')), one);

  return (one) => {
    const text = one.description ?? '';
    const balancer = /^ELB (.+)$/.exec(text)?.[1];
    if (balancer !== undefined) return balancers.get(placed(one, balancer));
    const nat = /^Interface for NAT Gateway (nat-\w+)$/.exec(text)?.[1];
    if (nat !== undefined) return known.find('natGateway', { id: nat });
    const endpoint = /^VPC Endpoint Interface (vpce-\w+)$/.exec(text)?.[1];
    if (endpoint !== undefined) return known.find('vpcEndpoint', { id: endpoint });
    const cache = /^ElastiCache[ +]([\w.-]+)/.exec(text)?.[1];
    if (cache !== undefined) return caches.get(placed(one, cache));
    const lambda = /^AWS Lambda VPC ENI-(.+)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(text)?.[1];
    return lambda === undefined ? undefined : functions.get(placed(one, lambda));
  };
}

export const isDatabaseInterface = (one: NetworkInterface): boolean =>
  /^RDS\s?NetworkInterface$/i.test(one.description ?? '');

const groupsKey = (groups: readonly Ref[]): string =>
  groups
    .map((group) => group.id)
    .sort()
    .join(' ');

/** RDS names no database in its interfaces: an interface is a database's only if no other place fits, and it fits no other place. */
function databaseOwners(known: Known, owners: ReadonlyMap<string, Ref>): readonly (readonly [string, Database])[] {
  const open = known.all('networkInterface').filter((one) => isDatabaseInterface(one) && !owners.has(one.id));
  if (open.length === 0) return [];
  // a database whose groups are unknown may be any interface's: then nothing is certain
  const databases = known.all('database');
  if (databases.some((database) => database.securityGroups === undefined)) return [];
  const places = new Map<string, DatabasePlace[]>();
  for (const database of databases)
    for (const place of databasePlaces(known, database))
      for (const subnet of place.subnets)
        push(places, `${subnet.id} ${groupsKey(database.securityGroups ?? [])}`, place);

  const found: (readonly [NetworkInterface, DatabasePlace])[] = [];
  const taken = new Map<DatabasePlace, number>();
  for (const one of open) {
    if (!one.subnet || !one.securityGroups) continue;
    const place = onlyFitting(one, places.get(`${one.subnet.id} ${groupsKey(one.securityGroups)}`) ?? []);
    if (!place) continue;
    found.push([one, place]);
    taken.set(place, (taken.get(place) ?? 0) + 1);
  }
  const certain = found.flatMap(([one, place]) => (taken.get(place) === 1 ? [[one.id, place.database] as const] : []));
  const settled = new Set<string>(certain.map(([networkInterface]) => networkInterface));
  return [
    ...certain,
    ...alike(
      open.filter((one) => !settled.has(one.id)),
      places,
    ),
  ];
}

/**
 * Databases that share subnet, groups and public access have interfaces that are alike in everything that matters: where
 * there are as many of the one as of the other, which is whose makes no difference to any verdict, and they are
 * given in the order of their ids.
 */
function alike(
  open: readonly NetworkInterface[],
  places: ReadonlyMap<string, readonly DatabasePlace[]>,
): readonly (readonly [string, Database])[] {
  const crowds = new Map<string, NetworkInterface[]>();
  for (const one of open)
    if (one.subnet && one.securityGroups) push(crowds, `${one.subnet.id} ${groupsKey(one.securityGroups)}`, one);
  return [...crowds].flatMap(([key, crowd]) => {
    const fitting = places.get(key) ?? [];
    const certain = fitting.every(({ subnets }) => subnets.length === 1) && fitting.length === crowd.length;
    if (!certain) return [];
    const order = <T extends { readonly id: string }>(a: T, b: T): number => (a.id < b.id ? -1 : 1);
    return [true, false].flatMap((isPublic) => {
      const interfaces = crowd.filter((one) => one.hasPublicAddress === isPublic).sort(order);
      const databases = fitting
        .map(({ database }) => database)
        .filter((database) => database.publiclyAccessible === isPublic)
        .sort(order);
      if (interfaces.length !== databases.length) return [];
      return interfaces.flatMap((one, n) => {
        const database = databases[n];
        return database ? [[one.id, database] as const] : [];
      });
    });
  });
}

/** The one place that the interface may be at; undefined when none or several are. */
function onlyFitting(one: NetworkInterface, places: readonly DatabasePlace[]): DatabasePlace | undefined {
  let found: DatabasePlace | undefined;
  for (const place of places) {
    if (one.hasPublicAddress === true && place.database.publiclyAccessible === false) continue;
    if (found) return undefined;
    found = place;
  }
  return found;
}
