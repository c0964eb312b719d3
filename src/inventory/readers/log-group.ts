import type { LogGroup } from '../../estate/kinds/watch.ts';
import { tagsOf, text } from '../fields.ts';
import { logGroupArn } from '../ids.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'log-group',
  kinds: ['logGroup'],
  operations: ['logs:DescribeLogGroups', 'logs:ListTagsForResource'],
  read: (answers) =>
    answers.items('logs:DescribeLogGroups', 'logGroups').map((item): LogGroup => {
      const { account, region } = item.context;
      const name = idOf(item, 'logGroupName');
      const id =
        text(item, 'logGroupArn') ??
        // the older field ends in `:*`, which stands for the streams inside
        text(item, 'arn')?.replace(/:\*$/, '') ??
        (item.has('logGroupName') ? logGroupArn(account, region, name) : name);
      return {
        kind: 'logGroup',
        ...base(
          'logGroup',
          item,
          { id, name, arn: id },
          tagsOf(answers, 'logs:ListTagsForResource', 'resourceArn', id, { account }),
        ),
        // AWS leaves the field out of a group whose logs never expire
        retention: item.has('retentionInDays') ? item.number('retentionInDays') : null,
      };
    }),
};
