/** What the derivations look things up in: the resources that were read, and whose interface each listed one is. */
import { id, regionName } from '../../estate/ids.ts';
import type { NetworkInterface, Subnet } from '../../estate/kinds/network.ts';
import type { Kind, Resource, ResourceOf } from '../../estate/resource.ts';
import type { Ref } from '../../estate/source.ts';

export interface Known {
  readonly all: <K extends Kind>(kind: K) => readonly ResourceOf<K>[];
  readonly find: <K extends Kind>(
    kind: K,
    ref: { readonly id: string } | null | undefined,
  ) => ResourceOf<K> | undefined;
  readonly subnetsOfVpc: (vpc: string) => readonly Subnet[];
}

export function knownFrom(resources: readonly Resource[]): Known {
  const byId = new Map<string, Resource>();
  const byKind = new Map<Kind, Resource[]>();
  const byVpc = new Map<string, Subnet[]>();
  for (const resource of resources) {
    byId.set(resource.id, resource);
    push(byKind, resource.kind, resource);
    if (resource.kind === 'subnet') push(byVpc, resource.vpc.id, resource);
  }
  return {
    all: <K extends Kind>(kind: K) => (byKind.get(kind) ?? []) as readonly Resource[] as readonly ResourceOf<K>[],
    find: <K extends Kind>(kind: K, ref: { readonly id: string } | null | undefined) => {
      const found = ref ? byId.get(ref.id) : undefined;
      return found?.kind === kind ? (found as ResourceOf<K>) : undefined;
    },
    subnetsOfVpc: (vpc) => byVpc.get(vpc) ?? [],
  };
}

export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** A reference as another resource holds it, so that its provenance stays with that resource's answer. */
export const carried = <K extends Kind>(holder: Resource, ref: Ref<K>): Ref<K> => ({
  ...ref,
  source: ref.source ?? holder.source,
});

/** A reference to a resource itself: provenance is the answer that it was read from. */
export const refTo = <K extends Kind>(resource: ResourceOf<K>): Ref<K> => ({
  id: id<K>(resource.id),
  field: '',
  source: resource.source,
});

export interface Draft {
  readonly owner: Resource;
  /** Tells it from the owner's other interfaces: a subnet, a zone or a node. */
  readonly place: string;
  /** The interface's own id, where the owner tells it. */
  readonly interfaceId?: string;
  readonly because: string;
  readonly vpc: Ref<'vpc'> | undefined;
  /** One is the interface's subnet; several are where it may be; none says that we do not know. */
  readonly subnets: readonly Ref<'subnet'>[];
  readonly securityGroups: readonly Ref<'securityGroup'>[] | undefined;
  readonly hasPublicAddress: boolean | undefined;
  readonly addresses?: NetworkInterface['addresses'];
  readonly interfaceType: string;
  /** The owner tells that it has no IPv6 address. */
  readonly ipv4Only?: boolean;
  /** Undefined where it is not told; without the field it is checked, as AWS does unless somebody says otherwise. */
  readonly sourceDestCheck?: boolean | undefined;
}

/** Where no subnet has an IPv6 block, no interface has an IPv6 address. */
const withoutIpv6 = (known: Known, subnets: readonly Ref<'subnet'>[]): boolean =>
  subnets.length > 0 && subnets.every((subnet) => known.find('subnet', subnet)?.ipv6Cidrs?.length === 0);

export function derivedInterface(known: Known, draft: Draft): NetworkInterface {
  const { owner, subnets } = draft;
  const [first] = subnets;
  const only = subnets.length === 1 ? first : undefined;
  const vpc = draft.vpc ?? (first && known.find('subnet', first)?.vpc);
  return {
    kind: 'networkInterface',
    id: id<'networkInterface'>(draft.interfaceId ?? `derived:${owner.id}/${draft.place}`),
    name: `${owner.name} in ${draft.place}`,
    account: owner.account,
    region: regionName(owner.region),
    tags: undefined,
    source: owner.source,
    derived: { because: draft.because },
    vpc: vpc && carried(owner, vpc),
    subnet: only && carried(owner, only),
    candidateSubnets: only ? [] : subnets.map((subnet) => carried(owner, subnet)),
    securityGroups: draft.securityGroups?.map((group) => carried(owner, group)),
    addresses: draft.addresses,
    ipv6: draft.ipv4Only || withoutIpv6(known, subnets) ? [] : undefined,
    hasPublicAddress: draft.hasPublicAddress,
    sourceDestCheck: 'sourceDestCheck' in draft ? draft.sourceDestCheck : true,
    interfaceType: draft.interfaceType,
    description: undefined,
    status: undefined,
    owner: refTo(owner),
  };
}

/**
 * One interface a subnet, for services that place one in each; one of unknown place when the subnets were not told.
 * Subnets that an interface of the owner was listed in are left out.
 */
export function onePerSubnet(
  known: Known,
  subnets: readonly Ref<'subnet'>[] | undefined,
  listed: readonly NetworkInterface[],
  draft: Omit<Draft, 'place' | 'subnets'>,
): readonly NetworkInterface[] {
  if (!subnets) return listed.length > 0 ? [] : [derivedInterface(known, { place: 'unknown', subnets: [], ...draft })];
  const covered = new Set<string | undefined>(listed.map((one) => one.subnet?.id));
  const open = new Map(subnets.filter((subnet) => !covered.has(subnet.id)).map((subnet) => [subnet.id, subnet]));
  return [...open.values()].map((subnet) => derivedInterface(known, { place: subnet.id, subnets: [subnet], ...draft }));
}
