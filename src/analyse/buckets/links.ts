/** Who links straight to a bucket, and which distributions stand before it. */
import { all, byId, type Estate, memoised } from '../../estate/estate.ts';
import type { Bucket } from '../../estate/kinds/data.ts';
import type { Distribution } from '../../estate/kinds/edge.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Hop, Missing } from '../verdict.ts';

/** `media.s3.eu-west-1.amazonaws.com`, `media.s3-website-eu-west-1.amazonaws.com`: the name before `s3`. */
const BUCKET_HOST = /^(.+?)\.s3(?:-website)?(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/i;

export const bucketOfHost = (host: string): string | undefined => BUCKET_HOST.exec(host)?.[1]?.toLowerCase();

export interface Fronts {
  /** Distributions, not disabled, by the name of the bucket that is their origin. */
  readonly byBucket: ReadonlyMap<string, readonly Distribution[]>;
  /** What would tell of others. */
  readonly missing: readonly Missing[];
}

export const fronts: (estate: Estate) => Fronts = memoised((estate) => {
  const byBucket = new Map<string, Distribution[]>();
  const missing: Missing[] = [];
  for (const distribution of all(estate, 'distribution')) {
    if (distribution.enabled === false) continue;
    if (distribution.origins === undefined || distribution.origins.some((origin) => origin.domain === undefined))
      missing.push({
        operation: 'cloudfront:ListDistributions',
        reason: 'the origins of a distribution are not in the answer',
        resource: distribution.id,
      });
    const buckets = (distribution.origins ?? []).flatMap((origin) => bucketOfHost(origin.domain ?? '') ?? []);
    for (const name of new Set(buckets)) {
      const list = byBucket.get(name);
      if (list) list.push(distribution);
      else byBucket.set(name, [distribution]);
    }
  }
  return { byBucket, missing };
});

export interface Link {
  readonly from: Resource | undefined;
  readonly hop: Hop;
}

const LINK = /\.s3[.-][a-z0-9.-]*amazonaws\.com/i;

/** Where the configuration of a service names the bucket's own host, by the bucket's id. */
export const links: (estate: Estate) => ReadonlyMap<string, readonly Link[]> = memoised((estate) => {
  const found = new Map<string, Link[]>();
  for (const flow of estate.flows) {
    if (flow.to.type !== 'resource') continue;
    for (const evidence of flow.evidence) {
      if (evidence.type !== 'environment' || !LINK.test(evidence.detail)) continue;
      const from = flow.from.type === 'resource' ? byId(estate, flow.from.id) : undefined;
      const hop: Hop = {
        resource: from?.id ?? flow.id,
        by: flow.id,
        code: 'flow',
        detail: evidence.detail,
        provenance: evidence.source,
      };
      const list = found.get(flow.to.id);
      if (list) list.push({ from, hop });
      else found.set(flow.to.id, [{ from, hop }]);
    }
  }
  return found;
});

export const frontsOf = (estate: Estate, bucket: Bucket): readonly Distribution[] =>
  fronts(estate).byBucket.get(bucket.name.toLowerCase()) ?? [];
