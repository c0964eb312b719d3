/** What a security group, taken alone, admits from the whole internet: exact, however its blocks are cut. */
import { type Estate, find } from '../../estate/estate.ts';
import type { SecurityGroup, SecurityGroupRule } from '../../estate/kinds/network.ts';
import {
  type AddressSet,
  ALL_TRAFFIC,
  addressSetOf,
  type ConnectionSet,
  complementTraffic,
  connections,
  ICMP,
  ICMPV6,
  INTERNET,
  INTERNET_IPV4,
  INTERNET_IPV6,
  icmpTraffic,
  NO_ADDRESSES,
  NO_CONNECTIONS,
  overlaps,
  parseCidr,
  portTraffic,
  protocolTraffic,
  subtractConnections,
  type TrafficSet,
  unionAllConnections,
  unionAllTraffic,
  unionTraffic,
} from '../../estate/sets/index.ts';

export interface Openness {
  /** Traffic that anybody on the internet (all of IPv4, or all of IPv6) may send. */
  readonly world: TrafficSet;
  /** The rules that admit addresses of the internet. */
  readonly rules: readonly SecurityGroupRule[];
  /** Rules that are not told in full: they may admit anything. */
  readonly unknown: readonly SecurityGroupRule[];
}

/** Undefined when the group's rules are not in the input. */
export function openness(estate: Estate, group: SecurityGroup): Openness | undefined {
  if (group.ingress === undefined) return undefined;
  const sets: ConnectionSet[] = [];
  const rules: SecurityGroupRule[] = [];
  const unknown: SecurityGroupRule[] = [];
  for (const rule of group.ingress) {
    if (rule.peer?.type === 'securityGroup') continue;
    const addresses = addressesOf(estate, rule);
    const traffic = trafficOf(rule);
    if (addresses === undefined || traffic === undefined) unknown.push(rule);
    else if (overlaps(addresses, INTERNET)) {
      rules.push(rule);
      sets.push(connections(addresses, traffic));
    }
  }
  return { world: worldOf(sets.length === 0 ? NO_CONNECTIONS : unionAllConnections(sets)), rules, unknown };
}

/** What every single address of the internet may send: all but what is missing for some address. */
function worldOf(admitted: ConnectionSet): TrafficSet {
  const everywhere = (internet: AddressSet): TrafficSet => {
    const lacking = subtractConnections(connections(internet, ALL_TRAFFIC), admitted);
    return complementTraffic(unionAllTraffic([...lacking.v4.traffic, ...lacking.v6.traffic]));
  };
  return unionTraffic(everywhere(INTERNET_IPV4), everywhere(INTERNET_IPV6));
}

function addressesOf(estate: Estate, rule: SecurityGroupRule): AddressSet | undefined {
  if (rule.peer?.type === 'cidr') return parseCidr(rule.peer.cidr);
  if (rule.peer?.type !== 'prefixList') return undefined;
  const list = find(estate, rule.peer.ref);
  if (list?.cidrs) return addressSetOf(list.cidrs);
  // AWS's own lists hold the addresses of one service each: nobody else on the internet has one of them.
  return list?.listName?.startsWith('com.amazonaws.') ? NO_ADDRESSES : undefined;
}

/** The traffic of a rule; undefined when it is not told. */
export function trafficOf(rule: SecurityGroupRule): TrafficSet | undefined {
  const { protocol, ports, icmp } = rule;
  if (protocol === undefined) return undefined;
  if (protocol === -1) return ALL_TRAFFIC;
  if (protocol === ICMP || protocol === ICMPV6)
    return icmp === undefined
      ? undefined
      : icmp === null
        ? protocolTraffic(protocol)
        : icmpTraffic(icmp.type, icmp.code, protocol);
  if (ports === undefined) return undefined;
  return ports === null ? protocolTraffic(protocol) : portTraffic(protocol, ports.from, ports.to);
}
