/** From an interface to addresses outside its VPC. */
import { find } from '../../estate/estate.ts';
import type { PeeringSide, RouteTarget } from '../../estate/kinds/network.ts';
import {
  type AddressSet,
  ALL_ADDRESSES,
  ALL_IPV6,
  ALL_TRAFFIC,
  addressesOf,
  addressSetOf,
  connections,
  INTERNET,
  NO_ADDRESSES,
  subtract,
  unionAll,
} from '../../estate/sets/index.ts';
import type { Missing } from '../verdict.ts';
import { aclStage, returnAclStage } from './acl-stages.ts';
import { exactly, fromAddresses, unknown } from './admission.ts';
import { waysBeyond } from './beyond.ts';
import { type Face, labelOf, seenAs } from './faces.ts';
import { gatewayOf, gatewayStage, toInternetGateway } from './gateways.ts';
import type { Peer } from './groups.ts';
import { type Network, tableOf } from './network.ts';
import { hop, type Path, type Stage } from './path.ts';
import { lanesFor, lanesOf, targetId } from './routes.ts';
import { addressText, departure, groupStage, mark, publicAddressStage, routeStage, shut } from './stages.ts';
import { type Appliance, applianceOf, forwardingStage, ipv4Of, memberOf, natFace, natStages } from './translators.ts';

/** One way out, and the addresses by which the world sees who comes this way (undefined: not known). */
export interface WayOut extends Path {
  readonly seenAs: AddressSet | undefined;
  /** Ends on the public internet (or in an AWS service reached there). */
  readonly toInternet: boolean;
}

/** Every way that the routes offer to the addresses; over the addresses reached. Never empty. */
export function waysOut(
  network: Network,
  face: Face,
  to: AddressSet,
  peer: Peer = { type: 'address' },
): readonly WayOut[] {
  const targets = new Map<string, RouteTarget>();
  const table = face.subnet && tableOf(network, face.subnet);
  if (face.subnet)
    for (const lane of lanesFor(network, face.subnet, to))
      if (lane.target) targets.set(targetId(lane.target), lane.target);
  if (table && 'value' in table)
    for (const route of lanesOf(network, table.value.id).anywhere)
      if (route.target) targets.set(targetId(route.target), route.target);
  if (targets.size === 0)
    return [{ ...start(network, face, 'internet gateway', () => 'no', peer), seenAs: undefined, toInternet: true }];
  return [...targets.values()].flatMap((target) => [
    wayBy(network, face, target, peer),
    ...waysBeyond(network, towards(network, face, target, peer), face, target, to),
  ]);
}

/** As far as the route leads to exactly this target. */
const towards = (network: Network, face: Face, target: RouteTarget, peer: Peer): Path =>
  start(network, face, targetId(target), (other) => (targetId(other) === targetId(target) ? 'yes' : 'no'), peer);

function start(
  network: Network,
  face: Face,
  aim: string,
  accept: (target: RouteTarget) => 'yes' | 'no' | Missing,
  peer: Peer,
): Path {
  return {
    stages: [
      mark('listening', departure(face)),
      groupStage(network, face, { direction: 'egress', peer }),
      aclStage(network, face.subnet, 'out', face),
      routeStage(network, face, { clause: 'route', accept, towards: aim }),
    ],
    way: [labelOf(face), face.subnet?.id, face.vpc].filter((one) => one !== undefined),
    assumptions: face.assumptions,
  };
}

/** No private address is on the internet: what is sent there never arrives. */
const end: Stage = {
  clause: 'route',
  admission: exactly(connections(INTERNET, ALL_TRAFFIC)),
  admits: () => [hop('internet', 'internet', '', 'From here it is on the internet.')],
  blocks: (asked) =>
    addressText(subtract(addressesOf(asked), INTERNET)).map((block) => {
      const text = block.replace(/\/(32|128)$/, '');
      return hop('private-address', text, '', `${text} is a private address; the internet does not route it.`);
    }),
};

