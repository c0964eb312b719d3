/** What strangers may open straight to each interface: those that are alike to a stranger are judged once. */
import { byId, type Estate, memoised } from '../../estate/estate.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import { type ConnectionSet, type TrafficSet, unionAllConnections } from '../../estate/sets/index.ts';
import { toInterface } from '../reachability/direct.ts';
import { aclOf, type Network, networkOf, remembered, tableOf } from '../reachability/network.ts';
import { type Outcome, outcomeOf } from '../reachability/path.ts';

const outcomes = memoised(() => new Map<string, Outcome>());

/**
 * From anywhere on the internet straight to an interface: answer and sets are those of all that are alike, the verdict is its
 * own. The interface may be one that the estate does not have, as it would be after a change.
 */
export function fromStrangers(estate: Estate, one: NetworkInterface, traffic: TrafficSet): Outcome {
  const network = networkOf(estate);
  const start = { type: 'addresses', set: network.strangers, internet: true } as const;
  const own = (): Outcome => toInterface(network, start, one, traffic);
  const known = outcomes(estate);
  const key = `${classOf(network, one)} ${traffic.join()}`;
  const alike = known.get(key);
  if (alike)
    return outcomeOf(
      alike.answer,
      alike,
      () => own().verdict,
      () => own().way,
    );
  const outcome = own();
  known.set(key, outcome);
  return outcome;
}

/** What surely gets in, to one or another; undefined where nothing does. The same set for all that have the same interfaces. */
export function admittedBy(outcomes: readonly Outcome[]): ConnectionSet | undefined {
  const open = outcomes.filter(({ answer }) => answer === 'yes');
  return open.length === 0 ? undefined : unionAllConnections([...new Set(open.map(({ sure }) => sure))]);
}

/** Two interfaces with the same key are reached by the same strangers on the same ports: it has all that paths from the internet look at. */
export function classOf(network: Network, one: NetworkInterface): string {
  const owner = one.owner && byId(network.estate, one.owner.id);
  return [
    one.vpc?.id,
    one.subnet ? placeOf(network, one.subnet.id) : one.candidateSubnets.map((ref) => ref.id).join('+'),
    one.securityGroups?.map((ref) => ref.id).join('+') ?? '?',
    one.hasPublicAddress,
    one.ipv6 === undefined ? '?' : one.ipv6.length > 0,
    one.interfaceType,
    ...listeningKey(owner),
  ].join(' ');
}

/** Subnets with one route table and one network ACL are alike to a stranger. */
const placeOf = remembered((network, subnetId): string => {
  const subnet = byId(network.estate, subnetId);
  if (subnet?.kind !== 'subnet') return subnetId;
  const [table, acl] = [tableOf(network, subnet), aclOf(network, subnet)];
  if ('missing' in table || 'missing' in acl || subnet.ipv6Cidrs === undefined) return subnetId;
  // what was read differs by account and region
  const { vpc, account, region, internetBlocked } = subnet;
  const shut = internetBlocked ?? 'open';
  return `${table.value.id} ${acl.value.id} ${subnet.ipv6Cidrs.length > 0} ${shut} ${vpc.id} ${account} ${region}`;
});

/** What of the owner decides on which ports it answers. */
function listeningKey(owner: Resource | undefined): readonly unknown[] {
  switch (owner?.kind) {
    case 'database':
      return ['database', owner.endpoint?.port];
    case 'cache':
      return ['cache', owner.port ?? owner.endpoints?.[0]?.port];
    case 'instance':
      return ['instance', owner.state];
    case 'loadBalancer':
      return [owner.id];
    default:
      return [owner?.kind];
  }
}
