/**
 * A memory of answers, for estates that follow one another as the points of a journey do. An answer is kept together with
 * what was looked at to find it (watched.ts), and is given again for an estate in which all of that is the same; where
 * anything of it is another, the question is asked anew. So what an answer depends on is never listed by hand.
 */
import { type Estate, memoised } from './estate.ts';
import type { Resource } from './resource.ts';
import { answered, isAsLooked, type Looked, watched } from './watched.ts';

interface Known {
  readonly looked: Looked;
  readonly answer: unknown;
  /** The resources among which it was last seen to hold. */
  heldIn: readonly Resource[];
}

/** By question and subject, the newest answer first. */
export type Memory = Map<unknown, Map<unknown, Known[]>>;

export const newMemory = (): Memory => new Map();

const memories = new WeakMap<Estate, Memory>();

/** From now on answers about this estate are remembered, and taken from what is remembered. */
export function remember(estate: Estate, memory: Memory): void {
  memories.set(estate, memory);
}

/** Searching goes forward, and back when a step is refused. */
const KEPT = 3;

/**
 * A question of an estate and a subject (an id, or an object that stays the same). Its answer must be worked out when it is
 * given: what is looked at later is not noted. Without a memory it is asked once an estate.
 */
export function recalled<S, T>(ask: (estate: Estate, subject: S) => T): (estate: Estate, subject: S) => T {
  const asked = memoised((): Map<S, { readonly answer: T }> => new Map());

  return answered((estate, subject) => {
    const answers = asked(estate);
    let known = answers.get(subject);
    if (!known) {
      const memory = memories.get(estate);
      known = { answer: memory ? (remembered(memory, estate, subject).answer as T) : ask(estate, subject) };
      answers.set(subject, known);
    }
    return known.answer;
  });

  function remembered(memory: Memory, estate: Estate, subject: S): Known {
    let bySubject = memory.get(ask);
    if (!bySubject) {
      bySubject = new Map();
      memory.set(ask, bySubject);
    }
    const list = bySubject.get(subject) ?? [];
    const known = list.find(({ looked, heldIn }) => isAsLooked(looked, heldIn, estate)) ?? anew(estate, subject);
    known.heldIn = estate.resources;
    if (known !== list[0]) bySubject.set(subject, [known, ...list.filter((one) => one !== known)].slice(0, KEPT));
    return known;
  }

  function anew(estate: Estate, subject: S): Known {
    const { view, looked } = watched(estate);
    return { answer: ask(view, subject), looked, heldIn: estate.resources };
  }
}

/** As `recalled`, for a question of the estate alone. */
export function recalledWhole<T>(ask: (estate: Estate) => T): (estate: Estate) => T {
  const whole = recalled((estate, _subject: 'all') => ask(estate));
  return (estate) => whole(estate, 'all');
}
