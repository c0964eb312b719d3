/**
 * A move is a known transition of the domain: when it applies, what it waits for, and its steps from a given state. Moves
 * are data: a file in `moves/` that exports one `move` is registered by being there. A move says nothing of the order
 * among moves: what it truly needs it looks for in the estate, and the prover finds out the rest.
 */
import type { Estate } from '../estate/estate.ts';
import type { Resource } from '../estate/resource.ts';
import type { Preferences } from './preferences.ts';
import type { State } from './state.ts';
import type { Source, Step } from './step.ts';
import type { Today } from './today.ts';

export interface Scope {
  /** `production`, `development` …; null for the account as a whole. */
  readonly environment: string | null;
  /** Begins the names of what is new: `shop-prod`. */
  readonly stem: string;
  /** Whether a resource belongs to the environment; everything does when the scope is the account. */
  readonly holds: (resource: Resource) => boolean;
}

export interface Context {
  readonly today: Today;
  readonly state: State;
  /** The estate at this state. */
  readonly estate: Estate;
  readonly scope: Scope;
  readonly preferences: Preferences;
}

/** What cannot be done safely, and what would have to change. */
export interface Refusal {
  readonly move: string;
  readonly environment: string | null;
  /** Id of the resource, or the scope's name. */
  readonly subject: string;
  readonly because: string;
  readonly change: string;
}

export type Proposal =
  /** The move is done, or has nothing to do here. */
  | { readonly state: 'notNeeded' }
  /** Something that another move may bring is not there yet. */
  | { readonly state: 'waits'; readonly for: string }
  | { readonly state: 'refused'; readonly refusals: readonly Omit<Refusal, 'move' | 'environment'>[] }
  | {
      readonly state: 'ready';
      readonly steps: readonly Step[];
      /** Parts that are left out. */
      readonly refusals?: readonly Omit<Refusal, 'move' | 'environment'>[];
      /** The variant that was chosen, where the move has some. */
      readonly variant?: string;
    };

export interface Variant {
  readonly name: string;
  readonly tradeOff: string;
}

export interface Move {
  /** The file's name, and the word in `fixedBy` of rules. */
  readonly name: string;
  readonly title: string;
  /** What it makes better, in one sentence. */
  readonly about: string;
  readonly scope: 'account' | 'environment';
  /**
   * Early and cheap first: `additive` only adds, `risky` touches what serves, `closing` takes away, `last` needs everything
   * else to be done. A wish for the search, no rule.
   */
  readonly risk: 'additive' | 'risky' | 'closing' | 'last';
  /** Only when the team wishes it, or nothing else mends a finding. */
  readonly optional?: true;
  /** Moves that may need this one first: it is made when one of them is, though no finding asks for it. */
  readonly enables?: readonly string[];
  readonly variants?: readonly Variant[];
  /** In words, for the docs: what must be so. */
  readonly preconditions: readonly string[];
  readonly undo: string;
  readonly sources: readonly Source[];
  readonly propose: (context: Context) => Proposal;
}
