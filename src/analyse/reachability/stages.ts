/** The stages that paths are put together from: security groups, network ACLs, routes, public addresses. */
import { find } from '../../estate/estate.ts';
import { id } from '../../estate/ids.ts';
import type { RulePeer, Subnet } from '../../estate/kinds/network.ts';
import {
  type AddressSet,
  ALL_IPV4,
  ALL_IPV6,
  ALL_TRAFFIC,
  addressesOf,
  type ConnectionSet,
  connections,
  equals,
  formatCidrs,
  formatInternet,
  formatTraffic,
  internetPart,
  intersect,
  intersectConnections,
  intersectTraffic,
  isEmpty,
  isNoConnection,
  isSubset,
  NO_ADDRESSES,
  NO_TRAFFIC,
  partsOf,
  subtract,
  type TrafficSet,
  trafficIn,
  union,
} from '../../estate/sets/index.ts';
import type { Hop } from '../verdict.ts';
import { type Admission, anyAddress, fromAddresses, OPEN, unknown } from './admission.ts';
import type { Clause } from './clauses.ts';
import { type Face, labelOf, subnetAddresses } from './faces.ts';
import { type Direction, groupAdmission, type Peer, rulesAdmitting } from './groups.ts';
import { type Network, tableOf } from './network.ts';
import { hop, pointOf, type Stage, type Witness } from './path.ts';
import { type Accept, destinationText, lanesFor, sentTo, targetId } from './routes.ts';

/** What a set is about, for people: `tcp/3306 from 10.0.0.0/16`. */
export function describe(set: ConnectionSet): string {
  const parts = partsOf(set).slice(0, 3);
  return parts.map((part) => `${few(formatTraffic(part.traffic))} of ${few(addressText(part.addresses))}`).join('; ');
}
const few = (texts: readonly string[]): string =>
  texts.length > 4 ? `${texts.slice(0, 4).join(', ')} and ${texts.length - 4} more` : texts.join(', ');

/** Internet addresses as people write them, others exactly. */
export function addressText(set: AddressSet): readonly string[] {
  const outside = internetPart(set);
  return equals(outside, set) ? formatInternet(set) : formatCidrs(set);
}

/** The traffic that holds at a fixed far end: surely what all its possible addresses share. */
export function towards(admission: Admission, addresses: AddressSet): Admission {
  if (admission === OPEN) return OPEN;
  const asked = connections(addresses, ALL_TRAFFIC);
  const within = intersectConnections(admission.sure, asked);
  const sure =
    isSubset(addresses, addressesOf(within)) && !isEmpty(addresses)
      ? partsOf(within)
          .map((part) => part.traffic)
          .reduce(intersectTraffic, ALL_TRAFFIC)
      : NO_TRAFFIC;
  const maybe = trafficIn(intersectConnections(admission.maybe, asked));
  return anyAddress(sure, maybe, admission.missing);
}

export interface GroupStage {
  readonly direction: Direction;
  readonly peer: Peer;
  /** Set when the far end is fixed; else the stage is over the far ends' addresses. */
  readonly fixed?: AddressSet;
}

export function groupStage(network: Network, face: Face, { direction, peer, fixed }: GroupStage): Stage {
  const clause: Clause = direction === 'ingress' ? 'group-ingress' : 'group-egress';
  const { groups } = face;
  if (groups === 'none')
    return {
      clause,
      admission: OPEN,
      admits: () =>
        face.owner === undefined
          ? []
          : [
              hop(
                'group-absent',
                face.id,
                '',
                `${face.name} has no security group, so none filters here.`,
                face.source,
              ),
            ],
      blocks: () => [],
    };
  if (groups === undefined) return { clause, admission: unknown(face.missing), admits: () => [], blocks: () => [] };
  const byAddress = groupAdmission(network, direction, groups, peer);
  const admission = fixed === undefined ? byAddress : towards(byAddress, fixed);
  return {
    clause,
    at: labelOf(face),
    admission,
    admits: (witness) => {
      const asked = fixed === undefined ? pointOf(witness) : connections(fixed, trafficOfWitness(witness));
      return rulesAdmitting(network, direction, groups, peer, asked)
        .slice(0, 1)
        .map(({ group, rule }) =>
          hop(
            direction === 'ingress' ? 'group-ingress' : 'group-egress',
            group,
            rule.id,
            ruleText(
              direction,
              group,
              formatTraffic(trafficOfRule(rule.protocol, witness)).join(),
              peerText(rule.peer),
            ),
            rule.source,
          ),
        );
    },
    blocks: (asked) =>
      groups.map((group) => {
        const other = groupAdmission(network, direction, [group], peer).maybe;
        const rest = isNoConnection(other) ? 'nothing there' : `only ${describe(other)}`;
        return hop(
          direction === 'ingress' ? 'group-no-ingress' : 'group-no-egress',
          group,
          '',
          refusalText(direction, group, askedText(asked, fixed), rest),
          find(network.estate, id<'securityGroup'>(group))?.source,
        );
      }),
  };
}

