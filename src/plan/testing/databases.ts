/** For tests of the moves of databases and caches: the shop without what a move before them brings, and answers changed by hand. */
import { makeEstate } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Context, Move, Proposal } from '../move.ts';
import { move as adopt } from '../moves/adopt.ts';
import { move as databaseClosed } from '../moves/database-closed.ts';
import { move as functionsInside } from '../moves/functions-inside.ts';
import { move as groupsBeside } from '../moves/groups-beside.ts';
import { move as privateNetwork } from '../moves/private-network.ts';
import { move as wayIn } from '../moves/way-in.ts';
import type { Preferences } from '../preferences.ts';
import { type State, startOf } from '../state.ts';
import type { Step } from '../step.ts';
import { contextOf, shopToday, walk } from './shop.ts';

/** What stands before the data tier is touched. */
export const GROUND = [adopt, privateNetwork, groupsBeside, wayIn, functionsInside, databaseClosed] as const;

/** The shop after these moves, production only. */
export const shopAfter = (...moves: readonly Move[]): State =>
  walk(
    shopToday(),
    moves.map((move) => [move, move.scope === 'account' ? null : 'production'] as const),
  ).state;

/** The same point of the journey, as if AWS had answered otherwise of one resource. */
export function otherwise(
  state: State,
  name: string,
  fields: Readonly<Record<string, unknown>>,
  preferences: Preferences = {},
): Context {
  const context = contextOf(state, 'production', preferences);
  const resources = context.estate.resources.map((one) =>
    one.name === name ? ({ ...one, ...fields } as Resource) : one,
  );
  return { ...context, estate: makeEstate({ ...context.estate, resources, flows: context.estate.flows }) };
}

export const today = (): State => startOf(shopToday());

export const stepsOf = (proposal: Proposal): readonly Step[] => (proposal.state === 'ready' ? proposal.steps : []);

/** `kind id` of each step. */
export const outline = (proposal: Proposal): readonly string[] =>
  stepsOf(proposal).map(({ kind, id }) => `${kind} ${id}`);

export const refusalsOf = (proposal: Proposal): readonly string[] =>
  proposal.state === 'refused' || proposal.state === 'ready'
    ? (proposal.refusals ?? []).map(({ because, change }) => `${because} ${change}`)
    : [];
