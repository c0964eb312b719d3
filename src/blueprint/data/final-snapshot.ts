/** What the snapshot is called that RDS makes of a database before it deletes it. */
import { createHash } from 'node:crypto';
import * as pulumi from '@pulumi/pulumi';

/**
 * RDS deletes no database when a snapshot of that name is there already, so a fixed name works once only. Here it starts with
 * the name of the subnet group, which Pulumi ends with letters of its own (`shop-mysql-1a2b3c4`): a database that is taken down
 * and made again gets another one. And it ends with a sum of the arguments that replace the database, so that the one which
 * such a change deletes and its successor differ too.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html
 */
export function finalSnapshot(
  subnetGroup: pulumi.Input<string>,
  replacing: readonly (pulumi.Input<string> | undefined)[],
): pulumi.Output<string> {
  return pulumi.all([subnetGroup, ...replacing.map((each) => each ?? '')]).apply(([group, ...values]) => {
    const sum = createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 6);
    return `${group}-final-${sum}`;
  });
}
