import type { Trail } from '../../estate/kinds/watch.ts';
import type { Answers } from '../answers.ts';
import { text } from '../fields.ts';
import type { Item } from '../item.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'trail',
  kinds: ['trail'],
  operations: [
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetTrail',
    'cloudtrail:ListTrails',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:GetEventSelectors',
  ],
  read: (answers) => {
    const told = [
      ...answers.items('cloudtrail:DescribeTrails', 'trailList'),
      ...answers.bodies('cloudtrail:GetTrail').flatMap(({ item }) => item.item('Trail') ?? []),
      ...answers.items('cloudtrail:ListTrails', 'Trails'),
    ];
    // every region shows a trail of all regions, and several operations tell of the same
    const trails = new Map<string, Trail>();
    for (const item of told) {
      const one = trail(answers, item);
      if (!trails.has(one.id)) trails.set(one.id, one);
    }
    return [...trails.values()];
  },
};

function trail(answers: Answers, item: Item): Trail {
  const { account, region } = item.context;
  const id = idOf(item, 'TrailARN');
  const name = text(item, 'Name');
  const management = managementOf(answers, item, account, [id, name]);
  const failure = failureOf(answers, account, [id, name]);
  return {
    kind: 'trail',
    ...base('trail', item, { id, name, arn: text(item, 'TrailARN'), region: text(item, 'HomeRegion') ?? region }),
    multiRegion: item.boolean('IsMultiRegionTrail'),
    logging: firstOf([id, name], (value) => status(answers, account, value)?.boolean('IsLogging')),
    ...(management === undefined ? {} : { management }),
    ...(failure === undefined ? {} : { failure }),
    bucket: item.string('S3BucketName'),
  };
}

const firstOf = <T>(names: readonly (string | undefined)[], told: (name: string) => T | undefined): T | undefined =>
  names.map((name) => (name === undefined ? undefined : told(name))).find((value) => value !== undefined);

function status(answers: Answers, account: string, name: string): Item | undefined {
  const answer = answers.one('cloudtrail:GetTrailStatus', 'Name', name, { account });
  return answer.state === 'read' ? answer.item : undefined;
}

/** AWS tells an error of the bucket until a delivery succeeds. */
function failureOf(
  answers: Answers,
  account: string,
  names: readonly (string | undefined)[],
): string | null | undefined {
  const item = firstOf(names, (name) => status(answers, account, name));
  if (item === undefined) return undefined;
  const error = item.string('LatestDeliveryError');
  return error === undefined || error === '' ? null : error;
}

/**
 * Without selectors of its own a trail records all management events.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
function managementOf(
  answers: Answers,
  trail: Item,
  account: string,
  names: readonly (string | undefined)[],
): boolean | undefined {
  const selectors = firstOf(names, (name) => {
    const answer = answers.one('cloudtrail:GetEventSelectors', 'TrailName', name, { account });
    return answer.state === 'read' ? answer.item : undefined;
  });
  if (selectors === undefined) return trail.boolean('HasCustomEventSelectors') === false ? true : undefined;
  const plain = selectors.items('EventSelectors') ?? [];
  const advanced = selectors.items('AdvancedEventSelectors') ?? [];
  return (
    plain.some(
      (one) => one.boolean('IncludeManagementEvents') !== false && one.string('ReadWriteType') !== 'ReadOnly',
    ) || advanced.some(isManagement)
  );
}

/** What is changed must be among it: a selector of reads alone tells of no deletion. */
function isManagement(selector: Item): boolean {
  const fields = selector.items('FieldSelectors') ?? [];
  const equals = (field: string): readonly string[] | undefined => {
    const found = fields.find((one) => one.string('Field') === field);
    return found === undefined ? undefined : found.strings('Equals');
  };
  return equals('eventCategory')?.includes('Management') === true && equals('readOnly')?.includes('true') !== true;
}
