/** What the journey makes: dev: buckets and images. */
import * as aws from '@pulumi/aws';
import { ClosedBucket } from 'underpin/blueprint';
import { legacyDevMediaBucket, legacyDevStaticAssetsBucket } from '../../adopted/dev/storage.js';
import { steps } from '../../steps.js';

export const legacyDevAccessLogs = steps.during(
  'account-evidence-access-log-buckets',
  'legacy-dev-retired-data',
  () =>
    new ClosedBucket('legacy-dev-access-logs', {
      bucket: 'legacy-dev-access-logs-111122223333',
      keepDays: 400,
      writers: [
        {
          Sid: 'BucketsMayWrite',
          Effect: 'Allow',
          Principal: { Service: 'logging.s3.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: 'arn:aws:s3:::legacy-dev-access-logs-111122223333/s3/*',
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        },
        {
          Sid: 'LoadBalancersMayWrite',
          Effect: 'Allow',
          Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: 'arn:aws:s3:::legacy-dev-access-logs-111122223333/*/AWSLogs/111122223333/*',
        },
      ],
      forceDestroy: steps.from('account-evidence-access-log-buckets').at({
        'account-evidence-access-log-buckets': false,
        'legacy-dev-retired-unprotected': true,
      }),
    }),
);

steps.during(
  'legacy-dev-safeguards-on',
  'legacy-dev-retired-data',
  (now) =>
    new aws.s3.BucketVersioning('legacy-dev-media', {
      bucket: now(legacyDevMediaBucket).id,
      versioningConfiguration: { status: 'Enabled' },
    }),
);

steps.during(
  'legacy-dev-safeguards-on',
  'legacy-dev-retired-data',
  (now) =>
    new aws.s3.BucketVersioning('legacy-dev-static-assets', {
      bucket: now(legacyDevStaticAssetsBucket).id,
      versioningConfiguration: { status: 'Enabled' },
    }),
);

steps.during(
  'legacy-dev-safeguards-on',
  'legacy-dev-retired-data',
  (now) =>
    new aws.s3.BucketLifecycleConfiguration('legacy-dev-media', {
      bucket: now(legacyDevMediaBucket).id,
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

steps.during(
  'legacy-dev-safeguards-on',
  'legacy-dev-retired-data',
  (now) =>
    new aws.s3.BucketLifecycleConfiguration('legacy-dev-static-assets', {
      bucket: now(legacyDevStaticAssetsBucket).id,
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

steps.during(
  'legacy-dev-media-logs',
  'legacy-dev-retired-data',
  (now) =>
    new aws.s3.BucketLogging('legacy-dev-media', {
      bucket: now(legacyDevMediaBucket).bucket,
      targetBucket: now(legacyDevAccessLogs).policy.bucket,
      targetPrefix: 's3/legacy-dev-media/',
    }),
);

steps.during(
  'legacy-dev-media-logs',
  'legacy-dev-retired-data',
  (now) =>
    new aws.s3.BucketLogging('legacy-dev-static-assets', {
      bucket: now(legacyDevStaticAssetsBucket).bucket,
      targetBucket: now(legacyDevAccessLogs).policy.bucket,
      targetPrefix: 's3/legacy-dev-static-assets/',
    }),
);

steps.during(
  'legacy-dev-media-blocked',
  'legacy-dev-retired-data',
  (now) =>
    new aws.s3.BucketPublicAccessBlock('legacy-dev-media', {
      bucket: now(legacyDevMediaBucket).bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: steps.from('legacy-dev-media-blocked').at({
        'legacy-dev-media-blocked': undefined,
        'legacy-dev-media-private': true,
      }),
      restrictPublicBuckets: steps.from('legacy-dev-media-blocked').at({
        'legacy-dev-media-blocked': undefined,
        'legacy-dev-media-private': true,
      }),
    }),
);

steps.during(
  'legacy-dev-media-blocked',
  'legacy-dev-retired-data',
  (now) =>
    new aws.s3.BucketPublicAccessBlock('legacy-dev-static-assets', {
      bucket: now(legacyDevStaticAssetsBucket).bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: steps.from('legacy-dev-media-blocked').at({
        'legacy-dev-media-blocked': undefined,
        'legacy-dev-media-private': true,
      }),
      restrictPublicBuckets: steps.from('legacy-dev-media-blocked').at({
        'legacy-dev-media-blocked': undefined,
        'legacy-dev-media-private': true,
      }),
    }),
);
