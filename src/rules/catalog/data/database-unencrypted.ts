import { judgedBy } from '../../../analyse/settings/database.ts';
import { find } from '../../../estate/estate.ts';
import { database, databaseAnswer } from '../../examples/database.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'database-unencrypted',
  problem: 10,
  severity: 'medium',
  title: 'A database is not encrypted at rest',
  why: 'Its disks and every snapshot of it are readable to whoever gets hold of a copy, and a snapshot is shared with one call. It cannot be switched on later in place, so the longer it waits the larger the move.',
  fix: 'A new, encrypted database from a copy of a snapshot, or Aurora; clients move to it in a short window.',
  fixedBy: ['database-renewed', 'aurora'],
  subject: 'database',
  needs: ['rds:DescribeDBInstances'],
  messages: { plain: '{name} is not encrypted, nor are its snapshots' },
  check(subject, estate) {
    const judged = judgedBy(estate, subject);
    if (judged.by === 'another') return { state: 'notApplicable' };
    if (judged.by === 'untold') return unknown(subject, judged.operation, judged.what);
    const holder = judged.by;
    if (holder.storageEncrypted === undefined)
      return unknown(subject, holder.source.operation, 'whether a database is encrypted');
    if (holder.storageEncrypted) return { state: 'pass' };
    // a replica in the same region is encrypted if and only if its primary is
    const replicas = (subject.replicas ?? []).flatMap((ref) => find(estate, ref) ?? []);
    return {
      state: 'fail',
      message: 'plain',
      data: { name: holder.name },
      proof: [
        fact(holder, 'StorageEncrypted', `${holder.name} has storage encryption off`),
        ...replicas
          .filter((replica) => replica.storageEncrypted === false)
          .map((replica) => fact(replica, 'StorageEncrypted', `so has its replica ${replica.name}`)),
      ],
      related: [holder, ...replicas],
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html'],
  examples: {
    bad: databaseAnswer(database('orders', { StorageEncrypted: false })),
    good: databaseAnswer(database('orders', { StorageEncrypted: true })),
  },
});
