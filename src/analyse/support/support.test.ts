import { describe, expect, it } from 'vitest';
import { supportAt } from './ends.ts';
import { engineSupport } from './engines.ts';
import { runtimeSupport } from './runtimes.ts';

describe('supportAt', () => {
  const end = { ends: '2026-07-31' };
  it.each([
    ['2026-08-01T00:00:00Z', 'ended'],
    ['2026-07-31T23:59:59Z', 'endsSoon'],
    ['2026-03-01T00:00:00Z', 'endsSoon'],
    ['2025-12-31T00:00:00Z', 'supported'],
    ['some day', 'unknown'],
  ])('on %s says %s of an end on 2026-07-31', (now, support) => {
    expect(supportAt(end, now)).toBe(support);
  });

  it('does not guess after the first date that AWS gave and moved', () => {
    const moved = { ends: undefined, notBefore: '2026-06-30' };
    expect(supportAt(moved, '2026-06-29T00:00:00Z')).toBe('supported');
    expect(supportAt(moved, '2026-07-01T00:00:00Z')).toBe('unknown');
  });
});

describe('engineSupport', () => {
  it.each([
    ['mysql', '5.7.44', '5.7', '2024-02-29'],
    ['mysql', '8.0.39', '8.0', '2026-07-31'],
    ['mysql', '5.5.61', '5.5', '2022-03-01'],
    ['postgres', '12.4', '12', '2025-02-28'],
    ['postgres', '9.6.24', '9.6', '2023-04-17'],
    ['mariadb', '10.11.6', '10.11', '2028-02-29'],
    ['mariadb', '10.4.34', '10.4', '2025-02-28'],
    ['aurora-mysql', '5.7.mysql_aurora.2.11.3', '5.7', '2024-10-31'],
    ['aurora-postgresql', '13.9', '13', '2026-02-28'],
  ])('knows %s %s as %s, until %s', (engine, version, major, ends) => {
    expect(engineSupport(engine, version)).toMatchObject({ major, end: { ends } });
  });

  it.each([
    ['mysql', '9.9.1'],
    ['mariadb', '10.8.1'],
    ['postgres', '99.1'],
    ['postgres', '9'],
    ['oracle-ee', '19.0.0'],
    ['mysql', 'newest'],
    ['constructor', '1.0'],
  ])('does not guess at %s %s', (engine, version) => {
    expect(engineSupport(engine, version)).toBeUndefined();
  });
});

it('knows runtimes by their identifier only', () => {
  expect(runtimeSupport('nodejs16.x')).toEqual({ ends: '2024-06-12' });
  expect(runtimeSupport('java17')).toMatchObject({ ends: undefined });
  expect(runtimeSupport('nodejs99.x')).toBeUndefined();
  expect(runtimeSupport('toString')).toBeUndefined();
});
