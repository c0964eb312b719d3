import type { Deed } from '../../../analyse/buckets/everybody.ts';
import { bucketAccess } from '../../../analyse/buckets/public.ts';
import { join } from '../../example.ts';
import { ALL_BLOCKED, accountBlockAnswer, bucketAnswer, publicRead } from '../../examples/buckets.ts';
import { defineRule } from '../../rule.ts';

const WORDS: Readonly<Record<Deed, string>> = {
  read: 'read what it holds',
  list: 'list what it holds',
  write: 'change or delete what it holds',
  inspect: 'see the settings, labels and access lists',
};

export const rule = defineRule({
  id: 'bucket-public',
  problem: 2,
  severity: 'high',
  title: 'A bucket is open to everybody on the internet',
  why: 'Everything that is ever put there, also by mistake, can be fetched by anybody who guesses or is given the name. A public bucket can not be closed any more without breaking every link that somebody has made.',
  fix: 'Put a CloudFront distribution before the bucket, move the links to it, then make the bucket private so that only the distribution reads it.',
  fixedBy: ['media-behind-cdn'],
  subject: 'bucket',
  needs: ['s3:ListBuckets'],
  messages: {
    open: 'everybody on the internet may {deeds} in {name}',
    partly: 'everybody on the internet may {deeds} in some folders of {name}',
    weakly: 'everybody on the internet may {deeds} in {name}: the only condition, on {keys}, can be met by anybody',
    status: 'AWS says that {name} is public by its policy',
  },
  check(subject, estate) {
    const access = bucketAccess(estate, subject);
    if (access.answer === 'unknown') return { state: 'unknown', missing: access.missing };
    if (access.answer === 'no') return { state: 'pass' };
    const message =
      access.deeds.length === 0 ? 'status' : access.weakly.length > 0 ? 'weakly' : access.partly ? 'partly' : 'open';
    const looks = access.deeds.length > 0 && access.deeds.every((deed) => deed === 'inspect');
    return {
      state: 'fail',
      message,
      // Reading a folder made for it, or behind a condition, is less than everything or a change.
      severity:
        looks || ((message === 'partly' || message === 'weakly') && !access.deeds.includes('write'))
          ? 'medium'
          : 'high',
      data: {
        name: subject.name,
        deeds: access.deeds.map((deed) => WORDS[deed]).join(', '),
        keys: access.weakly.join(', '),
      },
      proof: access.proof,
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html'],
  examples: {
    bad: join(accountBlockAnswer(), bucketAnswer('shop-media', { policy: publicRead('shop-media') })),
    good: join(
      accountBlockAnswer(),
      bucketAnswer('shop-media', { policy: publicRead('shop-media'), block: ALL_BLOCKED }),
    ),
  },
});
