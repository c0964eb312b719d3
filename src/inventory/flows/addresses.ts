/** Who has an IP address: by its interface, its instance, or the interface's owner. */
import { all, byId, type Estate, find, memoised } from '../../estate/estate.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';

export const isAddress = (text: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(text) || /^[0-9a-f:]*:[0-9a-f:]+$/i.test(text);

/** The resource whose traffic passes at an address. A private address means something in one VPC only. */
export function ownerOfAddress(estate: Estate, address: string, vpc: string | undefined): Resource | undefined {
  const index = addressIndex(estate);
  return index.get(address) ?? (vpc === undefined ? undefined : index.get(`${vpc} ${address}`));
}

const addressIndex = memoised((estate): ReadonlyMap<string, Resource> => {
  const index = new Map<string, Resource>();
  const add = (key: string | null | undefined, owner: Resource | undefined): void => {
    if (typeof key === 'string' && owner && !index.has(key)) index.set(key, owner);
  };
  for (const face of all(estate, 'networkInterface')) {
    const owner = ownerOf(estate, face);
    for (const address of face.addresses ?? []) {
      add(address.public, owner);
      if (face.vpc) add(`${face.vpc.id} ${address.private}`, owner);
    }
    for (const address of face.ipv6 ?? []) add(address, owner);
  }
  for (const instance of all(estate, 'instance')) {
    add(instance.publicAddress, instance);
    if (instance.vpc && instance.privateAddress) add(`${instance.vpc.id} ${instance.privateAddress}`, instance);
  }
  for (const elastic of all(estate, 'elasticIp')) {
    const holder = elastic.instance ?? elastic.networkInterface;
    const found = holder ? byId(estate, holder.id) : undefined;
    add(elastic.publicAddress, found?.kind === 'networkInterface' ? ownerOf(estate, found) : found);
  }
  return index;
});

/** The owner of an interface; a task of a service counts as the service, for tasks come and go. */
function ownerOf(estate: Estate, face: NetworkInterface): Resource | undefined {
  const owner = face.owner && byId(estate, face.owner.id);
  return (owner?.kind === 'ecsTask' ? find(estate, owner.service) : undefined) ?? owner ?? face;
}