function wayBy(network: Network, face: Face, target: RouteTarget, peer: Peer): WayOut {
  const same = (other: RouteTarget): 'yes' | 'no' => (targetId(other) === targetId(target) ? 'yes' : 'no');
  const base = (accept: (other: RouteTarget) => 'yes' | 'no' | Missing = same): Path =>
    start(network, face, targetId(target), accept, peer);
  const more = (path: Path, stages: readonly Stage[], way: readonly (string | undefined)[]): Path => ({
    ...path,
    stages: [...path.stages, ...stages],
    way: [...path.way, ...way.filter((one) => one !== undefined)],
  });
  const shutBy = (stage: Stage): WayOut => ({ ...more(base(), [stage], []), seenAs: undefined, toInternet: true });
  const beyond = (operation: string, reason: string): WayOut => {
    const missing = { operation, reason, resource: targetId(target) };
    const stage: Stage = { clause: 'route', admission: unknown(missing), admits: () => [], blocks: () => [] };
    return { ...more(base(), [stage], [targetId(target)]), seenAs: undefined, toInternet: false };
  };
  switch (target.type) {
    case 'internetGateway':
      return {
        ...more(
          base((other) => (same(other) === 'yes' ? toInternetGateway(network, face.vpc)(other) : 'no')),
          [
            { ...publicAddressStage(face), at: targetId(target) },
            { ...gatewayStage(network, face), at: face.vpc ?? '' },
            returnAclStage(network, [{ subnet: face.subnet, direction: 'in', face }]),
            end,
          ],
          [gatewayOf(network, face.vpc), 'internet'],
        ),
        seenAs: face.publicAddresses === undefined && face.hasPublic !== false ? undefined : seenAs(face),
        toInternet: true,
      };
    case 'natGateway': {
      const nat = find(network.estate, target.ref);
      if (nat === undefined) return beyond('ec2:DescribeNatGateways', 'the NAT gateway is not in the input');
      const place = natFace(network, nat);
      const translated = translate(network, face, place, natStages(network, nat), nat.availability === 'regional');
      return {
        ...more(base(), translated, [nat.id, place.subnet?.id, place.vpc, gatewayOf(network, place.vpc), 'internet']),
        seenAs: place.publicAddresses,
        toInternet: true,
      };
    }
    case 'instance':
    case 'networkInterface':
      return byInstance(network, face, target, base, more, beyond);
    case 'egressOnlyInternetGateway': {
      const v6: Stage = {
        clause: 'egress-only',
        admission: fromAddresses({ sure: ALL_IPV6, maybe: ALL_IPV6, missing: [] }),
        admits: () => [hop('egress-only-gateway', target.id, '', `${target.id} passes IPv6 that starts inside.`)],
        blocks: () => [hop('egress-only', target.id, '', `${target.id} passes IPv6 only.`)],
      };
      return {
        ...more(
          base(),
          [
            v6,
            publicAddressStage(face),
            returnAclStage(network, [{ subnet: face.subnet, direction: 'in', face }]),
            end,
          ],
          [target.id, 'internet'],
        ),
        seenAs: { v4: [], v6: face.addresses.v6 },
        toInternet: true,
      };
    }
    case 'peering': {
      const peering = find(network.estate, target.ref);
      const sides = [peering?.requester, peering?.accepter].filter((side) => side?.vpc.id !== face.vpc);
      const inside = peering === undefined ? ALL_ADDRESSES : unionAll(sides.map((side) => unseenPart(network, side)));
      const missing = {
        operation: 'ec2:DescribeVpcPeeringConnections',
        reason: 'what lies in the peer VPC is not in the input',
        resource: target.ref.id,
      };
      const stage: Stage = {
        clause: 'peering-state',
        admission: fromAddresses({ sure: NO_ADDRESSES, maybe: inside, missing: [missing] }),
        admits: () => [],
        blocks: () => [
          hop('peering-not-transitive', target.ref.id, '', `${target.ref.id} leads into the peer VPC and no further.`),
        ],
      };
      return { ...shutBy(stage), way: [...base().way, target.ref.id], toInternet: false };
    }
    case 'vpcEndpoint': {
      const endpoint = find(network.estate, target.ref);
      if (endpoint?.type !== 'Gateway')
        return beyond(
          'ec2:DescribeVpcEndpoints',
          'what the appliance behind the endpoint lets through is not in the input',
        );
      const stage = mark(
        'route',
        hop(
          'vpc-endpoint',
          endpoint.id,
          endpoint.service ?? '',
          `${endpoint.id} leads to ${endpoint.service}.`,
          endpoint.source,
        ),
      );
      const gates = returnAclStage(network, [{ subnet: face.subnet, direction: 'in', face }]);
      return { ...more(base(), [stage, gates], [endpoint.id]), seenAs: NO_ADDRESSES, toInternet: true };
    }
    case 'local':
      return shutBy(
        shut('route', hop('no-such-address', face.vpc ?? face.id, '', `Nothing in ${face.vpc} has the address.`)),
      );
    case 'transitGateway':
      return beyond('ec2:SearchTransitGatewayRoutes', `what lies beyond ${target.id} is not in the input`);
    case 'vpnGateway':
    case 'other':
      return beyond('ec2:DescribeVpnConnections', `what lies beyond ${target.id} is not in the input`);
  }
}

