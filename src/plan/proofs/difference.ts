/** What two points of the journey do not share. Resources that no edit touched are the same object, so this is cheap. */
import type { Estate } from '../../estate/estate.ts';
import type { Kind, Resource } from '../../estate/resource.ts';
import { same } from '../merge.ts';
import { keyOf } from '../today.ts';

export interface Change {
  readonly key: string;
  readonly before: Resource | undefined;
  readonly after: Resource | undefined;
  /** Names of the fields that differ; empty where it is new or gone. */
  readonly fields: readonly string[];
}

const memory = new WeakMap<Estate, WeakMap<Estate, readonly Change[]>>();

export function changesBetween(before: Estate, after: Estate): readonly Change[] {
  if (before === after) return [];
  const byAfter = memory.get(before) ?? new WeakMap<Estate, readonly Change[]>();
  memory.set(before, byAfter);
  let known = byAfter.get(after);
  if (!known) {
    known = compare(before, after);
    byAfter.set(after, known);
  }
  return known;
}

function compare(before: Estate, after: Estate): readonly Change[] {
  const then = new Map(before.resources.map((one) => [keyOf(one), one]));
  const changes: Change[] = [];
  for (const now of after.resources) {
    const key = keyOf(now);
    const was = then.get(key);
    then.delete(key);
    if (was === now) continue;
    const fields = was === undefined ? [] : differing(was, now);
    if (was === undefined || fields.length > 0) changes.push({ key, before: was, after: now, fields });
  }
  for (const [key, was] of then) changes.push({ key, before: was, after: undefined, fields: [] });
  return changes;
}

function differing(a: Resource, b: Resource): readonly string[] {
  const [left, right] = [new Map<string, unknown>(Object.entries(a)), new Map<string, unknown>(Object.entries(b))];
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((field) => field !== 'source' && !same(left.get(field), right.get(field)))
    .sort();
}

/** Kinds that no packet and no zone's loss asks for. */
const NOT_IN_THE_NETWORK: ReadonlySet<Kind> = new Set<Kind>([
  'user',
  'group',
  'policy',
  'accessKey',
  'mfaDevice',
  'account',
  'trail',
  'alarm',
  'logGroup',
  'flowLog',
  'repository',
  'other',
  'organizationPolicy',
  'identityProvider',
]);

/** Fields that say who is told and what is kept, and move no packet. */
const QUIET_FIELDS: ReadonlySet<string> = new Set([
  'tags',
  'name',
  'backupRetention',
  'deletionProtection',
  'versioning',
  'encryption',
  'logging',
  'pointInTimeRecovery',
]);

/** Whether the change may matter to a connection, to what the internet reaches, or to the loss of a zone. */
export const touchesNetwork = (change: Change): boolean => {
  const kind = (change.after ?? change.before)?.kind;
  if (kind === undefined || NOT_IN_THE_NETWORK.has(kind)) return false;
  return change.fields.length === 0 || change.fields.some((field) => !QUIET_FIELDS.has(field));
};

const IDENTITIES: ReadonlySet<Kind> = new Set<Kind>([
  'user',
  'group',
  'role',
  'policy',
  'accessKey',
  'mfaDevice',
  'account',
  'instanceProfile',
  'organizationPolicy',
  'bucket',
  'queue',
  'topic',
  'table',
  'secret',
  'key',
  'function',
  'ecsService',
  'taskDefinition',
  'instance',
]);

export const touchesAccess = (change: Change): boolean => {
  const kind = (change.after ?? change.before)?.kind;
  return kind !== undefined && IDENTITIES.has(kind);
};
