import type { Repository } from '../../estate/kinds/watch.ts';
import { tagsOf, text } from '../fields.ts';
import { arn } from '../ids.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'repository',
  kinds: ['repository'],
  operations: ['ecr:DescribeRepositories', 'ecr:ListTagsForResource'],
  read: (answers) =>
    answers.items('ecr:DescribeRepositories', 'repositories').map((item): Repository => {
      const { account, region } = item.context;
      const name = idOf(item, 'repositoryName');
      const id =
        text(item, 'repositoryArn') ??
        (item.has('repositoryName') ? arn('ecr', region, account, `repository/${name}`) : name);
      return {
        kind: 'repository',
        ...base(
          'repository',
          item,
          { id, name, arn: id },
          tagsOf(answers, 'ecr:ListTagsForResource', 'resourceArn', id, { account }),
        ),
        uri: item.string('repositoryUri'),
      };
    }),
};
