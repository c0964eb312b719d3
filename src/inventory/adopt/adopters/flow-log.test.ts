import { expect, it } from 'vitest';
import { answersOf } from '../../testing.ts';
import { adopter } from './flow-log.ts';

const adopted = (more: object) =>
  adopter.adopt(
    answersOf({
      'ec2:DescribeFlowLogs': {
        FlowLogs: [
          {
            FlowLogId: 'fl-1',
            ResourceId: 'vpc-1',
            FlowLogStatus: 'ACTIVE',
            TrafficType: 'REJECT',
            LogDestinationType: 'cloud-watch-logs',
            LogGroupName: 'flows',
            DeliverLogsPermissionArn: 'arn:aws:iam::111122223333:role/flows',
            MaxAggregationInterval: 600,
            Tags: [],
            ...more,
          },
        ],
      },
    }),
  );

it('is declared with its traffic, its interval, and its log group by the ARN', () => {
  expect(adopted({})[0]).toHaveProperty('inputs', {
    vpcId: 'vpc-1',
    trafficType: 'REJECT',
    logDestinationType: 'cloud-watch-logs',
    logDestination: 'arn:aws:logs:eu-west-1:111122223333:log-group:flows',
    iamRoleArn: 'arn:aws:iam::111122223333:role/flows',
    maxAggregationInterval: 600,
  });
});

it('is not adopted where what it logs was not told', () => {
  expect(adopted({ ResourceId: undefined })).toMatchObject([{ state: 'unadopted' }]);
});
