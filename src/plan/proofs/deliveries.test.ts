import { expect, it } from 'vitest';
import { ref } from '../edit.ts';
import { against, create, production, remove, statements, stepped, update } from '../testing/hand-made.ts';

const policy = production('aws:sqs/queuePolicy:QueuePolicy');
const topic = production('aws:sns/topic:Topic');
const queue = production('aws:sqs/queue:Queue');
const subscription = create('aws:sns/topicSubscription:TopicSubscription', {
  topic: ref(topic, 'arn'),
  protocol: 'sqs',
  endpoint: ref(queue, 'arn'),
});
const forTopic = (arn: string) =>
  statements({
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: ref(queue, 'arn'),
    Condition: { ArnEquals: { 'aws:SourceArn': arn } },
  });

it('a queue that a topic delivers to keeps letting it in', () => {
  const from = stepped('expand', [subscription]);
  expect(against('contract', [remove(policy)], from)).toContain('deliver to it any more');
  const other = update(policy, { policy: forTopic('arn:aws:sns:ap-northeast-2:111122223333:other') });
  expect(against('switch', [other], from)).toContain('deliver to it any more');
  const own = update(policy, { policy: forTopic(ref(topic, 'arn')) });
  expect(against('switch', [own], from)).not.toContain('deliver');
});
