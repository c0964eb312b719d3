import { expect, it } from 'vitest';
import { same } from './merge.ts';
import { after, estateAt, type State } from './state.ts';
import { planWith, shopToday } from './testing/shop.ts';
import { inverseOf } from './undo.ts';

/** The estates are equal but for where things were read. */
function differences(a: State, b: State): readonly string[] {
  const [left, right] = [estateAt(a), estateAt(b)];
  const was = new Map(left.resources.map((one) => [`${one.kind} ${one.id}`, one]));
  const found: string[] = [];
  for (const one of right.resources) {
    const key = `${one.kind} ${one.id}`;
    const other = was.get(key);
    was.delete(key);
    if (!other || !same(other, one)) found.push(key);
  }
  return [...found, ...was.keys()];
}

it('a step whose undoing is promised to be exact is taken back to the same estate by its inverse', () => {
  let checked = 0;
  for (const { step, before, after: next } of planWith(shopToday()).steps) {
    const inverse = inverseOf(step, before);
    if (!inverse || !next) continue;
    expect(differences(before, after(next, inverse)), step.id).toEqual([]);
    checked += 1;
  }
  expect(checked).toBeGreaterThan(5);
});
