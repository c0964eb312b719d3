import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { type ClosedBucketArgs as Args, closedBucket } from '../declared/closed-bucket.ts';
import { Declared, type Later } from '../declared/make.ts';

export type ClosedBucketArgs = Args<Later>;

/** A bucket that nobody reads from outside. */
export class ClosedBucket extends Declared {
  readonly bucket: aws.s3.Bucket;
  /** For what writes to it: AWS checks at once whether it may, so it has to wait for the policy. */
  readonly policy: aws.s3.BucketPolicy;
  readonly id: pulumi.Output<string>;

  constructor(name: string, args: ClosedBucketArgs, options?: pulumi.CustomResourceOptions) {
    super(name, closedBucket(name, args), options);
    this.bucket = this.part(aws.s3.Bucket, name);
    this.policy = this.part(aws.s3.BucketPolicy, name);
    this.id = this.bucket.id;
  }
}
