/** What the adopters of databases and of their clusters share. */
import type { Answers } from '../answers.ts';
import { text } from '../fields.ts';
import { databaseArn } from '../ids.ts';
import type { Item } from '../item.ts';
import type { Properties } from '../pulumi/recorded.ts';

/** Clusters by the ARN of each of their members. */
export function memberships(answers: Answers): ReadonlyMap<string, Item> {
  const clusters = new Map<string, Item>();
  for (const cluster of answers.items('rds:DescribeDBClusters', 'DBClusters'))
    for (const member of cluster.items('DBClusterMembers') ?? []) {
      const name = text(member, 'DBInstanceIdentifier');
      if (name !== undefined) clusters.set(databaseArn(cluster.context.account, cluster.context.region, name), cluster);
    }
  return clusters;
}

/** A group by name, unless it is AWS's default one (`default.mysql8.0`, `default:mysql-8-0`), which moves with the engine. */
export const ownGroup = (argument: string, name: string | undefined): Properties =>
  name === undefined || /^default[.:]/.test(name) ? {} : { [argument]: name };

export const isAurora = (engine: string): boolean => engine.startsWith('aurora');

/** Of these clusters other types of resources are made, or AWS makes the instances itself. */
export const unlikeAurora = (engine: string): string => `clusters of ${engine} are not written as a program yet`;