export const trafficOfWitness = (witness: Witness): TrafficSet => trafficIn(pointOf(witness));
const trafficOfRule = (protocol: number | undefined, witness: Witness): TrafficSet =>
  protocol === -1 ? ALL_TRAFFIC : trafficOfWitness(witness);

export const askedText = (asked: ConnectionSet, fixed: AddressSet | undefined): string =>
  fixed === undefined ? describe(asked) : `${few(formatTraffic(trafficIn(asked)))} of ${few(addressText(fixed))}`;

const ruleText = (direction: 'ingress' | 'egress', group: string, traffic: string, peer: string): string =>
  direction === 'ingress' ? `${group} admits ${traffic} from ${peer}.` : `${group} lets out ${traffic} to ${peer}.`;

const refusalText = (direction: 'ingress' | 'egress', group: string, asked: string, rest: string): string =>
  direction === 'ingress'
    ? `No rule of ${group} admits ${asked}; it admits ${rest}.`
    : `No rule of ${group} lets out ${asked}; it lets out ${rest}.`;

function peerText(peer: RulePeer | undefined): string {
  if (peer === undefined) return 'an unknown peer';
  return peer.type === 'cidr' ? peer.cidr : peer.ref.id;
}

export interface RouteStage {
  readonly clause: 'route' | 'return-route';
  readonly accept: Accept;
  readonly fixed?: AddressSet;
  /** Where it should lead, for people. */
  readonly towards: string;
}

const keptRoutes = new WeakMap<Network, WeakMap<Accept, Map<string, Admission>>>();
/** What the subnet's table sends the right way; kept for this network only, since others have tables of the same ids. */
function sentAdmission(network: Network, subnet: Subnet, accept: Accept): Admission {
  const table = tableOf(network, subnet);
  if ('missing' in table) return fromAddresses(sentTo(network, subnet, accept));
  const byAccept = keptRoutes.get(network) ?? new WeakMap<Accept, Map<string, Admission>>();
  keptRoutes.set(network, byAccept);
  const kept = byAccept.get(accept) ?? new Map<string, Admission>();
  byAccept.set(accept, kept);
  const known = kept.get(table.value.id) ?? fromAddresses(sentTo(network, subnet, accept));
  kept.set(table.value.id, known);
  return known;
}

/** The subnet's table must send the addresses to a target that `accept` takes. */
export function routeStage(network: Network, face: Face, { clause, accept, fixed, towards: aim }: RouteStage): Stage {
  const { subnet } = face;
  if (subnet === undefined) return { clause, admission: unknown(face.missing), admits: () => [], blocks: () => [] };
  const sent = sentAdmission(network, subnet, accept);
  const table = tableOf(network, subnet);
  const tableId = 'missing' in table ? subnet.id : table.value.id;
  const held = 'missing' in table ? subnet.source : table.value.source;
  const back = clause === 'return-route';
  return {
    clause,
    at: subnet.id,
    admission: fixed === undefined ? sent : towards(sent, fixed),
    admits: (witness) => {
      const lane = lanesFor(network, subnet, fixed ?? addressesOf(pointOf(witness)))[0];
      const to = `${destinationText(lane?.route)} -> ${targetId(lane?.target)}`;
      return [
        hop(
          back ? 'return-route' : 'route',
          tableId,
          destinationText(lane?.route),
          back ? `The answers go back by route ${to} of ${tableId}.` : `Route ${to} of ${tableId} leads on.`,
          lane?.route?.source,
        ),
      ];
    },
    blocks: (asked) => {
      const far = fixed ?? addressesOf(asked);
      const lanes = lanesFor(network, subnet, far);
      const blockers = lanes.flatMap((lane) => {
        const code = lane.blackhole
          ? back
            ? 'return-route-blackhole'
            : 'route-blackhole'
          : back
            ? 'return-route-elsewhere'
            : 'route-elsewhere';
        if (!lane.blackhole && lane.target !== undefined && accept(lane.target) === 'yes') return [];
        const where = lane.blackhole
          ? `${targetId(lane.target)}, which no longer exists`
          : `${targetId(lane.target)}, not to ${aim}`;
        return [
          hop(
            code,
            tableId,
            destinationText(lane.route),
            `Route ${destinationText(lane.route)} of ${tableId} leads to ${where}.`,
            lane.route?.source,
          ),
        ];
      });
      const left = lanes.reduce((set, lane) => subtract(set, lane.addresses), far);
      if (isEmpty(left)) return blockers;
      const detail = `${tableId} of ${subnet.id} has no route to ${aim} for ${few(addressText(left))}.`;
      return [...blockers, hop(back ? 'return-route-missing' : 'route-missing', tableId, '', detail, held)];
    },
  };
}

