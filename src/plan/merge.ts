/**
 * Today's resources with what the edits make of them. A resource that no edit touches stays the very object that was
 * read, so nothing that a program does not declare (a status, a health, a date) is lost or invented. Of an edited one only
 * the fields change that the edit changes.
 */
import type { Resource } from '../estate/resource.ts';
import { keyOf, type Today } from './today.ts';

/** A field that an edit changes, and that our writing of today's resource does not tell as AWS does. */
export interface Drift {
  readonly kind: string;
  readonly id: string;
  readonly field: string;
}

/** What the edits changed of a resource: the names of the fields; null where it is new or gone. */
export type Touched = ReadonlyMap<string, readonly string[] | null>;

export interface Merged {
  readonly resources: readonly Resource[];
  readonly drift: readonly Drift[];
  readonly touched: Touched;
}

export function merged(today: Today, told: readonly Resource[]): Merged {
  const now = new Map(told.map((one) => [keyOf(one), one]));
  const touched = new Map<string, readonly string[] | null>();
  const drift: Drift[] = [];
  const resources: Resource[] = [];
  const seen = new Set<string>();
  const known = knownEdits.get(today) ?? new WeakMap<Resource, Edited>();
  knownEdits.set(today, known);
  for (const raw of today.estate.resources) {
    const key = keyOf(raw);
    seen.add(key);
    const before = today.readBack.get(key);
    const next = now.get(key);
    if (before === undefined || before === next) resources.push(raw);
    else if (next === undefined) touched.set(key, null);
    else {
      const edited = known.get(next) ?? editedBy(raw, before, next);
      known.set(next, edited);
      resources.push(edited.resource);
      if (edited.fields.length > 0) touched.set(key, edited.fields);
      drift.push(...edited.drift);
    }
  }
  for (const [key, one] of now) {
    if (seen.has(key) || today.readBack.has(key)) continue;
    touched.set(key, null);
    resources.push(one);
  }
  return { resources, drift, touched };
}

interface Edited {
  readonly resource: Resource;
  readonly fields: readonly string[];
  readonly drift: readonly Drift[];
}

/** By what is read of a resource now: as long as that is the same object, so is what the edits make of today's. */
const knownEdits = new WeakMap<Today, WeakMap<Resource, Edited>>();

function editedBy(raw: Resource, before: Resource, next: Resource): Edited {
  const fields = changedFields(before, next);
  if (fields.length === 0) return { resource: raw, fields, drift: [] };
  const drift = fields.flatMap((field): readonly Drift[] =>
    same(fieldOf(raw, field), fieldOf(before, field)) || comesNew(raw, before, field)
      ? []
      : [{ kind: raw.kind, id: raw.id, field }],
  );
  const changes = Object.fromEntries(fields.map((field) => [field, fieldOf(next, field)]));
  return { resource: { ...raw, ...changes, ...outdated(raw, fields) } as Resource, fields, drift };
}

/** What AWS concluded from a field that is another now: its verdict on a policy. What the field says is read anew. */
const outdated = (raw: Resource, fields: readonly string[]): object =>
  raw.kind === 'bucket' && fields.includes('policy') ? { policyIsPublic: undefined } : {};

const fieldOf = (resource: object, field: string): unknown => Reflect.get(resource, field);

/** Known not to be there, and nothing said of it (an account without a password policy): what is declared now is all there is. */
const comesNew = (raw: Resource, before: Resource, field: string): boolean =>
  fieldOf(raw, field) === null && fieldOf(before, field) === undefined;

/** Where it was read, and from what it was concluded: nothing of the thing itself. */
const NOT_TOLD = new Set(['source', 'derived']);

function changedFields(before: Resource, next: Resource): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(next)])]
    .filter((field) => !NOT_TOLD.has(field) && !same(fieldOf(before, field), fieldOf(next, field)))
    .sort();
}

/** Equal but for where it was read; in lists of references the order means nothing. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false;
    if (a.every((each, n) => same(each, b[n]))) return true;
    const [left, right] = [a, b].map((list) => list.map((each) => textOf(each)).sort());
    return left !== undefined && right !== undefined && left.every((each, n) => each === right[n]);
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) return false;
  const [left, right] = [membersOf(a), membersOf(b)];
  return left.size === right.size && [...left].every(([key, value]) => right.has(key) && same(value, right.get(key)));
}

/** A reference is its id: the field and the answer that it was read from are not what it says. */
function membersOf(value: object): ReadonlyMap<string, unknown> {
  const entries = Object.entries(value).filter(([key, each]) => each !== undefined && key !== 'source');
  const reference = entries.some(([key]) => key === 'id') && entries.some(([key]) => key === 'field');
  return new Map(reference ? entries.filter(([key]) => key !== 'field') : entries);
}

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  if (Array.isArray(value)) return `[${value.map(textOf).sort().join(',')}]`;
  return `{${[...membersOf(value)]
    .map(([key, each]) => `${key}:${textOf(each)}`)
    .sort()
    .join(',')}}`;
}
