/** Who asked CloudFront for what: delivered to a bucket that needs no access lists. */
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { LogBucket } from '../storage/log-bucket.ts';
import { CLOUDFRONT_REGION } from './certificate.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html (its source is always in us-east-1) */
export function distributionLogs(
  owner: pulumi.Resource,
  name: string,
  distribution: aws.cloudfront.Distribution,
  logs: LogBucket,
  tags: Record<string, string>,
): void {
  const region = CLOUDFRONT_REGION;
  const source = new aws.cloudwatch.LogDeliverySource(
    `${name}-logs`,
    { region, name: `${name}-logs`, logType: 'ACCESS_LOGS', resourceArn: distribution.arn, tags },
    { parent: owner },
  );
  const destination = new aws.cloudwatch.LogDeliveryDestination(
    `${name}-logs`,
    {
      region,
      name: `${name}-logs`,
      outputFormat: 'json',
      deliveryDestinationConfiguration: { destinationResourceArn: logs.bucket.arn },
      tags,
    },
    { parent: owner, dependsOn: [logs.policy] },
  );
  new aws.cloudwatch.LogDelivery(
    `${name}-logs`,
    { region, deliverySourceName: source.name, deliveryDestinationArn: destination.arn, tags },
    { parent: owner },
  );
}
