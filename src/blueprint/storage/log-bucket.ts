/** The bucket that AWS services write their logs to, and nobody else. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import { policyDocument, type Statement } from '../security/grant.ts';
import { privateBucket } from './private-bucket.ts';

export interface LogBucketArgs {
  /** Days that logs are kept. *In place*. @default 365 */
  readonly keepDays?: number;
  /** *In place*. @default none */
  readonly tags?: Tags;
}

export class LogBucket extends Component {
  readonly bucket: aws.s3.Bucket;
  readonly bucketName: pulumi.Output<string>;
  /** What writes here must wait for it: a service checks at once whether it may. */
  readonly policy: aws.s3.BucketPolicy;

  constructor(name: string, args: LogBucketArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super('LogBucket', name, args.tags, opts);
    const account = aws.getCallerIdentityOutput({}, { parent: this }).accountId;
    const parts = privateBucket(this, name, this.tagged(name), { expireDays: args.keepDays ?? 365 });
    this.bucket = parts.bucket;
    this.bucketName = parts.bucket.bucket;
    this.policy = new aws.s3.BucketPolicy(
      name,
      { bucket: this.bucket.bucket, policy: policyDocument([...parts.onlyTls, ...writers(this.bucket.arn, account)]) },
      this.child({ dependsOn: [parts.publicAccessBlock] }),
    );
    this.registerOutputs({ bucketName: this.bucketName });
  }
}

/**
 * Load balancers, CloudTrail, and CloudFront through log delivery; each for this account only.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
function writers(arn: pulumi.Output<string>, account: pulumi.Output<string>): readonly Statement[] {
  const ours = { StringEquals: { 'aws:SourceAccount': account } };
  const ourTrails = { ArnLike: { 'aws:SourceArn': pulumi.interpolate`arn:aws:cloudtrail:*:${account}:trail/*` } };
  return [
    {
      Sid: 'LoadBalancersMayWrite',
      Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
      Action: ['s3:PutObject'],
      // Their logs lie under the account's own number, so the path alone keeps other accounts' balancers out.
      Resource: pulumi.interpolate`${arn}/*/AWSLogs/${account}/*`,
    },
    {
      Sid: 'LogDeliveryMayWrite',
      Principal: { Service: 'delivery.logs.amazonaws.com' },
      Action: ['s3:PutObject'],
      Resource: pulumi.interpolate`${arn}/AWSLogs/${account}/*`,
      Condition: ours,
    },
    {
      Sid: 'CloudTrailMayLook',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: ['s3:GetBucketAcl'],
      Resource: arn,
      Condition: ourTrails,
    },
    {
      Sid: 'CloudTrailMayWrite',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: ['s3:PutObject'],
      Resource: pulumi.interpolate`${arn}/AWSLogs/${account}/*`,
      Condition: ourTrails,
    },
  ];
}
