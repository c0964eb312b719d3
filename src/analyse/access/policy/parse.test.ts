import { describe, expect, it } from 'vitest';
import { type PolicyForm, parsePolicy } from './parse.ts';

const codes = (text: string, form: PolicyForm = 'identity') =>
  parsePolicy(text, form).problems.map((problem) => problem.code);
const one = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const good = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

describe('a policy text', () => {
  it('becomes statements that keep their place and Sid', () => {
    const document = parsePolicy(
      JSON.stringify({ Version: '2012-10-17', Id: 'x', Statement: [good, { ...good, Sid: 'Second', Effect: 'Deny' }] }),
      'identity',
    );
    expect(document.broken).toBe(false);
    expect(document.statements.map(({ index, sid, effect }) => [index, sid, effect])).toEqual([
      [0, null, 'Allow'],
      [1, 'Second', 'Deny'],
    ]);
  });

  it('may have one statement that is not in a list, and counts as the older version when it names none', () => {
    const document = parsePolicy(JSON.stringify({ Statement: good }), 'identity');
    expect(document.statements).toHaveLength(1);
    expect(document.version).toBe('2008-10-17');
  });

  it.each<[string, string, string, PolicyForm?]>([
    ['text that is not JSON', '{"Version":', 'invalidJson'],
    ['an empty text', '', 'invalidJson'],
    ['a list', '[]', 'notAnObject'],
    ['no statement', '{"Version":"2012-10-17"}', 'noStatement'],
    ['an element that does not exist', JSON.stringify({ Statement: [good], Comment: 'x' }), 'unknownKey'],
    ['a statement element that does not exist', one({ ...good, Actions: 'x' }), 'unknownKey'],
    ['no effect', one({ Action: 's3:*', Resource: '*' }), 'missingEffect'],
    ['an effect in the wrong case', one({ ...good, Effect: 'allow' }), 'badEffect'],
    ['no action', one({ Effect: 'Allow', Resource: '*' }), 'missingAction'],
    ['both Action and NotAction', one({ ...good, NotAction: 'iam:*' }), 'actionAndNotAction'],
    ['no resource', one({ Effect: 'Allow', Action: 's3:*' }), 'missingResource'],
    ['both Resource and NotResource', one({ ...good, NotResource: '*' }), 'resourceAndNotResource'],
    ['a principal in the policy of a user', one({ ...good, Principal: '*' }), 'principalNotAllowed'],
    ['no principal in the policy of a resource', one(good), 'missingPrincipal', 'resource'],
    [
      'both Principal and NotPrincipal',
      one({ ...good, Principal: '*', NotPrincipal: '*' }),
      'principalAndNotPrincipal',
      'resource',
    ],
    ['an action that is a number', one({ ...good, Action: 7 }), 'wrongType'],
    ['a list with a number in it', one({ ...good, Resource: ['*', 7] }), 'wrongType'],
    ['a statement that is text', JSON.stringify({ Statement: ['x'] }), 'wrongType'],
    ['a condition that is a list', one({ ...good, Condition: [] }), 'wrongType'],
    ['a condition without keys', one({ ...good, Condition: { Bool: 'x' } }), 'wrongType'],
    ['an operator that does not exist', one({ ...good, Condition: { StringMatches: { a: 'b' } } }), 'unknownOperator'],
    ['a version that does not exist', JSON.stringify({ Version: '2020-01-01', Statement: [good] }), 'badVersion'],
  ])('with %s is broken, and says so', (_, text, code, form) => {
    const document = parsePolicy(text, form ?? 'identity');
    expect(document.problems.map((problem) => problem.code)).toContain(code);
    expect(document.broken).toBe(true);
  });

  it('that AWS takes but that can not mean what it says is odd, not broken', () => {
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { ...good, Sid: 'A', Action: 'GetObject' },
        { ...good, Sid: 'A', Resource: 'my-bucket' },
      ],
    });
    expect(new Set(codes(text))).toEqual(new Set(['badAction', 'duplicateSid', 'badResource']));
    expect(parsePolicy(text, 'identity').broken).toBe(false);
  });

  it('keeps the good statements beside a broken one', () => {
    const document = parsePolicy(JSON.stringify({ Statement: [{ Action: 'x' }, good] }), 'identity');
    expect(document.statements.map((statement) => statement.index)).toEqual([1]);
    expect(document.broken).toBe(true);
  });

  it('of ten thousand statements is read whole', () => {
    const statements = Array.from({ length: 10_000 }, (_, n) => ({
      ...good,
      Sid: `S${n}`,
      Resource: `arn:aws:s3:::b/${n}/*`,
    }));
    const document = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), 'identity');
    expect(document.statements).toHaveLength(10_000);
    expect(document.problems).toEqual([]);
  });
});
