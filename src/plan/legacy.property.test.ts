/** Small accounts as teams build them by hand, put together at random: what has to hold of every plan. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../tests/runs.ts';
import { assemble } from '../inventory/assemble.ts';
import { readInventory } from '../inventory/format.ts';
import { inventoryOf } from '../rules/example.ts';
import { same } from './merge.ts';
import type { Plan } from './plan.ts';
import { working } from './proofs/working.ts';
import { provePlan, proveStep } from './prove.ts';
import { after, estateAt, forgetful, type State } from './state.ts';
import { type Choices, legacyAccount } from './testing/legacy.ts';
import { objections, planWith } from './testing/shop.ts';
import { type Today, todayOf } from './today.ts';
import { inverseOf } from './undo.ts';

const choices: fc.Arbitrary<Choices> = fc.record({
  vpc: fc.constantFrom('default', 'own'),
  zones: fc.constantFrom(1, 2, 3),
  sharedGroup: fc.boolean(),
  machine: fc.constantFrom('none', 'alone', 'balanced'),
  service: fc.constantFrom('none', 'bridge', 'fargate'),
  database: fc.constantFrom('none', 'bare', 'backed-up', 'replica'),
  cache: fc.boolean(),
  bucket: fc.constantFrom('none', 'private', 'public'),
  fn: fc.boolean(),
  users: fc.constantFrom(0, 1, 2),
  tags: fc.boolean(),
});

/** With `turned`, the answers come in the opposite order. */
function todayWith(chosen: Choices, turned = false): Today {
  const { entries, notices, collectedAt } = readInventory('example.json', inventoryOf(legacyAccount(chosen)));
  const list = turned ? [...entries].reverse() : entries;
  return todayOf(assemble(list, notices, collectedAt), list);
}

const written = ({ steps, refused, unproven }: Plan): string =>
  JSON.stringify([steps.map(({ step }) => step), refused, unproven]);

/** Planned once for all that has to hold of a plan. */
const made = fc.sample(choices, runs(8)).map((chosen) => {
  const today = todayWith(chosen);
  return { says: JSON.stringify(chosen), today, plan: planWith(today) };
});

it('refusals, and what could not be proven, explain themselves', () => {
  for (const { says, plan } of made) {
    for (const { because, change, subject } of plan.refused) {
      expect(because.length, `${says} ${subject}`).toBeGreaterThan(10);
      expect(change.length, `${says} ${subject}`).toBeGreaterThan(10);
    }
    for (const { step, counterexamples } of plan.unproven) {
      expect(counterexamples.length, `${says} ${step}`).toBeGreaterThan(0);
      for (const { because } of counterexamples) expect(because.length, `${says} ${step}`).toBeGreaterThan(10);
    }
  }
});

it('every step of a plan is proven again from scratch, and what worked at the beginning works at the end', () => {
  for (const { says, today, plan } of made) {
    const again = provePlan(
      today,
      plan.steps.map(({ step }) => step),
    );
    expect(again.flatMap(objections), says).toEqual([]);
    expect(again, says).toHaveLength(plan.steps.length);
    expect(lost(today, plan), says).toEqual([]);
  }
});

/** Required flows that work today and at the end neither work nor have an end that somebody took over from. */
function lost(today: Today, { end }: Plan): readonly string[] {
  const now = estateAt(end);
  const given = new Set(end.successions.map(({ from }) => from));
  return today.estate.flows.flatMap((flow) => {
    if (flow.evidence.every(({ type }) => type === 'open') || working(today.estate, flow).answer !== 'yes') return [];
    const is = now.flows.find(({ id }) => id === flow.id);
    if (is && working(now, is).answer === 'yes') return [];
    const succeeded = [flow.from, flow.to].some((of) => of.type === 'resource' && given.has(of.id));
    return succeeded ? [] : [flow.id];
  });
}

it('the same account gives the same plan, whatever the order of the answers', () => {
  fc.assert(
    fc.property(choices, (chosen) => {
      const first = written(planWith(todayWith(chosen)));
      expect(written(planWith(todayWith(chosen)))).toBe(first);
      expect(written(planWith(todayWith(chosen, true)))).toBe(first);
    }),
    { numRuns: runs(3) },
  );
});

/** The estates are equal but for where things were read. */
function differences(a: State, b: State): readonly string[] {
  const was = new Map(estateAt(a).resources.map((one) => [`${one.kind} ${one.id}`, one]));
  const found: string[] = [];
  for (const one of estateAt(b).resources) {
    const key = `${one.kind} ${one.id}`;
    const other = was.get(key);
    was.delete(key);
    if (!other || !same(other, one)) found.push(key);
  }
  return [...found, ...was.keys()];
}

it('a step that promises to be undone exactly is undone exactly', () => {
  for (const { says, plan } of made)
    for (const { step, before, after: next } of plan.steps) {
      const inverse = inverseOf(step, before);
      if (inverse && next) expect(differences(before, after(next, inverse)), `${says} ${step.id}`).toEqual([]);
    }
});

it('a step is proven with what is remembered of the points before as if nothing were', () => {
  for (const { says, today, plan } of made) {
    const fresh = forgetful(today);
    for (const { step, before, proofs } of plan.steps) {
      const anew = proveStep({ ...before, world: { ...before.world, today: fresh } }, step);
      expect(JSON.stringify(proofs), `${says} ${step.id}`).toBe(JSON.stringify(anew.proofs));
    }
  }
});
