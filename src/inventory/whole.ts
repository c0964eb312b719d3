/** Does it fit together? Ids that two resources claim, and references to what is not there. */
import { isDeepStrictEqual } from 'node:util';
import type { Notice } from '../estate/notice.ts';
import type { Resource } from '../estate/resource.ts';
import { provenance, type Ref } from '../estate/source.ts';

/**
 * One resource an id. The same thing read twice (overlapping pages or files) is one; where two tellings differ, that is
 * told, and what they differ in is not known: neither the wider nor the narrower one may decide a verdict.
 */
export function unique(resources: Iterable<Resource>, notices: Notice[]): Resource[] {
  const byId = new Map<string, Resource>();
  for (const resource of resources) {
    const first = byId.get(resource.id);
    if (!first) byId.set(resource.id, resource);
    else if (first !== resource && !same(first, resource)) {
      notices.push({
        code: 'duplicateId',
        message:
          first.kind === resource.kind
            ? `two different answers describe ${resource.id}; what they differ in is taken as unknown`
            : `a ${first.kind} and a ${resource.kind} have the same id ${resource.id}; the ${first.kind} is kept`,
        file: resource.source.file,
        path: resource.source.path,
      });
      byId.set(resource.id, kept(agreed(first, resource), first.keptBy ?? resource.keptBy));
    } else if (first.keptBy === undefined && resource.keptBy !== undefined)
      byId.set(resource.id, kept(first, resource.keptBy));
  }
  return [...byId.values()];
}

/** AWS does not tell who keeps a thing, so where one telling names its keeper the other does not deny it. */
const kept = (resource: Resource, keptBy: string | undefined): Resource =>
  keptBy === undefined ? resource : { ...resource, keptBy };

/** Fields that every resource of its kind has: where two tellings differ in them, the first one's stays. */
const REQUIRED = new Set([
  ...['kind', 'id', 'name', 'arn', 'account', 'region', 'source', 'vpc', 'user', 'identifier', 'form', 'host', 'type'],
  ...['values', 'awsManaged', 'service', 'aliases', 'networkInterfaces', 'candidateSubnets', 'gateways'],
]);

function agreed(first: Resource, second: Resource): Resource {
  if (first.kind !== second.kind) return first;
  const other = new Map<string, unknown>(Object.entries(second));
  const differs = (key: string, value: unknown): boolean =>
    !REQUIRED.has(key) && !isDeepStrictEqual(facts(value), facts(other.get(key)));
  return Object.fromEntries(
    Object.entries(first).map(([key, value]) => [key, differs(key, value) ? undefined : value]),
  ) as typeof first;
}

const same = (a: Resource, b: Resource): boolean => isDeepStrictEqual(facts(a), facts(b));

/** A resource without where it was read and by whom it is kept. */
function facts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(facts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'source' && key !== 'keptBy')
      .map(([key, inner]) => [key, facts(inner)]),
  );
}

const isRef = (value: object): value is Ref => 'id' in value && 'field' in value && typeof value.id === 'string';

/** Every reference of a resource, wherever it stands in it. */
export function refsOf(resource: Resource): readonly Ref[] {
  const refs: Ref[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (const inner of value) visit(inner);
    else if (isRef(value)) refs.push(value);
    else
      for (const key in value) if (key !== 'source' && key !== 'tags') visit((value as Record<string, unknown>)[key]);
  };
  visit(resource);
  return refs;
}

export function dangling(resources: readonly Resource[]): readonly Notice[] {
  const ids = new Set<string>(resources.map((resource) => resource.id));
  const notices: Notice[] = [];
  for (const resource of resources)
    for (const ref of refsOf(resource))
      if (!ids.has(ref.id)) {
        const { file, path } = provenance(resource, ref);
        notices.push({
          code: 'danglingReference',
          message: `${resource.kind} ${resource.name} refers to ${ref.id}, which is not in the input`,
          file,
          path,
        });
      }
  return notices;
}
