import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disagreements } from './testing/compare.ts';
import { estateFor, randomNetwork } from './testing/random-network.ts';

/** The other half of oracle.test.ts. */
describe('the evaluator and a naive oracle that pushes single packets agree', () => {
  it.each([3, 4])('on 2 500 random networks (%i of 4)', () => {
    fc.assert(
      fc.property(randomNetwork, (network) => {
        expect(disagreements(estateFor(network))).toEqual([]);
      }),
      { numRuns: 2_500 },
    );
  });
});
