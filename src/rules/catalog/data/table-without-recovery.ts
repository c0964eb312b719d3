import { tableAnswer } from '../../examples/stores.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const OPERATION = 'dynamodb:DescribeContinuousBackups';

export const rule = defineRule({
  id: 'table-without-recovery',
  problem: 10,
  severity: 'medium',
  title: 'A DynamoDB table cannot be taken back to an earlier time',
  why: 'A deployment that writes wrong items, or a script that deletes too many, is final. With point-in-time recovery the table as it was at any second of the last weeks can be restored beside it.',
  fix: 'Turn point-in-time recovery on; nobody notices, and it costs a little for each GB.',
  fixedBy: ['safeguards'],
  subject: 'table',
  needs: ['dynamodb:ListTables'],
  messages: { off: '{name} has point-in-time recovery off' },
  check(subject) {
    if (subject.pointInTimeRecovery === undefined)
      return unknown(subject, OPERATION, 'whether a table has point-in-time recovery');
    if (subject.pointInTimeRecovery) return { state: 'pass' };
    return {
      state: 'fail',
      message: 'off',
      data: { name: subject.name },
      proof: [fact(subject, '', `${OPERATION} says that point-in-time recovery of ${subject.name} is disabled`)],
    };
  },
  sources: ['https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html'],
  examples: { bad: tableAnswer('carts', 'DISABLED'), good: tableAnswer('carts', 'ENABLED') },
});
