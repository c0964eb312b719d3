/** What every part of the generator shares. */
import type { Answers } from './answers.ts';
import type { Random } from './random.ts';

export interface Build {
  readonly answers: Answers;
  readonly random: Random;
  /** From 0 (as a careful team builds) to 1 (as nobody dares to touch). */
  readonly mess: number;
  /** Numbers that were not given before. */
  readonly next: () => number;
  readonly publicAddress: () => string;
}
