import { expect, it } from 'vitest';
import { tableArn } from '../ids.ts';
import { ACCOUNT, answersOf, REGION } from '../testing.ts';
import { reader } from './table.ts';

const id = tableArn(ACCOUNT, REGION, 'sessions');

it('reads a described table with its backups, policy and tags, once', () => {
  const answers = answersOf({
    'dynamodb:ListTables': { TableNames: ['sessions'] },
    'dynamodb:DescribeTable': [
      {
        input: { TableName: 'sessions' },
        output: {
          Table: {
            TableName: 'sessions',
            TableArn: id,
            BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
            TableSizeBytes: 7,
          },
        },
      },
    ],
    'dynamodb:DescribeContinuousBackups': [
      {
        input: { TableName: 'sessions' },
        output: {
          ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' } },
        },
      },
    ],
    'dynamodb:GetResourcePolicy': [{ input: { ResourceArn: id }, error: { name: 'PolicyNotFoundException' } }],
    'dynamodb:ListTagsOfResource': [{ input: { ResourceArn: id }, output: { Tags: [{ Key: 'a', Value: 'b' }] } }],
  });
  expect(reader.read(answers)).toMatchObject([
    { id, billing: 'PAY_PER_REQUEST', pointInTimeRecovery: true, policy: null, sizeBytes: 7, tags: { a: 'b' } },
  ]);
});

it('keeps a table that is only listed, with all else unknown', () => {
  const answers = answersOf({
    'dynamodb:ListTables': { TableNames: ['sessions'] },
    'dynamodb:DescribeTable': [{ input: { TableName: 'sessions' }, error: { name: 'AccessDeniedException' } }],
  });
  expect(reader.read(answers)).toMatchObject([
    { id, name: 'sessions', billing: undefined, pointInTimeRecovery: undefined, policy: undefined },
  ]);
});

it('reads provisioned capacity where AWS leaves the mode out', () => {
  const table = { TableName: 'sessions', ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 2 } };
  expect(reader.read(answersOf({ 'dynamodb:DescribeTable': { Table: table } }))).toMatchObject([
    { billing: 'PROVISIONED', readCapacity: 5, writeCapacity: 2 },
  ]);
});
