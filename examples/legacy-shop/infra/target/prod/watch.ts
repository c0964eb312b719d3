/** What the journey makes: prod: logs, alarms and trails. */
import * as aws from '@pulumi/aws';
import { StandardAlarms } from 'underpin/blueprint';
import { legacyProdVpc } from '../../adopted/prod/network.js';
import { steps } from '../../steps.js';
import { alarmsTopic } from '../account/messaging.js';
import { flowLogs } from '../account/roles.js';

const legacyProdVpcFlowLogsLogGroup = steps.since(
  'account-evidence-flow-logs',
  () =>
    new aws.cloudwatch.LogGroup('legacy-prod-vpc-flow-logs', {
      name: '/vpc/vpc-4e4fdcfce6f67f8fe/flow-logs',
      retentionInDays: 90,
      tags: { Environment: 'prod', Name: '/vpc/vpc-4e4fdcfce6f67f8fe/flow-logs', ManagedBy: 'underpin' },
    }),
);

steps.since(
  'account-evidence-flow-logs',
  (now) =>
    new aws.ec2.FlowLog('legacy-prod-vpc-flow-logs', {
      vpcId: legacyProdVpc.id,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: now(legacyProdVpcFlowLogsLogGroup).arn,
      iamRoleArn: now(flowLogs).arn,
      maxAggregationInterval: 600,
      tags: { Environment: 'prod', Name: 'legacy-prod-vpc-flow-logs', ManagedBy: 'underpin' },
    }),
);

steps.since(
  'account-evidence-alarms',
  (now) =>
    new StandardAlarms('legacy-prod-alb', {
      topicArn: now(alarmsTopic).arn,
      loadBalancer: 'app/legacy-prod-alb/8b6e3678955e5df9',
      tags: { Environment: 'prod' },
    }),
);

steps.since(
  'account-evidence-alarms',
  (now) =>
    new StandardAlarms('legacy-prod-mysql', {
      topicArn: now(alarmsTopic).arn,
      database: 'legacy-prod-mysql',
      leastStorage: 10,
      tags: { Environment: 'prod' },
    }),
);

steps.during(
  'account-evidence-alarms',
  'account-alarms-of-nothing',
  (now) =>
    new StandardAlarms('legacy-prod-mysql-replica-1', {
      topicArn: now(alarmsTopic).arn,
      database: 'legacy-prod-mysql-replica-1',
      leastStorage: 10,
      replica: true,
      tags: { Environment: 'prod' },
    }),
);

steps.during(
  'account-evidence-alarms',
  'account-alarms-of-nothing',
  (now) =>
    new StandardAlarms('legacy-prod-mysql-replica-2', {
      topicArn: now(alarmsTopic).arn,
      database: 'legacy-prod-mysql-replica-2',
      leastStorage: 10,
      replica: true,
      tags: { Environment: 'prod' },
    }),
);

steps.since(
  'account-alarms-settled',
  (now) =>
    new StandardAlarms('legacy-prod-mysql-reader-a', {
      topicArn: now(alarmsTopic).arn,
      database: 'legacy-prod-mysql-reader-a',
      leastStorage: 10,
      replica: true,
    }),
);

steps.since(
  'account-alarms-settled',
  (now) =>
    new StandardAlarms('legacy-prod-mysql-reader-c', {
      topicArn: now(alarmsTopic).arn,
      database: 'legacy-prod-mysql-reader-c',
      leastStorage: 10,
      replica: true,
    }),
);
