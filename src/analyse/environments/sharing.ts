/** What several environments use together: a network, a group, a role, a key, a data store of none of them. */
import { byId, type Estate, find, memoised } from '../../estate/estate.ts';
import type { Resource, ResourceOf } from '../../estate/resource.ts';
import { provenance, type Ref } from '../../estate/source.ts';
import { bakedKeys } from '../access/people/baked-keys.ts';
import type { Hop, Missing } from '../verdict.ts';
import { roleUses, servicesUnread } from '../workloads/roles.ts';
import { unreadWorkloads } from '../workloads/unread.ts';
import { type Environment, type EnvironmentClaim, environmentOf } from './environments.ts';

export interface Sharer {
  readonly resource: Resource;
  /** Undefined when nothing tells it. */
  readonly environment: Environment | undefined;
  readonly hop: Hop;
}

/** Kinds that several environments can stand in or use by accident, and what does so. */
export const SHAREABLE = [
  'vpc',
  'securityGroup',
  'role',
  'accessKey',
  'ecsCluster',
  'loadBalancer',
  'database',
  'cache',
  'bucket',
  'queue',
  'topic',
  'table',
] as const;

const DATA = new Set<Resource['kind']>(['database', 'cache', 'bucket', 'queue', 'topic', 'table']);

export type Shareable = (typeof SHAREABLE)[number];

/** Of a resource whose tags were not read, only its own name tells: what holds it may hold others too. */
const environmentFor = (claim: EnvironmentClaim | undefined, { tags }: Resource): Environment | undefined =>
  tags === undefined && claim?.because.code !== 'environment-name' ? undefined : claim?.environment;

/** Who uses each shareable resource, by its id. */
export const sharers: (estate: Estate) => ReadonlyMap<string, readonly Sharer[]> = memoised((estate) => {
  const environments = environmentOf(estate);
  const found = new Map<string, Map<string, Sharer>>();
  const add = (shared: string, resource: Resource, hop: Hop): void => {
    const list = found.get(shared) ?? new Map<string, Sharer>();
    found.set(shared, list);
    if (!list.has(resource.id))
      list.set(resource.id, { resource, environment: environmentFor(environments.get(resource.id), resource), hop });
  };
  const refer = (
    resource: Resource,
    holder: Resource,
    refs: readonly (Ref | null | undefined)[],
    word: string,
  ): void => {
    for (const ref of refs) {
      if (!ref) continue;
      const name = byId(estate, ref.id)?.name ?? ref.id;
      const detail = `${resource.name} ${word} ${name}`;
      add(ref.id, resource, {
        resource: resource.id,
        by: ref.id,
        code: 'reference',
        detail,
        provenance: provenance(holder, ref),
      });
    }
  };
  for (const resource of estate.resources)
    switch (resource.kind) {
      case 'instance':
      case 'loadBalancer':
        refer(resource, resource, [resource.vpc], 'stands in');
        refer(resource, resource, resource.securityGroups ?? [], 'carries');
        break;
      case 'database': {
        const vpc = resource.vpc ?? find(estate, resource.subnetGroup)?.vpc;
        const holder = resource.vpc ? resource : find(estate, resource.subnetGroup);
        refer(resource, holder ?? resource, [vpc], 'stands in');
        refer(resource, resource, resource.securityGroups ?? [], 'carries');
        break;
      }
      case 'cache':
        refer(
          resource,
          find(estate, resource.subnetGroup) ?? resource,
          [find(estate, resource.subnetGroup)?.vpc],
          'stands in',
        );
        refer(resource, resource, resource.securityGroups ?? [], 'carries');
        break;
      case 'function':
        refer(resource, resource, [resource.network?.vpc], 'stands in');
        refer(resource, resource, resource.network?.securityGroups ?? [], 'carries');
        break;
      case 'ecsService':
        refer(resource, resource, [resource.cluster], 'runs in');
        refer(resource, resource, resource.network?.securityGroups ?? [], 'carries');
        break;
    }
  for (const [role, uses] of roleUses(estate).of)
    for (const { resource, hop, as } of uses) if (as === 'own') add(role, resource, hop);
  for (const { key, place, variable } of bakedKeys(estate))
    if (key)
      add(key.id, place, {
        resource: place.id,
        by: variable,
        code: 'key-in-place',
        detail: `${place.name} has the key in ${variable}`,
        provenance: place.source,
      });
  for (const { from, to, evidence } of estate.flows) {
    if (from.type !== 'resource' || to.type !== 'resource') continue;
    const [user, used] = [byId(estate, from.id), byId(estate, to.id)];
    const told = evidence.find(({ type }) => type !== 'open');
    if (!user || !used || !told) continue;
    const hop: Hop = { resource: user.id, by: used.id, code: 'flow', detail: told.detail, provenance: told.source };
    // A data store of one environment that another uses is a crossing, and told as that.
    if (DATA.has(used.kind) && !environments.has(used.id)) add(used.id, user, hop);
    if (user.kind === 'loadBalancer') add(user.id, used, hop);
  }
  return new Map([...found].map(([id, list]) => [id, [...list.values()]]));
});

/** What would have to be read to know all who use a resource. */
export function sharersUnread(estate: Estate, shared: ResourceOf<Shareable>): readonly Missing[] {
  const tell = (operation: string, reason: string): Missing => ({ operation, reason, resource: shared.id });
  switch (shared.kind) {
    case 'role':
      return roleUses(estate).missing.get(shared.account) ?? [];
    case 'ecsCluster':
      return placeless(estate).has(`${shared.account} ecsCluster`)
        ? [tell('ecs:DescribeServices', 'the clusters of some services are not in the input')]
        : servicesUnread(estate, shared.account);
    case 'loadBalancer':
      return placeless(estate).has(`${shared.account} loadBalancer`)
        ? [tell('ecs:DescribeServices', 'the load balancers of some services are not in the input')]
        : servicesUnread(estate, shared.account);
    case 'vpc':
    case 'securityGroup':
      return placeless(estate).has(`${shared.account} ${shared.kind}`)
        ? [
            tell(
              'ec2:DescribeInstances',
              `the ${shared.kind === 'vpc' ? 'network' : 'groups'} of something is not in the input`,
            ),
          ]
        : servicesUnread(estate, shared.account);
    default:
      return unreadWorkloads(estate, shared.account);
  }
}

/** Accounts and kinds: something that must stand in a resource of the kind does not tell in which. */
const placeless: (estate: Estate) => ReadonlySet<string> = memoised((estate) => {
  const found = new Set<string>();
  for (const resource of estate.resources)
    switch (resource.kind) {
      case 'instance':
      case 'loadBalancer':
      case 'database':
        if (resource.vpc === undefined) found.add(`${resource.account} vpc`);
        if (resource.securityGroups === undefined) found.add(`${resource.account} securityGroup`);
        break;
      case 'cache':
        if (resource.securityGroups === undefined) found.add(`${resource.account} securityGroup`);
        break;
      case 'ecsService':
        if (resource.cluster === undefined) found.add(`${resource.account} ecsCluster`);
        if (resource.loadBalancers === undefined) found.add(`${resource.account} loadBalancer`);
        break;
      case 'function':
        if (resource.network === undefined)
          found.add(`${resource.account} vpc`).add(`${resource.account} securityGroup`);
        break;
    }
  return found;
});
