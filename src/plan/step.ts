/** One reviewable change of the live system: what it changes, what it promises, and what must be seen before the next. */
import type { Question } from '../estate/evidence.ts';
import type { Kind, Resource } from '../estate/resource.ts';
import type { Edit } from './edit.ts';

/**
 * - `expand` only adds: what held keeps holding in every intermediate state.
 * - `contract` only removes: if the flows hold at the end, they held on the way.
 * - `switch` is one atomic change of one resource with a known inverse.
 * - `act` is an operation that no declarative tool expresses.
 * - `watch` waits for evidence.
 */
export type StepKind = 'expand' | 'contract' | 'switch' | 'act' | 'watch';

/** Seconds, from the good day to the bad one. */
export interface Seconds {
  readonly from: number;
  readonly to: number;
}

/** How sure a statement is: AWS says it; put together from what AWS says; or our own estimate. */
export type Certainty = 'documented' | 'composed' | 'estimate';

export interface Source {
  /** What is taken from the page, in our words. */
  readonly claim: string;
  readonly url: string;
  readonly certainty: Certainty;
}

/** An operation that a person starts, exactly as it would be typed. */
export interface Action {
  /** `rds:RebootDBInstance`; empty for what is done outside of AWS. */
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The command line, or the sentence for a person where no command exists. */
  readonly command: string;
}

/**
 * What an action changes that no program declares, in the estate's own terms: a zone after a failover, a device that a
 * person registered. The prover applies it; a later inventory can confirm it.
 */
export type Effect =
  | { readonly op: 'set'; readonly kind: Kind; readonly id: string; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly op: 'add'; readonly resource: Resource }
  | { readonly op: 'remove'; readonly kind: Kind; readonly id: string };

/** What must be seen before the next step. `inventory` can be checked on a later inventory, `query` is run by a person. */
export interface Gate {
  readonly type: 'inventory' | 'query' | 'person';
  readonly check: string;
  /** The command or query that answers it. */
  readonly query?: string;
  /** The same question for logs that the user has: `verify` answers it where they are given. */
  readonly asks?: Question;
}

/** What a step takes over or gives up: how the flows of what goes are found again. */
export interface Succession {
  /** Id of the resource that goes, or that its users leave. */
  readonly from: string;
  /** Ids of what serves in its place; empty when nothing needs it any more. */
  readonly to: readonly string[];
  /** Only for callers of this sort: a distribution takes over from a bucket for those who come from the internet. @default everybody */
  readonly only?: 'internet';
  readonly because: string;
  /** The team gave it up in writing: whoever comes from outside and still uses it is turned away. */
  readonly agreed?: true;
}

/** Something that the internet may reach from now on; with `cidrs`, only from these. */
export interface Exposes {
  readonly resource: string;
  readonly cidrs?: readonly string[];
  readonly because: string;
}

export interface Step {
  /** Unique in the plan, stable: `prod-database-closed`. */
  readonly id: string;
  readonly title: string;
  readonly kind: StepKind;
  readonly move: string;
  /** Null for what concerns the whole account. */
  readonly environment: string | null;
  readonly why: string;
  readonly edits: readonly Edit[];
  readonly actions: readonly Action[];
  readonly effects: readonly Effect[];
  readonly gate: readonly Gate[];
  readonly duration: Seconds;
  readonly clientsNotice: Seconds & { readonly what: string };
  readonly undo: { readonly how: string; readonly until: string; readonly exact: boolean };
  readonly sources: readonly Source[];
  readonly successions: readonly Succession[];
  /** Ids of stateful resources of which this step makes a copy that a restore can start from. */
  readonly copies: readonly string[];
  /** What this step may do that the prover otherwise refuses, each with its reason. */
  readonly declares: {
    /** Ids of resources that the internet, or the named addresses, may reach from now on. */
    readonly exposes?: readonly Exposes[];
    /** Zone loss that is worse while the move runs. */
    readonly thinner?: readonly { readonly flow: string; readonly until: string }[];
    /** Ids of the ways in that people have from now on. */
    readonly waysIn?: readonly string[];
    /** Ids of administrators who are none any more: the aim of the step. */
    readonly noLonger?: readonly string[];
    /** What somebody used and loses, on purpose. */
    readonly losesAccess?: readonly { readonly principal: string; readonly because: string }[];
    /** Deletions of stateful things that the team agreed to in writing. */
    readonly deletesData?: readonly { readonly resource: string; readonly because: string }[];
  };
}

/** A step without the parts that most steps leave empty. */
export function step(
  parts: Pick<
    Step,
    'id' | 'title' | 'kind' | 'move' | 'environment' | 'why' | 'duration' | 'clientsNotice' | 'undo' | 'sources'
  > &
    Partial<Step>,
): Step {
  return { edits: [], actions: [], effects: [], gate: [], successions: [], copies: [], declares: {}, ...parts };
}

export const NOTHING_NOTICED: Step['clientsNotice'] = { from: 0, to: 0, what: 'Nothing that we know of.' };

export const minutes = (from: number, to: number): Seconds => ({ from: from * 60, to: to * 60 });
export const days = (from: number, to: number): Seconds => ({ from: from * 86_400, to: to * 86_400 });
