/** Does it fit together? Ids that two resources claim, and references to what is not there. */
import { isDeepStrictEqual } from 'node:util';
import type { Notice } from '../estate/notice.ts';
import type { Resource } from '../estate/resource.ts';
import { provenance, type Ref } from '../estate/source.ts';

/**
 * One resource an id. The same thing read twice (overlapping pages or files) is one; two that differ are told, and
 * the first in the order of input is kept.
 */
export function unique(resources: Iterable<Resource>, notices: Notice[]): Resource[] {
  const byId = new Map<string, Resource>();
  for (const resource of resources) {
    const first = byId.get(resource.id);
    if (!first) byId.set(resource.id, resource);
    else if (first !== resource && !same(first, resource))
      notices.push({
        code: 'duplicateId',
        message: `two different resources have the id ${resource.id} (a ${first.kind} and a ${resource.kind}); the first is kept`,
        file: resource.source.file,
        path: resource.source.path,
      });
  }
  return [...byId.values()];
}

const same = (a: Resource, b: Resource): boolean => isDeepStrictEqual(facts(a), facts(b));

/** A resource without where it was read. */
function facts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(facts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'source')
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
