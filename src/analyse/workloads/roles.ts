/**
 * Who works with a role. Instances of one Auto Scaling group or one ECS cluster are one: they run the same.
 */
import { missing as notRead } from '../../estate/coverage.ts';
import { all, type Estate, memoised } from '../../estate/estate.ts';
import type { Role } from '../../estate/kinds/people.ts';
import type { Resource } from '../../estate/resource.ts';
import { isTrustKnown } from '../access/trust.ts';
import type { Hop, Missing } from '../verdict.ts';
import { untoldRoles, workloads } from './workloads.ts';

export interface RoleUse {
  /** One workload has one key, however many instances or revisions it has. */
  readonly workload: string;
  /** `service web`, `function resize`, `instances of web-asg` */
  readonly name: string;
  readonly resource: Resource;
  /** `execution`: only to start the task (pull the image, read secrets), which tasks may well share. */
  readonly as: 'own' | 'execution';
  readonly hop: Hop;
  /** Set where it may be one with another of these, as machines of one cluster or group: what would tell. */
  readonly perhapsOne?: Missing;
}

export interface RoleUses {
  /** By the role's id. */
  readonly of: ReadonlyMap<string, readonly RoleUse[]>;
  /** What runs with a role that the input does not tell, by account. */
  readonly missing: ReadonlyMap<string, readonly Missing[]>;
}

/** Only what is seen to run. */
export const roleUses: (estate: Estate) => RoleUses = memoised((estate) => {
  const of = new Map<string, Map<string, RoleUse>>();
  for (const { role, hop, runs, key, says, use, holder, perhapsOne } of workloads(estate)) {
    if (role === null || hop === null || !runs) continue;
    const as = use === 'execution' ? 'execution' : 'own';
    const uses = of.get(role) ?? new Map<string, RoleUse>();
    of.set(role, uses);
    const one = `${as} ${key}`;
    const whether = perhapsOne === undefined ? {} : { perhapsOne };
    if (!uses.has(one)) uses.set(one, { workload: key, name: says, resource: holder, as, hop, ...whether });
  }
  const missing = new Map(untoldRoles(estate));
  for (const { account } of all(estate, 'account')) unlisted(estate, account, missing);
  return { of: new Map([...of].map(([role, uses]) => [role, [...uses.values()]])), missing };
});

function unlisted(estate: Estate, account: string, missing: Map<string, readonly Missing[]>): void {
  const unread = servicesUnread(estate, account);
  if (unread.length > 0) missing.set(account, [...(missing.get(account) ?? []), ...unread]);
}

/** Clusters are known, their services were never read: they may run anything. */
export function servicesUnread(estate: Estate, account: string): readonly Missing[] {
  if (!all(estate, 'ecsCluster').some((cluster) => cluster.account === account)) return [];
  if (notRead(estate.coverage, ['ecs:ListServices'], { account }).length === 0) return [];
  return notRead(estate.coverage, ['ecs:DescribeServices'], { account }).map((operation) => ({
    operation,
    reason: 'the services of some clusters are not in the input',
  }));
}

/** Whether a role is for an AWS service to work with: its trust names one. Undefined when the trust is not known. */
export const isServiceRole = (role: Role): boolean | undefined =>
  /"Service"\s*:/.test(role.trust ?? '') || (isTrustKnown(role) ? false : undefined);
