/** Who talked to whom: kept so that security groups can be made from what really flows, and for the day after an incident. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { policyDocument, trustService } from '../security/grant.ts';

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
export function flowLogs(
  owner: pulumi.Resource,
  network: string,
  vpcId: pulumi.Output<string>,
  retentionInDays: number,
  tagged: (name: string) => Record<string, string>,
): void {
  const name = `${network}-flow-logs`;
  const group = new aws.cloudwatch.LogGroup(name, { retentionInDays, tags: tagged(name) }, { parent: owner });
  const role = new aws.iam.Role(
    name,
    { assumeRolePolicy: trustService('vpc-flow-logs.amazonaws.com'), tags: tagged(name) },
    { parent: owner },
  );
  new aws.iam.RolePolicy(
    `${name}-may-write`,
    {
      role: role.name,
      policy: policyDocument([
        {
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
          Resource: [group.arn, pulumi.interpolate`${group.arn}:*`],
        },
        // DescribeLogGroups knows no narrower resource.
        { Action: ['logs:DescribeLogGroups'], Resource: '*' },
      ]),
    },
    { parent: owner },
  );
  new aws.ec2.FlowLog(
    name,
    {
      vpcId,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
      tags: tagged(name),
    },
    { parent: owner },
  );
}
