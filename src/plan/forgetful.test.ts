/**
 * The planner remembers answers from one point of a journey to the next. Here every point is read, derived and asked as if
 * there were no other, and both must say the same, byte for byte: along the journey, and on steps that fit nowhere.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { every, runs } from '../../tests/runs.ts';
import type { Edit } from './edit.ts';
import { type Proven, proveStep } from './prove.ts';
import { estateAt, forgetful, type State } from './state.ts';
import type { Step } from './step.ts';
import { shopPlan, shopToday } from './testing/shop.ts';

const plan = shopPlan();
const fresh = forgetful(shopToday());

/** The same point, of which nothing is remembered. */
const forgotten = (state: State): State => ({ ...state, world: { ...state.world, today: fresh } });

const written = ({ proofs, holds, after }: Proven): string => JSON.stringify([holds, proofs, after && told(after)]);

const told = (state: State) => {
  const { resources, flows } = estateAt(state);
  return { resources, flows };
};

const both = (state: State, step: Step): readonly [remembering: string, anew: string] => [
  written(proveStep(state, step)),
  written(proveStep(forgotten(state), step)),
];

it('along the journey of the shop each step is proven as if nothing were remembered', () => {
  const usual = every(5);
  for (const [n, { step, before }] of plan.steps.entries()) {
    if (n % usual !== 0) continue;
    const [remembering, anew] = both(before, step);
    expect(remembering, step.id).toBe(anew);
  }
});

const steps = plan.steps.map(({ step }) => step);
const place = fc.nat({ max: steps.length - 1 });

/** A step of elsewhere in the journey, whole or with edits left out or taken from another one. */
const spoiled: fc.Arbitrary<Step> = fc
  .record({ of: place, also: fc.option(place), kept: fc.array(fc.boolean(), { maxLength: 6 }) })
  .map(({ of, also, kept }) => {
    const step = steps[of] as Step;
    const other = also === null ? undefined : steps[also];
    const own = step.edits.filter((_, n) => kept[n] !== false);
    const edits: readonly Edit[] = [...own, ...(other?.edits ?? [])];
    return { ...step, edits, effects: [...step.effects, ...(other?.effects ?? [])] };
  });

it('steps that fit nowhere, taken at any point in any order, are judged as if nothing were remembered', () => {
  let judged = 0;
  let refused = 0;
  fc.assert(
    fc.property(place, fc.array(spoiled, { minLength: 1, maxLength: 3 }), (from, list) => {
      let state = plan.steps[from]?.before as State;
      for (const step of list) {
        const one = proveStep(state, step);
        expect(written(one), `${step.id} at ${steps[from]?.id}`).toBe(written(proveStep(forgotten(state), step)));
        if (one.after === undefined) continue;
        judged += 1;
        if (!one.holds) refused += 1;
        state = one.after;
      }
    }),
    { numRuns: runs(40), seed: 20_261 },
  );
  // both what holds and what does not was among them
  expect(refused).toBeGreaterThan(0);
  expect(judged).toBeGreaterThan(refused);
});
