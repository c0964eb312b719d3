/** For tests of moves and of the prover: the built-in shop, read once, and points of its journey. */
import { readFileSync } from 'node:fs';
import { loadInputs } from '../../inventory/load.ts';
import { rules } from '../../rules/catalog/index.ts';
import { audit } from '../../rules/run.ts';
import type { Context, Move, Proposal, Scope } from '../move.ts';
import { makePlan, type Plan } from '../plan.ts';
import { Preferences } from '../preferences.ts';
import { type Proven, proveStep } from '../prove.ts';
import { ACCOUNT, scopesOf } from '../scopes.ts';
import { estateAt, type State, startOf } from '../state.ts';
import { type Today, todayOf } from '../today.ts';

let shop: Today | undefined;

export function shopToday(): Today {
  if (shop === undefined) {
    const { estate, entries } = loadInputs(['examples/legacy-shop/inventory.json']);
    shop = todayOf(estate, entries);
  }
  return shop;
}

export const findingsOf = (today: Today) => audit(today.estate, rules);

/** The plan that only the named moves make: the others are left out. */
export const planWith = (today: Today, preferences: Preferences = {}): Plan =>
  makePlan(today, findingsOf(today), preferences);

/** The shop's own wishes, as they are shipped. */
export const shopWishes = (): Preferences =>
  Preferences.parse(JSON.parse(readFileSync('examples/legacy-shop/underpin.config.json', 'utf8')));

/** Those, but by Session Manager, so that the way in has something to lose. */
export const shopPreferences = (): Preferences => ({ ...shopWishes(), wayIn: 'ssm' });

let planned: Plan | undefined;

/** The shop's whole plan by these wishes, made once. */
export function shopPlan(): Plan {
  planned ??= planWith(shopToday(), shopPreferences());
  return planned;
}

export const scopeOf = (today: Today, environment: string | null): Scope =>
  environment === null ? ACCOUNT : (scopesOf(today.estate).find((one) => one.environment === environment) ?? ACCOUNT);

export const contextOf = (state: State, environment: string | null, preferences: Preferences = {}): Context => ({
  today: state.world.today,
  state,
  estate: estateAt(state),
  scope: scopeOf(state.world.today, environment),
  preferences,
});

export interface Walked {
  readonly state: State;
  readonly proven: readonly Proven[];
  /** What each move answered, in order. */
  readonly proposals: readonly Proposal[];
}

/** Makes moves one after the other, whatever the prover says of them: what it says is in `proven`. */
export function walk(
  today: Today,
  moves: readonly (readonly [move: Move, environment: string | null])[],
  preferences: Preferences = {},
): Walked {
  let state = startOf(today);
  const proven: Proven[] = [];
  const proposals: Proposal[] = [];
  for (const [move, environment] of moves) {
    const proposal = move.propose(contextOf(state, environment, preferences));
    proposals.push(proposal);
    if (proposal.state !== 'ready') continue;
    for (const step of proposal.steps) {
      const one = proveStep(state, step);
      proven.push(one);
      if (one.after) state = one.after;
    }
  }
  return { state, proven, proposals };
}

/** What the prover has against a step, in short texts: empty when all is proven. */
export const objections = ({ step, proofs }: Proven): readonly string[] =>
  Object.values(proofs).flatMap(({ condition, violations, unknowns }) => [
    ...violations.map(({ subject, because }) => `${step.id}: ${condition}: ${subject}: ${because}`),
    ...unknowns.map(({ subject, because }) => `${step.id}: ${condition}?: ${subject}: ${because}`),
  ]);
