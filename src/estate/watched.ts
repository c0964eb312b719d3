/**
 * An estate that notes what is looked at in it. As long as all of that is the same in another estate, so is every answer
 * that was worked out from it: an answer is a pure function of the estate, and the estate has no other doors than these.
 * So what an analysis keeps for itself it keeps by estate (`memoised`, `indexed`, `recalled`), or by an object that the kept
 * thing rests on alone; what it kept by an id over several estates would be looked at unseen.
 */
import { differing } from './differing.ts';
import { type Edited, editOf } from './edited.ts';
import { isEqual } from './equal.ts';
import { all, byId, type Estate, type Index, memoised, setIndex } from './estate.ts';
import type { Kind, Resource } from './resource.ts';

export interface Looked {
  /** Ids that were asked for, whether something was found or not. */
  readonly ids: Set<string>;
  /** Kinds of which all were asked for. */
  readonly kinds: Set<Kind>;
  /** Whole parts of the estate: its coverage, its flows. */
  readonly parts: Map<keyof Estate, unknown>;
  /** What was asked of others that answer for themselves, each once. */
  readonly asked: Asked[];
}

interface Asked {
  readonly ask: Ask;
  readonly subject: unknown;
  answer: unknown;
}

type Ask = (estate: Estate, subject: never) => unknown;

interface View {
  readonly estate: Estate;
  readonly looked: Looked;
  /** What is in `looked.asked` already; undefined where others do not answer for themselves. */
  readonly known: Map<Ask, Set<unknown>> | undefined;
}

const views = new WeakMap<Estate, View>();

/**
 * The same estate, of which everything that is looked at from now on is noted. `wholly`: also what others look at to answer;
 * then none of them is asked for an answer only.
 */
export function watched(estate: Estate, wholly?: 'wholly'): { readonly view: Estate; readonly looked: Looked } {
  const looked: Looked = { ids: new Set(), kinds: new Set(), parts: new Map(), asked: [] };
  const part = <P extends keyof Estate>(name: P): Estate[P] => {
    looked.parts.set(name, estate[name]);
    return estate[name];
  };
  const view: Estate = {
    get resources() {
      return part('resources');
    },
    get coverage() {
      return part('coverage');
    },
    get flows() {
      return part('flows');
    },
    get notices() {
      return part('notices');
    },
    get collectedAt() {
      return part('collectedAt');
    },
  };
  const index: Index = {
    byId: {
      get: (id) => {
        looked.ids.add(id);
        return byId(estate, id);
      },
    },
    byKind: {
      get: (kind) => {
        looked.kinds.add(kind);
        return all(estate, kind);
      },
    },
  };
  setIndex(view, index);
  views.set(view, { estate, looked, known: wholly ? undefined : new Map() });
  return { view, looked };
}

/**
 * A question that whoever watches depends on by its answer, not by what the answer was made of. So the answer must be
 * worked out when it is given, and hold nothing that looks at the estate later.
 */
export function answered<S, T>(ask: (estate: Estate, subject: S) => T): (estate: Estate, subject: S) => T {
  return (estate, subject) => {
    const watching = views.get(estate);
    if (!watching) return ask(estate, subject);
    const { looked, known } = watching;
    if (!known) return ask(estate, subject);
    const answer = ask(watching.estate, subject);
    const subjects = known.get(ask) ?? new Set<unknown>();
    if (!subjects.has(subject)) {
      known.set(ask, subjects.add(subject));
      looked.asked.push({ ask, subject, answer });
    }
    return answer;
  };
}

/** Only looked up in, so that what was looked at is known. */
export interface Lookup<V> {
  readonly get: (key: string) => V | undefined;
}

/**
 * An index of an estate, made once; who watches depends on the entries that are looked up. An edited estate has that of its
 * original, where nothing that went into it was edited; else it is amended, or made anew where nobody tells how to.
 */
export function indexed<V>(
  build: (estate: Estate) => ReadonlyMap<string, V>,
  amended: (index: Lookup<V>, estate: Estate, edit: Edited) => Lookup<V> = (_index, estate) => build(estate),
): (estate: Estate) => Lookup<V> {
  const traced = memoised((estate) => {
    const { view, looked } = watched(estate, 'wholly');
    build(view);
    return looked;
  });
  const made = memoised((estate): Lookup<V> => {
    const edit = editOf(estate);
    if (edit === undefined) return build(estate);
    const index = made(edit.origin);
    return isTouched(traced(edit.origin), edit) ? amended(index, estate, edit) : index;
  });
  const entry = answered((estate: Estate, key: string) => made(estate).get(key));
  return (estate) => (views.has(estate) ? { get: (key) => entry(estate, key) } : made(estate));
}

const isTouched = ({ ids, kinds, parts }: Looked, edit: Edited): boolean =>
  parts.has('resources') || [...edit.kinds].some((kind) => kinds.has(kind)) || [...edit.ids].some((id) => ids.has(id));

/** Whether all of it is in `now` what it was where the resources were `then`. */
export function isAsLooked({ ids, kinds, parts, asked }: Looked, then: readonly Resource[], now: Estate): boolean {
  for (const [name, part] of parts) if (!isSamePart(part, now[name])) return false;
  const others = changedSince(then, now.resources);
  for (const id of others.ids) if (ids.has(id)) return false;
  for (const kind of others.kinds) if (kinds.has(kind)) return false;
  const answers = compared(now);
  for (const one of asked) {
    const { is, same } = answerNow(answers, now, one);
    if (!same) return false;
    one.answer = is;
  }
  return true;
}

interface Compared {
  readonly was: unknown;
  readonly is: unknown;
  readonly same: boolean;
}

/** Many look at the same: what was answered and what is answered now are compared once. */
const compared = memoised((): Map<Ask, Map<unknown, Compared>> => new Map());

function answerNow(
  answers: Map<Ask, Map<unknown, Compared>>,
  now: Estate,
  { ask, subject, answer: was }: Asked,
): Compared {
  let bySubject = answers.get(ask);
  if (!bySubject) {
    bySubject = new Map();
    answers.set(ask, bySubject);
  }
  const known = bySubject.get(subject);
  if (known !== undefined && known.was === was) return known;
  const is = known ? known.is : ask(now, subject as never);
  const fresh = { was, is, same: isEqual(was, is) };
  bySubject.set(subject, fresh);
  return fresh;
}

/** Also of a list that was put together anew, of the very same things. */
const isSamePart = (a: unknown, b: unknown): boolean =>
  a === b || (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, n) => one === b[n]));

interface Changed {
  readonly ids: Set<string>;
  readonly kinds: Set<Kind>;
}

const changes = new WeakMap<readonly Resource[], WeakMap<readonly Resource[], Changed>>();

function changedSince(then: readonly Resource[], now: readonly Resource[]): Changed {
  const known = changes.get(then)?.get(now);
  if (known) return known;
  const changed: Changed = { ids: new Set(), kinds: new Set() };
  for (const { before, after } of differing(then, now)) {
    const { id, kind } = after ?? before;
    changed.ids.add(id);
    changed.kinds.add(kind);
  }
  changes.set(then, (changes.get(then) ?? new WeakMap<readonly Resource[], Changed>()).set(now, changed));
  return changed;
}
