/**
 * Load balancers hand connections to addresses. An address that no known resource has may be anybody's: while there is
 * one, nobody can say that a resource whose own address is not known is not behind it.
 */
import { all, type Estate, find, memoised } from '../../estate/estate.ts';
import type { TargetGroup } from '../../estate/kinds/balance.ts';
import type { Resource } from '../../estate/resource.ts';
import { interfacesOf, networkOf } from '../reachability/index.ts';
import { listenersOf, listenersRead } from '../reachability/listening.ts';
import type { Missing } from '../verdict.ts';
import { listenersUntold } from './web.ts';

/** What would tell whose the addresses are, by VPC. */
const strayTargets: (estate: Estate) => ReadonlyMap<string, Missing> = memoised((estate) => {
  const { privately } = networkOf(estate);
  const found = new Map<string, Missing>();
  for (const group of all(estate, 'targetGroup')) {
    if (group.targetType !== undefined && group.targetType !== 'ip') continue;
    const stray = group.targets?.find(
      ({ target, zone }) =>
        /^[\d.]+$|:.*:/.test(target) &&
        zone !== 'all' &&
        !privately.get(target)?.some((one) => one.owner !== undefined),
    );
    if (stray === undefined && (group.targets !== undefined || group.servicesOnly)) continue;
    const operation = stray ? 'ec2:DescribeNetworkInterfaces' : 'elbv2:DescribeTargetHealth';
    const reason = stray
      ? `it would tell who has ${stray.target}, a target of ${group.name}`
      : `the targets of ${group.name} are not in the input`;
    found.set(group.vpc?.id ?? '', { operation, reason, resource: group.id });
  }
  return found;
});

/** What stands against saying that nothing hands connections on into a VPC; undefined when nothing does. */
const strayIn = (estate: Estate, vpc: string | undefined): Missing | undefined =>
  strayTargets(estate).get(vpc ?? '') ??
  strayTargets(estate).get('') ??
  (vpc === undefined ? [...strayTargets(estate).values()][0] : undefined);

/** Target groups by the addresses they hand connections to. */
const groupsByAddress = memoised((estate): ReadonlyMap<string, readonly TargetGroup[]> => {
  const found = new Map<string, TargetGroup[]>();
  for (const group of all(estate, 'targetGroup'))
    for (const { target } of group.targets ?? []) {
      const list = found.get(target);
      if (list) list.push(group);
      else found.set(target, [group]);
    }
  return found;
});

/**
 * For a data store that nobody is known to reach: what would tell of a load balancer that hands connections to it.
 * It may be a target of one whose listeners are not told, or its own address may not be known.
 */
export function hiddenHandover(estate: Estate, resource: Resource, vpc: string | undefined): Missing | undefined {
  const network = networkOf(estate);
  const addresses = interfacesOf(network, resource).flatMap((one) => (one.addresses ?? []).map((each) => each.private));
  for (const group of addresses.flatMap((address) => groupsByAddress(estate).get(address) ?? [])) {
    const { loadBalancers } = group;
    if (loadBalancers === undefined)
      return {
        operation: 'elbv2:DescribeTargetGroups',
        reason: `the load balancer of ${group.name}`,
        resource: group.id,
      };
    for (const ref of loadBalancers) {
      const balancer = find(estate, ref);
      if (balancer === undefined)
        return {
          operation: 'elbv2:DescribeLoadBalancers',
          reason: `${group.name} names one that is not there`,
          resource: group.id,
        };
      const untold = listenersUntold(estate, balancer);
      if (untold) return untold;
      if (!listenersRead(network, balancer) || listenersOf(network, balancer).length === 0)
        return {
          operation: 'elbv2:DescribeListeners',
          reason: `it would tell the ports of ${balancer.name}`,
          resource: balancer.id,
        };
    }
  }
  return strayIn(estate, vpc) ?? lostForward(estate);
}

/** A listener that hands on to a target group which the input does not have. */
const lostForward = memoised((estate): Missing | undefined => {
  for (const listener of all(estate, 'listener')) {
    const refs = (listener.actions ?? []).flatMap((action) => action.targetGroups.map((one) => one.ref));
    if (listener.actions !== undefined && refs.every((ref) => find(estate, ref) !== undefined)) continue;
    const lost = listener.actions === undefined ? 'elbv2:DescribeListeners' : 'elbv2:DescribeTargetGroups';
    return {
      operation: lost,
      reason: `it would tell what ${listener.name} hands connections to`,
      resource: listener.id,
    };
  }
  return undefined;
});
