/** What the rules on databases and caches in public subnets have in common: both stand where their subnet group says. */
import { subnetsText, tellSubnets } from '../analyse/internet/subnets.ts';
import type { Estate } from '../estate/estate.ts';
import type { CacheSubnetGroup, DatabaseSubnetGroup } from '../estate/kinds/data.ts';
import type { Resource } from '../estate/resource.ts';
import { link, unknown } from './proof.ts';
import type { Outcome } from './rule.ts';

export const PUBLIC_SUBNET_MESSAGES = {
  all: '{name} stands in public subnets only: {subnets} lead to an internet gateway',
  some: '{n} of the {m} subnets that {name} may stand in are public: {subnets}',
} as const;

/** The outcome for what stands in a subnet group; `operation` would tell the group where it was not read. */
export function judgeSubnetGroup(
  estate: Estate,
  subject: Resource,
  group: DatabaseSubnetGroup | CacheSubnetGroup | undefined,
  operation: string,
): Outcome<keyof typeof PUBLIC_SUBNET_MESSAGES> {
  if (group?.subnets === undefined) return unknown(subject, operation, `the subnet group of a ${subject.kind}`);
  const { open, closed, missing } = tellSubnets(estate, group.subnets);
  if (open.length === 0) return missing.length > 0 ? { state: 'unknown', missing } : { state: 'pass' };
  return {
    state: 'fail',
    message: closed.length + missing.length === 0 ? 'all' : 'some',
    data: {
      name: subject.name,
      subnets: subnetsText(open.map(({ subnet }) => subnet)),
      n: open.length,
      m: group.subnets.length,
    },
    proof: [
      ...open.flatMap(({ subnet }) => {
        const ref = group.subnets?.find(({ id }) => id === subnet.id);
        return ref ? [link(group, ref, `subnet group ${group.name} has ${subnet.id}`)] : [];
      }),
      ...open.flatMap(({ proof }) => proof),
    ],
    related: [group, ...open.map(({ subnet }) => subnet)],
  };
}
