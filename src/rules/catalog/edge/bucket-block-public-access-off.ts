import { buckets } from '../../../analyse/buckets/unblocked.ts';
import { join } from '../../example.ts';
import { ALL_BLOCKED, accountBlockAnswer, bucketAnswer } from '../../examples/buckets.ts';
import { fact } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const SHOWN = 3;

export const rule = defineRule({
  id: 'bucket-block-public-access-off',
  problem: 2,
  severity: 'low',
  title: 'Block Public Access is off in the account and in its buckets',
  why: 'It is the lock that keeps a bucket private even when somebody writes a policy that opens it. Without it, one pasted policy publishes what the bucket holds.',
  fix: 'Turn all four settings on in each bucket, and in the account once no bucket serves the public itself any more.',
  fixedBy: ['media-behind-cdn'],
  subject: 'account',
  needs: ['s3:ListBuckets'],
  messages: {
    off: 'account {name} does not block public access to S3, and {n} of its {m} buckets do not either: {buckets}',
  },
  check(subject, estate) {
    const { off, untold, all } = buckets(estate, subject);
    if (all.length === 0) return { state: 'notApplicable' };
    if (off.length === 0) return untold.length > 0 ? { state: 'unknown', missing: untold } : { state: 'pass' };
    const more = off.length - SHOWN;
    return {
      state: 'fail',
      message: 'off',
      data: {
        name: subject.name,
        n: off.length,
        m: all.length,
        buckets: `${off
          .slice(0, SHOWN)
          .map((bucket) => bucket.name)
          .join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
      },
      proof: [
        fact(subject, '', `account ${subject.name} has no full Block Public Access`),
        ...off.map((bucket) => fact(bucket, '', `${bucket.name} has no full Block Public Access of its own`)),
      ],
      related: off,
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html'],
  examples: {
    bad: join(accountBlockAnswer(), bucketAnswer('shop-media')),
    good: join(accountBlockAnswer(), bucketAnswer('shop-media', { block: ALL_BLOCKED })),
  },
});
