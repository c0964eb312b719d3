import { expect, it } from 'vitest';
import type { Finding } from './finding.ts';
import { applyIgnores } from './ignore.ts';
import { IgnoreFile } from './ignore-file.ts';

const failure = (rule: string, id: string): Finding => ({
  rule,
  problem: 1,
  state: 'fail',
  severity: 'high',
  resources: [{ id, name: `name of ${id}`, kind: 'database', account: '111122223333', region: 'eu-west-1' }],
  claim: 'a claim',
  proof: [],
  missing: [],
  fixedBy: [],
});

it('marks what an entry accepts, by id or by name, and leaves the rest', () => {
  const findings = [failure('a', 'db-1'), failure('a', 'db-2'), failure('b', 'db-1')];
  const { findings: marked } = applyIgnores(
    findings,
    [{ rule: 'a', resource: 'name of db-1', reason: 'known' }],
    '2026-01-31',
  );
  expect(marked.map((finding) => finding.ignored?.reason)).toEqual(['known', undefined, undefined]);
});

it('lets an entry hold to the end of its last day, then reports it and counts the finding again', () => {
  const entry = { rule: 'a', reason: 'until the move', until: '2026-01-31' };
  const onTheDay = applyIgnores([failure('a', 'x')], [entry], '2026-01-31T23:00:00Z');
  expect(onTheDay.findings[0]?.ignored).toBeDefined();
  const after = applyIgnores([failure('a', 'x')], [entry], '2026-02-01');
  expect(after.findings[0]?.ignored).toBeUndefined();
  expect(after.expired).toEqual([entry]);
});

it('tells entries that match nothing', () => {
  const entry = { rule: 'misspelt', reason: 'oops' };
  expect(applyIgnores([failure('a', 'x')], [entry], '2026-01-31').unused).toEqual([entry]);
});

it('refuses an entry without a reason, and a date that is none', () => {
  expect(IgnoreFile.safeParse({ ignore: [{ rule: 'a' }] }).success).toBe(false);
  expect(IgnoreFile.safeParse({ ignore: [{ rule: 'a', reason: 'x', until: 'tomorrow' }] }).success).toBe(false);
});
