/** What was built by hand: dev: buckets and images. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';

export const legacyDevMediaBucket = steps.until(
  'legacy-dev-retired-data',
  () =>
    new aws.s3.Bucket(
      'legacy-dev-media',
      {
        bucket: 'legacy-dev-media',
        forceDestroy: steps.at({ adopt: false, 'legacy-dev-retired-unprotected': true }),
        tags: { Name: 'legacy-dev-media', Environment: 'dev' },
      },
      adopted('legacy-dev-media', { protect: steps.at({ adopt: true, 'legacy-dev-retired-programs': false }) }),
    ),
);

export const legacyDevStaticAssetsBucket = steps.until(
  'legacy-dev-retired-data',
  () =>
    new aws.s3.Bucket(
      'legacy-dev-static-assets',
      {
        bucket: 'legacy-dev-static-assets',
        forceDestroy: steps.at({ adopt: false, 'legacy-dev-retired-unprotected': true }),
        tags: { Name: 'legacy-dev-static-assets', Environment: 'dev' },
      },
      adopted('legacy-dev-static-assets', { protect: steps.at({ adopt: true, 'legacy-dev-retired-programs': false }) }),
    ),
);

steps.until(
  'legacy-dev-retired-data',
  (now) =>
    new aws.s3.BucketServerSideEncryptionConfiguration(
      'legacy-dev-media',
      {
        bucket: now(legacyDevMediaBucket).bucket,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' }, bucketKeyEnabled: false }],
      },
      adopted('legacy-dev-media', { protect: steps.at({ adopt: true, 'legacy-dev-retired-programs': false }) }),
    ),
);

steps.until(
  'legacy-dev-retired-data',
  (now) =>
    new aws.s3.BucketServerSideEncryptionConfiguration(
      'legacy-dev-static-assets',
      {
        bucket: now(legacyDevStaticAssetsBucket).bucket,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' }, bucketKeyEnabled: false }],
      },
      adopted('legacy-dev-static-assets', { protect: steps.at({ adopt: true, 'legacy-dev-retired-programs': false }) }),
    ),
);

steps.until(
  'legacy-dev-media-private',
  (now) =>
    new aws.s3.BucketWebsiteConfiguration(
      'legacy-dev-static-assets',
      {
        bucket: now(legacyDevStaticAssetsBucket).bucket,
        indexDocument: { suffix: 'index.html' },
        errorDocument: { key: 'index.html' },
      },
      adopted('legacy-dev-static-assets', { protect: steps.at({ adopt: true, 'legacy-dev-media-blocked': false }) }),
    ),
);
