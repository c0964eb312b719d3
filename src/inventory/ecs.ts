/** What the ECS readers share: listings that name more than was described, and services found by name. */
import type { Answers } from './answers.ts';
import { nameOfArn } from './ids.ts';
import type { Item } from './item.ts';
import { placeOf } from './reading.ts';

/** A resource that a listing names, with the place it stands at. */
export interface Listed {
  readonly arn: string;
  readonly at: Item;
  /** The cluster the listing was asked for, as the request gave it. */
  readonly cluster: string | undefined;
}

/** ARNs of a listing that no description was read for. They exist; all else about them is unknown. */
export function listedOnly(
  answers: Answers,
  operation: string,
  field: string,
  described: ReadonlySet<string>,
): readonly Listed[] {
  const seen = new Set(described);
  return answers.bodies(operation).flatMap(({ item, entry }) =>
    (item.strings(field) ?? []).flatMap((arn, n): Listed[] => {
      if (seen.has(arn)) return [];
      seen.add(arn);
      const cluster = entry.input.cluster;
      return [{ arn, at: placeOf(item, field, n), cluster: typeof cluster === 'string' ? cluster : undefined }];
    }),
  );
}

/** Service ARNs by cluster and name: older ARNs do not hold the cluster's name, so they cannot be made up. */
export function serviceArns(
  answers: Answers,
): (account: string, region: string, cluster: string, name: string) => string | undefined {
  const arns = new Map<string, string>();
  const key = (account: string, region: string, cluster: string, name: string): string =>
    `${account} ${region} ${nameOfArn(cluster)} ${name}`;
  for (const { arn, at, cluster } of listedOnly(answers, 'ecs:ListServices', 'serviceArns', new Set()))
    if (cluster !== undefined) arns.set(key(at.context.account, at.context.region, cluster, nameOfArn(arn)), arn);
  for (const item of answers.items('ecs:DescribeServices', 'services')) {
    const [arn, name, cluster] = [item.string('serviceArn'), item.string('serviceName'), item.string('clusterArn')];
    if (arn !== undefined && name !== undefined && cluster !== undefined)
      arns.set(key(item.context.account, item.context.region, cluster, name), arn);
  }
  return (account, region, cluster, name) => arns.get(key(account, region, cluster, name));
}
