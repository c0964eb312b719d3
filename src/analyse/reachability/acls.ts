/**
 * Network ACLs: entries in the order of their numbers, the first that matches decides, nothing is remembered.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
import { find } from '../../estate/estate.ts';
import { id } from '../../estate/ids.ts';
import type { AclEntry, NetworkAcl } from '../../estate/kinds/network.ts';
import {
  ALL_ADDRESSES,
  ALL_TRAFFIC,
  type ConnectionSet,
  connections,
  hasPorts,
  icmpTraffic,
  intersectConnections,
  isIcmp,
  NO_CONNECTIONS,
  parseCidr,
  portTraffic,
  protocolTraffic,
  subtractConnections,
  type TrafficSet,
  unionConnections,
} from '../../estate/sets/index.ts';
import { type Admission, EVERYTHING, unknown } from './admission.ts';
import { lacking, type Network, recalledIn } from './network.ts';

/** What an entry matches, within limits. */
interface Match {
  readonly sure: ConnectionSet;
  readonly maybe: ConnectionSet;
}

function trafficOf(entry: AclEntry): { readonly sure: TrafficSet; readonly maybe: TrafficSet } {
  const exact = (set: TrafficSet) => ({ sure: set, maybe: set });
  if (entry.protocol === undefined) return { sure: [], maybe: ALL_TRAFFIC };
  const whole = protocolTraffic(entry.protocol);
  if (hasPorts(entry.protocol)) {
    if (entry.ports === undefined) return { sure: [], maybe: whole };
    return exact(entry.ports === null ? whole : portTraffic(entry.protocol, entry.ports.from, entry.ports.to));
  }
  if (isIcmp(entry.protocol)) {
    if (entry.icmp === undefined) return { sure: [], maybe: whole };
    return exact(entry.icmp === null ? whole : icmpTraffic(entry.icmp.type, entry.icmp.code, entry.protocol));
  }
  return exact(whole);
}

export function matchOf(entry: AclEntry): Match {
  const traffic = trafficOf(entry);
  const addresses = entry.cidr === undefined ? undefined : parseCidr(entry.cidr);
  if (addresses === undefined) return { sure: NO_CONNECTIONS, maybe: connections(ALL_ADDRESSES, traffic.maybe) };
  const maybe = connections(addresses, traffic.maybe);
  return { sure: traffic.sure === traffic.maybe ? maybe : connections(addresses, traffic.sure), maybe };
}

/** The entries of one direction, in the order in which AWS asks them. */
export const entriesOf = (network: Network, acl: NetworkAcl, egress: boolean): readonly AclEntry[] => {
  const entries = (acl.entries ?? []).filter((entry) => entry.egress === egress);
  return network.ignored.has('acl-order') ? entries : entries.sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
};

function admission(network: Network, acl: NetworkAcl, egress: boolean): Admission {
  const missing = lacking(network, 'ec2:DescribeNetworkAcls', acl, 'all entries of the network ACL');
  const entries = acl.entries;
  if (entries === undefined) return unknown(missing);
  // An entry that may stand anywhere in the order may decide everything.
  if (entries.some((entry) => entry.number === undefined || entry.egress === undefined)) return unknown(missing);
  let certain = EVERYTHING;
  let open = EVERYTHING;
  let sure = NO_CONNECTIONS;
  let maybe = NO_CONNECTIONS;
  let vague = false;
  for (const entry of entriesOf(network, acl, egress)) {
    const match = matchOf(entry);
    if (entry.allow === true) sure = unionConnections(sure, intersectConnections(certain, match.sure));
    if (entry.allow !== false) maybe = unionConnections(maybe, intersectConnections(open, match.maybe));
    vague ||= entry.allow === undefined || match.sure !== match.maybe;
    certain = subtractConnections(certain, match.maybe);
    open = subtractConnections(open, match.sure);
  }
  return vague ? { sure, maybe, missing: [missing] } : { sure, maybe: sure, missing: [] };
}

const kept = recalledIn((network, key): Admission => {
  const [aclId = '', direction] = key.split(' ');
  const acl = find(network.estate, id<'networkAcl'>(aclId));
  return acl ? admission(network, acl, direction === 'out') : unknown();
});

/** What the ACL lets in (by source) or out (by destination). */
export const aclAdmission = (network: Network, acl: NetworkAcl, direction: 'in' | 'out'): Admission =>
  kept(network, `${acl.id} ${direction}`);
