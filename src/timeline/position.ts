import { rightNames, SETTLED } from './names.ts';
import { StepError } from './step-error.ts';

/** A place on the journey. */
export interface Position {
  /** Of the reached step, counted from 0. */
  readonly index: number;
  readonly settled: boolean;
}

/** The place that a stack's configuration names: a step, `settled`, or nothing. */
export function positionOf(
  names: readonly string[],
  configured: string | undefined,
  unset: 'first' | 'settled',
): Position {
  const last = names.length - 1;
  if (configured === undefined)
    return unset === 'settled' ? { index: last, settled: true } : { index: 0, settled: false };
  if (configured === SETTLED) return { index: last, settled: true };
  const index = names.indexOf(configured);
  if (index < 0)
    throw new StepError(
      `The stack's configuration names the step '${configured}', ${rightNames(names, configured, [SETTLED])} Set one with: pulumi config set step NAME`,
    );
  return { index, settled: false };
}
