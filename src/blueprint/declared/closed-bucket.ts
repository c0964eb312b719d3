/** A bucket that nobody reads from outside, with who may write to it and how long it keeps things. */
import { type DataMap, type Declaration, documentOf, outputOf, tagged } from './declaration.ts';

export const BUCKET = 'aws:s3/bucket:Bucket';
export const BUCKET_POLICY = 'aws:s3/bucketPolicy:BucketPolicy';
const BLOCK = 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock';
const OWNERSHIP = 'aws:s3/bucketOwnershipControls:BucketOwnershipControls';
const LIFECYCLE = 'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration';

export interface ClosedBucketArgs<Later = never> {
  /** Its name in AWS. *Replacement*. */
  readonly bucket: string;
  /** What is older is deleted. *In place*. */
  readonly keepDays: number;
  /** Who may write to it, as statements of its policy; that only TLS is spoken stands there by itself. *In place*. @default nobody */
  readonly writers?: readonly DataMap<Later>[] | undefined;
  /** Whether it may be deleted with what it holds. *In place*. @default false */
  readonly forceDestroy?: boolean | undefined;
}

/** The bucket before its parts; they share its name. */
export function closedBucket<Later = never>(
  name: string,
  { bucket, keepDays, writers = [], forceDestroy = false }: ClosedBucketArgs<NoInfer<Later>>,
): readonly Declaration<Later>[] {
  const itself: Declaration<Later> = {
    type: BUCKET,
    name,
    properties: { bucket, forceDestroy, tags: tagged(bucket) },
  };
  const part = (type: string, properties: DataMap<Later>): Declaration<Later> => ({
    type,
    name,
    properties: { bucket: outputOf(itself), ...properties },
  });
  const arn = `arn:aws:s3:::${bucket}`;
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
  const onlyTls: DataMap<Later> = {
    Sid: 'OnlyTls',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  return [
    itself,
    part(BLOCK, {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    }),
    part(OWNERSHIP, { rule: { objectOwnership: 'BucketOwnerEnforced' } }),
    part(LIFECYCLE, { rules: [{ id: 'expire', status: 'Enabled', filter: {}, expiration: { days: keepDays } }] }),
    part(BUCKET_POLICY, {
      policy: documentOf<Later>({ Version: '2012-10-17', Statement: [onlyTls, ...writers] }),
    }),
  ];
}
