/** What may stand in front of a resource and was not read: then nobody knows who gets in that way. */
import { statusOf } from '../../estate/coverage.ts';
import { all, byId } from '../../estate/estate.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import { indexed } from '../../estate/watched.ts';
import type { Missing } from '../verdict.ts';
import { lacking, type Network, networkOf } from './network.ts';

const LIST = 'cloudfront:ListDistributions';

/** Of an interface: balancers that its target groups name, and distributions that use its VPC origin. */
export function unseenFronts(network: Network, one: NetworkInterface): readonly Missing[] {
  const keys = [
    one.id as string,
    ...(one.owner ? [one.owner.id as string] : []),
    ...(one.addresses ?? []).map((at) => at.private),
  ];
  return [unseenBalancers(network.estate), unseenDistributions(network.estate)].flatMap((index) => {
    const found = keys.flatMap((key) => index.get(key) ?? [])[0];
    return found ? [found] : [];
  });
}

/** By target: what would tell the balancer that its group names. */
const unseenBalancers = indexed((estate): ReadonlyMap<string, Missing> => {
  const network = networkOf(estate);
  const result = new Map<string, Missing>();
  const unseen = new Map<string, Missing>();
  for (const group of all(estate, 'targetGroup')) {
    const strange = group.loadBalancers?.find(({ id }) => byId(estate, id)?.kind !== 'loadBalancer');
    if (strange === undefined) continue;
    const place = { id: strange.id, account: group.account, region: group.region };
    const missing = lacking(network, 'elbv2:DescribeLoadBalancers', place, 'who gets in by the load balancer');
    unseen.set(group.id, missing);
    for (const { target } of group.targets ?? []) result.set(target, missing);
  }
  for (const service of all(estate, 'ecsService'))
    for (const { targetGroup } of service.loadBalancers ?? []) {
      const missing = targetGroup && unseen.get(targetGroup.id);
      if (missing) result.set(service.id, missing);
    }
  return result;
});

/** By the id of what a VPC origin leads to, where no distribution is known to use the origin and not all of them are known. */
const unseenDistributions = indexed((estate): ReadonlyMap<string, Missing> => {
  const network = networkOf(estate);
  const origins = all(estate, 'distribution').map((one) => one.origins);
  const used = new Set(origins.flatMap((list) => list ?? []).map(({ vpcOrigin }) => vpcOrigin));
  const vague = origins.some((list) => list === undefined || list.some(({ type }) => type === undefined));
  const result = new Map<string, Missing>();
  for (const origin of all(estate, 'vpcOrigin')) {
    if (origin.endpointArn === undefined || used.has(origin.id)) continue;
    if (!vague && statusOf(estate.coverage, LIST, { account: origin.account, region: origin.region }) === 'read')
      continue;
    result.set(origin.endpointArn, lacking(network, LIST, origin, 'which distribution uses the VPC origin'));
  }
  return result;
});
