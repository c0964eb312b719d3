/** What the estate tells while logs are read: whose an interface is, who listens where, which addresses are CloudFront's. */
import { all, byId, type Estate, find } from '../../estate/estate.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import { type AddressSet, addressSetOf, contains, INTERNET, parseAddress, union } from '../../estate/sets/index.ts';
import { ownerOfAddress } from '../flows/addresses.ts';
import { portsOfResource } from '../flows/ports.ts';

export interface Lookups {
  readonly vpcOf: (eni: string) => string | undefined;
  /** Which end of a record the interface itself is; undefined when its addresses are not known. */
  readonly has: (eni: string, address: string) => boolean | undefined;
  /** Gateways only hand on: what passes there is told by the interfaces at both ends. */
  readonly handsOn: (eni: string) => boolean;
  readonly listens: (vpc: string, address: string, port: number) => boolean;
  /** Whether an address stays as it is: it is private, or of the estate. Others become networks. */
  readonly keepsAddress: (address: string) => boolean;
  /** Null when CloudFront's addresses are not known. */
  readonly isCloudFront: (address: string) => boolean | null;
}

/** As many answers are remembered: visitors come again. */
const REMEMBERED = 50_000;

/** Addresses come by the million, and few of them are different. */
function remembered<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text) => {
    let one = known.get(text);
    if (one === undefined) {
      one = { value: answer(text) };
      if (known.size >= REMEMBERED) known.clear();
      known.set(Buffer.from(text, 'utf8').toString('utf8'), one);
    }
    return one.value;
  };
}

export const isPublic = (address: string): boolean => {
  const parsed = parseAddress(address);
  return parsed !== undefined && contains(INTERNET, parsed);
};

/** CloudFront's own list, as far as the input holds it. */
function edges(estate: Estate): AddressSet | undefined {
  let found: AddressSet | undefined;
  for (const { listName, cidrs } of all(estate, 'prefixList')) {
    if (!/^com\.amazonaws\.[\w-]+(?:\.ipv6)?\.cloudfront\.origin-facing$/.test(listName ?? '') || !cidrs) continue;
    const set = addressSetOf(cidrs);
    if (set) found = found ? union(found, set) : set;
  }
  return found;
}

/** Where balancers send requests, and tasks have a port of their machine: `i-1 32768`, `10.0.0.4 8080`. */
function targetPorts(estate: Estate): ReadonlySet<string> {
  const found = new Set<string>();
  for (const group of all(estate, 'targetGroup'))
    for (const { target, port } of group.targets ?? []) found.add(`${target} ${port ?? group.port}`);
  for (const task of all(estate, 'ecsTask')) {
    const machine = find(estate, task.containerInstance)?.instance?.id;
    for (const { hostPort } of task.hostPorts ?? []) found.add(`${machine} ${hostPort}`);
  }
  return found;
}

export function lookupsOf(estate: Estate): Lookups {
  const ours = new Set<string>();
  const addresses = new Map<string, ReadonlySet<string>>();
  for (const face of all(estate, 'networkInterface')) {
    const own = [...(face.addresses ?? []).flatMap((one) => [one.private, one.public ?? '']), ...(face.ipv6 ?? [])];
    for (const address of own) ours.add(address);
    if (face.addresses !== undefined) addresses.set(face.id, new Set(own));
  }
  for (const { publicAddress } of all(estate, 'elasticIp')) ours.add(publicAddress ?? '');
  for (const { publicAddress } of all(estate, 'instance')) ours.add(publicAddress ?? '');
  const cloudFront = edges(estate);
  const targets = targetPorts(estate);
  return {
    vpcOf: (eni) => face(estate, eni)?.vpc?.id,
    has: (eni, address) => addresses.get(eni)?.has(address),
    handsOn: remembered((eni) => {
      const owner = face(estate, eni)?.owner;
      const kind = owner && byId(estate, owner.id)?.kind;
      return kind === 'natGateway' || kind === 'vpcEndpoint';
    }),
    listens: (vpc, address, port) => {
      const owner = ownerOfAddress(estate, address, vpc === '' ? undefined : vpc);
      if (owner === undefined) return false;
      return (
        portsOfResource(estate, owner).includes(port) ||
        targets.has(`${owner.id} ${port}`) ||
        targets.has(`${address} ${port}`)
      );
    },
    keepsAddress: remembered((address) => ours.has(address) || !isPublic(address)),
    isCloudFront: remembered((address) => {
      const parsed = parseAddress(address);
      return cloudFront === undefined || parsed === undefined ? null : contains(cloudFront, parsed);
    }),
  };
}

function face(estate: Estate, id: string): NetworkInterface | undefined {
  const found = byId(estate, id);
  return found?.kind === 'networkInterface' ? found : undefined;
}

/** The network of an address outside: a /24, or a /48 of IPv6. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address.replace(/\.\d+$/, '.0/24');
  const parsed = parseAddress(address);
  if (parsed?.family !== 6) return address;
  const groups = [112n, 96n, 80n].map((shift) => ((parsed.value >> shift) & 0xffffn).toString(16));
  return `${groups.join(':')}::/48`;
}
