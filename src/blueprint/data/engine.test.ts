import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auroraFamily, nameByZone, parameterFamily, planReplicas } from './engine.ts';

describe('engines', () => {
  it.each([
    [parameterFamily('mysql', '8.4.5'), 'mysql8.4'],
    [parameterFamily('mysql', '8.4'), 'mysql8.4'],
    [parameterFamily('postgres', '17.2'), 'postgres17'],
    [parameterFamily('postgres', '17'), 'postgres17'],
    [auroraFamily('mysql', '8.0.mysql_aurora.3.08.0'), 'aurora-mysql8.0'],
    [auroraFamily('postgres', '16.4'), 'aurora-postgresql16'],
  ])('%s is the parameter family %s', (family, expected) => expect(family).toBe(expected));
});

describe('planReplicas', () => {
  it('names replicas by zone, and appending one renames none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a' as const, 'c' as const), { maxLength: 14 }),
        fc.constantFrom('a' as const, 'c' as const),
        (zones, more) => {
          const before = nameByZone(zones);
          const after = nameByZone([...zones, more]);
          expect(after.slice(0, before.length)).toEqual(before);
          expect(new Set(after.map((each) => each.key)).size).toBe(after.length);
        },
      ),
    );
  });

  it('refuses more replicas than RDS takes, a zone without a subnet, and all eggs in one zone', () => {
    const zones = ['a', 'c'] as const;
    expect(() =>
      planReplicas(
        'db',
        Array.from({ length: 16 }, () => 'a' as const),
        zones,
      ),
    ).toThrow(/16 replicas are more than the 15/);
    expect(() => planReplicas('db', ['b'], zones)).toThrow(/not in zone b/);
    expect(() => planReplicas('db', ['a', 'a'], zones)).toThrow(/All 2 replicas are in zone a.*\['a', 'c'\]/);
    expect(planReplicas('db', ['a', 'c', 'a'], zones).map((each) => each.key)).toEqual(['a', 'c', 'a-2']);
  });
});
