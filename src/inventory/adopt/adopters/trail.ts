/**
 * Trails of this account. Which events they record beside those of management stays as it is, where it was not read.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Trail.html
 */
import type { Trail } from '../../../estate/kinds/watch.ts';
import type { Answers } from '../../answers.ts';
import { text } from '../../fields.ts';
import { arnParts, nameOfArn } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { reader } from '../../readers/trail.ts';
import { type Adopter, type Adoption, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:cloudtrail/trail:Trail';
const LIST = 'cloudtrail:DescribeTrails';

export const adopter: Adopter = {
  name: 'trail',
  types: [TYPE],
  operations: reader.operations,
  adopt: (answers) => {
    // every region shows a trail of all regions
    const items = new Map<string, Item>();
    for (const item of [
      ...answers.items(LIST, 'trailList'),
      ...answers.bodies('cloudtrail:GetTrail').flatMap(({ item: body }) => body.item('Trail') ?? []),
    ]) {
      const arn = item.string('TrailARN');
      if (arn !== undefined && !items.has(arn)) items.set(arn, item);
    }
    return reader
      .read(answers)
      .flatMap((one) => (one.kind === 'trail' ? [trailOf(answers, items.get(one.id), one)] : []));
  },
};

function trailOf(answers: Answers, item: Item | undefined, trail: Trail): Adoption {
  const { id, account, region, source, logging, multiRegion, bucket } = trail;
  const of: Whole = { kind: 'trail', id };
  const tags = tagged(answers, id, trail.tags);
  const owner = arnParts(id)?.account;
  const needed = {
    name: (item && text(item, 'Name')) ?? nameOfArn(id),
    s3BucketName: bucket,
    isMultiRegionTrail: multiRegion,
    includeGlobalServiceEvents: item?.boolean('IncludeGlobalServiceEvents'),
    enableLogFileValidation: item?.boolean('LogFileValidationEnabled'),
    isOrganizationTrail: item?.boolean('IsOrganizationTrail'),
  };
  const other = managed(TYPE, of, tags);
  if (other) return other;
  if (owner !== account) return refused(TYPE, of, `the account ${owner ?? 'that is not told'} owns it`);
  if (!isKnown(needed)) return refused(TYPE, of, untold(LIST, needed));
  if (logging === undefined)
    return refused(TYPE, of, 'whether it is recording was not read (cloudtrail:GetTrailStatus)');
  return {
    state: 'adopted',
    type: TYPE,
    name: needed.name,
    id,
    importId: id,
    inputs: said({
      ...needed,
      enableLogging: logging,
      s3KeyPrefix: text(item, 'S3KeyPrefix'),
      snsTopicName: text(item, 'SnsTopicARN'),
      cloudWatchLogsGroupArn: text(item, 'CloudWatchLogsLogGroupArn'),
      cloudWatchLogsRoleArn: text(item, 'CloudWatchLogsRoleArn'),
      kmsKeyId: text(item, 'KmsKeyId'),
      ...tags.inputs,
    }),
    outputs: { arn: id, homeRegion: region, ...tags.outputs },
    ignoreChanges: [
      ...(item?.boolean('HasCustomEventSelectors') === false ? [] : ['eventSelectors', 'advancedEventSelectors']),
      ...(item?.boolean('HasInsightSelectors') === false ? [] : ['insightSelectors']),
      ...tags.ignoreChanges,
    ],
    protect: true,
    of,
    place: { account, region },
    source,
  };
}
