import { StepError } from './step-error.ts';

/**
 * A value that exists at the steps `When`, and nowhere else. `now(value)` inside a timeline gives it, where the compiler can
 * see that it exists; everywhere else the program says what holds without it, with `valueOr`.
 *
 * `When` is contravariant: what exists at more steps may be used where it need only exist at some of them.
 */
export class Timed<out T, in When extends string> {
  readonly #held: Held<T>;
  /** When it exists, in words: `since 'way-in'`. */
  readonly #span: string;

  constructor(held: Held<T>, span: string) {
    this.#held = held;
    this.#span = span;
  }

  /** Whether it exists at the step that the stack has reached. */
  get exists(): boolean {
    return this.#held !== null;
  }

  /** What is made of it, where it exists: `bastion.use((it) => it.publicIp)`. Exists at the same steps. */
  use<U>(make: (value: T) => U): Timed<U, When> {
    return new Timed(this.#held === null ? null : { value: make(this.#held.value) }, this.#span);
  }

  /** The value where it exists, and `fallback` where it does not. */
  valueOr<F>(fallback: F): T | F {
    return this.#held === null ? fallback : this.#held.value;
  }

  /** What `now` calls. Throws when it does not exist at the step `reached`. */
  demand(reached: string): T {
    if (this.#held === null)
      throw new StepError(
        `A value that exists only ${this.#span} is used at the step '${reached}'. Use it only where it exists, or say with valueOr what holds without it.`,
      );
    return this.#held.value;
  }

  /** Refused: a name in AWS that reads `[object Object]` would be found too late. */
  toString(): string {
    throw new StepError(
      `A value that exists only ${this.#span} is used as text. Take it out first, with now(value) or value.valueOr(…).`,
    );
  }
}

/** What is there; null when nothing is. */
export type Held<T> = { readonly value: T } | null;

/** Takes a value that exists at all of the steps `When`. The compiler refuses one that does not. */
export type Now<When extends string> = <T>(value: Timed<T, When>) => T;
