/** What holds for every journey: the timeline against the simplest way to look a value up. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkNames, type StepNames } from './names.ts';
import { positionOf } from './position.ts';
import { type Steps, stepsAt, type Timeline } from './steps.ts';

interface Journey {
  readonly names: StepNames;
  /** The value from a step on; absent where nothing changes. */
  readonly values: ReadonlyMap<string, number | undefined>;
}

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,3}(-[a-z0-9]{1,3}){0,2}$/).filter((each) => each !== 'settled');

const journey: fc.Arbitrary<Journey> = fc
  .tuple(
    fc.uniqueArray(name, { minLength: 1, maxLength: 40 }),
    fc.infiniteStream(fc.integer({ min: -1, max: 9 })),
    fc.boolean(),
  )
  .map(([[first = 'adopt', ...rest], stream, backwards]) => {
    const changes = rest.flatMap((each): [string, number | undefined][] => {
      const drawn = stream.next().value ?? 0;
      return drawn > 4 ? [] : [[each, drawn < 0 ? undefined : drawn]];
    });
    const entries: [string, number | undefined][] = [[first, 100], ...changes];
    return { names: [first, ...rest], values: new Map(backwards ? entries.toReversed() : entries) };
  });

/** Walks the steps one by one and keeps what was said last. */
function naive({ names, values }: Journey, reached: number): number | undefined {
  let value: number | undefined;
  for (const each of names.slice(0, reached + 1)) if (values.has(each)) value = values.get(each);
  return value;
}

const at = (names: StepNames, index: number): Steps<StepNames> => stepsAt(names, { index, settled: false });
const timeline = (
  values: Journey['values'],
): Timeline<StepNames, string, Readonly<Record<string, number | undefined>>> => Object.fromEntries(values);

describe('for any list of steps', () => {
  it('at() equals a naive lookup at every step, whatever the order of the keys, lazy or not', () => {
    fc.assert(
      fc.property(journey, ({ names, values }) => {
        const lazy = Object.fromEntries([...values].map(([key, value]) => [key, () => value]));
        names.forEach((_, index) => {
          const expected = naive({ names, values }, index);
          expect(at(names, index).at(timeline(values))).toBe(expected);
          expect(at(names, index).at(lazy)).toBe(expected);
        });
      }),
    );
  });

  it('going forward and then back gives the same values', () => {
    fc.assert(
      fc.property(journey, ({ names, values }) => {
        const seen = (index: number): unknown => {
          const steps = at(names, index);
          return [
            steps.at(timeline(values)),
            names.map((each) => [
              steps.has(each),
              steps.since(each, () => each).valueOr(null),
              steps.until(each, () => each).valueOr(null),
            ]),
          ];
        };
        const forward = names.map((_, index) => seen(index));
        const back = names.map((_, index) => seen(names.length - 1 - index)).toReversed();
        expect(back).toEqual(forward);
      }),
    );
  });

  it('since and until share out every step, and during is what both of its ends leave', () => {
    fc.assert(
      fc.property(journey, fc.nat(), fc.nat(), ({ names }, one, other) => {
        const start = names[one % names.length] ?? names[0];
        const end = names[other % names.length] ?? names[0];
        names.forEach((_, index) => {
          const steps = at(names, index);
          const exists = steps.since(start, () => 1).exists;
          expect(exists).toBe(steps.has(start));
          expect(steps.until(start, () => 1).exists).toBe(!exists);
          if (names.indexOf(start) < names.indexOf(end))
            expect(steps.during(start, end, () => 1).exists).toBe(exists && steps.until(end, () => 1).exists);
        });
      }),
    );
  });

  it('the configuration finds every step, and settled gives the values of the last one', () => {
    fc.assert(
      fc.property(journey, ({ names, values }) => {
        checkNames(names);
        names.forEach((each, index) => {
          expect(positionOf(names, each, 'settled')).toEqual({ index, settled: false });
        });
        const settled = stepsAt(names, positionOf(names, 'settled', 'first'));
        expect(settled.at(timeline(values))).toBe(naive({ names, values }, names.length - 1));
        for (const each of names) {
          expect(settled.since(each, () => 1).exists).toBe(true);
          expect(settled.until(each, () => 1).exists).toBe(false);
        }
      }),
    );
  });
});
