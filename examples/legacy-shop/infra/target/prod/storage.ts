/** What the journey makes: prod: buckets and images. */
import * as aws from '@pulumi/aws';
import { ClosedBucket } from 'underpin/blueprint';
import { legacyProdMediaBucket, legacyProdStaticAssetsBucket } from '../../adopted/prod/storage.js';
import { steps } from '../../steps.js';

export const legacyProdAccessLogs = steps.since(
  'account-evidence-access-log-buckets',
  () =>
    new ClosedBucket('legacy-prod-access-logs', {
      bucket: 'legacy-prod-access-logs-111122223333',
      keepDays: 400,
      writers: [
        {
          Sid: 'BucketsMayWrite',
          Effect: 'Allow',
          Principal: { Service: 'logging.s3.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: 'arn:aws:s3:::legacy-prod-access-logs-111122223333/s3/*',
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        },
        {
          Sid: 'LoadBalancersMayWrite',
          Effect: 'Allow',
          Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: 'arn:aws:s3:::legacy-prod-access-logs-111122223333/*/AWSLogs/111122223333/*',
        },
      ],
    }),
);

steps.since(
  'legacy-prod-safeguards-on',
  () =>
    new aws.s3.BucketVersioning('legacy-prod-media', {
      bucket: legacyProdMediaBucket.id,
      versioningConfiguration: { status: 'Enabled' },
    }),
);

steps.since(
  'legacy-prod-safeguards-on',
  () =>
    new aws.s3.BucketVersioning('legacy-prod-static-assets', {
      bucket: legacyProdStaticAssetsBucket.id,
      versioningConfiguration: { status: 'Enabled' },
    }),
);

steps.since(
  'legacy-prod-safeguards-on',
  () =>
    new aws.s3.BucketLifecycleConfiguration('legacy-prod-media', {
      bucket: legacyProdMediaBucket.id,
      rules: [
        {
          id: 'old-versions',
          status: 'Enabled',
          filter: {},
          noncurrentVersionExpiration: { noncurrentDays: 90 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    }),
);

steps.since(
  'legacy-prod-safeguards-on',
  () =>
    new aws.s3.BucketLifecycleConfiguration('legacy-prod-static-assets', {
      bucket: legacyProdStaticAssetsBucket.id,
      rules: [
        {
          id: 'old-versions',
          status: 'Enabled',
          filter: {},
          noncurrentVersionExpiration: { noncurrentDays: 90 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    }),
);

steps.since(
  'legacy-prod-media-logs',
  (now) =>
    new aws.s3.BucketLogging('legacy-prod-media', {
      bucket: legacyProdMediaBucket.bucket,
      targetBucket: now(legacyProdAccessLogs).policy.bucket,
      targetPrefix: 's3/legacy-prod-media/',
    }),
);

steps.since(
  'legacy-prod-media-logs',
  (now) =>
    new aws.s3.BucketLogging('legacy-prod-static-assets', {
      bucket: legacyProdStaticAssetsBucket.bucket,
      targetBucket: now(legacyProdAccessLogs).policy.bucket,
      targetPrefix: 's3/legacy-prod-static-assets/',
    }),
);

steps.since(
  'legacy-prod-media-blocked',
  () =>
    new aws.s3.BucketPublicAccessBlock('legacy-prod-media', {
      bucket: legacyProdMediaBucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: steps.from('legacy-prod-media-blocked').at({
        'legacy-prod-media-blocked': undefined,
        'legacy-prod-media-private': true,
      }),
      restrictPublicBuckets: steps.from('legacy-prod-media-blocked').at({
        'legacy-prod-media-blocked': undefined,
        'legacy-prod-media-private': true,
      }),
    }),
);

steps.since(
  'legacy-prod-media-blocked',
  () =>
    new aws.s3.BucketPublicAccessBlock('legacy-prod-static-assets', {
      bucket: legacyProdStaticAssetsBucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: steps.from('legacy-prod-media-blocked').at({
        'legacy-prod-media-blocked': undefined,
        'legacy-prod-media-private': true,
      }),
      restrictPublicBuckets: steps.from('legacy-prod-media-blocked').at({
        'legacy-prod-media-blocked': undefined,
        'legacy-prod-media-private': true,
      }),
    }),
);
