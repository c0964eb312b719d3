/** The timeline of a program at one place on its journey. Pure: where that place comes from is define-steps.ts. */
import { indexOfStep, type StepNames } from './names.ts';
import type { Before, Between, From, Onwards, Reign, Stretch } from './order.ts';
import type { Position } from './position.ts';
import { StepError } from './step-error.ts';
import { type Held, type Now, Timed } from './timed.ts';

/** An entry of a timeline: a value, or a function that makes it and is called only when the entry is the one that holds. */
export type Entry<T, When extends string> = T | ((now: Now<When>) => T);

/**
 * The entries of a timeline by the step from which they hold: `Keys` are the steps, `Values` what holds from each. The first
 * step has one: there is no step without a value.
 */
export type Timeline<Names extends StepNames, Keys extends string, Values> = {
  readonly [S in keyof Values]: Entry<Values[S], Reign<Names, S & string, Keys>> & Known<Names, S>;
} & { readonly [S in Keys & Names[number]]: unknown } & Offered<Names> & { readonly [S in Names[0]]: unknown };

type Known<Names extends StepNames, S> = S extends Names[number] ? unknown : NoStepIsCalled<S>;

/** Nothing is one, so the compiler's complaint about a misspelt step says so. */
interface NoStepIsCalled<S> {
  readonly step: S;
}

/** What an editor completes the keys from. */
type Offered<Names extends StepNames> = { readonly [S in Names[number]]?: unknown };

/** Of the type that is expected where it stands, so that its entries may differ as the values of an argument may; else of the type of its entries. */
type Value<T, Values> = unknown extends T ? Values[keyof Values] : T;

/** The steps of a program, and the one that this stack has reached. */
export interface Steps<Names extends StepNames> {
  /** All steps, in the order in which they are gone. */
  readonly names: Names;
  /** The step that the stack has reached; the last one when it is settled. */
  readonly reached: Names[number];
  /**
   * Whether the journey is behind: the stack's configuration says `settled`. Every timeline has its last value. Nothing is left
   * to adopt, so that a stack in an empty account can start here: `import: steps.settled ? undefined : 'shop-mysql'`.
   */
  readonly settled: boolean;
  /** Whether the stack has reached this step, or gone beyond it. */
  has(name: Names[number]): boolean;
  /** What exists from this step on. `make` is called only then. */
  since<const S extends Names[number], T>(name: S, make: (now: Now<From<Names, S>>) => T): Timed<T, From<Names, S>>;
  /** What exists before this step, and is gone from it on. `make` is called only before. */
  until<const S extends Names[number], T>(name: S, make: (now: Now<Before<Names, S>>) => T): Timed<T, Before<Names, S>>;
  /** What exists from the step `start` on and is gone from the step `end` on: help that the journey needs on its way. */
  during<const S extends Names[number], const U extends Names[number], T>(
    start: S,
    end: U,
    make: (now: Now<Between<Names, S, U>>) => T,
  ): Timed<T, Between<Names, S, U>>;
  /**
   * The part of the journey from the step `start` on, or from `start` until `end`: for the timelines of what exists only
   * there, whose first entry is then the one for `start`. Where the stack has not reached `start` it stands at `start`.
   */
  from<const S extends Names[number]>(start: S): Steps<Onwards<Names, S>>;
  from<const S extends Names[number], const U extends Names[number]>(start: S, end: U): Steps<Stretch<Names, S, U>>;
  /**
   * The value of the last entry at or before the reached step. An entry that is `undefined` counts: from there on there is no
   * value. A function is always called, so a value that is itself a function stands in another: `() => handler`.
   */
  at<const Keys extends string, T, Values extends { readonly [S in keyof Values]: T }>(
    timeline: Timeline<Names, Keys, Values>,
  ): Value<T, Values>;
}

/** The steps, seen from a place on the journey. `names` are checked already. */
export function stepsAt<const Names extends StepNames>(names: Names, position: Position): Steps<Names> {
  const { index: here, settled } = position;
  const reached: Names[number] = names[here] ?? names[0];
  // Takes what exists anywhere, so it can stand for every `Now`; what does not exist here is refused once more, at run time.
  const now = <T>(value: Timed<T, never>): T => value.demand(reached);
  const hold = <T>(exists: boolean, make: (take: typeof now) => T): Held<T> => (exists ? { value: make(now) } : null);

  return {
    names,
    reached,
    settled,
    has: (name) => here >= indexOfStep(names, name, 'has()'),
    since: (name, make) => new Timed(hold(here >= indexOfStep(names, name, 'since()'), make), `since '${name}'`),
    until: (name, make) => new Timed(hold(here < indexOfStep(names, name, 'until()'), make), `until '${name}'`),
    during(start, end, make) {
      const [first, gone] = [indexOfStep(names, start, 'during()'), indexOfStep(names, end, 'during()')];
      if (first >= gone)
        throw new StepError(`during('${start}', '${end}') ends before it starts: '${end}' is not a later step.`);
      return new Timed(hold(here >= first && here < gone, make), `from '${start}' until '${end}'`);
    },
    from(start: string, end?: string) {
      const first = indexOfStep(names, start, 'from()');
      const gone = end === undefined ? names.length : indexOfStep(names, end, 'from()');
      if (first >= gone)
        throw new StepError(`from('${start}', '${end}') ends before it starts: '${end}' is not a later step.`);
      const part: StepNames = [start, ...names.slice(first + 1, gone)];
      const index = Math.min(Math.max(here - first, 0), part.length - 1);
      // the compiler has its own tuple of the same names
      return stepsAt(part, { index, settled }) as never;
    },
    // one function for every type: the compiler works out which, from the entries
    at: (timeline: Readonly<Record<string, unknown>>): never => {
      const entry = timeline[holding(names, here, timeline)];
      return (isLazy(entry) ? entry(now) : entry) as never;
    },
  };
}

function isLazy(entry: unknown): entry is (now: Now<never>) => unknown {
  return typeof entry === 'function';
}

/** The key of the last entry at or before `here`, by the order of the steps and not of the keys. */
function holding(names: StepNames, here: number, timeline: Readonly<Record<string, unknown>>): string {
  for (const key of Object.keys(timeline)) indexOfStep(names, key, 'A timeline');
  const key = names.slice(0, here + 1).findLast((name) => Object.hasOwn(timeline, name));
  if (key === undefined || !Object.hasOwn(timeline, names[0]))
    throw new StepError(`A timeline has no value for the first step, '${names[0]}'. Say what holds from there on.`);
  return key;
}
