import { expect, it } from 'vitest';
import { makeEstate } from '../estate/estate.ts';
import { ageText, daysSince } from './ages.ts';

const at = (collectedAt: string | undefined) =>
  makeEstate({ resources: [], coverage: { entries: [] }, flows: [], notices: [], collectedAt });

it('counts whole days up to the collection, and knows nothing without it', () => {
  expect(daysSince(at('2026-01-31T12:00:00Z'), '2026-01-01T13:00:00Z')).toBe(29);
  expect(daysSince(at('2026-01-31T12:00:00Z'), null)).toBeUndefined();
  expect(daysSince(at(undefined), '2026-01-01')).toBeUndefined();
});

it('says an age in the unit people use', () => {
  expect([1, 45, 200, 900].map(ageText)).toEqual(['1 day', '45 days', '6 months', '2 years']);
});
