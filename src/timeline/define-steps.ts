import { Config } from '@pulumi/pulumi';
import { checkNames, type StepNames } from './names.ts';
import { positionOf } from './position.ts';
import { type Steps, stepsAt } from './steps.ts';

export interface StepOptions {
  /**
   * Where a stack stands whose configuration names no step: at the first one, or, when true, behind the whole journey. For stacks
   * that were never built by hand: `{ settled: pulumi.getStack() === 'dev' }`. @default false
   */
  readonly settled?: boolean;
}

/**
 * The journey of a program. The reached step is the stack's configuration `step`, in the project's namespace, and is read once, here:
 * `pulumi config set step way-in`. Throws a `StepError` when the names are empty, repeated or unreadable, and when the configuration
 * names a step that is not one of them.
 */
export function defineSteps<const Names extends StepNames>(names: Names, options: StepOptions = {}): Steps<Names> {
  checkNames(names);
  return stepsAt(names, positionOf(names, new Config().get('step'), options.settled === true ? 'settled' : 'first'));
}
