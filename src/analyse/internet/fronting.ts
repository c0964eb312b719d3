/** Which distributions stand before a load balancer, and whether there may be one that the input does not show. */
import { all, type Estate, memoised } from '../../estate/estate.ts';
import type { LoadBalancer } from '../../estate/kinds/balance.ts';
import type { Resource } from '../../estate/resource.ts';
import { type Fronting, frontings, frontingsOf } from '../reachability/distributions.ts';
import { interfacesOf, networkOf } from '../reachability/index.ts';
import type { Missing } from '../verdict.ts';

/** Distributions that are not known to be disabled and have the balancer as an origin. */
export function distributionsBefore(estate: Estate, balancer: LoadBalancer): readonly Fronting[] {
  const network = networkOf(estate);
  return frontingsOf(network, balancer, interfacesOf(network, balancer)).filter(
    ({ distribution }) => distribution.enabled !== false,
  );
}

/** What would tell of a distribution that may stand before something: origins not told, or names nobody resolves. */
export const hiddenOrigins: (estate: Estate) => readonly Missing[] = memoised((estate) => {
  const missing: Missing[] = [];
  const index = frontings(estate);
  const ours = new Set(all(estate, 'loadBalancer').flatMap((one) => one.dnsName?.toLowerCase() ?? []));
  const records = new Set(all(estate, 'dnsRecord').map((record) => record.host.toLowerCase()));
  for (const distribution of all(estate, 'distribution')) {
    if (distribution.enabled === false) continue;
    if (distribution.origins === undefined) missing.push(untold(distribution));
    for (const origin of distribution.origins ?? []) {
      const name = origin.domain?.toLowerCase();
      if (name === undefined) missing.push(untold(distribution));
      else if (
        !name.endsWith('.amazonaws.com') &&
        !records.has(name) &&
        !ours.has(name) &&
        index.get(name) !== undefined
      )
        missing.push({
          operation: 'route53:ListResourceRecordSets',
          reason: 'it would tell what the name of an origin stands for',
          resource: distribution.id,
        });
    }
  }
  return missing;
});

const untold = (distribution: Resource): Missing => ({
  operation: 'cloudfront:ListDistributions',
  reason: 'the origins of a distribution are not in the answer',
  resource: distribution.id,
});
