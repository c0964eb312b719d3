/** The same answers in another order are the same input. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estateOf, everything, isMembers, type Json, legacyShop, type Members } from './whole.ts';

type Shuffle = <T>(list: readonly T[]) => T[];

/** Deterministic: the same seed gives the same order. */
const shuffler = (seed: number): Shuffle => {
  let n = 0;
  return <T>(list: readonly T[]): T[] => {
    n += 1;
    const [shuffled = [...list]] = fc.sample(
      fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length }),
      { seed: seed * 100_003 + n, numRuns: 1 },
    );
    return shuffled;
  };
};

const withKeys = (value: Json, shuffle: Shuffle): Json =>
  Array.isArray(value)
    ? value.map((item) => withKeys(item, shuffle))
    : isMembers(value)
      ? Object.fromEntries(shuffle(Object.entries(value)).map(([key, item]) => [key, withKeys(item, shuffle)]))
      : value;

const eachOperation = (change: (requests: readonly Json[]) => Json): Members => ({
  ...legacyShop,
  responses: Object.fromEntries(
    Object.entries(isMembers(legacyShop.responses) ? legacyShop.responses : {}).map(([operation, requests]) => [
      operation,
      Array.isArray(requests) ? change(requests) : requests,
    ]),
  ),
});

/** The resources that an answer lists; the lists inside a resource may be in an order that means something. */
const withListings = (requests: readonly Json[], shuffle: Shuffle): Json =>
  requests.map((request) =>
    isMembers(request) && isMembers(request.output)
      ? {
          ...request,
          output: Object.fromEntries(
            Object.entries(request.output).map(([key, item]) => [key, Array.isArray(item) ? shuffle(item) : item]),
          ),
        }
      : request,
  );

const bytes = (content: Members): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(everything(estateOf(content))).map(([part, told]) => [part, JSON.stringify(told)]));

/** Without the places in the file, which do move. */
const placeless = (content: Members): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(bytes(content)).map(([part, text]) => [part, text.replace(/\/responses\/[^" ]*/g, '')]),
  );

describe.each([1, 2, 3])('shuffled with seed %i', (seed) => {
  it('the keys of every object: the same bytes', () => {
    const shuffled = withKeys(legacyShop, shuffler(seed));
    expect(isMembers(shuffled) && bytes(shuffled)).toEqual(bytes(legacyShop));
  });

  it('the requests of every operation: the same answers', () => {
    const shuffle = shuffler(seed);
    expect(placeless(eachOperation((requests) => shuffle(requests)))).toEqual(placeless(legacyShop));
  });

  it('the resources of every listing: the same answers', () => {
    const shuffle = shuffler(seed);
    expect(placeless(eachOperation((requests) => withListings(requests, shuffle)))).toEqual(placeless(legacyShop));
  });
});
