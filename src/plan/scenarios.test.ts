/** The accounts of `scenarios/plan`: which moves are made, which never, and of which it is told why they are not. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadInputs } from '../inventory/load.ts';
import { provePlan } from './prove.ts';
import { objections, planWith } from './testing/shop.ts';
import { todayOf } from './today.ts';

interface Expected {
  readonly made: readonly string[];
  readonly never: readonly string[];
  /** Refused, or not proven. */
  readonly open: readonly string[];
}

const FOLDER = 'scenarios/plan';
const expected = JSON.parse(readFileSync(`${FOLDER}/expected.json`, 'utf8')) as Readonly<Record<string, Expected>>;

const planOf = (file: string) => {
  const { estate, entries } = loadInputs([file]);
  const today = todayOf(estate, entries);
  return { today, plan: planWith(today) };
};

it('every account has its expectation, and every expectation its account', () => {
  const files = readdirSync(FOLDER).flatMap((file) =>
    file.endsWith('.json') && file !== 'expected.json' ? [file.replace('.json', '')] : [],
  );
  expect(files.sort()).toEqual(Object.keys(expected).sort());
});

describe.each(Object.entries(expected))('%s', (name, { made, never, open }) => {
  it('makes what helps and nothing else, says why the rest is not made, and proves all of it again', () => {
    const { today, plan } = planOf(`${FOLDER}/${name}.json`);
    const moves = new Set(plan.steps.map(({ step }) => step.move));
    expect([...moves]).toEqual(expect.arrayContaining([...made]));
    expect(never.filter((move) => moves.has(move))).toEqual([]);
    const told = new Set([...plan.refused, ...plan.unproven].map(({ move }) => move));
    expect([...told]).toEqual(expect.arrayContaining([...open]));
    for (const { because, change } of plan.refused) expect([because, change].join()).toMatch(/\w+ \w+.*,.*\w+ \w+/);
    const again = provePlan(
      today,
      plan.steps.map(({ step }) => step),
    );
    expect(again.flatMap(objections)).toEqual([]);
  });
});

it('where every read was denied, no step is claimed', () => {
  const { plan } = planOf('scenarios/inventory/all-denied.json');
  expect(plan.steps).toEqual([]);
  expect(plan.unproven).toEqual([]);
});
