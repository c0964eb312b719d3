/** Which resource of one estate is which of the other. Ids first; a thing that was made anew has the same name. */
import { type Estate, find } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';

export interface Pair {
  readonly before: Resource;
  readonly after: Resource;
  /** By its id, or by what people call it: its name, its address block, its port. */
  readonly by: 'id' | 'name';
}

/** Several of one name on a side: which is which cannot be told. */
export interface Ambiguous {
  readonly kind: Resource['kind'];
  readonly name: string;
  readonly before: readonly Resource[];
  readonly after: readonly Resource[];
}

export interface Matching {
  readonly pairs: readonly Pair[];
  readonly gone: readonly Resource[];
  readonly come: readonly Resource[];
  readonly ambiguous: readonly Ambiguous[];
  /** An id of the later estate as the earlier one has it; the same where it has no other. */
  readonly earlier: (id: string) => string;
}

/** What people call it, undefined where it has no name of its own. */
function nameOf(resource: Resource, estate: Estate): string | undefined {
  switch (resource.kind) {
    case 'subnet':
      return resource.name === resource.id ? resource.cidr : resource.name;
    case 'securityGroup':
      // every VPC has a group called default
      return `${find(estate, resource.vpc)?.name ?? ''} ${resource.groupName ?? resource.name}`;
    case 'taskDefinition':
      return resource.family;
    case 'dnsRecord':
      return [resource.host, resource.type, resource.setIdentifier ?? ''].join(' ');
    default:
      return resource.name === resource.id ? undefined : resource.name;
  }
}

type Group = { readonly before: Resource[]; readonly after: Resource[] };

export function matched(before: Estate, after: Estate): Matching {
  const keyOf = ({ kind, id }: Resource): string => `${kind} ${id}`;
  const then = new Map(before.resources.map((one) => [keyOf(one), one]));
  const pairs: Pair[] = [];
  const groups = new Map<string, Group>();
  const put = (side: keyof Group, one: Resource): boolean => {
    const name = nameOf(one, side === 'before' ? before : after);
    if (name === undefined) return false;
    const key = `${one.kind} ${name}`;
    const group = groups.get(key) ?? { before: [], after: [] };
    groups.set(key, group);
    group[side].push(one);
    return true;
  };
  const gone: Resource[] = [];
  const come: Resource[] = [];
  for (const one of after.resources) {
    const was = then.get(keyOf(one));
    if (was !== undefined) pairs.push({ before: was, after: one, by: 'id' });
    else if (!put('after', one)) come.push(one);
    then.delete(keyOf(one));
  }
  for (const one of then.values()) if (!put('before', one)) gone.push(one);
  const ambiguous: Ambiguous[] = [];
  for (const [key, group] of groups) {
    const [was, is] = [group.before[0], group.after[0]];
    if (was !== undefined && is !== undefined && group.before.length === 1 && group.after.length === 1)
      pairs.push({ before: was, after: is, by: 'name' });
    else if (was === undefined) come.push(...group.after);
    else if (is === undefined) gone.push(...group.before);
    else ambiguous.push({ kind: was.kind, name: key.slice(was.kind.length + 1), ...group });
  }
  const byName = new Map(
    pairs.flatMap(({ before, after, by }) => (by === 'name' ? [[`${after.id}`, `${before.id}`]] : [])),
  );
  return { pairs, gone: sorted(gone), come: sorted(come), ambiguous, earlier: (id) => byName.get(id) ?? id };
}

const sorted = (resources: readonly Resource[]): readonly Resource[] =>
  [...resources].sort((a, b) => (`${a.kind} ${a.id}` < `${b.kind} ${b.id}` ? -1 : 1));
