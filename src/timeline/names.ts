/** Step names: which are allowed, and what a wrong one probably meant. */
import { nearest } from './nearest.ts';
import { StepError } from './step-error.ts';

/** The steps in the order in which they are gone; at least one. */
export type StepNames = readonly [string, ...string[]];

/** The configuration value of a stack that has the journey behind it, or never had to make it. No step may be called so. */
export const SETTLED = 'settled';

/** Names stand on a command line and as keys of objects, so they are plain words with dashes. */
const PLAIN = /^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/;

/** Refuses a list with an empty, unreadable, reserved or repeated name: each name is one place on the journey. */
export function checkNames(names: readonly string[]): void {
  if (names.length === 0) throw new StepError('defineSteps needs at least one step.');
  const seen = new Set<string>();
  names.forEach((name, index) => {
    const place = `Step ${index + 1} of ${names.length}`;
    if (name === '') throw new StepError(`${place} has an empty name. Give it one, like 'private-network'.`);
    if (!PLAIN.test(name))
      throw new StepError(
        `${place} is called '${name}'. A step's name is letters, digits and single dashes, and starts with a letter, like 'private-network'.`,
      );
    if (name === SETTLED)
      throw new StepError(
        `${place} is called '${SETTLED}', which already means the state after the last step. Choose another name.`,
      );
    if (seen.has(name))
      throw new StepError(`${place} is called '${name}', as is an earlier one. Each step needs a name of its own.`);
    seen.add(name);
  });
}

/** The place of a step on the journey, counted from 0; `where` begins the sentence that refuses a name which is none. */
export function indexOfStep(names: readonly string[], name: string, where: string): number {
  const index = names.indexOf(name);
  if (index < 0) throw new StepError(`${where} names the step '${name}', ${rightNames(names, name)}`);
  return index;
}

/** The end of that sentence: what was probably meant, and all that there is. */
export function rightNames(names: readonly string[], wrong: string, more: readonly string[] = []): string {
  const meant = nearest(wrong, [...names, ...more]);
  const guess = meant === undefined ? '' : ` Did you mean '${meant}'?`;
  const rest = more.length === 0 ? '' : `; or ${more.join(', ')}`;
  return `which this program does not have.${guess} The steps, in order: ${names.join(', ')}${rest}.`;
}
