/** What was built by hand: prod: buckets and images. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';

export const legacyProdMediaBucket = new aws.s3.Bucket(
  'legacy-prod-media',
  {
    bucket: 'legacy-prod-media',
    forceDestroy: false,
    tags: { Name: 'legacy-prod-media', Environment: 'prod' },
  },
  adopted('legacy-prod-media'),
);

export const legacyProdStaticAssetsBucket = new aws.s3.Bucket(
  'legacy-prod-static-assets',
  {
    bucket: 'legacy-prod-static-assets',
    forceDestroy: false,
    tags: { Name: 'legacy-prod-static-assets', Environment: 'prod' },
  },
  adopted('legacy-prod-static-assets'),
);

new aws.s3.BucketServerSideEncryptionConfiguration(
  'legacy-prod-media',
  {
    bucket: legacyProdMediaBucket.bucket,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' }, bucketKeyEnabled: false }],
  },
  adopted('legacy-prod-media'),
);

new aws.s3.BucketServerSideEncryptionConfiguration(
  'legacy-prod-static-assets',
  {
    bucket: legacyProdStaticAssetsBucket.bucket,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' }, bucketKeyEnabled: false }],
  },
  adopted('legacy-prod-static-assets'),
);

steps.until(
  'legacy-prod-media-private',
  () =>
    new aws.s3.BucketWebsiteConfiguration(
      'legacy-prod-static-assets',
      {
        bucket: legacyProdStaticAssetsBucket.bucket,
        indexDocument: { suffix: 'index.html' },
        errorDocument: { key: 'index.html' },
      },
      adopted('legacy-prod-static-assets', { protect: steps.at({ adopt: true, 'legacy-prod-media-blocked': false }) }),
    ),
);
