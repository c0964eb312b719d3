import { RunError } from '@pulumi/pulumi';

/**
 * A journey that cannot be followed: a step name that does not exist, a list of steps that is no list of steps, a value asked
 * for where it does not exist. A `RunError`, because Pulumi prints its message alone, without a stack trace.
 */
export class StepError extends RunError {
  override readonly name = 'StepError';
}
