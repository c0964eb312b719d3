import { expect, it } from 'vitest';
import { reader } from './readers/log-group.ts';
import { withTags } from './tagging.ts';
import { answersOf } from './testing.ts';

const arn = (name: string) => `arn:aws:logs:eu-west-1:111122223333:log-group:${name}`;
const answers = answersOf({
  'logs:DescribeLogGroups': { logGroups: [{ logGroupName: 'a' }, { logGroupName: 'b' }, { logGroupName: 'c' }] },
  'logs:ListTagsForResource': [{ input: { resourceArn: arn('b') }, output: { tags: { Environment: 'dev' } } }],
  'resourcegroupstaggingapi:GetResources': {
    ResourceTagMappingList: [
      {
        ResourceARN: arn('a'),
        Tags: [
          { Key: 'Environment', Value: 'prod' },
          { Key: 'Name', Value: 'shop' },
        ],
      },
      { ResourceARN: arn('b'), Tags: [{ Key: 'Environment', Value: 'prod' }] },
    ],
  },
});

it('fills in tags that were not read, keeps those that were, and leaves unlisted ones unknown', () => {
  expect(withTags(answers, reader.read(answers)).map(({ name, tags }) => [name, tags])).toEqual([
    ['shop', { Environment: 'prod', Name: 'shop' }],
    ['b', { Environment: 'dev' }],
    ['c', undefined],
  ]);
});
