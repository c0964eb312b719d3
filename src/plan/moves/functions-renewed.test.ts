import { expect, it } from 'vitest';
import { all, makeEstate } from '../../estate/estate.ts';
import { estateAt } from '../state.ts';
import { contextOf, objections, shopToday, walk } from '../testing/shop.ts';
import { move as adopt } from './adopt.ts';
import { move } from './functions-renewed.ts';

const walked = walk(shopToday(), [
  [adopt, null],
  [move, 'production'],
]);

it('a function gets the successor of its runtime, in place, after a person has tested it', () => {
  const step = walked.proven.at(-1)?.step;
  expect(step).toMatchObject({
    kind: 'switch',
    edits: [{ op: 'update', name: 'legacy-prod-worker', properties: { runtime: 'nodejs24.x' } }],
    gate: [{ type: 'person' }, { type: 'query' }],
  });
  expect(walked.proven.flatMap(objections)).toEqual([]);
  const renewed = all(estateAt(walked.state), 'function').find(({ name }) => name === 'legacy-prod-worker');
  expect(renewed?.runtime).toBe('nodejs24.x');
});

it('a supported runtime needs nothing, and an unknown day decides nothing', () => {
  expect(move.propose(contextOf(walked.state, 'production')).state).toBe('notNeeded');
  const context = contextOf(walk(shopToday(), [[adopt, null]]).state, 'production');
  const { collectedAt: _day, ...rest } = context.estate;
  const proposal = move.propose({ ...context, estate: makeEstate(rest as typeof context.estate) });
  expect(proposal.state === 'refused' && proposal.refusals.map(({ because }) => because)).toEqual(
    expect.arrayContaining([expect.stringContaining('Whether AWS still supports')]),
  );
});

it('Go for go1.x has to be built anew, so it is refused', () => {
  const context = contextOf(walk(shopToday(), [[adopt, null]]).state, 'production');
  const resources = context.estate.resources.map((one) =>
    one.kind === 'function' ? { ...one, runtime: 'go1.x' } : one,
  );
  const proposal = move.propose({ ...context, estate: makeEstate({ ...context.estate, resources }) });
  expect(proposal).toMatchObject({
    state: 'refused',
    refusals: [{ because: expect.stringContaining('no successor') }],
  });
});
