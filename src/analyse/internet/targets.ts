/**
 * Load balancers hand connections to addresses. An address that no known resource has may be anybody's: while there is
 * one, nobody can say that a resource whose own address is not known is not behind it.
 */
import { all, type Estate, memoised } from '../../estate/estate.ts';
import { networkOf } from '../reachability/index.ts';
import type { Missing } from '../verdict.ts';

/** What would tell whose the addresses are, by VPC. */
export const strayTargets: (estate: Estate) => ReadonlyMap<string, Missing> = memoised((estate) => {
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
    if (stray === undefined && group.targets !== undefined) continue;
    const operation = stray ? 'ec2:DescribeNetworkInterfaces' : 'elbv2:DescribeTargetHealth';
    const reason = stray
      ? `it would tell who has ${stray.target}, a target of ${group.name}`
      : `the targets of ${group.name} are not in the input`;
    found.set(group.vpc?.id ?? '', { operation, reason, resource: group.id });
  }
  return found;
});

/** What stands against saying that nothing hands connections on into a VPC; undefined when nothing does. */
export const strayIn = (estate: Estate, vpc: string | undefined): Missing | undefined =>
  strayTargets(estate).get(vpc ?? '') ??
  strayTargets(estate).get('') ??
  (vpc === undefined ? [...strayTargets(estate).values()][0] : undefined);
