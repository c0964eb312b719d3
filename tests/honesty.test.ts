/** Over the whole legacy shop: whatever is taken out of the input, nothing bad about what is still there turns good. */
import { describe, expect, it } from 'vitest';
import { claimsOf, contradictions } from './fuzz/claims.ts';
import { type Cut, elementCuts, fieldCuts, requestCuts } from './fuzz/cuts.ts';
import { isUndetectable, UNDETECTABLE } from './fuzz/undetectable.ts';
import { every } from './runs.ts';
import { estateOf, isMembers, legacyShop, type Members } from './whole.ts';

const responses: Members = isMembers(legacyShop.responses) ? legacyShop.responses : {};
const before = claimsOf(estateOf(legacyShop));

/** Evenly spread, always the same: there are ten thousand of them, and each takes every analysis. */
function* sample(cuts: Iterable<Cut>, step: number): Generator<Cut> {
  let n = 0;
  for (const cut of cuts) {
    if (n % step === 0) yield cut;
    n += 1;
  }
}

function* allowed(cuts: Iterable<Cut>, of: 'field' | 'resource'): Generator<Cut> {
  for (const cut of cuts) if (!isUndetectable(cut, of)) yield cut;
}

const turned = (cut: Cut, strictly: boolean): readonly string[] =>
  contradictions(before, estateOf({ ...legacyShop, responses: cut.responses }), { strictly }).map(
    (claim) => `without ${cut.name}: ${claim}`,
  );

it('has something to lose', () => {
  const answers = [...before.values()].map(({ answer }) => answer);
  expect(answers.filter((answer) => answer === 'bad').length).toBeGreaterThan(200);
  expect(answers.filter((answer) => answer === 'good').length).toBeGreaterThan(200);
});

// a resource less may well make a good thing bad: the alarm that is gone was needed
it.each([
  ['an operation, refused or left out', () => requestCuts(responses), 23, true],
  ['a field of an answer', () => allowed(fieldCuts(responses), 'field'), 211, true],
  ['a resource', () => allowed(elementCuts(responses), 'resource'), 15, false],
] as const)('no answer turns into its opposite without %s', (_, cuts, usual, strictly) => {
  expect([...sample(cuts(), every(usual))].flatMap((cut) => turned(cut, strictly))).toEqual([]);
});

it('nor without two of them', () => {
  const firsts = [...sample(allowed(fieldCuts(responses), 'field'), every(1201))];
  const both = firsts.flatMap((first, n) =>
    [...sample(allowed(fieldCuts(first.responses), 'field'), 3659 + n * 2)]
      .slice(1, 3)
      .map((second) => ({ ...second, name: `${first.name} and ${second.name}` })),
  );
  expect(both.length).toBeGreaterThan(10);
  expect(both.flatMap((cut) => turned(cut, true))).toEqual([]);
});

describe('what cannot be noticed', () => {
  it.each(UNDETECTABLE)('$shape: $because', ({ of, shape }) => {
    const cuts = of === 'field' ? fieldCuts(responses) : elementCuts(responses);
    let needed = false;
    for (const cut of cuts) {
      needed = shape.test(cut.shape) && turned(cut, of === 'field').length > 0;
      if (needed) break;
    }
    expect(needed).toBe(true);
  });
});
