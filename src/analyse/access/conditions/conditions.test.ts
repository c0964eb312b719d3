// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
import { describe, expect, it } from 'vitest';
import { type ContextInput, makeContext } from '../context.ts';
import { OPERATORS } from '../policy/operators.ts';
import { evaluateCondition } from './evaluate.ts';

type Row = readonly [
  operator: string,
  request: string | readonly string[] | null,
  policy: readonly string[],
  holds: boolean,
];

const rows: readonly Row[] = [
  ['StringEquals', 'a', ['a'], true],
  ['StringEquals', 'A', ['a'], false],
  ['StringEquals', 'a', ['b', 'a'], true],
  ['StringEquals', 'ab', ['a*'], false],
  ['StringEquals', null, ['a'], false],
  ['StringNotEquals', 'a', ['a'], false],
  ['StringNotEquals', 'c', ['a', 'b'], true],
  ['StringNotEquals', 'b', ['a', 'b'], false],
  ['StringNotEquals', null, ['a'], true],
  ['StringEqualsIgnoreCase', 'A', ['a'], true],
  ['StringEqualsIgnoreCase', 'b', ['a'], false],
  ['StringNotEqualsIgnoreCase', 'A', ['a'], false],
  ['StringNotEqualsIgnoreCase', 'b', ['a'], true],
  ['StringLike', 'home/alice/x', ['home/*/?'], true],
  ['StringLike', 'Home/alice/x', ['home/*'], false],
  ['StringNotLike', 'home/x', ['home/*'], false],
  ['StringNotLike', 'away', ['home/*'], true],
  ['NumericEquals', '10', ['10.0'], true],
  ['NumericEquals', 'ten', ['10'], false],
  ['NumericNotEquals', '9', ['10'], true],
  ['NumericNotEquals', '10', ['10'], false],
  ['NumericLessThan', '9', ['10'], true],
  ['NumericLessThan', '10', ['10'], false],
  ['NumericLessThanEquals', '10', ['10'], true],
  ['NumericLessThanEquals', '11', ['10'], false],
  ['NumericGreaterThan', '11', ['10'], true],
  ['NumericGreaterThan', '10', ['10'], false],
  ['NumericGreaterThanEquals', '10', ['10'], true],
  ['NumericGreaterThanEquals', '9', ['10'], false],
  ['DateEquals', '2026-01-01T00:00:00Z', ['2026-01-01T01:00:00+01:00'], true],
  ['DateEquals', '1767225600', ['2026-01-01T00:00:00Z'], true],
  ['DateEquals', '2026-01-02', ['2026-01-01'], false],
  ['DateNotEquals', '2026-01-02', ['2026-01-01'], true],
  ['DateNotEquals', '2026-01-01', ['2026-01-01'], false],
  ['DateLessThan', '2025-12-31T23:59:59Z', ['2026-01-01T00:00:00Z'], true],
  ['DateLessThan', '2026-01-01T00:00:00Z', ['2026-01-01T00:00:00Z'], false],
  ['DateLessThanEquals', '2026-01-01T00:00:00Z', ['2026-01-01T00:00:00Z'], true],
  ['DateLessThanEquals', '2026-01-02', ['2026-01-01'], false],
  ['DateGreaterThan', '2026-01-02', ['2026-01-01'], true],
  ['DateGreaterThan', 'soon', ['2026-01-01'], false],
  ['DateGreaterThanEquals', '2026-01-01', ['2026-01-01'], true],
  ['DateGreaterThanEquals', '2025-01-01', ['2026-01-01'], false],
  ['Bool', 'true', ['true'], true],
  ['Bool', 'True', ['true'], true],
  ['Bool', 'false', ['true'], false],
  ['Bool', null, ['false'], false],
  ['BinaryEquals', 'QUJD', ['QUJD'], true],
  ['BinaryEquals', 'QQ==', ['QQ'], true],
  ['BinaryEquals', 'qujd', ['QUJD'], false],
  ['IpAddress', '203.0.113.9', ['203.0.113.0/24'], true],
  ['IpAddress', '203.0.114.9', ['203.0.113.0/24'], false],
  ['IpAddress', '203.0.113.9', ['203.0.113.9'], true],
  ['IpAddress', '198.51.100.1', ['0.0.0.0/1', '128.0.0.0/1'], true],
  ['IpAddress', '198.51.100.1', ['192.168.1.0/0'], true],
  ['IpAddress', '2001:db8::1', ['2001:db8::/32'], true],
  ['IpAddress', '2001:db9::1', ['2001:db8::/32'], false],
  ['IpAddress', '2001:db8::1', ['0.0.0.0/0'], false],
  ['IpAddress', '203.0.113.999', ['0.0.0.0/0'], false],
  ['IpAddress', null, ['0.0.0.0/0'], false],
  ['NotIpAddress', '203.0.113.9', ['203.0.113.0/24'], false],
  ['NotIpAddress', '198.51.100.1', ['203.0.113.0/24', '192.0.2.0/24'], true],
  ['NotIpAddress', null, ['203.0.113.0/24'], true],
  ['ArnEquals', 'arn:aws:sns:eu-west-1:111122223333:a', ['arn:aws:sns:*:111122223333:a'], true],
  ['ArnEquals', 'arn:aws:sns:eu-west-1:111122223333:b', ['arn:aws:sns:*:111122223333:a'], false],
  ['ArnLike', 'arn:aws:iam::111122223333:role/x/y', ['arn:aws:iam::111122223333:role/*'], true],
  ['ArnLike', 'arn:aws:iam::444455556666:role/x', ['arn:aws:iam::111122223333:role/*'], false],
  ['ArnNotEquals', 'arn:aws:sns:eu-west-1:111122223333:a', ['arn:aws:sns:*:*:a'], false],
  ['ArnNotEquals', 'arn:aws:sns:eu-west-1:111122223333:b', ['arn:aws:sns:*:*:a'], true],
  ['ArnNotLike', 'arn:aws:iam::111122223333:role/x', ['arn:aws:iam::*:role/x'], false],
  ['ArnNotLike', null, ['arn:aws:iam::*:role/x'], true],
  ['Null', null, ['true'], true],
  ['Null', 'x', ['true'], false],
  ['Null', 'x', ['false'], true],
  ['Null', null, ['false'], false],
  ['StringEqualsIfExists', null, ['a'], true],
  ['StringEqualsIfExists', 'b', ['a'], false],
  ['BoolIfExists', null, ['false'], true],
  ['BoolIfExists', 'true', ['false'], false],
  ['stringlike', 'abc', ['a*'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'c'], true],
  ['ForAllValues:StringEquals', ['a', 'd'], ['a', 'b', 'c'], false],
  ['ForAllValues:StringEquals', null, ['a'], true],
  ['ForAllValues:StringEquals', [], ['a'], true],
  ['ForAllValues:StringNotEquals', ['d', 'e'], ['a', 'b'], true],
  ['ForAllValues:StringNotEquals', ['d', 'a'], ['a', 'b'], false],
  ['ForAnyValue:StringEquals', ['x', 'a'], ['a', 'b'], true],
  ['ForAnyValue:StringEquals', ['x', 'y'], ['a', 'b'], false],
  ['ForAnyValue:StringEquals', null, ['a'], false],
  ['ForAnyValue:StringLike', ['env', 'team'], ['te*'], true],
  ['ForAnyValue:StringNotEquals', ['a', 'x'], ['a'], true],
  ['ForAnyValue:StringNotEquals', ['a'], ['a'], false],
  ['ForAnyValue:StringEqualsIfExists', null, ['a'], true],
  ['StringEquals', 'a', [], false],
];

