/** What records and watches in example inventories: trails, flow logs, alarms, log groups. */
import { ACCOUNT, REGION } from '../example.ts';
import type { Example } from '../rule.ts';

export const callerAnswer = (): Example => ({
  'sts:GetCallerIdentity': { Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/alice`, UserId: 'AIDAEXAMPLE' },
});

/** Trails by name: whether each is of all regions, and logging. */
export const trailAnswer = (
  trails: Readonly<Record<string, { readonly multiRegion: boolean; readonly logging: boolean }>>,
): Example => {
  const arn = (name: string): string => `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/${name}`;
  return {
    ...callerAnswer(),
    'cloudtrail:DescribeTrails': {
      trailList: Object.entries(trails).map(([Name, { multiRegion }]) => ({
        Name,
        TrailARN: arn(Name),
        HomeRegion: REGION,
        S3BucketName: 'shop-trail',
        IsMultiRegionTrail: multiRegion,
        IncludeGlobalServiceEvents: true,
        HasCustomEventSelectors: false,
      })),
    },
    'cloudtrail:GetTrailStatus': Object.entries(trails).map(([name, { logging }]) => ({
      input: { Name: arn(name) },
      output: { IsLogging: logging },
    })),
  };
};

export const flowLogAnswer = (...resources: readonly string[]): Example => ({
  'ec2:DescribeFlowLogs': {
    FlowLogs: resources.map((ResourceId, n) => ({
      FlowLogId: `fl-0example000000000${n}`,
      ResourceId,
      FlowLogStatus: 'ACTIVE',
      TrafficType: 'ALL',
      LogDestinationType: 'cloud-watch-logs',
      LogGroupName: 'shop-flow-logs',
    })),
  },
});

/** A metric alarm on one dimension that tells somebody. */
export const alarm = (name: string, Namespace: string, MetricName: string, dimension: readonly [string, string]) => ({
  AlarmName: name,
  AlarmArn: `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:${name}`,
  Namespace,
  MetricName,
  Dimensions: [{ Name: dimension[0], Value: dimension[1] }],
  ActionsEnabled: true,
  AlarmActions: [`arn:aws:sns:${REGION}:${ACCOUNT}:on-call`],
});

/** Somebody listens to the topic that the alarms tell. */
export const onCallAnswer = (): Example => ({
  'sns:ListSubscriptions': {
    Subscriptions: [
      {
        SubscriptionArn: `arn:aws:sns:${REGION}:${ACCOUNT}:on-call:0example-0000-0000-0000-000000000001`,
        TopicArn: `arn:aws:sns:${REGION}:${ACCOUNT}:on-call`,
        Owner: ACCOUNT,
        Protocol: 'email',
        Endpoint: 'ops@shop.example',
      },
    ],
  },
});

export const alarmAnswer = (...alarms: readonly object[]): Example => ({
  'cloudwatch:DescribeAlarms': { MetricAlarms: alarms, CompositeAlarms: [] },
});

/** A log group that keeps its logs for some days, or for ever. */
export const logGroupAnswer = (logGroupName: string, retentionInDays?: number): Example => ({
  'logs:DescribeLogGroups': {
    logGroups: [
      {
        logGroupName,
        logGroupArn: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${logGroupName}`,
        creationTime: 1714550400000,
        ...(retentionInDays === undefined ? {} : { retentionInDays }),
      },
    ],
  },
});
