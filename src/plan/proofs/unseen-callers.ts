/** Callers that no flow can tell of: strangers at an interface of an unknown owner, and who comes from another network. */
import { INTERNET_END, reach, resourceEnd } from '../../analyse/reachability/index.ts';
import { targetId } from '../../analyse/reachability/routes.ts';
import { all, byId, type Estate, find, memoised } from '../../estate/estate.ts';
import { listedBy } from '../../estate/grouped.ts';
import type { NetworkInterface, RouteTable, RouteTarget } from '../../estate/kinds/network.ts';
import { isSubsetConnections } from '../../estate/sets/index.ts';
import { tableOf } from '../structure/tiers.ts';
import { changesBetween } from './difference.ts';
import { counterexample, type Findings } from './proof.ts';

export function unseenCallers(then: Estate, now: Estate, found: Findings): void {
  strangersAtNobodys(then, now, found);
  otherNetworks(then, now, found);
}

/**
 * An interface with a public address that belongs to nothing that was read (a service of AWS that is not asked about): no
 * flow tells who comes to it, so whoever may come today has to get in afterwards.
 */
function strangersAtNobodys(then: Estate, now: Estate, found: Findings): void {
  for (const one of inUseWithoutOwner(then)) {
    const is = byId(now, one.id);
    if (is?.kind !== 'networkInterface') continue;
    const was = reach(then, INTERNET_END, resourceEnd(one));
    const will = reach(now, INTERNET_END, resourceEnd(is));
    if (was.answer === 'no' || isSubsetConnections(was.possible, will.admitted)) continue;
    const what = one.description ? `${one.id} (${one.description})` : one.id;
    found.unknowns.push(
      counterexample(
        one.id,
        `${what} has a public address and belongs to nothing that was read: who comes to it from the internet is not known, and may be kept out`,
      ),
    );
  }
}

const inUseWithoutOwner = memoised((estate): readonly NetworkInterface[] =>
  all(estate, 'networkInterface').filter(({ derived, status, hasPublicAddress, addresses, owner }) => {
    const known = owner && byId(estate, owner.id);
    return (
      (known === undefined || known.kind === 'other') &&
      derived === undefined &&
      status !== 'available' &&
      (hasPublicAddress === true || addresses?.some((at) => at.public !== null) === true)
    );
  }),
);

/**
 * A subnet whose table changes keeps its ways to other networks (a VPN, a transit gateway, a peering): without the route
 * nothing there answers who comes from over there, and no flow tells of them.
 */
function otherNetworks(then: Estate, now: Estate, found: Findings): void {
  const vpcs = new Set(
    changesBetween(then, now).flatMap(({ before }) => (before?.kind === 'routeTable' ? [before.vpc.id as string] : [])),
  );
  if (vpcs.size === 0) return;
  const subnets = all(then, 'subnet').filter((one) => vpcs.has(one.vpc.id) && inSubnet(then).get(one.id) !== undefined);
  for (const was of subnets) {
    const subnet = find(now, was.id);
    if (subnet === undefined) continue;
    const kept = new Set(onward(tableOf(now, subnet)));
    const lost = onward(tableOf(then, was)).find((way) => !kept.has(way));
    if (lost !== undefined)
      found.unknowns.push(
        counterexample(
          was.id,
          `${was.name} would lose its way to ${lost}: who comes from there, or is asked there, is not known and may be cut off`,
        ),
      );
  }
}

const inSubnet = listedBy('networkInterface', (one) => [one.subnet?.id]);

/** `192.168.0.0/16 by vgw-…` of each route into another network that is in force. */
const onward = (table: RouteTable | undefined): readonly string[] =>
  (table?.routes ?? []).flatMap(({ destination, target, state }) => {
    if (state === 'blackhole' || target === undefined || !LEADS_ON.has(target.type)) return [];
    const where = destination?.type === 'cidr' ? destination.cidr : (destination?.ref.id ?? 'an unknown place');
    return [`${where} by ${targetId(target)}`];
  });

/** Targets with a network of somebody else behind them. */
const LEADS_ON: ReadonlySet<RouteTarget['type']> = new Set<RouteTarget['type']>([
  'peering',
  'transitGateway',
  'vpnGateway',
  'other',
]);
