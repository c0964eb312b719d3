import { fronts, frontsOf, links } from '../../../analyse/buckets/links.ts';
import { bucketAccess } from '../../../analyse/buckets/public.ts';
import { distributionsUnread } from '../../../analyse/internet/distributions.ts';
import { join } from '../../example.ts';
import {
  ALL_BLOCKED,
  accountBlockAnswer,
  bucketAnswer,
  distributionAnswer,
  publicRead,
} from '../../examples/buckets.ts';
import { noDistributions } from '../../examples/open.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'bucket-served-without-cdn',
  problem: 2,
  severity: 'medium',
  title: 'Files are served straight from a bucket, with no CDN before it',
  why: 'Every image goes all the way from the region to the customer, slowly, and at the price of data that leaves AWS. The links name the bucket itself, so it can neither be closed nor replaced while they are in use.',
  fix: 'Put a CloudFront distribution with a domain of your own before the bucket, change the links, and close the bucket when no direct hit is seen any more.',
  fixedBy: ['media-behind-cdn'],
  subject: 'bucket',
  needs: ['s3:ListBuckets', 'cloudfront:ListDistributions'],
  messages: {
    linked:
      '{name} serves everybody itself, and {by} links straight to it; no CloudFront distribution has it as origin',
    open: '{name} serves everybody itself; no CloudFront distribution has it as origin',
    named: '{by} links straight to {name} by its S3 host name; no CloudFront distribution has it as origin',
  },
  check(subject, estate) {
    const access = bucketAccess(estate, subject);
    const found = links(estate).get(subject.id) ?? [];
    const served = access.answer === 'yes' && (access.deeds.length === 0 || access.deeds.includes('read'));
    if (!served && found.length === 0)
      return access.answer === 'unknown' ? { state: 'unknown', missing: access.missing } : { state: 'notApplicable' };
    if (frontsOf(estate, subject).length > 0) return { state: 'pass' };
    const missing = [...distributionsUnread(estate, subject.account), ...fronts(estate).missing];
    if (missing.length > 0) return { state: 'unknown', missing };
    const linking = [...new Set(found.map(({ from }) => from))].filter((from) => from !== undefined);
    const names = [...new Set(linking.map((from) => from.name))];
    return {
      state: 'fail',
      message: served ? (found.length > 0 ? 'linked' : 'open') : 'named',
      // A link to a private bucket may be a signed one, or a call of the service itself.
      severity: served ? 'medium' : 'low',
      data: { name: subject.name, by: names.length > 0 ? names.join(', ') : 'a service' },
      proof: [...found.map(({ hop }) => hop), ...(access.answer === 'yes' ? access.proof : [])],
      related: linking,
    };
  },
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
  ],
  examples: {
    bad: join(
      accountBlockAnswer(),
      noDistributions(),
      bucketAnswer('shop-media', { policy: publicRead('shop-media') }),
    ),
    good: join(
      accountBlockAnswer(),
      bucketAnswer('shop-media', { policy: publicRead('shop-media') }),
      bucketAnswer('shop-logs', { block: ALL_BLOCKED }),
      distributionAnswer({ domain: 'shop-media.s3.eu-west-1.amazonaws.com' }),
    ),
  },
});
