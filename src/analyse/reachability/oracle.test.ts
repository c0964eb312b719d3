import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disagreements } from './testing/compare.ts';
import { estateFor, randomNetwork } from './testing/random-network.ts';

/** With `oracle-more.test.ts` 10 000 networks, other ones at every run; two files, so that two processors share them. */
describe('the evaluator and a naive oracle that pushes single packets agree', () => {
  it.each([1, 2])('on 2 500 random networks (%i of 4)', () => {
    fc.assert(
      fc.property(randomNetwork, (network) => {
        expect(disagreements(estateFor(network))).toEqual([]);
      }),
      { numRuns: 2_500 },
    );
  });
});
