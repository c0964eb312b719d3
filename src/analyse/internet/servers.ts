/** Which instances are ordinary servers: the others (a bastion, a NAT instance) have a reason to stand at the edge. */
import type { Estate } from '../../estate/estate.ts';
import { all, find, memoised } from '../../estate/estate.ts';
import type { Instance } from '../../estate/kinds/compute.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import { tierOf } from '../groups/users.ts';

/** Instances that a route sends other machines' traffic to. */
const routedTo: (estate: Estate) => ReadonlySet<string> = memoised((estate) => {
  const ids = new Set<string>();
  for (const table of all(estate, 'routeTable'))
    for (const { target } of table.routes ?? []) {
      if (target?.type === 'instance') ids.add(target.ref.id);
      if (target?.type === 'networkInterface') {
        const owner = find(estate, target.ref)?.owner;
        if (owner) ids.add(owner.id);
      }
    }
  return ids;
});

export const isNatInstance = (estate: Estate, instance: Instance): boolean =>
  instance.sourceDestCheck === false && routedTo(estate).has(instance.id);

/** By its name: a bastion, a jump host, a VPN server. */
export const isWayIn = (instance: Instance): boolean => tierOf(instance) === 'access';

/** What may well stand in a public subnet. */
export const belongsOutside = (estate: Estate, resource: Resource): boolean =>
  resource.kind === 'instance' && (isGone(resource) || isWayIn(resource) || isNatInstance(estate, resource));

export const isGone = ({ state }: Instance): boolean => state === 'terminated' || state === 'shutting-down';

/** Its interfaces that have a public address; undefined when it is not told of one of them and no other has one. */
export function publicInterfaces(estate: Estate, instance: Instance): readonly NetworkInterface[] | undefined {
  const interfaces = (instance.networkInterfaces ?? []).map((ref) => find(estate, ref));
  const open = interfaces.filter((one) => one !== undefined).filter((one) => one.hasPublicAddress === true);
  if (open.length > 0) return open;
  const told = instance.networkInterfaces !== undefined && interfaces.every((one) => one?.hasPublicAddress === false);
  return told || (instance.publicAddress === null && interfaces.length < 2) ? [] : undefined;
}
