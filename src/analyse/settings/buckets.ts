/** Buckets that only receive logs, from S3 itself, CloudTrail or a load balancer. */
import { all, type Estate, memoised } from '../../estate/estate.ts';

const ARN = 'arn:aws:s3:::';

/** By the bucket's id (its ARN). */
export const logBuckets: (estate: Estate) => ReadonlySet<string> = memoised((estate) => {
  const names = new Set<string>();
  for (const bucket of all(estate, 'bucket')) if (bucket.logging) names.add(bucket.logging);
  for (const trail of all(estate, 'trail')) if (trail.bucket) names.add(trail.bucket);
  for (const balancer of all(estate, 'loadBalancer')) {
    const bucket = balancer.attributes?.['access_logs.s3.bucket'];
    if (bucket) names.add(bucket);
  }
  return new Set([...names].map((name) => `${ARN}${name}`));
});