describe('condition operators', () => {
  it.each(rows)('%s: request %j, policy %j → %s', (operator, request, values, expected) => {
    const context = makeContext({ 'test:key': request });
    expect(evaluateCondition({ operator, key: 'Test:Key', values }, context, true)).toBe(expected);
  });

  it('are all in the table, both ways', () => {
    for (const name of OPERATORS)
      for (const expected of [true, false])
        expect(
          rows.filter(([operator, , , holds]) => operator === name && holds === expected),
          `${name} ${expected}`,
        ).not.toEqual([]);
  });

  const evaluate = (operator: string, values: readonly string[], context: ContextInput) =>
    evaluateCondition({ operator, key: 'k', values }, makeContext(context), true);

  it('are unknown, not false, when the key is not known', () => {
    for (const name of OPERATORS)
      expect(evaluate(name, ['true'], {})).toEqual([{ operator: name, key: 'k', values: ['true'] }]);
    expect(evaluate('ForAllValues:StringEquals', ['a'], {})).toBeInstanceOf(Array);
  });
  it('are certain when every value that the key may have gives the same answer', () => {
    const withoutDevice = { k: { anyOf: [null, ['false']] } };
    expect(evaluate('BoolIfExists', ['false'], withoutDevice)).toBe(true);
    expect(evaluate('Bool', ['true'], withoutDevice)).toBe(false);
    expect(evaluate('Bool', ['false'], withoutDevice)).toBeInstanceOf(Array);
  });
  it('take policy variables in their values', () => {
    expect(evaluate('StringEquals', ['${aws:username}'], { k: 'alice', 'aws:username': 'alice' })).toBe(true);
    expect(evaluate('StringEquals', ['${aws:username}'], { k: 'alice', 'aws:username': 'bob' })).toBe(false);
    expect(evaluate('StringEquals', ['${aws:username}'], { k: 'alice', 'aws:username': null })).toBe(false);
    expect(evaluate('StringEquals', ['${aws:username}'], { k: 'alice' })).toBeInstanceOf(Array);
  });
});
