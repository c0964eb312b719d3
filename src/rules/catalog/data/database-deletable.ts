import { judgedBy } from '../../../analyse/settings/database.ts';
import { database, databaseAnswer } from '../../examples/database.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'database-deletable',
  problem: 10,
  severity: 'medium',
  title: 'A database can be deleted with one call',
  why: 'One wrong click, or one wrong line in a script or a program, and the database is gone with its automatic backups. Deletion protection makes it two deliberate steps and costs nothing.',
  fix: 'Turn deletion protection on; it takes effect at once and nobody notices.',
  fixedBy: ['safeguards'],
  subject: 'database',
  needs: ['rds:DescribeDBInstances'],
  messages: { open: '{name} has deletion protection off' },
  check(subject, estate) {
    const judged = judgedBy(estate, subject);
    if (judged.by === 'another') return { state: 'notApplicable' };
    if (judged.by === 'untold') return unknown(subject, judged.operation, judged.what);
    const holder = judged.by;
    if (holder.deletionProtection === undefined)
      return unknown(subject, holder.source.operation, 'whether a database is protected from deletion');
    if (holder.deletionProtection) return { state: 'pass' };
    return {
      state: 'fail',
      message: 'open',
      data: { name: holder.name },
      proof: [fact(holder, 'DeletionProtection', `${holder.name} has deletion protection off`)],
      related: [holder],
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html'],
  examples: {
    bad: databaseAnswer(database('orders', { DeletionProtection: false })),
    good: databaseAnswer(database('orders', { DeletionProtection: true })),
  },
});
