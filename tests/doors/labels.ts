/** Names for resources that are the same through every door: ids are made up by each, and names too where AWS has none. */
import type { Estate } from '../../src/estate/estate.ts';
import type { Resource } from '../../src/estate/resource.ts';

export interface Labels {
  /** `subnet public-a` */
  readonly of: (id: string) => string;
  /** A sentence with a mark in place of ids and names. What is listed is listed by id, so that its order is each door's own. */
  readonly in: (sentence: string) => string;
}

/** These are called the same everywhere, and their names tell something. */
const PLACES: ReadonlySet<string> = new Set(['zone', 'region', 'account']);

export function labelled(estate: Estate): Labels {
  const labels = new Map<string, string>(estate.resources.map((resource) => [resource.id, labelOf(resource)]));
  const names = new Set(
    estate.resources.flatMap(({ id, arn, name, kind }) => (PLACES.has(kind) ? [] : [id, name, ...(arn ? [arn] : [])])),
  );
  const longestFirst = [...names].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  // a name within a longer word is another word
  const pattern = new RegExp(`(?<![\\w.-])(?:${longestFirst.map(escaped).join('|')})(?![\\w-]|\\.\\w)`, 'g');
  return {
    of: (id) => labels.get(id) ?? id,
    in: (sentence) => sentence.replace(pattern, '«»').replaceAll('«» («»)', '«»'),
  };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const labelOf = (resource: Resource): string => `${resource.kind} ${resource.tags?.Name ?? calledIn(resource)}`;

/** What AWS calls it, without what AWS makes up. */
function calledIn({ kind, id, arn, name }: Resource): string {
  if (kind === 'securityGroup') return name;
  const [, , , , , ...rest] = (arn ?? id).split(':');
  return rest.length > 0 ? rest.join(':').replace(/\/[0-9a-f]{16}/g, '') : name;
}
