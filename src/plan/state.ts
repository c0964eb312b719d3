/** One point of the journey: what is declared, what actions have changed, and who has taken over from whom. */
import { isEqual } from '../estate/equal.ts';
import type { Estate } from '../estate/estate.ts';
import { byId, makeEstate, memoised } from '../estate/estate.ts';
import type { Flow, FlowEnd } from '../estate/flow.ts';
import { type Memory, newMemory, remember } from '../estate/memory.ts';
import type { Resource } from '../estate/resource.ts';
import { rereader } from '../inventory/adopt/read-back.ts';
import { derivedInterfaces, withOwners } from '../inventory/derive/index.ts';
import { deriveFlows } from '../inventory/flows/index.ts';
import { joinFlows } from '../inventory/flows/make.ts';
import { withoutDependents } from './dependents.ts';
import { type Drift, merged, type Touched } from './merge.ts';
import type { Effect, Exposes, Step, Succession } from './step.ts';
import { keyOf, type Today } from './today.ts';
import { adoptable, edited, type World, worldOf } from './world.ts';

export interface State {
  readonly world: World;
  readonly effects: readonly Effect[];
  readonly successions: readonly Succession[];
  /** Ids of what people come in by, beside what they use today. */
  readonly waysIn: readonly string[];
  /** What the steps so far said that the internet may reach. */
  readonly exposed: readonly Exposes[];
  /** Ids of administrators whom the steps so far meant to be none any more. */
  readonly noLonger: readonly string[];
  /** Ids of stateful resources of which the journey has made a copy. */
  readonly snapshots: readonly string[];
}

export const startOf = (today: Today): State => ({
  world: worldOf(today),
  effects: [],
  successions: [],
  waysIn: [],
  exposed: [],
  noLonger: [],
  snapshots: [],
});

/** The state after a step. Throws `EditError` where the step does not fit the state. */
export const after = (state: State, step: Step): State => ({
  world: edited(state.world, step.edits),
  effects: step.effects.length === 0 ? state.effects : [...state.effects, ...step.effects],
  successions: step.successions.length === 0 ? state.successions : [...state.successions, ...step.successions],
  waysIn: [...new Set([...state.waysIn, ...(step.declares.waysIn ?? [])])],
  exposed: [...state.exposed, ...(step.declares.exposes ?? [])],
  noLonger: [...state.noLonger, ...(step.declares.noLonger ?? [])],
  snapshots: [...state.snapshots, ...step.copies],
});

interface Computed {
  readonly estate: Estate;
  /** Edited fields of adopted resources whose today we cannot write exactly: what becomes of them is not proven. */
  readonly drift: readonly Drift[];
}

/** What an estate is made from; the lists stay the same objects as long as nothing is added to them. */
type Parts = Pick<State, 'world' | 'effects' | 'successions'>;
type Made = Parts & { readonly computed: Computed };

const isMadeFrom =
  ({ world, effects, successions }: Parts) =>
  (one: Parts): boolean =>
    one.world === world && one.effects === effects && one.successions === successions;

/** What every point is made of. Points share nearly all of it, so that many of them weigh little. */
const made = new WeakMap<World, Made[]>();

/**
 * The last estates that were asked for. Analyses are remembered by the estate, and those of hundreds of points would weigh
 * much: an older point gets a fresh estate of the same parts when it is asked for again.
 */
const KEPT = 8;
const recent: Made[] = [];

function compute(state: State): Computed {
  const { world, effects, successions } = state;
  const at = recent.findIndex(isMadeFrom(state));
  const [found] = at < 0 ? [] : recent.splice(at, 1);
  const one = found ?? { world, effects, successions, computed: anew(state) };
  recent.push(one);
  if (recent.length > KEPT) recent.shift();
  return one.computed;
}

function anew(state: State): Computed {
  if (isToday(state)) return { estate: state.world.today.estate, drift: [] };
  const { world, effects, successions } = state;
  const ofWorld = made.get(world) ?? [];
  made.set(world, ofWorld);
  const known = ofWorld.find(isMadeFrom(state))?.computed;
  const { estate, drift } = known ?? build(state);
  if (!known) ofWorld.push({ world, effects, successions, computed: { estate, drift } });
  return { estate: remembering({ ...estate }, state.world.today), drift };
}

