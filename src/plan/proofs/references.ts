/** Nothing that stays stands on what goes: AWS refuses such a deletion, or leaves something that works no more. */
import type { Estate } from '../../estate/estate.ts';
import type { Kind, Resource } from '../../estate/resource.ts';
import type { Change } from './difference.ts';
import { type Counterexample, counterexample } from './proof.ts';

/** What AWS itself takes out of a list when the other end goes, by the kind that has the list. */
const FOLLOWS: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  targetGroup: ['loadBalancers', 'targets'],
  autoScalingGroup: ['instances'],
  databaseCluster: ['members'],
  database: ['replicas'],
  group: ['members'],
  user: ['accessKeys', 'mfaDevices'],
  cache: ['nodes'],
  vpcEndpoint: ['networkInterfaces', 'routeTables'],
  networkAcl: ['subnets'],
  routeTable: ['subnets'],
};

interface Reference {
  readonly field: string;
  readonly id: string;
}

const memory = new WeakMap<Resource, readonly Reference[]>();

function referencesOf(resource: Resource): readonly Reference[] {
  let found = memory.get(resource);
  if (!found) {
    const follows = FOLLOWS[resource.kind] ?? [];
    found = Object.entries(resource).flatMap(([field, value]) =>
      follows.includes(field) || field === 'source' ? [] : idsIn(value).map((id) => ({ field, id })),
    );
    memory.set(resource, found);
  }
  return found;
}

/** A reference is an id with the field that it was read from. */
function idsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('id' in value && 'field' in value && typeof value.id === 'string') return [value.id];
  return Object.values(value).flatMap(idsIn);
}

/** Each thing that stays with what it stands on and would lose. */
export function leftWithout(changes: readonly Change[], now: Estate): readonly Counterexample[] {
  const gone = new Map(
    changes.flatMap(({ before, after }) => (before && !after ? [[before.id as string, before]] : [])),
  );
  if (gone.size === 0) return [];
  return now.resources.flatMap((one) => {
    if (one.derived !== undefined || one.kind === 'networkInterface') return [];
    const lost = referencesOf(one).find(({ id }) => gone.has(id));
    const what = lost && gone.get(lost.id);
    return what ? [counterexample(one.id, `${one.name} uses ${what.name} (${lost.field}), which would be gone`)] : [];
  });
}