/** What lies in the other VPC beyond the input: nothing where the VPC is in the input itself. */
function unseenPart(network: Network, side: PeeringSide | undefined): AddressSet {
  if (side === undefined) return ALL_ADDRESSES;
  if (find(network.estate, side.vpc)) return NO_ADDRESSES;
  return (side.cidrs && addressSetOf(side.cidrs)) ?? ALL_ADDRESSES;
}

/** From the translator's interface on: to it, through its own subnet, and back. */
function translate(
  network: Network,
  face: Face,
  via: Face,
  own: readonly Stage[],
  regional: boolean,
): readonly Stage[] {
  // A regional NAT gateway stands in no subnet; AWS routes it to the internet gateway itself.
  if (regional)
    return [
      ...own,
      gatewayStage(network, via),
      returnAclStage(network, [{ subnet: face.subnet, direction: 'in', face }]),
      end,
    ];
  const apart = via.subnet?.id !== face.subnet?.id;
  const own4 = ipv4Of(face);
  const inNatSubnet = (stage: Stage): Stage => ({ ...stage, clause: 'nat-subnet' });
  return [
    ...own,
    ...(apart ? [inNatSubnet(aclStage(network, via.subnet, 'in', via, own4))] : []),
    inNatSubnet(aclStage(network, via.subnet, 'out', via)),
    inNatSubnet(
      routeStage(network, via, {
        clause: 'route',
        accept: toInternetGateway(network, via.vpc),
        towards: 'the internet gateway',
      }),
    ),
    inNatSubnet(publicAddressStage(via)),
    gatewayStage(network, via),
    inNatSubnet(returnAclStage(network, [{ subnet: via.subnet, direction: 'in', face: via }])),
    ...(apart
      ? [
          returnAclStage(network, [
            { subnet: via.subnet, direction: 'out', face: via, fixed: own4 },
            { subnet: face.subnet, direction: 'in', face },
          ]),
        ]
      : []),
    end,
  ];
}

function byInstance(
  network: Network,
  face: Face,
  target: Appliance,
  base: () => Path,
  more: (path: Path, stages: readonly Stage[], way: readonly (string | undefined)[]) => Path,
  beyond: (operation: string, reason: string) => WayOut,
): WayOut {
  const via = applianceOf(network, target);
  if (via === undefined)
    return beyond('ec2:DescribeNetworkInterfaces', 'the instance that the route leads to is not in the input');
  const owner = labelOf(via);
  const stages = [
    forwardingStage(via),
    groupStage(network, via, { direction: 'ingress', peer: memberOf(face), fixed: ipv4Of(face) }),
    groupStage(network, via, { direction: 'egress', peer: { type: 'address' } }),
  ];
  return {
    ...more(base(), translate(network, face, via, stages, false), [
      owner,
      via.subnet?.id,
      via.vpc,
      gatewayOf(network, via.vpc),
      'internet',
    ]),
    seenAs: via.publicAddresses,
    toInternet: true,
  };
}
