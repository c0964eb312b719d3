/** CloudTrail of all regions, kept in a bucket with digests that show a change, and searchable in CloudWatch, with what in it is worth an alarm. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { policyDocument, trustService } from '../security/grant.ts';
import type { LogBucket } from '../storage/log-bucket.ts';
import type { AlarmSpec } from './alarm.ts';

export interface AuditTrailArgs {
  readonly logs: LogBucket;
  readonly days: number;
  readonly breakGlassUser: string;
}

export function auditTrail(
  owner: pulumi.Resource,
  name: string,
  args: AuditTrailArgs,
  tagged: (child: string) => Record<string, string>,
): readonly AlarmSpec[] {
  const trail = `${name}-trail`;
  const group = new aws.cloudwatch.LogGroup(
    trail,
    { retentionInDays: args.days, tags: tagged(trail) },
    { parent: owner },
  );
  const role = new aws.iam.Role(
    trail,
    { assumeRolePolicy: trustService('cloudtrail.amazonaws.com'), tags: tagged(trail) },
    { parent: owner },
  );
  const mayWrite = new aws.iam.RolePolicy(
    `${trail}-may-write`,
    {
      role: role.name,
      policy: policyDocument([
        { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: pulumi.interpolate`${group.arn}:*` },
      ]),
    },
    { parent: owner },
  );
  new aws.cloudtrail.Trail(
    trail,
    {
      s3BucketName: args.logs.bucketName,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      cloudWatchLogsGroupArn: pulumi.interpolate`${group.arn}:*`,
      cloudWatchLogsRoleArn: role.arn,
      tags: tagged(trail),
    },
    { parent: owner, dependsOn: [args.logs.policy, mayWrite] },
  );
  return signals(args.breakGlassUser).map((signal) => {
    new aws.cloudwatch.LogMetricFilter(
      `${name}-${signal.about}`,
      {
        logGroupName: group.name,
        pattern: signal.pattern,
        metricTransformation: { namespace: name, name: signal.about, value: '1', defaultValue: '0' },
      },
      { parent: owner },
    );
    return {
      about: signal.about,
      description: signal.description,
      namespace: name,
      metric: signal.about,
      dimensions: {},
      statistic: 'Sum',
      when: 'above',
      threshold: signal.threshold,
      minutes: 1,
      silence: 'notBreaching',
    };
  });
}

interface Signal {
  readonly about: string;
  readonly description: string;
  readonly pattern: string;
  readonly threshold: number;
}

/** Syntax: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
function signals(breakGlassUser: string): readonly Signal[] {
  return [
    {
      about: 'access-denied',
      description:
        'Something or somebody was refused more than 20 times in a minute: a role that lost a permission, or somebody who tries doors.',
      pattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
      threshold: 20,
    },
    {
      about: 'root-used',
      description: 'The root user did something. Nobody should need it; ask who it was.',
      pattern:
        '{ ($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != "AwsServiceEvent") }',
      threshold: 0,
    },
    {
      about: 'break-glass-used',
      description: 'The emergency user did something. Whoever opened the safe should have said so.',
      pattern: `{ ($.userIdentity.userName = "${breakGlassUser}") || ($.userIdentity.sessionContext.sessionIssuer.userName = "*-break-glass") }`,
      threshold: 0,
    },
  ];
}
