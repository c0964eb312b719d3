import { logGroupAnswer } from '../../examples/records.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const OPERATION = 'logs:DescribeLogGroups';

export const rule = defineRule({
  id: 'logs-kept-for-ever',
  problem: 10,
  severity: 'low',
  title: 'A log group keeps its logs for ever',
  why: 'Its storage is paid for month after month and only grows. Old logs also hold personal data that you may have promised to delete.',
  fix: 'Set a retention of some weeks or months; what is older is removed within a few days.',
  fixedBy: ['safeguards'],
  subject: 'logGroup',
  needs: [OPERATION],
  messages: { never: '{name} never expires' },
  check(subject) {
    if (subject.retention === undefined) return unknown(subject, OPERATION, 'for how long logs are kept');
    if (subject.retention !== null) return { state: 'pass' };
    return {
      state: 'fail',
      message: 'never',
      data: { name: subject.name },
      proof: [fact(subject, '', `${subject.name} has no retention set`)],
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html'],
  examples: { bad: logGroupAnswer('/ecs/web'), good: logGroupAnswer('/ecs/web', 90) },
});
