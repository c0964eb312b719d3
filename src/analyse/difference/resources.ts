/** Resources that came, went or are another than they were; and what could not be compared. */
import { statusOf } from '../../estate/coverage.ts';
import type { Estate } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Source } from '../../estate/source.ts';
import { isByAws, isPassing } from './by-aws.ts';
import type { Matching, Pair } from './match.ts';
import { comparable, inWords, listChange } from './value.ts';

export interface Thing {
  readonly id: string;
  readonly kind: Resource['kind'];
  readonly name: string;
  readonly source: Source;
}

export interface FieldChange {
  readonly field: string;
  /** In words; null where it is too long to be read, or not known. */
  readonly before: string | null;
  readonly after: string | null;
  /** Of lists: what is in it more, and what less. */
  readonly more: readonly string[];
  readonly less: readonly string[];
  /** AWS, the load or the use of the thing changes it, not the team. */
  readonly byAws: boolean;
}

export interface Changed {
  readonly before: Thing;
  readonly after: Thing;
  readonly by: Pair['by'];
  readonly fields: readonly FieldChange[];
}

/** What only one side was able to see. */
export interface NotCompared {
  readonly side: 'before' | 'after';
  readonly operation: string;
  /** How many resources of the other side, or fields of resources, have nothing to be compared with. */
  readonly resources: number;
  readonly fields: number;
}

export interface ResourceDifference {
  readonly come: readonly Thing[];
  readonly gone: readonly Thing[];
  readonly changed: readonly Changed[];
  /** Tasks, their interfaces, machines of a group: they come and go by themselves. */
  readonly passing: { readonly come: number; readonly gone: number };
  readonly notCompared: readonly NotCompared[];
}

export function resourceDifference(before: Estate, after: Estate, matching: Matching): ResourceDifference {
  const unseen = new Map<string, { side: NotCompared['side']; operation: string; resources: number; fields: number }>();
  const count = (side: NotCompared['side'], operation: string, what: 'resources' | 'fields'): void => {
    const key = `${side} ${operation}`;
    const entry = unseen.get(key) ?? { side, operation, resources: 0, fields: 0 };
    entry[what]++;
    unseen.set(key, entry);
  };
  const seen = (one: Resource, other: Estate, side: NotCompared['side']): boolean => {
    if (wouldTell(other, one)) return true;
    count(side, one.source.operation, 'resources');
    return false;
  };
  const come = matching.come.filter((one) => !isPassing(one) && seen(one, before, 'before'));
  const gone = matching.gone.filter((one) => !isPassing(one) && seen(one, after, 'after'));
  const changed = matching.pairs.flatMap((pair) => {
    if (isPassing(pair.after)) return [];
    const fields = fieldChanges(pair, before, after, matching.earlier, count);
    return fields.length === 0 ? [] : [{ before: thing(pair.before), after: thing(pair.after), by: pair.by, fields }];
  });
  return {
    come: come.map(thing),
    gone: gone.map(thing),
    changed,
    passing: { come: passing(matching.come, before), gone: passing(matching.gone, after) },
    notCompared: [...unseen.values()].sort((a, b) =>
      `${a.side} ${a.operation}` < `${b.side} ${b.operation}` ? -1 : 1,
    ),
  };
}

const passing = (resources: readonly Resource[], other: Estate): number =>
  resources.filter((one) => isPassing(one) && wouldTell(other, one)).length;

/** Whether the other input would have it if it were there: it has the answer that tells of such things. */
export const wouldTell = (other: Estate, { source, account, region }: Resource): boolean =>
  statusOf(other.coverage, source.operation, { account, region }) === 'read';

export const thing = ({ id, kind, name, source }: Resource): Thing => ({ id, kind, name, source });

/** What a thing is called and where it stands on paper, and not what it is. */
const NOT_FIELDS: ReadonlySet<string> = new Set(['kind', 'source', 'keptBy', 'derived']);
/** Made anew, it has these anew. */
const OF_ITS_OWN: ReadonlySet<string> = new Set([
  'id',
  'arn',
  'account',
  'region',
  'created',
  'launchTime',
  'revision',
]);

function fieldChanges(
  { before, after, by }: Pair,
  then: Estate,
  now: Estate,
  earlier: (id: string) => string,
  count: (side: NotCompared['side'], operation: string, what: 'fields') => void,
): readonly FieldChange[] {
  const [was, is] = [new Map<string, unknown>(Object.entries(before)), new Map<string, unknown>(Object.entries(after))];
  const fields = [...new Set([...was.keys(), ...is.keys()])]
    .filter((field) => !NOT_FIELDS.has(field) && !(by === 'name' && OF_ITS_OWN.has(field)))
    .sort();
  return fields.flatMap((field) => {
    const [a, b] = [was.get(field), is.get(field)];
    if (a === undefined && b === undefined) return [];
    // a resource is called by its id where no name of it was read
    if (field === 'name' && (a === `${before.id}` || b === `${after.id}`)) return [];
    if (a === undefined || b === undefined) {
      // one of the two was not told it: nothing changed that anybody saw
      count(a === undefined ? 'before' : 'after', (a === undefined ? before : after).source.operation, 'fields');
      return [];
    }
    const [left, right] = [comparable(a, (id) => id), comparable(b, earlier)];
    if (JSON.stringify(left) === JSON.stringify(right)) return [];
    return [{ field, ...said(left, right, a, b, then, now), byAws: isByAws(after.kind, field) }];
  });
}

function said(
  left: unknown,
  right: unknown,
  a: unknown,
  b: unknown,
  then: Estate,
  now: Estate,
): Pick<FieldChange, 'before' | 'after' | 'more' | 'less'> {
  if (Array.isArray(left) && Array.isArray(right)) {
    const { more, less } = listChange(left, right);
    const told = (list: readonly unknown[], estate: Estate): readonly string[] =>
      list.map((one) => inWords(one, estate) ?? 'something longer').sort();
    return { before: null, after: null, more: told(more, now), less: told(less, then) };
  }
  const same = (value: string): string => value;
  return {
    before: inWords(comparable(a, same), then) ?? null,
    after: inWords(comparable(b, same), now) ?? null,
    more: [],
    less: [],
  };
}
