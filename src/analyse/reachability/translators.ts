/** What translates between a subnet and other networks: NAT gateways, and machines that a route leads to. */
import { findOf } from '../../estate/estate.ts';
import type { NatGateway, RouteTarget } from '../../estate/kinds/network.ts';
import {
  type AddressSet,
  ALL_ADDRESSES,
  addressSetOf,
  ICMP,
  isEmpty,
  protocolTraffic,
  TCP,
  UDP,
  unionAllTraffic,
} from '../../estate/sets/index.ts';
import { OPEN, unknown } from './admission.ts';
import { type Face, facesOf, labelOf } from './faces.ts';
import type { Peer } from './groups.ts';
import { lacking, type Network } from './network.ts';
import { hop, type Stage } from './path.ts';
import { mark, shut, trafficStage } from './stages.ts';

export function natFace(network: Network, nat: NatGateway): Face {
  const subnet = findOf(network.estate, 'subnet', nat.subnet);
  const addresses = nat.privateAddresses && addressSetOf(nat.privateAddresses);
  const publicly = nat.publicAddresses && addressSetOf(nat.publicAddresses);
  return {
    id: nat.id,
    name: nat.name,
    vpc: nat.vpc?.id ?? subnet?.vpc.id,
    subnet,
    groups: 'none',
    addresses: addresses && !isEmpty(addresses) ? addresses : ALL_ADDRESSES,
    exact: addresses !== undefined && !isEmpty(addresses),
    hasPublic: nat.connectivity === 'public' ? true : nat.connectivity === 'private' ? false : undefined,
    publicAddresses: publicly !== undefined && !isEmpty(publicly) ? publicly : undefined,
    hasIpv6: false,
    sourceDestCheck: false,
    interfaceType: 'nat_gateway',
    owner: nat,
    assumptions: [],
    source: nat.source,
    missing: lacking(network, 'ec2:DescribeNatGateways', nat, 'all of the NAT gateway'),
  };
}

const TRANSLATED = unionAllTraffic([TCP, UDP, ICMP].map(protocolTraffic));

export function natStages(network: Network, nat: NatGateway): readonly Stage[] {
  const state: Stage =
    nat.state === undefined
      ? {
          clause: 'nat-state',
          admission: unknown(lacking(network, 'ec2:DescribeNatGateways', nat, 'its state')),
          admits: () => [],
          blocks: () => [],
        }
      : nat.state === 'available'
        ? mark('nat-state', hop('nat-gateway', nat.id, '', `${nat.id} translates what starts inside.`, nat.source))
        : shut('nat-state', hop('nat-unavailable', nat.id, '', `${nat.id} is ${nat.state}.`, nat.source));
  const protocol = trafficStage(
    'nat-protocol',
    TRANSLATED,
    () => [],
    () => [hop('nat-protocol', nat.id, '', `${nat.id} translates TCP, UDP and ICMP only.`, nat.source)],
  );
  return [
    { ...state, at: nat.id },
    { ...protocol, at: nat.id },
  ];
}

/** Translation is for IPv4 only. */
export const ipv4Of = (face: Face): AddressSet => ({ v4: face.addresses.v4, v6: [] });

export type Appliance = Extract<RouteTarget, { readonly type: 'instance' | 'networkInterface' }>;

export function applianceOf(network: Network, target: Appliance): Face | undefined {
  const ref = target.type === 'networkInterface' ? target.ref : target.networkInterface;
  const one =
    findOf(network.estate, 'networkInterface', ref) ??
    (target.type === 'instance' ? network.owned.get(target.ref.id)?.[0] : undefined);
  return one && facesOf(network, one)[0];
}

export function forwardingStage(via: Face): Stage {
  const owner = labelOf(via);
  return via.sourceDestCheck === undefined
    ? { clause: 'source-dest-check', admission: unknown(via.missing), admits: () => [], blocks: () => [] }
    : via.sourceDestCheck
      ? shut(
          'source-dest-check',
          hop(
            'source-dest-check',
            owner,
            via.id,
            `${owner} drops what is not addressed to itself (source/destination check).`,
          ),
        )
      : {
          clause: 'source-dest-check',
          admission: OPEN,
          admits: () => [
            hop('nat-instance', owner, via.id, `${owner} may forward: its source/destination check is off.`),
          ],
          blocks: () => [],
          assumptions: [`${owner} forwards and translates what reaches it; whether it does is not in the input.`],
        };
}

/** A face as the other end of a security group rule. */
export const memberOf = (face: Face): Peer =>
  face.groups === 'none' ? { type: 'address' } : { type: 'member', groups: face.groups };
