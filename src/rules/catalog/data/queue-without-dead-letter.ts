import { deadLetterQueues } from '../../../analyse/settings/queues.ts';
import { queueAnswer } from '../../examples/stores.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const OPERATION = 'sqs:GetQueueAttributes';

export const rule = defineRule({
  id: 'queue-without-dead-letter',
  problem: 10,
  severity: 'low',
  title: 'A queue has nowhere to put messages that cannot be processed',
  why: 'A message that breaks its consumer comes back again and again, takes the place of good ones, and is silently lost when it expires. In a dead-letter queue it waits until somebody looks, and an alarm can say so.',
  fix: 'A dead-letter queue with an alarm on its length.',
  fixedBy: ['safeguards'],
  subject: 'queue',
  needs: ['sqs:ListQueues'],
  messages: { none: '{name} has no dead-letter queue' },
  check(subject, estate) {
    if (deadLetterQueues(estate).has(subject.id)) return { state: 'notApplicable' };
    if (subject.deadLetter === undefined) return unknown(subject, OPERATION, 'the dead-letter queue of a queue');
    if (subject.deadLetter !== null) return { state: 'pass' };
    return {
      state: 'fail',
      message: 'none',
      data: { name: subject.name },
      proof: [fact(subject, '', `the attributes of ${subject.name} hold no redrive policy`)],
    };
  },
  sources: ['https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html'],
  examples: { bad: queueAnswer({ jobs: null }), good: queueAnswer({ jobs: 'jobs-failed', 'jobs-failed': null }) },
});
