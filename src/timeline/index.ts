export { defineSteps, type StepOptions } from './define-steps.ts';
export type { StepNames } from './names.ts';
export { StepError } from './step-error.ts';
export type { Entry, Steps, Timeline } from './steps.ts';
export type { Now, Timed } from './timed.ts';
