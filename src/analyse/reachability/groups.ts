/**
 * Security groups: all groups of an interface together, any rule that matches admits, answers always pass.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
import { find } from '../../estate/estate.ts';
import { id } from '../../estate/ids.ts';
import type { SecurityGroup, SecurityGroupRule } from '../../estate/kinds/network.ts';
import {
  ALL_ADDRESSES,
  ALL_TRAFFIC,
  connections,
  hasPorts,
  icmpTraffic,
  intersectConnections,
  isIcmp,
  isNoConnection,
  NO_ADDRESSES,
  NO_TRAFFIC,
  parseCidr,
  portTraffic,
  protocolTraffic,
  type TrafficSet,
  unionAllConnections,
  unionTraffic,
} from '../../estate/sets/index.ts';
import type { Missing } from '../verdict.ts';
import { type Addresses, type Admission, anyAddress, CLOSED, either, unknown } from './admission.ts';
import { lacking, type Network, recalledIn } from './network.ts';
import { listFacts } from './prefix-lists.ts';

export type Direction = 'ingress' | 'egress';

/** A rule as the evaluator sees it. */
export interface GroupRule {
  readonly group: string;
  readonly rule: SecurityGroupRule;
  readonly traffic: { readonly sure: TrafficSet; readonly maybe: TrafficSet };
  readonly addresses: Addresses;
  /** Set when the peer is a security group. */
  readonly peerGroup: string | undefined;
  /** Set when the peer is one of AWS's own prefix lists: the service behind it. */
  readonly service: string | undefined;
}

/** What the groups of an interface admit in one direction. */
export interface Filter {
  readonly byAddress: Admission;
  readonly byGroup: readonly GroupRule[];
  readonly byService: readonly GroupRule[];
  readonly rules: readonly GroupRule[];
}

export function ruleTraffic(rule: SecurityGroupRule): { readonly sure: TrafficSet; readonly maybe: TrafficSet } {
  const exact = (set: TrafficSet) => ({ sure: set, maybe: set });
  if (rule.protocol === undefined) return { sure: NO_TRAFFIC, maybe: ALL_TRAFFIC };
  const whole = protocolTraffic(rule.protocol);
  if (isIcmp(rule.protocol)) {
    if (rule.icmp === undefined) return { sure: NO_TRAFFIC, maybe: whole };
    return exact(rule.icmp === null ? whole : icmpTraffic(rule.icmp.type, rule.icmp.code, rule.protocol));
  }
  if (!hasPorts(rule.protocol)) return exact(whole);
  if (rule.ports === undefined) return { sure: NO_TRAFFIC, maybe: whole };
  return exact(rule.ports === null ? whole : portTraffic(rule.protocol, rule.ports.from, rule.ports.to));
}

const NOBODY: Addresses = { sure: NO_ADDRESSES, maybe: NO_ADDRESSES, missing: [] };

function ruleFacts(network: Network, group: SecurityGroup, rule: SecurityGroupRule): GroupRule {
  const facts = { group: group.id, rule, traffic: ruleTraffic(rule), peerGroup: undefined, service: undefined };
  const { peer } = rule;
  const vague = (): Addresses => ({
    sure: NO_ADDRESSES,
    maybe: ALL_ADDRESSES,
    missing: [rulesMissing(network, group)],
  });
  switch (peer?.type) {
    case 'cidr': {
      const set = parseCidr(peer.cidr);
      return { addresses: set ? { sure: set, maybe: set, missing: [] } : vague(), ...facts };
    }
    case 'prefixList': {
      const { service, ...addresses } = listFacts(network, peer.ref, group);
      return { ...facts, addresses, service };
    }
    case 'securityGroup':
      return { ...facts, addresses: NOBODY, peerGroup: peer.ref.id };
    case undefined:
      return { addresses: vague(), ...facts };
  }
}

const rulesMissing = (network: Network, group: SecurityGroup): Missing =>
  lacking(network, 'ec2:DescribeSecurityGroups', group, 'all rules of the group');

function admissionOf(network: Network, group: SecurityGroup, rules: readonly GroupRule[]): Admission {
  const sure = unionAllConnections(rules.map((one) => connections(one.addresses.sure, one.traffic.sure)));
  const vague = rules.filter(
    (one) => one.traffic.sure !== one.traffic.maybe || one.addresses.sure !== one.addresses.maybe,
  );
  if (vague.length === 0) return { sure, maybe: sure, missing: [] };
  const maybe = unionAllConnections(rules.map((one) => connections(one.addresses.maybe, one.traffic.maybe)));
  const missing = vague.flatMap((one) =>
    one.addresses.missing.length > 0 ? one.addresses.missing : [rulesMissing(network, group)],
  );
  return { sure, maybe, missing };
}