/** What was answered at the points of a journey; undefined where everything is asked anew. */
const answers = new WeakMap<Today, { readonly memory: Memory | undefined }>();

function remembering(estate: Estate, today: Today): Estate {
  const { memory } = answers.get(today) ?? { memory: newMemory() };
  answers.set(today, { memory });
  if (memory) remember(estate, memory);
  return estate;
}

/** The same today, from which every point of a journey is read, derived and asked as if there were no other: to compare with. */
export function forgetful(today: Today): Today {
  const one: Today = { ...today, read: (resources) => rereader()(resources) };
  answers.set(one, { memory: undefined });
  return one;
}

/** The estate at this point, made by the same readers and derivations as today's. */
export const estateAt = (state: State): Estate => compute(state).estate;
export const driftAt = (state: State): readonly Drift[] => compute(state).drift;

const isToday = ({ world, effects, successions }: State): boolean =>
  effects.length === 0 &&
  successions.length === 0 &&
  [...world.declared.values()].every((one) => one.adopted && one.inputs === one.adopted.inputs) &&
  world.deleted.size === 0;

function build(state: State): Computed {
  const { world, effects } = state;
  const { today } = world;
  const waiting = [...adoptable(today)].flatMap(([address, one]) =>
    world.declared.has(address) || world.deleted.has(address) ? [] : [one],
  );
  const told = today.read([...waiting, ...world.declared.values()]);
  const { resources, drift, touched } = merged(today, told);
  const effected = withEffects(resources, effects);
  const standing = withoutDependents(today.estate, effected, withEffected(touched, effects));
  // other derived things (a zone that a subnet names, a policy that is attached) are told by no edit and stay
  const known = standing.filter((one) => one.kind !== 'networkInterface' || one.derived === undefined);
  const scaling = scaledInto(known);
  const whole = withOwners([...known, ...derivedInterfaces(known)]).map((one) =>
    asBefore(today, keyOf(one), asMade(world, scaling, one)),
  );
  const bare = remembering(makeEstate({ ...today.estate, resources: whole, flows: [] }), today);
  const flows = flowsOf(bare, today.estate, state.successions).map((one) => asBefore(today, one.id, one));
  return { estate: { ...bare, flows }, drift };
}

/**
 * Of a target group that the plan makes it is known who registers targets: ECS services, as long as the program attaches
 * nothing itself and no scaling group does.
 */
function asMade({ today, declared }: World, scaling: ReadonlySet<string>, one: Resource): Resource {
  if (one.kind !== 'targetGroup' || one.targets !== undefined || byId(today.estate, one.id)) return one;
  const attaches = [...declared.values()].some(({ type, adopted }) => ATTACHING.has(type) && adopted === undefined);
  return attaches || scaling.has(one.id) || scaling.has(ANY) ? one : { ...one, servicesOnly: true };
}

const ATTACHING = new Set([
  'aws:lb/targetGroupAttachment:TargetGroupAttachment',
  'aws:autoscaling/attachment:Attachment',
]);

const ANY = 'any';
/** Ids of the target groups that scaling groups register their instances in. */
const scaledInto = (resources: readonly Resource[]): ReadonlySet<string> =>
  new Set(
    resources.flatMap((one) =>
      one.kind === 'autoScalingGroup' ? (one.targetGroups?.map(({ id }) => id as string) ?? [ANY]) : [],
    ),
  );

/** What says the same as at the point before is the same object: so it is seen that nothing is new of it. */
function asBefore<T extends object>(today: Today, key: string, one: T): T {
  if (answers.get(today)?.memory === undefined) return one;
  const all = lastMade.get(today) ?? new Map<string, object>();
  lastMade.set(today, all);
  const was = all.get(key);
  if (was === one || (was !== undefined && isEqual(was, one))) return was as T;
  all.set(key, one);
  return one;
}
const lastMade = new WeakMap<Today, Map<string, object>>();

