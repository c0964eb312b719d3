/** What of an estate the picture shows as open, and of how much that is not known. */
import { bucketAccess } from '../../analyse/buckets/public.ts';
import { waysIn } from '../../analyse/exposure/index.ts';
import { all, type Estate } from '../../estate/estate.ts';
import type { Bucket } from '../../estate/kinds/data.ts';
import { recalled } from '../../estate/memory.ts';

export const isPublicBucket = recalled((estate: Estate, bucket: Bucket) => bucketAccess(estate, bucket).answer);

/** Of how many things it cannot be told whether the internet reaches them. */
export const undecided = (estate: Estate): number =>
  waysIn(estate).undecided.length +
  all(estate, 'bucket').filter((one) => isPublicBucket(estate, one) === 'unknown').length;
