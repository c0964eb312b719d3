import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../../tests/runs.ts';
import { disagreements } from './testing/compare.ts';
import { estateFor, randomNetwork } from './testing/random-network.ts';

it('the evaluator and a naive oracle that pushes single packets agree on 2 500 random networks', () => {
  fc.assert(
    fc.property(randomNetwork, (network) => {
      expect(disagreements(estateFor(network))).toEqual([]);
    }),
    { numRuns: runs(2_500) },
  );
});
