/** What one way to more power is, as data, and the words that its tables are written in. */
import type { ContextInput } from '../context.ts';

/**
 * What a permission is needed on:
 * - `target`: the principal whose power is gained;
 * - `carrier`: the thing that carries it (a function with the role, a policy that it holds, a group that it is in);
 * - `anything`: some resource of the caller's choice, with an ARN of this form.
 */
export type Place = 'target' | 'carrier' | { readonly anything: string };

export interface Need {
  readonly action: string;
  readonly on: Place;
  readonly context?: ContextInput;
}

/** Any of them is enough. */
export type Needs = readonly Need[];

interface Common {
  /** Stable, kebab case. */
  readonly id: string;
  /** Completes "… because it can": an infinitive without "to". */
  readonly says: string;
  /** All are needed; of each the first that is granted is told. */
  readonly needs: readonly Needs[];
  /** What must be so beside permissions, when the input does not tell: stays with the chain as an assumption. */
  readonly assumes?: string;
}

/** Gives the caller the credentials of the target. */
export interface Takeover extends Common {
  readonly gains: 'identity';
  readonly target: 'user' | 'role';
  /** What carries the target's credentials; left out when the target itself is touched. */
  readonly carrier?: 'function' | 'instance' | 'service';
  /** The service that the target must trust for a role to be passed to it. */
  readonly passedTo?: string;
  /** Only for users that (do not) sign in to the console. */
  readonly console?: boolean;
  /** What the credentials carry, where it decides on conditions of the target's own policies. */
  readonly signedWith?: ContextInput;
  /** The caller writes itself into the role's trust, so the trust of today does not matter. */
  readonly rewritesTrust?: boolean;
}

/** The service that takes the role for each kind of carrier. */
export const RUN_BY = {
  function: 'lambda.amazonaws.com',
  instance: 'ec2.amazonaws.com',
  service: 'ecs-tasks.amazonaws.com',
} as const;

/** Gives the target every permission: the target can be the caller itself. */
export interface Promotion extends Common {
  readonly gains: 'policy';
  readonly target: 'user' | 'role';
  readonly carrier?: 'policy' | 'group' | 'administratorGroup';
  /** Set when it only works if an answer that the input never has says so. */
  readonly unproven?: { readonly operation: string; readonly reason: string };
}

export type Escalation = Takeover | Promotion;

export const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
export const KEY: ContextInput = { 'aws:MultiFactorAuthPresent': null };
export const PASSWORD: ContextInput = { 'aws:MultiFactorAuthPresent': 'false' };

export const target = (action: string, context?: ContextInput): Needs => [
  { action, on: 'target', ...(context ? { context } : {}) },
];
export const carrier = (action: string, context?: ContextInput): Needs => [
  { action, on: 'carrier', ...(context ? { context } : {}) },
];
export const any = (action: string, arn: string): Need => ({ action, on: { anything: arn } });

/** `${…}` is filled in; `*` takes a name of the caller's choice. */
export const own = (service: string, resource: string): string => `arn:aws:${service}:{region}:{account}:${resource}`;

export const passing = (id: string, service: string, says: string, ...needs: readonly Needs[]): Takeover => ({
  id,
  gains: 'identity',
  target: 'role',
  says,
  passedTo: service,
  signedWith: KEY,
  needs: [target('iam:PassRole', { 'iam:PassedToService': service }), ...needs],
});
