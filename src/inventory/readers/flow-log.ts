import type { FlowLog } from '../../estate/kinds/network.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'flow-log',
  kinds: ['flowLog'],
  operations: ['ec2:DescribeFlowLogs'],
  read: (answers) =>
    answers.items('ec2:DescribeFlowLogs', 'FlowLogs').map(
      (item): FlowLog => ({
        kind: 'flowLog',
        ...base('flowLog', item, { id: idOf(item, 'FlowLogId') }),
        of: item.string('ResourceId'),
        state: item.string('FlowLogStatus'),
        traffic: item.string('TrafficType'),
        failure:
          item.string('DeliverLogsStatus') === 'FAILED' ? (item.string('DeliverLogsErrorMessage') ?? 'unknown') : null,
        destination: item.string('LogDestination') ?? item.string('LogGroupName'),
      }),
    ),
};
