import type { Answers } from '../../answers.ts';
import { allStrings, tagsOf, text } from '../../fields.ts';
import { tableArn } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { allItems } from '../../listing.ts';
import type { Properties } from '../../pulumi/recorded.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TABLE = 'aws:dynamodb/table:Table';
const POLICY = 'aws:dynamodb/resourcePolicy:ResourcePolicy';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html */
export const adopter: Adopter = {
  name: 'table',
  types: [TABLE, POLICY],
  operations: [
    'dynamodb:DescribeTable',
    'dynamodb:DescribeContinuousBackups',
    'dynamodb:DescribeTimeToLive',
    'dynamodb:GetResourcePolicy',
    'dynamodb:ListTagsOfResource',
  ],
  adopt: (answers) =>
    answers.bodies('dynamodb:DescribeTable').flatMap(({ item }) => {
      const one = item.item('Table');
      return one ? table(answers, one) : [];
    }),
  observed: { table: ['sizeBytes'] },
};

function table(answers: Answers, item: Item): readonly Adoption[] {
  const name = text(item, 'TableName');
  if (name === undefined) return [];
  const { account, region } = item.context;
  const arn = text(item, 'TableArn') ?? tableArn(account, region, name);
  const of: Whole = { kind: 'table', id: arn };
  const tags = tagged(answers, arn, tagsOf(answers, 'dynamodb:ListTagsOfResource', 'ResourceArn', arn, { account }));
  const about = (operation: string): Item | undefined => {
    const answer = answers.one(operation, 'TableName', name, { account, region });
    return answer.state === 'read' ? answer.item : undefined;
  };
  const throughput = item.item('ProvisionedThroughput');
  const readCapacity = throughput?.number('ReadCapacityUnits');
  // a table that never changed its mode has no summary; capacity of its own tells the old mode
  const mode = text(item.item('BillingModeSummary'), 'BillingMode') ?? (readCapacity ? 'PROVISIONED' : undefined);
  const onDemand = mode === 'PAY_PER_REQUEST';
  const key = keyOf(item);
  const needed = {
    billingMode: mode,
    hashKey: key?.hashKey,
    attributes: allItems(item, 'AttributeDefinitions')?.map((one) =>
      said({ name: text(one, 'AttributeName'), type: text(one, 'AttributeType') }),
    ),
    deletionProtectionEnabled: item.boolean('DeletionProtectionEnabled'),
    readCapacity: onDemand ? null : readCapacity,
    writeCapacity: onDemand ? null : throughput?.number('WriteCapacityUnits'),
  };
  const other = managed(TABLE, of, tags);
  if (other) return [other];
  if (item.items('Replicas')?.length) return [refused(TABLE, of, 'it is a global table, which is not written yet')];
  if (!isKnown(needed)) return [refused(TABLE, of, untold(item.context.operation, needed))];
  const backups = about('dynamodb:DescribeContinuousBackups')?.item('ContinuousBackupsDescription');
  const recovery = text(backups?.item('PointInTimeRecoveryDescription'), 'PointInTimeRecoveryStatus');
  const ttl = about('dynamodb:DescribeTimeToLive')?.item('TimeToLiveDescription');
  const policy = answers.one('dynamodb:GetResourcePolicy', 'ResourceArn', arn, { account });
  const written = policy.state === 'read' ? text(policy.item, 'Policy') : undefined;
  const place = placeOf(item);
  const adopted: Adoption = {
    state: 'adopted',
    type: TABLE,
    name,
    id: name,
    importId: name,
    inputs: said({
      name,
      ...needed,
      rangeKey: key?.rangeKey,
      ...settings(item, onDemand),
      pointInTimeRecovery: recovery === undefined ? undefined : { enabled: recovery === 'ENABLED' },
      ttl:
        text(ttl, 'TimeToLiveStatus') === 'ENABLED'
          ? said({ enabled: true, attributeName: text(ttl, 'AttributeName') })
          : undefined,
      ...tags.inputs,
    }),
    outputs: said({
      arn,
      streamArn: text(item, 'LatestStreamArn'),
      undeclared: policy.state === 'absent' || written !== undefined ? [] : ['policy'],
      ...tags.outputs,
    }),
    ignoreChanges: [
      ...(recovery === undefined ? ['pointInTimeRecovery'] : []),
      ...(ttl === undefined ? ['ttl'] : []),
      ...tags.ignoreChanges,
    ],
    protect: true,
    of,
    place,
    source: item.source,
  };
  if (written === undefined) return [adopted];
  const inputs = { resourceArn: arn, policy: written };
  return [adopted, { ...adopted, type: POLICY, id: arn, importId: arn, inputs, outputs: {}, ignoreChanges: [] }];
}

function keyOf(item: Item): { readonly hashKey: string; readonly rangeKey: string | undefined } | undefined {
  const of = (kind: string): string | undefined =>
    text(
      item.items('KeySchema')?.find((one) => one.string('KeyType') === kind),
      'AttributeName',
    );
  const hashKey = of('HASH');
  return hashKey === undefined ? undefined : { hashKey, rangeKey: of('RANGE') };
}

function settings(item: Item, onDemand: boolean): Parameters<typeof said>[0] {
  const encryption = item.item('SSEDescription');
  const stream = item.item('StreamSpecification');
  return {
    tableClass: text(item.item('TableClassSummary'), 'TableClass'),
    serverSideEncryption:
      text(encryption, 'Status') === 'ENABLED'
        ? said({ enabled: true, kmsKeyArn: text(encryption, 'KMSMasterKeyArn') })
        : undefined,
    streamEnabled: stream?.boolean('StreamEnabled'),
    streamViewType: text(stream, 'StreamViewType'),
    globalSecondaryIndexes: indexes(item, 'GlobalSecondaryIndexes', !onDemand),
    localSecondaryIndexes: indexes(item, 'LocalSecondaryIndexes', false),
  };
}

function indexes(item: Item, field: string, capacity: boolean): readonly Properties[] | undefined {
  const list = item.items(field)?.map((one) => {
    const key = keyOf(one);
    const projection = one.item('Projection');
    const throughput = capacity ? one.item('ProvisionedThroughput') : undefined;
    return said({
      name: text(one, 'IndexName'),
      // an index beside the table has the table's own hash key
      hashKey: field === 'LocalSecondaryIndexes' ? undefined : key?.hashKey,
      rangeKey: key?.rangeKey,
      projectionType: text(projection, 'ProjectionType'),
      nonKeyAttributes: allStrings(projection, 'NonKeyAttributes'),
      readCapacity: throughput?.number('ReadCapacityUnits'),
      writeCapacity: throughput?.number('WriteCapacityUnits'),
    });
  });
  return list?.length ? list : undefined;
}
