/**
 * Interfaces that AWS must have but the input does not list. A firewall rule, a route, a zone outage act on interfaces:
 * a database without one would be invisible to every analysis. Derived ones say so (`derived.because`) and have
 * stable ids, `derived:<owner>/<place>`, unless the owner tells AWS's own id.
 *
 * In: the resources that were read. Out: more interfaces, and the owners of the listed ones. Imports the estate only.
 */
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import { cacheInterfaces, databaseInterfaces } from './data.ts';
import { knownFrom, push } from './known.ts';
import { ownersOf } from './owners.ts';
import {
  balancerInterfaces,
  endpointInterfaces,
  functionInterfaces,
  instanceInterfaces,
  natInterfaces,
} from './services.ts';
import { taskInterfaces } from './tasks.ts';

const DERIVATIONS = [
  balancerInterfaces,
  databaseInterfaces,
  cacheInterfaces,
  functionInterfaces,
  taskInterfaces,
  endpointInterfaces,
  natInterfaces,
  instanceInterfaces,
];

export function derivedInterfaces(resources: readonly Resource[]): readonly NetworkInterface[] {
  const known = knownFrom(resources);
  const owners = ownersOf(known);
  const byOwner = new Map<string, NetworkInterface[]>();
  for (const one of known.all('networkInterface')) {
    const owner = owners.get(one.id);
    if (owner) push(byOwner, owner.id, one);
  }
  const listed = (owner: string): readonly NetworkInterface[] => byOwner.get(owner) ?? [];
  return DERIVATIONS.flatMap((derive) => derive(known, listed));
}

/** The same resources, each listed interface with its owner where that is certain. */
export function withOwners(resources: readonly Resource[]): readonly Resource[] {
  const owners = ownersOf(knownFrom(resources));
  return resources.map((resource) => {
    if (resource.kind !== 'networkInterface' || resource.owner) return resource;
    const owner = owners.get(resource.id);
    return owner ? { ...resource, owner } : resource;
  });
}