const UNKNOWN_GROUP = (groupId: string): Missing => ({
  operation: 'ec2:DescribeSecurityGroups',
  reason: 'the group is not in the input',
  resource: groupId,
});

const filterOfOne = recalledIn((network, key): Filter => {
  const [direction, groupId = ''] = key.split(' ');
  const group = find(network.estate, id<'securityGroup'>(groupId));
  const rules = direction === 'ingress' ? group?.ingress : group?.egress;
  if (group === undefined || rules === undefined) {
    const missing = group ? rulesMissing(network, group) : UNKNOWN_GROUP(groupId);
    return { byAddress: unknown(missing), byGroup: [], byService: [], rules: [] };
  }
  const facts = rules.map((rule) => ruleFacts(network, group, rule));
  return {
    byAddress: admissionOf(network, group, facts),
    byGroup: network.ignored.has('group-reference') ? [] : facts.filter((one) => one.peerGroup !== undefined),
    byService: facts.filter((one) => one.service !== undefined),
    rules: facts,
  };
});

const filterOfKey = recalledIn((network, key): Filter => {
  const [direction, ...groups] = key.split(' ');
  const filters = groups.map((group) => filterOfOne(network, `${direction} ${group}`));
  return {
    byAddress: filters.map((one) => one.byAddress).reduce(either, CLOSED),
    byGroup: filters.flatMap((one) => one.byGroup),
    byService: filters.flatMap((one) => one.byService),
    rules: filters.flatMap((one) => one.rules),
  };
});

/** The rules of several groups together. */
export const filterOf = (network: Network, direction: Direction, groups: readonly string[]): Filter =>
  groups.length === 1
    ? filterOfOne(network, `${direction} ${groups[0]}`)
    : filterOfKey(network, [direction, ...groups].join(' '));

/** Who is at the other end, beside the address: its groups (undefined: not known), or an AWS service. */
export type Peer =
  | { readonly type: 'address' }
  | { readonly type: 'member'; readonly groups: readonly string[] | undefined }
  | { readonly type: 'service'; readonly service: string };

const STRANGER: Peer = { type: 'address' };

/** What the groups admit from (or to) a peer, by the peer's address. */
export function groupAdmission(
  network: Network,
  direction: Direction,
  groups: readonly string[],
  peer: Peer = STRANGER,
): Admission {
  const filter = filterOf(network, direction, groups);
  if (peer.type === 'address') return filter.byAddress;
  const named = rulesNaming(filter, peer);
  if (named.length === 0) return filter.byAddress;
  const traffic = (pick: 'sure' | 'maybe'): TrafficSet =>
    named.map((one) => one.traffic[pick]).reduce(unionTraffic, NO_TRAFFIC);
  const vague = peer.type === 'member' && peer.groups === undefined;
  const missing = vague
    ? [{ operation: 'ec2:DescribeNetworkInterfaces', reason: 'the groups of the other end are not known' }]
    : [];
  return either(filter.byAddress, anyAddress(vague ? NO_TRAFFIC : traffic('sure'), traffic('maybe'), missing));
}

/** The rules that name the peer by group or by service. */
function rulesNaming(filter: Filter, peer: Peer): readonly GroupRule[] {
  switch (peer.type) {
    case 'address':
      return [];
    case 'service':
      return filter.byService.filter((one) => one.service === peer.service);
    case 'member':
      return filter.byGroup.filter(
        (one) => peer.groups === undefined || (one.peerGroup !== undefined && peer.groups.includes(one.peerGroup)),
      );
  }
}

/** The rules that admit something of what is asked; for proofs. */
export function rulesAdmitting(
  network: Network,
  direction: Direction,
  groups: readonly string[],
  peer: Peer,
  asked: Admission['sure'],
): readonly GroupRule[] {
  const filter = filterOf(network, direction, groups);
  const named = new Set(rulesNaming(filter, peer));
  return filter.rules.filter((one) => {
    const addresses = named.has(one) ? ALL_ADDRESSES : one.addresses.sure;
    return !isNoConnection(intersectConnections(asked, connections(addresses, one.traffic.sure)));
  });
}
