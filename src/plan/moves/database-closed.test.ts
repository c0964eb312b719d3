import { expect, it } from 'vitest';
import { proveStep } from '../prove.ts';
import { outline, shopAfter, stepsOf } from '../testing/databases.ts';
import { contextOf, objections } from '../testing/shop.ts';
import { move as adopt } from './adopt.ts';
import { move } from './database-closed.ts';
import { move as functionsInside } from './functions-inside.ts';
import { move as groupsBeside } from './groups-beside.ts';
import { move as privateNetwork } from './private-network.ts';
import { move as wayIn } from './way-in.ts';

const ready = shopAfter(adopt, privateNetwork, groupsBeside, wayIn, functionsInside);

it('closes every database of the environment in one contract, and is done then', () => {
  const proposal = move.propose(contextOf(ready, 'production'));
  expect(outline(proposal)).toEqual(['contract legacy-prod-database-closed']);
  const [step] = stepsOf(proposal);
  if (!step) throw new Error('no step');
  expect(step.edits.map((edit) => edit.op === 'update' && edit.properties)).toEqual(
    Array.from({ length: 3 }, () => ({ publiclyAccessible: false })),
  );
  const proven = proveStep(ready, step);
  expect(objections(proven)).toEqual([]);
  if (!proven.after) throw new Error('no state');
  expect(move.propose(contextOf(proven.after, 'production')).state).toBe('notNeeded');
});

it('may not come before the way in and before the functions are inside', () => {
  const early = shopAfter(adopt);
  const [step] = stepsOf(move.propose(contextOf(early, 'production')));
  if (!step) throw new Error('no step');
  const found = objections(proveStep(early, step));
  expect(found).toContainEqual(expect.stringContaining('function/legacy-prod-worker -> database/legacy-prod-mysql'));
  expect(found).toContainEqual(expect.stringContaining('people -> database/legacy-prod-mysql tcp/3306'));
});
