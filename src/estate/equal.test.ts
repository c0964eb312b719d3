import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../tests/runs.ts';
import { isEqual } from './equal.ts';

const plain = fc.object({ withBigInt: true, withMap: true, withSet: true, withUnboxedUndefined: true } as object);

it('two pieces of data are equal where Node says so', () => {
  fc.assert(
    fc.property(plain, plain, fc.clone(plain, 2), (a, b, [same, twin]) => {
      expect(isEqual(a, b)).toBe(isDeepStrictEqual(a, b));
      expect(isEqual(same, twin)).toBe(true);
      expect(isEqual([same, a], [twin, b])).toBe(isDeepStrictEqual(a, b));
    }),
    { numRuns: runs(300) },
  );
});

it('nothing, a list and an object are not taken for one another', () => {
  const all = [undefined, null, 0, '', false, [], {}, [undefined], { a: undefined }, { b: undefined }, new Map()];
  for (const [n, a] of all.entries()) for (const [m, b] of all.entries()) expect(isEqual(a, b)).toBe(n === m);
});
