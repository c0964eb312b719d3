/** Who carries which security group, and in which tier of the service it stands. */
import { all, byId, type Estate, memoised } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { provenance, type Ref } from '../../estate/source.ts';
import type { Hop } from '../verdict.ts';

/** What a resource does for the service: who it faces, what it runs, what it keeps. */
export type Tier = 'edge' | 'app' | 'data' | 'access';

export interface GroupUser {
  readonly resource: Resource;
  readonly tier: Tier;
  readonly hop: Hop;
}

/** The tier of a resource that can carry a group; undefined for what belongs to none (an endpoint, an unowned interface). */
export function tierOf(resource: Resource): Tier | undefined {
  switch (resource.kind) {
    case 'loadBalancer':
      return 'edge';
    case 'instance':
      return /bastion|jump|vpn/i.test(resource.name) ? 'access' : 'app';
    case 'ecsService':
    case 'ecsTask':
    case 'function':
    case 'autoScalingGroup':
      return 'app';
    case 'database':
    case 'databaseCluster':
    case 'cache':
      return 'data';
    default:
      return undefined;
  }
}

const carried = (resource: Resource): readonly Ref<'securityGroup'>[] => {
  switch (resource.kind) {
    case 'instance':
    case 'loadBalancer':
    case 'database':
    case 'databaseCluster':
    case 'cache':
    case 'networkInterface':
      return resource.securityGroups ?? [];
    case 'ecsService':
    case 'function':
      return resource.network?.securityGroups ?? [];
    default:
      return [];
  }
};

/** Every resource of a tier that carries a group, by the group's id; each resource once. */
export const groupUsers: (estate: Estate) => ReadonlyMap<string, readonly GroupUser[]> = memoised((estate) => {
  const users = new Map<string, Map<string, GroupUser>>();
  for (const resource of estate.resources)
    for (const ref of carried(resource)) {
      const owner = resource.kind === 'networkInterface' ? resource.owner && byId(estate, resource.owner.id) : resource;
      const tier = owner && tierOf(owner);
      if (!owner || !tier) continue;
      const list = users.get(ref.id) ?? new Map<string, GroupUser>();
      users.set(ref.id, list);
      if (list.has(owner.id)) continue;
      list.set(owner.id, {
        resource: owner,
        tier,
        hop: {
          resource: owner.id,
          by: ref.id,
          code: 'reference',
          detail: `${WORDS[tier]} ${owner.name} carries ${ref.id}`,
          provenance: provenance(resource, ref),
        },
      });
    }
  return new Map([...users].map(([group, list]) => [group, [...list.values()]]));
});

const WORDS: Readonly<Record<Tier, string>> = {
  edge: 'load balancer',
  app: 'application',
  data: 'data store',
  access: 'way in',
};

/** Whether a resource that can carry groups does not tell which: it may carry any. */
function untold(resource: Resource): boolean {
  switch (resource.kind) {
    case 'instance':
    case 'loadBalancer':
    case 'database':
    case 'databaseCluster':
    case 'cache':
      return resource.securityGroups === undefined;
    case 'ecsService':
    case 'function':
      return (
        resource.network === undefined || (resource.network !== null && resource.network.securityGroups === undefined)
      );
    default:
      return false;
  }
}

/** Of each tier the first resource that does not tell which groups it carries. */
export const untoldUsers: (estate: Estate) => ReadonlyMap<Tier, Resource> = memoised((estate) => {
  const found = new Map<Tier, Resource>();
  for (const resource of estate.resources) {
    const tier = tierOf(resource);
    if (tier !== undefined && !found.has(tier) && untold(resource)) found.set(tier, resource);
  }
  return found;
});

/** Ids of the groups that at least one network interface or resource carries. */
export const groupsInUse: (estate: Estate) => ReadonlySet<string> = memoised((estate) => {
  const used = new Set<string>();
  for (const resource of estate.resources) for (const ref of carried(resource)) used.add(ref.id);
  for (const endpoint of all(estate, 'vpcEndpoint')) for (const ref of endpoint.securityGroups ?? []) used.add(ref.id);
  for (const template of all(estate, 'launchTemplate'))
    for (const ref of template.securityGroups ?? []) used.add(ref.id);
  return used;
});

/** Other groups whose rules name a group, by its id. */
export const groupReferrers: (estate: Estate) => ReadonlyMap<string, readonly Resource[]> = memoised((estate) => {
  const found = new Map<string, Set<Resource>>();
  for (const group of all(estate, 'securityGroup'))
    for (const rule of [...(group.ingress ?? []), ...(group.egress ?? [])]) {
      if (rule.peer?.type !== 'securityGroup' || rule.peer.ref.id === group.id) continue;
      const set = found.get(rule.peer.ref.id);
      if (set) set.add(group);
      else found.set(rule.peer.ref.id, new Set([group]));
    }
  return new Map([...found].map(([id, set]) => [id, [...set]]));
});
