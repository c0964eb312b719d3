/** Whether AWS can keep a renewed copy of a database beside it (a blue/green deployment), and exchange the two. */
import type { Database } from '../../estate/kinds/data.ts';
import type { Context } from '../move.ts';
import { acceptedSeconds, replicasOf } from './databases.ts';
import { declaredOf } from './declared.ts';

/** What AWS refuses, or what is more than the team accepts. */
export function unfitness(
  context: Context,
  database: Database,
): { readonly because: string; readonly change: string } | undefined {
  const { estate, state } = context;
  const { name } = database;
  const declared = declaredOf(state, database);
  const replicas = replicasOf(estate, database);
  if (database.replicas === undefined || replicas.length !== database.replicas.length)
    return {
      because: `Not every replica of ${name} is in the input.`,
      change: 'Collect rds:DescribeDBInstances in every region.',
    };
  const strange = replicas.find((one) => one.region !== database.region || (one.replicas ?? []).length > 0);
  if (strange)
    return {
      because: `${strange.name} is in another region, or has replicas of its own, and AWS renews neither.`,
      change: 'Delete it before and make it anew after.',
    };
  if (declared?.properties.manageMasterUserPassword === true)
    return {
      because: `RDS itself manages the master password of ${name}, and renews no such database.`,
      change: 'Take the password into a secret of your own for the time of the move.',
    };
  if (database.backupRetention === undefined || database.backupRetention === 0)
    return {
      because: `${name} keeps no automatic backups, or the input does not tell, and AWS renews from these.`,
      change: 'Turn backups on in a quiet hour: it pauses the database for seconds to minutes.',
    };
  if (acceptedSeconds(context) < 60)
    return {
      because: `The switchover of ${name} interrupts it for about a minute, and you accept ${acceptedSeconds(context)} seconds.`,
      change: 'Accept it: acceptedSeconds: 60.',
    };
  return undefined;
}
