/** Which resources hang on a group that is not theirs alone, and which groups stand for an end of a flow. */
import { interfacesOf, networkOf } from '../../analyse/reachability/index.ts';
import { all, byId, type Estate, memoised } from '../../estate/estate.ts';
import type { FlowEnd } from '../../estate/flow.ts';
import type { Resource } from '../../estate/resource.ts';

/** Kinds that have groups of their own which can be changed in place. */
export const WITH_GROUPS = ['database', 'databaseCluster', 'cache', 'loadBalancer', 'function', 'instance'] as const;

export type Grouped = Extract<Resource, { readonly kind: (typeof WITH_GROUPS)[number] }>;

/** The ids of a resource's groups; undefined when they are not known, empty when it has none. */
export function groupIdsOf(resource: Resource): readonly string[] | undefined {
  if (resource.kind === 'function') return resource.network === null ? [] : ids(resource.network?.securityGroups);
  if (resource.kind === 'ecsService') return resource.network === null ? [] : ids(resource.network?.securityGroups);
  return 'securityGroups' in resource ? ids(resource.securityGroups) : undefined;
}

const ids = (refs: readonly { readonly id: string }[] | undefined): readonly string[] | undefined =>
  refs?.map(({ id }) => id);

/** Who uses a group: what owns the interfaces that carry it, and what names it. */
export const usersOfGroups = memoised((estate): ReadonlyMap<string, ReadonlySet<string>> => {
  const users = new Map<string, Set<string>>();
  const put = (group: string, user: string): void => {
    const set = users.get(group);
    if (set) set.add(user);
    else users.set(group, new Set([user]));
  };
  for (const one of all(estate, 'networkInterface'))
    for (const { id } of one.securityGroups ?? []) put(id, one.owner?.id ?? one.id);
  for (const kind of [...WITH_GROUPS, 'ecsService', 'vpcEndpoint', 'launchTemplate'] as const)
    for (const resource of all(estate, kind)) for (const id of groupIdsOf(resource) ?? []) put(id, resource.id);
  return users;
});

const WORLD = new Set(['0.0.0.0/0', '::/0', '0.0.0.0/1', '128.0.0.0/1']);

/** Whether a group admits the whole internet to every port: nobody's own group should. */
export function isWideOpen(estate: Estate, group: string): boolean {
  const found = byId(estate, group);
  return (
    found?.kind === 'securityGroup' &&
    (found.ingress ?? []).some(
      ({ peer, protocol, ports }) =>
        peer?.type === 'cidr' &&
        WORLD.has(peer.cidr) &&
        (protocol === -1 || ports === null || (ports !== undefined && ports.to - ports.from > 1000)),
    )
  );
}

/** Whether the resource hangs on a group that others use too, or that lets everything in. */
export function sharesGroup(estate: Estate, resource: Resource): boolean {
  const users = usersOfGroups(estate);
  return (groupIdsOf(resource) ?? []).some((group) => (users.get(group)?.size ?? 0) > 1 || isWideOpen(estate, group));
}

/** The groups that connections from (or to) an end carry; empty for what has no interface. */
export function groupsAt(estate: Estate, end: FlowEnd): readonly string[] {
  if (end.type !== 'resource') return [];
  const resource = byId(estate, end.id);
  if (!resource) return [];
  const named = groupIdsOf(resource);
  if (named !== undefined && named.length > 0) return named;
  const carried = interfacesOf(networkOf(estate), resource).flatMap((one) =>
    (one.securityGroups ?? []).map(({ id }) => id as string),
  );
  return [...new Set(carried)].sort();
}
