import { logBuckets } from '../../../analyse/settings/buckets.ts';
import { versionedBucketAnswer } from '../../examples/stores.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const OPERATION = 's3:GetBucketVersioning';

export const rule = defineRule({
  id: 'bucket-without-versioning',
  problem: 10,
  severity: 'low',
  title: 'A bucket keeps no earlier versions of its objects',
  why: 'An upload with the wrong name replaces a file for good, and a wrong delete removes it for good. With versioning both can be undone, and a lifecycle rule keeps old versions from costing much.',
  fix: 'Turn versioning on, with a lifecycle rule that removes old versions after some weeks.',
  fixedBy: ['safeguards'],
  subject: 'bucket',
  needs: ['s3:ListBuckets'],
  messages: {
    never: '{name} has no versioning',
    suspended: '{name} has versioning suspended: what is replaced or deleted now is gone',
  },
  check(subject, estate) {
    // nobody overwrites logs
    if (logBuckets(estate).has(subject.id)) return { state: 'notApplicable' };
    const { name, versioning } = subject;
    if (versioning === undefined) return unknown(subject, OPERATION, 'whether a bucket has versioning');
    if (versioning === 'Enabled') return { state: 'pass' };
    return {
      state: 'fail',
      message: versioning === null ? 'never' : 'suspended',
      data: { name },
      proof: [fact(subject, '', `${OPERATION} says of ${name}: ${versioning ?? 'not set'}`)],
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html'],
  examples: {
    bad: versionedBucketAnswer('shop-media-example', {}),
    good: versionedBucketAnswer('shop-media-example', { Status: 'Enabled' }),
  },
});
