/**
 * What of an estate the picture shows as open. Each answer is remembered from one point of a journey to the next, as long as
 * nothing that it rests on is another.
 */
import { bucketAccess } from '../../analyse/buckets/public.ts';
import { exposuresOf, judgedForExposure } from '../../analyse/exposure/index.ts';
import { all, type Estate } from '../../estate/estate.ts';
import type { Bucket } from '../../estate/kinds/data.ts';
import { recalled } from '../../estate/memory.ts';
import type { Resource } from '../../estate/resource.ts';
import type { ConnectionSet } from '../../estate/sets/index.ts';

/** A way by which the internet reaches something. */
export interface Way {
  readonly resource: Resource;
  readonly via: 'direct' | 'through';
  readonly through: readonly string[];
  readonly admitted: ConnectionSet;
}

const judged = recalled((estate: Estate, resource: Resource) => {
  const { exposures, unknown } = exposuresOf(estate, resource);
  const ways = exposures.map(({ via, through, admitted }): Way => ({ resource, via, through, admitted }));
  return { ways, undecided: unknown.length };
});

/** Sorted by resource. */
export const waysIn = (estate: Estate): readonly Way[] =>
  judgedForExposure(estate)
    .flatMap((one) => judged(estate, one).ways)
    .sort((a, b) => (a.resource.id < b.resource.id ? -1 : a.resource.id > b.resource.id ? 1 : 0));

export const isPublicBucket = recalled((estate: Estate, bucket: Bucket) => bucketAccess(estate, bucket).answer);

/** Of how many things it cannot be told whether the internet reaches them. */
export const undecided = (estate: Estate): number =>
  judgedForExposure(estate).reduce((count, one) => count + judged(estate, one).undecided, 0) +
  all(estate, 'bucket').filter((one) => isPublicBucket(estate, one) === 'unknown').length;