const NOT_TOLD = { operation: 'ec2:DescribeNetworkInterfaces', reason: 'it would tell the public addresses' };
const keptPublic = new Map<string, Admission>();
function publicly(v4: boolean | undefined, v6: boolean | undefined): Admission {
  const key = `${v4} ${v6}`;
  const known = keptPublic.get(key);
  if (known) return known;
  const sure = union(v4 === true ? ALL_IPV4 : NO_ADDRESSES, v6 === true ? ALL_IPV6 : NO_ADDRESSES);
  const maybe = union(v4 !== false ? ALL_IPV4 : NO_ADDRESSES, v6 !== false ? ALL_IPV6 : NO_ADDRESSES);
  const told = equals(sure, maybe);
  const admission = fromAddresses({ sure, maybe: told ? sure : maybe, missing: told ? [] : [NOT_TOLD] });
  keptPublic.set(key, admission);
  return admission;
}

/** The interface must have an address that the internet can use; the far end's family tells which. */
export function publicAddressStage(face: Face): Stage {
  const admission = publicly(face.hasPublic, face.hasIpv6);
  return {
    clause: 'public-address',
    admission: admission.missing.length > 0 ? { ...admission, missing: [face.missing] } : admission,
    admits: ({ address }) => {
      const own = address.family === 4 ? face.publicAddresses : { v4: [], v6: face.addresses.v6 };
      const text =
        own && !isEmpty(own) ? formatCidrs(own).map((cidr) => cidr.replace(/\/(32|128)$/, '')) : ['a public address'];
      return [hop('public-address', face.id, few(text), `${face.name} has ${few(text)}.`, face.source)];
    },
    blocks: (asked) => [
      hop(
        'no-public-address',
        face.id,
        '',
        `${face.name} has no public ${isEmpty(intersect(addressesOf(asked), ALL_IPV4)) ? 'IPv6' : 'IPv4'} address.`,
        face.source,
      ),
    ],
  };
}

/** A stage that decides by traffic alone. */
export function trafficStage(
  clause: Clause,
  traffic: TrafficSet,
  admits: Stage['admits'],
  blocks: Stage['blocks'],
): Stage {
  return { clause, admission: anyAddress(traffic, traffic, []), admits, blocks };
}

/** A stage that is shut, whatever is asked. */
export const shut = (clause: Clause, blocker: Hop): Stage =>
  trafficStage(
    clause,
    NO_TRAFFIC,
    () => [],
    () => [blocker],
  );

/** A stage that only tells where the connection is. */
export const mark = (clause: Clause, link: Hop): Stage => ({
  clause,
  admission: OPEN,
  admits: () => [link],
  blocks: () => [],
});

/** The beginning of a path inside. */
export const departure = (face: Face): Hop =>
  hop('start', labelOf(face), face.id, `${face.owner?.name ?? face.name} opens it from ${face.id}.`, face.source);

/** The end of a path. */
export const arrival = (face: Face): Hop =>
  hop('interface', labelOf(face), face.id, `${face.owner?.name ?? face.name} receives it at ${face.id}.`, face.source);

/** The IPv4 addresses of a face's subnet; all where they are not known. */
export const subnetOf = (face: Face): AddressSet => {
  const known = subnetAddresses(face.subnet);
  return isEmpty(known) ? ALL_IPV4 : { v4: known.v4, v6: [] };
};
