import { expect, it } from 'vitest';
import { all } from '../../../estate/estate.ts';
import { assemble } from '../../assemble.ts';
import { entriesOf } from '../entries.ts';
import { aws, type Draft, recordingOf, UNKNOWN } from '../testing.ts';

const bucketIn = (...drafts: readonly Draft[]) =>
  all(assemble(entriesOf(recordingOf(...drafts)), [], undefined), 'bucket')[0];

const bucket = aws('s3/bucket:Bucket', 'media');
const on = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };

it('has no policy where the program declares none, and all four switches that new buckets have', () => {
  expect(bucketIn(bucket)).toMatchObject({ policy: null, publicAccessBlock: on });
});

it.each([
  ['policy', 's3/bucketPolicy:BucketPolicy', { policy: '{"Version":"2012-10-17","Statement":[]}' }],
  ['publicAccessBlock', 's3/bucketPublicAccessBlock:BucketPublicAccessBlock', on],
  ['acl', 's3/bucketAcl:BucketAcl', { acl: 'public-read' }],
] as const)('does not know the %s of a bucket that one of an unknown bucket may hang on', (field, type, inputs) => {
  const stray = aws(type, 'stray', { ...inputs, bucket: UNKNOWN });
  expect(bucketIn(bucket, stray)?.[field]).toBeUndefined();
  // one that has its own is not meant
  const own = aws(type, 'own', { ...inputs, bucket: 'media-id' });
  expect(bucketIn(bucket, stray, own)?.[field]).toBeDefined();
});
