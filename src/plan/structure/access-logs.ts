/** The bucket that load balancers and buckets of an environment write their access logs to, and nobody else. */
import { type Create, ref } from '../edit.ts';
import { tagged } from './names.ts';

const BUCKET = 'aws:s3/bucket:Bucket';
const POLICY = 'aws:s3/bucketPolicy:BucketPolicy';
const BLOCK = 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock';
const OWNERSHIP = 'aws:s3/bucketOwnershipControls:BucketOwnershipControls';
const LIFECYCLE = 'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration';

/** Longer than anything is watched for. */
const KEEP_DAYS = 400;

export interface LogBucket {
  /** The bucket's name in AWS. */
  readonly bucket: string;
  /** How a property names it. */
  readonly written: string;
  readonly edits: readonly Create[];
}

/**
 * The log bucket of an environment. Logs of a balancer and of a bucket stay in its region and account.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function logBucket(stem: string, account: string, region: string, home: string): LogBucket {
  const name = region === home ? `${stem}-access-logs` : `${stem}-access-logs-${region}`;
  const bucket = `${name}-${account}`;
  const place = region === home ? {} : { region };
  const itself: Create = {
    op: 'create',
    type: BUCKET,
    name,
    properties: { bucket, forceDestroy: false, tags: tagged(bucket) },
    ...place,
  };
  const arn = `arn:aws:s3:::${bucket}`;
  const of = { bucket: ref(itself) };
  const part = (type: string, properties: Create['properties']): Create => ({
    op: 'create',
    type,
    name,
    properties: { ...of, ...properties },
    ...place,
  });
  const policy = part(POLICY, {
    policy: JSON.stringify({ Version: '2012-10-17', Statement: statements(arn, account) }),
  });
  return {
    bucket,
    // by way of the policy: a service checks at once whether it may write
    written: ref(policy, 'bucket'),
    edits: [
      itself,
      part(BLOCK, {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      }),
      part(OWNERSHIP, { rule: { objectOwnership: 'BucketOwnerEnforced' } }),
      part(LIFECYCLE, { rules: [{ id: 'expire', status: 'Enabled', filter: {}, expiration: { days: KEEP_DAYS } }] }),
      policy,
    ],
  };
}

const statements = (arn: string, account: string): readonly object[] => [
  {
    Sid: 'OnlyTls',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
  {
    Sid: 'BucketsMayWrite',
    Effect: 'Allow',
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `${arn}/s3/*`,
    Condition: { StringEquals: { 'aws:SourceAccount': account } },
  },
  {
    Sid: 'LoadBalancersMayWrite',
    Effect: 'Allow',
    Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
    Action: 's3:PutObject',
    // their logs lie under the account's own number, which keeps other accounts' balancers out
    Resource: `${arn}/*/AWSLogs/${account}/*`,
  },
];
