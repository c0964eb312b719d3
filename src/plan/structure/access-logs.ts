/** The bucket that load balancers and buckets of an environment write their access logs to, and nobody else. */
import { BUCKET_POLICY, closedBucket } from '../../blueprint/declared/closed-bucket.ts';
import type { DataMap } from '../../blueprint/declared/declaration.ts';
import { type Create, ref } from '../edit.ts';
import { creates } from './creates.ts';

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
  return {
    bucket,
    // by way of the policy: a service checks at once whether it may write
    written: ref({ type: BUCKET_POLICY, name }, 'bucket'),
    edits: creates(closedBucket(name, { bucket, keepDays: KEEP_DAYS, writers: writers(bucket, account) }), place),
  };
}

const writers = (bucket: string, account: string): readonly DataMap[] => [
  {
    Sid: 'BucketsMayWrite',
    Effect: 'Allow',
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `arn:aws:s3:::${bucket}/s3/*`,
    Condition: { StringEquals: { 'aws:SourceAccount': account } },
  },
  {
    Sid: 'LoadBalancersMayWrite',
    Effect: 'Allow',
    Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
    Action: 's3:PutObject',
    // their logs lie under the account's own number, which keeps other accounts' balancers out
    Resource: `arn:aws:s3:::${bucket}/*/AWSLogs/${account}/*`,
  },
];
