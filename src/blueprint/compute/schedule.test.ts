import { expect, it } from 'vitest';
import { longestSilence } from './schedule.ts';

it.each([
  ['rate(5 minutes)', 2],
  ['rate(90 minutes)', 3],
  ['rate(1 hour)', 2],
  ['rate(1 day)', 25],
  ['rate(6 days)', 145],
  ['rate(7 days)', undefined],
  ['cron(0 3 * * ? *)', 25],
  ['cron(0/15 * * * ? *)', 2],
  ['cron(0 8,20 ? * * *)', 25],
  ['cron(0 3 ? * MON-FRI *)', undefined],
  ['cron(0 3 1 * ? *)', undefined],
  ['cron(0 3 * 6 ? *)', undefined],
  ['at(2026-12-24T18:00:00)', undefined],
])('%s begins a run within %s hours', (schedule, hours) => {
  expect(longestSilence(schedule)).toBe(hours);
});
