import type { Topic } from '../../estate/kinds/data.ts';
import type { Answers } from '../answers.ts';
import { tagsOf } from '../fields.ts';
import { nameOfArn } from '../ids.ts';
import type { Item } from '../item.ts';
import { policyIn } from '../policy-text.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'topic',
  kinds: ['topic'],
  operations: ['sns:ListTopics', 'sns:GetTopicAttributes', 'sns:ListTagsForResource'],
  read: (answers) => {
    const listed = answers.items('sns:ListTopics', 'Topics');
    const known = new Set(listed.map((item) => item.string('TopicArn')));
    // attributes can be there although the list was refused
    const described = answers
      .bodies('sns:GetTopicAttributes')
      .flatMap(({ item }) => item.item('Attributes') ?? [])
      .filter((item) => item.has('TopicArn') && !known.has(item.string('TopicArn')));
    return [...listed, ...described].map((item) => topic(answers, item));
  },
};

function topic(answers: Answers, item: Item): Topic {
  const { account } = item.context;
  const id = idOf(item, 'TopicArn');
  const answer = answers.one('sns:GetTopicAttributes', 'TopicArn', id, { account });
  const attributes = answer.state === 'read' ? answer.item.item('Attributes') : undefined;
  return {
    kind: 'topic',
    ...base(
      'topic',
      item,
      { id, name: nameOfArn(id), arn: id },
      tagsOf(answers, 'sns:ListTagsForResource', 'ResourceArn', id, { account }),
    ),
    policy: attributes && policyIn(attributes, 'Policy'),
    // AWS leaves the key out of a topic that has none
    encrypted: attributes && Boolean(attributes.value.KmsMasterKeyId),
  };
}
