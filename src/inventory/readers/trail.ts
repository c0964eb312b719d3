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
  return {
    kind: 'trail',
    ...base('trail', item, { id, name, arn: text(item, 'TrailARN'), region: text(item, 'HomeRegion') ?? region }),
    multiRegion: item.boolean('IsMultiRegionTrail'),
    logging: [id, name].map((value) => logging(answers, account, value)).find((value) => value !== undefined),
    bucket: item.string('S3BucketName'),
  };
}

function logging(answers: Answers, account: string, name: string | undefined): boolean | undefined {
  if (name === undefined) return undefined;
  const status = answers.one('cloudtrail:GetTrailStatus', 'Name', name, { account });
  return status.state === 'read' ? status.item.boolean('IsLogging') : undefined;
}
