import { database, databaseAnswer } from '../../examples/database.ts';
import { GENERATION_MESSAGES, judgeGeneration } from '../../generation.ts';
import { unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const OPERATION = 'rds:DescribeDBInstances';

export const rule = defineRule({
  id: 'previous-generation-database',
  problem: 5,
  severity: 'medium',
  title: 'A database instance is of a previous generation',
  why: 'The class is slower and dearer than its successor, and AWS retires its hardware on a date of its own. Newer engine versions do not run on it, so an upgrade that you need one day will wait for this one.',
  fix: 'Change the class to the current equivalent: one failover of a minute or two once the database is Multi-AZ.',
  fixedBy: ['database-two-zones', 'aurora'],
  subject: 'database',
  needs: [OPERATION],
  messages: GENERATION_MESSAGES,
  check(subject) {
    const type = subject.instanceClass;
    if (type === undefined) return unknown(subject, OPERATION, 'the class of a database');
    return judgeGeneration(subject, 'rds', type, 'DBInstanceClass', OPERATION);
  },
  sources: [
    'https://aws.amazon.com/rds/previous-generation/',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html',
  ],
  examples: {
    bad: databaseAnswer(database('orders', { DBInstanceClass: 'db.m4.large' })),
    good: databaseAnswer(database('orders', { DBInstanceClass: 'db.m6g.large' })),
  },
});
