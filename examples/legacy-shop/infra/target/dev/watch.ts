/** What the journey makes: dev: logs, alarms and trails. */
import * as aws from '@pulumi/aws';
import { StandardAlarms } from 'underpin/blueprint';
import { legacyDevVpc } from '../../adopted/dev/network.js';
import { steps } from '../../steps.js';
import { alarmsTopic } from '../account/messaging.js';
import { flowLogs } from '../account/roles.js';

const legacyDevVpcFlowLogsLogGroup = steps.during(
  'account-evidence-flow-logs',
  'legacy-dev-retired-rest',
  () =>
    new aws.cloudwatch.LogGroup('legacy-dev-vpc-flow-logs', {
      name: '/vpc/vpc-94858b696eea4ae2a/flow-logs',
      retentionInDays: 90,
      tags: { Environment: 'dev', Name: '/vpc/vpc-94858b696eea4ae2a/flow-logs', ManagedBy: 'underpin' },
    }),
);

steps.during(
  'account-evidence-flow-logs',
  'legacy-dev-retired-rest',
  (now) =>
    new aws.ec2.FlowLog('legacy-dev-vpc-flow-logs', {
      vpcId: now(legacyDevVpc).id,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: now(legacyDevVpcFlowLogsLogGroup).arn,
      iamRoleArn: now(flowLogs).arn,
      maxAggregationInterval: 600,
      tags: { Environment: 'dev', Name: 'legacy-dev-vpc-flow-logs', ManagedBy: 'underpin' },
    }),
);

steps.during(
  'account-evidence-alarms',
  'legacy-dev-retired-doors',
  (now) =>
    new StandardAlarms('legacy-dev-alb', {
      topicArn: now(alarmsTopic).arn,
      loadBalancer: 'app/legacy-dev-alb/91b6e6e30335630e',
      tags: { Environment: 'dev' },
    }),
);

steps.during(
  'account-evidence-alarms',
  'legacy-dev-retired-doors',
  (now) =>
    new StandardAlarms('legacy-dev-mysql', {
      topicArn: now(alarmsTopic).arn,
      database: 'legacy-dev-mysql',
      leastStorage: 2,
      tags: { Environment: 'dev' },
    }),
);

steps.during(
  'account-evidence-alarms',
  'account-alarms-of-nothing',
  (now) =>
    new StandardAlarms('legacy-dev-mysql-replica-1', {
      topicArn: now(alarmsTopic).arn,
      database: 'legacy-dev-mysql-replica-1',
      leastStorage: 2,
      replica: true,
      tags: { Environment: 'dev' },
    }),
);

steps.during(
  'account-alarms-settled',
  'legacy-dev-retired-doors',
  (now) =>
    new StandardAlarms('legacy-dev-mysql-reader-a', {
      topicArn: now(alarmsTopic).arn,
      database: 'legacy-dev-mysql-reader-a',
      leastStorage: 2,
      replica: true,
    }),
);
