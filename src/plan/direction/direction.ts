/**
 * Whether a change of a resource only adds (traffic, capacity, permission), only removes, does neither, or is a switch: a
 * table by kind and field, since that is a matter of what AWS does with the field.
 */
import { all, type Estate } from '../../estate/estate.ts';
import type { Kind, Resource } from '../../estate/resource.ts';
import type { Change } from '../proofs/difference.ts';
import { FIELDS } from './fields.ts';
import type { Direction, Judged } from './judge.ts';
import { comesUnseen } from './settings.ts';

export type { Direction } from './judge.ts';

export interface Told {
  readonly direction: Direction;
  readonly because: string;
  /** Fields of which no condition sees what a change of them does; a whole resource is `''`. */
  readonly unjudged: readonly string[];
}

const NEUTRAL_EVERYWHERE = new Set(['tags', 'name', 'description', 'derived', 'arn']);

/** Kinds of which nothing that the conditions look at is lost when they go, or whose loss no reader shows. */
const GOES_UNSEEN: ReadonlySet<Kind> = new Set<Kind>([
  'healthCheck',
  'organizationPolicy',
  'other',
  'scalableTarget',
  'subscription',
]);
/** Kinds that keep out when they come. */
const COMES_UNSEEN: ReadonlySet<Kind> = new Set<Kind>(['organizationPolicy', 'other']);

function ofWhole(resource: Resource, comes: boolean, then: Estate, now: Estate): Told {
  const because = `${resource.kind} ${resource.name} ${comes ? 'comes' : 'goes'}`;
  const unseen =
    (comes && comesUnseen(resource, then, now)) ||
    ((comes ? COMES_UNSEEN : GOES_UNSEEN).has(resource.kind) && !isInFlows(resource, then));
  const taken = comes && takesOver(resource, then);
  return {
    direction: taken ? 'switches' : comes ? 'adds' : 'removes',
    because: taken ? `${because}, over what stands in its subnets already` : because,
    unjudged: unseen ? [''] : [],
  };
}

/** A subscription that carries messages to what is read here is a flow, which the conditions look after. */
const isInFlows = ({ kind, source }: Resource, then: Estate): boolean =>
  kind === 'subscription' &&
  then.flows.some(({ evidence }) =>
    evidence.some(
      (one) => one.type === 'subscription' && one.source.path === source.path && one.source.file === source.file,
    ),
  );

/** A new table or list of rules for subnets in which something stands is another way for all of it, at once. */
const takesOver = (resource: Resource, then: Estate): boolean => {
  if (resource.kind !== 'routeTable' && resource.kind !== 'networkAcl') return false;
  const subnets = new Set<string>(resource.subnets?.map(({ id }) => id) ?? []);
  return all(then, 'networkInterface').some(({ subnet }) => subnet !== undefined && subnets.has(subnet.id));
};

export function directionOf(change: Change, then: Estate, now: Estate): Told {
  const { before, after, fields } = change;
  if (before === undefined || after === undefined) {
    const one = after ?? before;
    if (one === undefined) return { direction: 'neutral', because: '', unjudged: [] };
    return ofWhole(one, before === undefined, then, now);
  }
  const told = fields.map((field) => ({ field, ...judged(field, change, before, after, then, now) }));
  const kinds = new Set(told.map(({ direction }) => direction).filter((one) => one !== 'neutral'));
  const direction: Direction =
    kinds.size === 0 ? 'neutral' : kinds.size === 1 ? ([...kinds][0] ?? 'neutral') : 'switches';
  const says = { adds: 'grows', removes: 'shrinks', switches: 'changes', neutral: 'changes without effect' };
  return {
    direction,
    because: `${after.name}: ${told.map((one) => `${one.field} ${says[one.direction]}`).join(', ')}`,
    unjudged: told.flatMap(({ field, isJudged }) => (isJudged ? [] : [field])),
  };
}

interface FieldTold {
  readonly direction: Direction;
  readonly isJudged: boolean;
}

function judged(
  field: string,
  change: Change,
  before: Resource,
  after: Resource,
  then: Estate,
  now: Estate,
): FieldTold {
  if (NEUTRAL_EVERYWHERE.has(field)) return { direction: 'neutral', isJudged: true };
  const [was, is]: readonly unknown[] = [Reflect.get(before, field), Reflect.get(after, field)];
  if (field === 'publicAccessBlock') return { direction: blockDirection(was, is), isJudged: true };
  const answer: Judged = FIELDS[after.kind]?.[field]?.(was, is, change, then, now) ?? { unjudged: 'switches' };
  return typeof answer === 'string'
    ? { direction: answer, isJudged: true }
    : { direction: answer.unjudged, isJudged: false };
}

/** `true` keeps out. */
const closes = (before: unknown, after: unknown): Direction => (after === true && before !== true ? 'removes' : 'adds');

/** Four switches, each of which closes. */
function blockDirection(was: unknown, is: unknown): Direction {
  const of = (value: unknown): Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const [before, after] = [of(was), of(is)];
  const keys = ['blockPublicAcls', 'ignorePublicAcls', 'blockPublicPolicy', 'restrictPublicBuckets'];
  const told = keys
    .filter((key) => (before[key] === true) !== (after[key] === true))
    .map((key) => closes(before[key], after[key]));
  return told.length === 0 ? 'neutral' : new Set(told).size === 1 ? (told[0] ?? 'neutral') : 'switches';
}
