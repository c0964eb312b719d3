import { describe, expect, it } from 'vitest';
import { UserError } from '../user-error.ts';
import { type Data, isFields, MAX_DEPTH, readSource } from './document.ts';

const data = (text: string): Data => readSource('t.yaml', text).data;

const errorOf = (text: string): UserError => {
  try {
    readSource('t.yaml', text);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('no error');
};

describe('short forms', () => {
  it('become long ones', () => {
    expect(
      data(
        [
          'a: !Ref X',
          'b: !GetAtt Db.Endpoint.Address',
          `c: !Sub ["\${x}", {x: !Ref Y}]`,
          'd: !If [C, 1, !Ref "AWS::NoValue"]',
          'e: !Join ["", [a, !Select [0, !GetAZs ""]]]',
          'f: !Not [!Condition C]',
          'g: {"Fn::GetAtt": [A, Arn]}',
        ].join('\n'),
      ),
    ).toEqual({
      a: { Ref: 'X' },
      b: { 'Fn::GetAtt': ['Db', 'Endpoint.Address'] },
      c: { 'Fn::Sub': [`\${x}`, { x: { Ref: 'Y' } }] },
      d: { 'Fn::If': ['C', 1, { Ref: 'AWS::NoValue' }] },
      e: { 'Fn::Join': ['', ['a', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }]] },
      f: { 'Fn::Not': [{ Condition: 'C' }] },
      g: { 'Fn::GetAtt': ['A', 'Arn'] },
    });
  });
});

describe('scalars', () => {
  it('keep what a number would lose, and dates stay texts', () => {
    expect(data('a: 012345678901\nb: 1.10\nc: 2012-10-17\nd: 8080\ne: true\nf: yes\ng: "1"\nh:')).toEqual({
      a: '012345678901',
      b: '1.10',
      c: '2012-10-17',
      d: 8080,
      e: true,
      f: 'yes',
      g: '1',
      h: null,
    });
  });

  it('may have names that mean something to JavaScript', () => {
    const read = data('{"__proto__": {"a": 1}, "constructor": 2}');
    expect(isFields(read) && Object.keys(read)).toEqual(['__proto__', 'constructor']);
  });
});

describe('lines', () => {
  it('are those of YAML and of JSON', () => {
    const yaml = readSource('t.yaml', '# one\nResources:\n  Vpc:\n    Type: A::B::C\n  Net: {Type: A::B::C}\n');
    const json = readSource('t.json', '{\n "Resources": {\n  "Vpc": {},\n\n  "Net": {}\n }\n}');
    const lines = ({ data: read, lineOf }: typeof yaml) => {
      const resources = isFields(read) ? (read.Resources ?? null) : null;
      return [lineOf(resources, 'Vpc'), lineOf(resources, 'Net')];
    };
    expect(lines(yaml)).toEqual([3, 5]);
    expect(lines(json)).toEqual([3, 5]);
  });
});

describe('what is wrong', () => {
  it('is told with its line', () => {
    expect(errorOf('Resources:\n  A: {\n').place).toMatchObject({
      file: 't.yaml',
      path: expect.stringContaining('line '),
    });
    expect(errorOf('{"a": 1,\n "b": 2,\n "a": 3}').place.path).toContain('line 3');
    expect(errorOf('a: 1\na: 2').message).toContain('stands twice');
  });

  it('ends in an error, not in a hang: depth', () => {
    const deep = (n: number) => `${'['.repeat(n)}${']'.repeat(n)}`;
    expect(data(deep(MAX_DEPTH - 1))).toBeDefined();
    expect(errorOf(deep(MAX_DEPTH + 2)).message).toContain('deep');
    expect(errorOf(deep(30_000))).toBeInstanceOf(UserError);
    expect(errorOf('{"a":'.repeat(20_000))).toBeInstanceOf(UserError);
  });

  it('ends in an error, not in a hang: aliases that multiply', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let n = 1; n < 12; n++)
      lines.push(
        `a${n}: &a${n} [${Array(10)
          .fill(`*a${n - 1}`)
          .join(', ')}]`,
      );
    expect(errorOf(lines.join('\n')).message).toContain('aliases');
  });

  it('ends in an error, not in a hang: an alias inside of itself', () => {
    expect(errorOf('a: &a [*a]').message).toContain('alias');
    expect(errorOf('a: &a {b: *a}').message).toContain('alias');
    expect(errorOf('a: *nothing')).toBeInstanceOf(UserError);
  });

  it('reads aliases and merged mappings that are harmless', () => {
    expect(data('a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: *a')).toEqual({
      a: { x: 1, y: 2 },
      b: { x: 1, y: 3 },
      c: { x: 1, y: 2 },
    });
  });
});
