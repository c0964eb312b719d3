import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disagreements } from './testing/compare.ts';
import { estateFor, randomNetwork } from './testing/random-network.ts';

describe('the evaluator and a naive oracle that pushes single packets', () => {
  it('agree on 10 000 random networks', () => {
    fc.assert(
      fc.property(randomNetwork, (network) => {
        expect(disagreements(estateFor(network))).toEqual([]);
      }),
      { numRuns: Number(process.env.RUNS ?? 10_000) },
    );
  });
});