/** What the input tells of the flows, and what the team declared or logs showed, which no reader can find again. */
function flowsOf(bare: Estate, today: Estate, successions: readonly Succession[]): Estate['flows'] {
  const derived = deriveFlows(bare);
  const known = new Set(derived.map(({ id }) => id));
  const kept = today.flows
    .filter((flow) => !known.has(flow.id) && isToldOnly(flow))
    .flatMap((flow) => carriedOn(flow, bare, successions));
  const told = joinFlows(kept, (id) => byId(bare, id)?.kind).filter(({ id }) => !known.has(id));
  return [...derived.map((flow) => withObserved(flow, today)), ...told].sort((a, b) =>
    a.id < b.id ? -1 : a.id > b.id ? 1 : 0,
  );
}

/** Whether nothing but people or logs tell of it: a flow that a setting names goes when no setting names it any more. */
const isToldOnly = ({ evidence }: Flow): boolean =>
  evidence.some(({ type }) => type === 'declared') || evidence.every(({ type }) => type === 'observed');

/** The flow as it goes on: by its own ends, or by who took over from one that went. Nothing where nobody did. */
function carriedOn(flow: Flow, bare: Estate, successions: readonly Succession[]): readonly Flow[] {
  const stands = (id: string): boolean => byId(bare, id) !== undefined;
  const endsFor = (end: FlowEnd, caller?: FlowEnd): readonly FlowEnd[] => {
    if (end.type !== 'resource' || stands(end.id)) return [end];
    const found = new Set<string>([end.id]);
    for (const id of found)
      if (!stands(id))
        for (const one of successions)
          if (one.from === id && (one.only === undefined || caller === undefined || caller.type === one.only))
            for (const to of one.to) found.add(to);
    return [...found].flatMap((id) => {
      const resource = byId(bare, id);
      return resource ? [{ type: 'resource' as const, id: resource.id }] : [];
    });
  };
  const [froms, tos] = [endsFor(flow.from), endsFor(flow.to, flow.from)];
  return froms.flatMap((from) => tos.map((to) => ({ ...flow, from, to })));
}

const observedOf = memoised(
  (estate): ReadonlyMap<string, Flow['evidence']> =>
    new Map(
      estate.flows.flatMap(({ id, evidence }) => {
        const seen = evidence.filter(({ type }) => type === 'observed');
        return seen.length === 0 ? [] : [[id, seen] as const];
      }),
    ),
);

/** What logs showed of a flow today is true of it at every point. */
function withObserved(flow: Flow, today: Estate): Flow {
  const seen = observedOf(today).get(flow.id);
  return seen === undefined ? flow : { ...flow, evidence: [...flow.evidence, ...seen] };
}

/** What an act changed takes its interfaces along, as an edit does: after a failover a database stands in another zone. */
function withEffected(touched: Touched, effects: readonly Effect[]): Touched {
  const sets = effects.flatMap((effect) => (effect.op === 'set' ? [effect] : []));
  if (sets.length === 0) return touched;
  const all = new Map(touched);
  for (const effect of sets) {
    const key = keyOf(effect);
    const known = all.get(key);
    if (known !== null) all.set(key, [...new Set([...(known ?? []), ...Object.keys(effect.fields)])]);
  }
  return all;
}

/** By what there was and what was done to it: the same at every later point. */
const affectedBy = new WeakMap<Resource, WeakMap<Effect, Resource>>();

function affected(resource: Resource, effect: Extract<Effect, { readonly op: 'set' }>): Resource {
  const byEffect = affectedBy.get(resource) ?? new WeakMap<Effect, Resource>();
  affectedBy.set(resource, byEffect);
  const known = byEffect.get(effect) ?? ({ ...resource, ...effect.fields } as Resource);
  byEffect.set(effect, known);
  return known;
}

function withEffects(resources: readonly Resource[], effects: readonly Effect[]): readonly Resource[] {
  if (effects.length === 0) return resources;
  const by = new Map(resources.map((one) => [keyOf(one), one]));
  for (const effect of effects) {
    if (effect.op === 'add') by.set(keyOf(effect.resource), effect.resource);
    else if (effect.op === 'remove') by.delete(keyOf(effect));
    else {
      const known = by.get(keyOf(effect));
      if (known) by.set(keyOf(effect), affected(known, effect));
    }
  }
  return [...by.values()];
}
