import { partitionOf } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { idOf } from '../../reading.ts';
import { type Adopter, type Adoption, said, type Whole } from '../adopter.ts';
import { ec2Arn, foreign, notTold, refused, written } from '../ec2.ts';

const TYPE = 'aws:ec2/flowLog:FlowLog';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FlowLog.html */
export const adopter: Adopter = {
  name: 'flow-log',
  types: [TYPE],
  operations: ['ec2:DescribeFlowLogs'],
  adopt: (answers) => answers.items('ec2:DescribeFlowLogs', 'FlowLogs').map(flowLog),
};

/** The argument that names what is logged, by the prefix of its id. */
const LOGGED: readonly (readonly [prefix: string, argument: string])[] = [
  ['vpc-', 'vpcId'],
  ['subnet-', 'subnetId'],
  ['eni-', 'eniId'],
  ['tgw-attach-', 'transitGatewayAttachmentId'],
  ['tgw-', 'transitGatewayId'],
];

function flowLog(item: Item): Adoption {
  const id = item.string('FlowLogId');
  const of: Whole = { kind: 'flowLog', id: idOf(item, 'FlowLogId') };
  const [logged, traffic, status] = [
    item.string('ResourceId'),
    item.string('TrafficType'),
    item.string('FlowLogStatus'),
  ];
  const target = LOGGED.find(([prefix]) => logged?.startsWith(prefix));
  const group = item.string('LogGroupName');
  const destination = item.string('LogDestination') ?? groupArn(item, group);
  const because =
    foreign(item) ??
    (id && logged && destination ? undefined : notTold('ec2:DescribeFlowLogs', 'id, resource or destination')) ??
    (target ? undefined : `it logs ${logged}, which this version does not declare`) ??
    (status === 'ACTIVE' ? undefined : 'whether it is active was not told');
  if (because !== undefined || !id || !target || !logged) return refused(TYPE, of, because ?? '');
  const options = item.item('DestinationOptions');
  return written(item, {
    type: TYPE,
    id,
    of,
    inputs: said({
      [target[1]]: logged,
      // transit gateways are logged whole, and tell no kind of traffic
      trafficType: traffic,
      logDestinationType: item.string('LogDestinationType'),
      logDestination: destination,
      iamRoleArn: item.string('DeliverLogsPermissionArn'),
      deliverCrossAccountRole: item.string('DeliverCrossAccountRole'),
      logFormat: item.string('LogFormat'),
      maxAggregationInterval: item.number('MaxAggregationInterval'),
      destinationOptions:
        options &&
        said({
          fileFormat: options.string('FileFormat'),
          hiveCompatiblePartitions: options.boolean('HiveCompatiblePartitions'),
          perHourPartition: options.boolean('PerHourPartition'),
        }),
    }),
    outputs: said({ arn: ec2Arn(item, `vpc-flow-log/${id}`), logGroupName: group }),
  });
}

/** The provider names a log group by its ARN. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html */
const groupArn = (item: Item, group: string | undefined): string | undefined => {
  const { account, region } = item.context;
  return group && `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${group}`;
};
