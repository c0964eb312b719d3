/** What two points of the journey do not share. Resources that no edit touched are the same object, so this is cheap. */
import { differing } from '../../estate/differing.ts';
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

function compare(then: Estate, now: Estate): readonly Change[] {
  const [changes, gone]: [Change[], Change[]] = [[], []];
  for (const { before, after } of differing(then.resources, now.resources)) {
    if (after === undefined) gone.push({ key: keyOf(before), before, after, fields: [] });
    else {
      const fields = before ? fieldsBetween(before, after) : [];
      if (!before || fields.length > 0) changes.push({ key: keyOf(after), before, after, fields });
    }
  }
  return [...changes, ...gone];
}

function fieldsBetween(a: Resource, b: Resource): readonly string[] {
  const [left, right] = [new Map<string, unknown>(Object.entries(a)), new Map<string, unknown>(Object.entries(b))];
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((field) => field !== 'source' && !same(left.get(field), right.get(field)))
    .sort();
}

/** Kinds that no packet and no zone's loss asks for. */
const NOT_IN_THE_NETWORK: ReadonlySet<Kind> = new Set<Kind>([
  'user',
  'group',
  'role',
  'policy',
  'instanceProfile',
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
  'secret',
  'key',
]);

/** Fields that say who is told and what is kept, and move no packet. */
export const QUIET_FIELDS: ReadonlySet<string> = new Set([
  'tags',
  'name',
  'backupRetention',
  'deletionProtection',
  'versioning',
  'encryption',
  'logging',
  'pointInTimeRecovery',
]);

/** Kinds with a policy that says who from anywhere may use them. */
export const HAS_POLICY: ReadonlySet<Kind> = new Set<Kind>([
  'role',
  'bucket',
  'secret',
  'key',
  'queue',
  'topic',
  'table',
  'function',
]);

const kindOf = (change: Change): Kind | undefined => (change.after ?? change.before)?.kind;

const loud = ({ fields }: Change): boolean => fields.length === 0 || fields.some((field) => !QUIET_FIELDS.has(field));

/** Whether the change may matter to a connection. */
export const touchesNetwork = (change: Change): boolean => {
  const kind = kindOf(change);
  // the account can close every bucket to those who link to it
  if (kind === 'account') return change.fields.includes('publicAccessBlock');
  return kind !== undefined && !NOT_IN_THE_NETWORK.has(kind) && loud(change);
};

/** Whether it may matter to what the internet reaches: also who may do what by a policy of its own. */
export const touchesExposure = (change: Change): boolean =>
  touchesNetwork(change) || kindOf(change) === 'account' || HAS_POLICY.has(kindOf(change) ?? 'other');

const ONLY_ADMITS: ReadonlySet<string> = new Set([
  'securityGroups',
  'ingress',
  'egress',
  'publiclyAccessible',
  'policy',
  'publicAccessBlock',
]);

/** Whether it may matter to the loss of a zone: who admits whom does not. */
export const touchesZones = (change: Change): boolean => {
  if (!touchesNetwork(change)) return false;
  const kind = kindOf(change);
  if (kind === 'securityGroup' || kind === 'originAccess') return false;
  return (
    change.fields.length === 0 || change.fields.some((field) => !ONLY_ADMITS.has(field) && !QUIET_FIELDS.has(field))
  );
};

/** What of a workload or a store says who may do what; everything of an identity does. */
const SAYS_WHO: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  bucket: ['policy', 'publicAccessBlock', 'acl', 'ownership'],
  queue: ['policy', 'deadLetter'],
  topic: ['policy'],
  table: ['policy'],
  secret: ['policy'],
  key: ['policy'],
  function: ['role', 'environment', 'policy', 'network', 'deadLetter'],
  ecsService: ['taskDefinition', 'desired'],
  taskDefinition: ['taskRole', 'executionRole', 'containers'],
  instance: ['instanceProfile'],
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
]);

export const touchesAccess = (change: Change): boolean => {
  const kind = kindOf(change);
  if (kind === undefined) return false;
  const says = SAYS_WHO[kind];
  if (says) return change.fields.length === 0 || change.fields.some((field) => says.includes(field));
  return (
    IDENTITIES.has(kind) &&
    (change.fields.length === 0 || change.fields.some((field) => field !== 'tags' && field !== 'name'))
  );
};
