import { judgedBy } from '../../../analyse/settings/database.ts';
import { database, databaseAnswer } from '../../examples/database.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'database-without-backups',
  problem: 10,
  severity: 'high',
  title: 'A database has no automatic backups, or keeps them for less than a week',
  why: 'A dropped table or a bad migration can only be undone as far back as the backups reach. With backups off there is no way back at all, and a mistake noticed on Monday is often one of Friday.',
  fix: 'Keep automatic backups for at least 7 days; AWS then restores to any second within them.',
  fixedBy: ['safeguards'],
  subject: 'database',
  needs: ['rds:DescribeDBInstances'],
  messages: {
    off: '{name} has automatic backups off: it cannot be restored to a point in time',
    short: '{name} keeps its automatic backups for {n} day(s)',
  },
  check(subject, estate) {
    const judged = judgedBy(estate, subject);
    if (judged.by === 'another') return { state: 'notApplicable' };
    if (judged.by === 'untold') return unknown(subject, judged.operation, judged.what);
    const holder = judged.by;
    const days = holder.backupRetention;
    if (days === undefined) return unknown(subject, holder.source.operation, 'for how long backups are kept');
    if (days >= 7) return { state: 'pass' };
    return {
      state: 'fail',
      message: days === 0 ? 'off' : 'short',
      data: { name: holder.name, n: days },
      severity: days === 0 ? 'high' : 'low',
      proof: [fact(holder, 'BackupRetentionPeriod', `${holder.name} keeps backups for ${days} day(s)`)],
      related: [holder],
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html'],
  examples: {
    bad: databaseAnswer(database('orders', { BackupRetentionPeriod: 0 })),
    good: databaseAnswer(database('orders', { BackupRetentionPeriod: 14 })),
  },
});
