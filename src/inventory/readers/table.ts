import type { Table } from '../../estate/kinds/data.ts';
import type { Answers } from '../answers.ts';
import { tagsOf, text } from '../fields.ts';
import { tableArn } from '../ids.ts';
import { Item, pointer } from '../item.ts';
import { policyIn } from '../policy-text.ts';
import { base, type Reader } from '../reader.ts';
import { choice, idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'table',
  kinds: ['table'],
  operations: [
    'dynamodb:ListTables',
    'dynamodb:DescribeTable',
    'dynamodb:DescribeContinuousBackups',
    'dynamodb:GetResourcePolicy',
    'dynamodb:ListTagsOfResource',
  ],
  read: (answers) => {
    const described = answers
      .bodies('dynamodb:DescribeTable')
      .flatMap(({ item }) => item.item('Table') ?? [])
      .map((item) => table(answers, item));
    const known = new Set<string>(described.map((one) => one.id));
    // a table that is listed and was not described is a table all the same
    const listed = answers
      .bodies('dynamodb:ListTables')
      .flatMap(({ item }) =>
        (item.strings('TableNames') ?? []).map(
          (name, n) => new Item(item.context, { TableName: name }, `${item.path}/${pointer('TableNames')}/${n}`),
        ),
      )
      .map((item) => table(answers, item))
      .filter((one) => !known.has(one.id));
    return [...described, ...listed];
  },
};

function table(answers: Answers, item: Item): Table {
  const { account, region } = item.context;
  const name = idOf(item, 'TableName');
  const id = text(item, 'TableArn') ?? (item.has('TableName') ? tableArn(account, region, name) : name);
  const throughput = item.item('ProvisionedThroughput');
  const readCapacity = throughput?.number('ReadCapacityUnits');
  const backups = answers.one('dynamodb:DescribeContinuousBackups', 'TableName', name, { account, region });
  const recovery =
    backups.state === 'read'
      ? backups.item.item('ContinuousBackupsDescription')?.item('PointInTimeRecoveryDescription')
      : undefined;
  const recoveryStatus = recovery && choice(recovery, 'PointInTimeRecoveryStatus', ['ENABLED', 'DISABLED']);
  const policy = answers.one('dynamodb:GetResourcePolicy', 'ResourceArn', id, { account });
  return {
    kind: 'table',
    ...base(
      'table',
      item,
      { id, name, arn: id },
      tagsOf(answers, 'dynamodb:ListTagsOfResource', 'ResourceArn', id, { account }),
    ),
    // a table that never changed its mode has no summary; capacity of its own tells the old mode
    billing:
      choice(item.item('BillingModeSummary'), 'BillingMode', ['PAY_PER_REQUEST', 'PROVISIONED']) ??
      (readCapacity !== undefined && readCapacity > 0 ? 'PROVISIONED' : undefined),
    readCapacity,
    writeCapacity: throughput?.number('WriteCapacityUnits'),
    pointInTimeRecovery: recoveryStatus === undefined ? undefined : recoveryStatus === 'ENABLED',
    policy: policy.state === 'absent' ? null : policy.state === 'read' ? policyIn(policy.item, 'Policy') : undefined,
    sizeBytes: item.number('TableSizeBytes'),
  };
}
