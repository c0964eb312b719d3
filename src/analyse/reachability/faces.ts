/**
 * A face is an interface at one place in the network, as the evaluator sees it. An interface whose subnet is not known
 * has a face for every subnet it may be in; an address that nobody has yet has one too (what would be reached from there).
 */
import { byId, findOf } from '../../estate/estate.ts';
import type { NetworkInterface, Subnet } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import {
  type AddressSet,
  ALL_ADDRESSES,
  addressSetOf,
  formatCidrs,
  intersect,
  isEmpty,
  NO_ADDRESSES,
  union,
} from '../../estate/sets/index.ts';
import type { Source } from '../../estate/source.ts';
import type { Missing } from '../verdict.ts';
import { lacking, type Network } from './network.ts';

export interface Face {
  /** Id of the interface; of the subnet for a host that is only thought of. */
  readonly id: string;
  readonly name: string;
  readonly vpc: string | undefined;
  readonly subnet: Subnet | undefined;
  /** Undefined: not known. `none`: nothing filters here (a NAT gateway, a balancer without groups, a host thought of). */
  readonly groups: readonly string[] | 'none' | undefined;
  /** Its private IPv4 and its IPv6 addresses, or all it may have. */
  readonly addresses: AddressSet;
  /** False when `addresses` are only those it may have. */
  readonly exact: boolean;
  /** Undefined: not known. */
  readonly hasPublic: boolean | undefined;
  readonly publicAddresses: AddressSet | undefined;
  readonly hasIpv6: boolean | undefined;
  readonly sourceDestCheck: boolean | undefined;
  readonly interfaceType: string | undefined;
  readonly owner: Resource | undefined;
  readonly assumptions: readonly string[];
  readonly source: Source;
  /** What would tell the parts that are not known. */
  readonly missing: Missing;
}

/** An interface's faces: one, or one for each subnet it may be in; never none. */
export function facesOf(network: Network, one: NetworkInterface): readonly Face[] {
  const places = one.subnet ? [one.subnet] : one.candidateSubnets;
  if (places.length === 0) return [faceIn(network, one, undefined)];
  return places.map((ref) => faceIn(network, one, findOf(network.estate, 'subnet', ref)));
}

/** A resource of which its answer does not tell the VPC is read with this one, and may be in any. */
/** The VPC, where it is told. */
export const placeOf = (vpc: { readonly id: string } | undefined): string | undefined =>
  vpc === undefined || vpc.id === 'unknown' ? undefined : vpc.id;

function faceIn(network: Network, one: NetworkInterface, subnet: Subnet | undefined): Face {
  const listed = one.addresses?.map((address) => address.private);
  const privately = listed && addressSetOf([...listed, ...(one.ipv6 ?? [])]);
  const publicly = one.addresses && addressSetOf(one.addresses.flatMap((address) => address.public ?? []));
  const owner = one.owner && byId(network.estate, one.owner.id);
  const ipv6 = one.ipv6 ?? (subnet?.ipv6Cidrs?.length === 0 ? [] : undefined);
  return {
    id: one.id,
    name: one.name,
    vpc: placeOf(one.vpc ?? subnet?.vpc),
    subnet,
    groups: groupsOf(one, owner),
    addresses: privately ?? possibleAddresses(subnet, ipv6?.length === 0),
    exact: privately !== undefined,
    hasPublic: one.hasPublicAddress,
    publicAddresses: publicly !== undefined && !isEmpty(publicly) ? publicly : undefined,
    hasIpv6: ipv6 === undefined ? undefined : ipv6.length > 0,
    sourceDestCheck: one.sourceDestCheck,
    interfaceType: one.interfaceType,
    owner,
    assumptions: one.derived ? [`The interface ${one.id} is derived: ${one.derived.because}`] : [],
    source: one.source,
    missing: lacking(network, 'ec2:DescribeNetworkInterfaces', one, 'all of the interface'),
  };
}

/** An interface without any group is unfiltered only where AWS allows that. */
function groupsOf(one: NetworkInterface, owner: Resource | undefined): Face['groups'] {
  if (one.securityGroups === undefined) return undefined;
  if (one.securityGroups.length > 0) return one.securityGroups.map((ref) => ref.id);
  const unfiltered =
    owner?.kind === 'natGateway' ||
    (owner?.kind === 'loadBalancer' && owner.type !== 'application') ||
    ['nat_gateway', 'network_load_balancer', 'gateway_load_balancer', 'gateway_load_balancer_endpoint'].includes(
      one.interfaceType ?? '',
    );
  return unfiltered ? 'none' : undefined;
}

/** All that an interface of the subnet may have; everything where the subnet's blocks are not known either. */
function possibleAddresses(subnet: Subnet | undefined, withoutIpv6: boolean): AddressSet {
  const known = subnetAddresses(subnet);
  const all = isEmpty(known) ? ALL_ADDRESSES : known;
  return withoutIpv6 ? { v4: all.v4, v6: [] } : all;
}

const blocks = new WeakMap<Subnet, AddressSet>();

export function subnetAddresses(subnet: Subnet | undefined): AddressSet {
  if (subnet?.cidr === undefined) return NO_ADDRESSES;
  const known = blocks.get(subnet) ?? addressSetOf([subnet.cidr, ...(subnet.ipv6Cidrs ?? [])]) ?? NO_ADDRESSES;
  blocks.set(subnet, known);
  return known;
}

/** A host that is only thought of, at some addresses of a subnet. */
export function imagined(network: Network, subnet: Subnet, addresses: AddressSet): Face {
  const here = intersect(addresses, subnetAddresses(subnet));
  return {
    id: subnet.id,
    name: `a host at ${formatCidrs(here).join(', ')}`,
    vpc: placeOf(subnet.vpc),
    subnet,
    groups: 'none',
    addresses: here,
    exact: true,
    hasPublic: false,
    publicAddresses: undefined,
    hasIpv6: here.v6.length > 0,
    sourceDestCheck: true,
    interfaceType: undefined,
    owner: undefined,
    assumptions: [
      `No interface of the input has ${formatCidrs(here).join(', ')}: the security groups of a host there are not considered.`,
    ],
    source: subnet.source,
    missing: lacking(network, 'ec2:DescribeNetworkInterfaces', subnet, 'the interfaces of the subnet'),
  };
}

/** Every address by which a face is seen outside. */
export const seenAs = (face: Face): AddressSet =>
  union(face.publicAddresses ?? NO_ADDRESSES, { v4: [], v6: face.addresses.v6 });

/** What a proof calls the thing: the resource whose traffic it is, else the interface. */
export const labelOf = (face: Face): string => face.owner?.id ?? face.id;
