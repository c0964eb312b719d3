import { openToAnybody } from '../../../analyse/openness/anybody.ts';
import { queueWithPolicy } from '../../examples/messages.ts';
import { queueArn } from '../../examples/stores.ts';
import { unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const WORDS: Readonly<Record<string, string>> = {
  'sqs:ReceiveMessage': 'read',
  'sqs:DeleteMessage': 'delete',
  'sqs:PurgeQueue': 'delete',
  'sqs:ChangeMessageVisibility': 'hide',
  'sqs:SendMessage': 'send',
};

export const rule = defineRule({
  id: 'queue-open-to-the-world',
  problem: 7,
  severity: 'high',
  title: 'A queue is open to everybody on the internet',
  why: 'A queue has a public address, so its policy is the only wall: anybody who knows its name can put jobs into it that your workers will run. Who may also read and delete takes your jobs away, without a trace in your own logs.',
  fix: 'The policy names the role that sends, or the topic that delivers (aws:SourceArn); everything else goes by the roles of the account.',
  fixedBy: ['service-roles'],
  subject: 'queue',
  needs: ['sqs:ListQueues', 'sqs:GetQueueAttributes'],
  messages: {
    open: 'anybody can {what} messages of the queue {name}',
    weakly: 'anybody can {what} messages of the queue {name}: the only condition, on {keys}, can be met by anybody',
  },
  check(queue, estate) {
    if (queue.policy === undefined) return unknown(queue, 'sqs:GetQueueAttributes', 'the policy of a queue');
    if (queue.policy === null) return { state: 'notApplicable' };
    const { open, weakly, proof, missing } = openToAnybody(estate, queue.arn ?? queue.id, Object.keys(WORDS));
    if (open.length > 0)
      return {
        state: 'fail',
        message: weakly.length > 0 ? 'weakly' : 'open',
        data: {
          name: queue.name,
          keys: weakly.join(', '),
          what: [...new Set(open.map((action) => WORDS[action]))].join(', ').replace(/, (\w+)$/, ' and $1'),
        },
        severity: open.some((action) => action !== 'sqs:SendMessage') ? 'high' : 'medium',
        proof,
      };
    return missing.length > 0 ? { state: 'unknown', missing } : { state: 'pass' };
  },
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies.html',
  ],
  examples: {
    bad: queueWithPolicy('jobs', { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: queueArn('jobs') }),
    good: queueWithPolicy('jobs', {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queueArn('jobs'),
      Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:events' } },
    }),
  },
});
