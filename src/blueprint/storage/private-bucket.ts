/** A bucket that is closed in every way S3 knows: what media and logs have in common. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { Statement } from '../security/grant.ts';

export interface BucketParts {
  readonly bucket: aws.s3.Bucket;
  readonly publicAccessBlock: aws.s3.BucketPublicAccessBlock;
  /** For the bucket's policy, which whoever uses these parts writes. */
  readonly onlyTls: readonly Statement[];
}

export interface Lifecycle {
  /** Objects go after so many days. @default never */
  readonly expireDays?: number;
}

/** Overwritten and deleted objects stay for 30 days, unfinished uploads for 7. */
export function privateBucket(
  owner: pulumi.Resource,
  name: string,
  tags: Record<string, string>,
  lifecycle: Lifecycle,
): BucketParts {
  const bucket = new aws.s3.Bucket(name, { tags }, { parent: owner, protect: true });
  const publicAccessBlock = new aws.s3.BucketPublicAccessBlock(
    name,
    {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    },
    { parent: owner },
  );
  new aws.s3.BucketOwnershipControls(
    name,
    { bucket: bucket.bucket, rule: { objectOwnership: 'BucketOwnerEnforced' } },
    { parent: owner },
  );
  new aws.s3.BucketVersioning(
    name,
    { bucket: bucket.bucket, versioningConfiguration: { status: 'Enabled' } },
    { parent: owner },
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(
    name,
    {
      bucket: bucket.bucket,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' }, bucketKeyEnabled: true }],
    },
    { parent: owner },
  );
  new aws.s3.BucketLifecycleConfiguration(
    name,
    {
      bucket: bucket.bucket,
      rules: [
        {
          id: 'tidy',
          status: 'Enabled',
          filter: { prefix: '' },
          noncurrentVersionExpiration: { noncurrentDays: 30 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          ...(lifecycle.expireDays === undefined ? {} : { expiration: { days: lifecycle.expireDays } }),
        },
      ],
    },
    { parent: owner },
  );
  const onlyTls: readonly Statement[] = [
    {
      Sid: 'OnlyByTls',
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:*'],
      Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ];
  return { bucket, publicAccessBlock, onlyTls };
}
