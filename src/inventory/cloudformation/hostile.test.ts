import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UserError } from '../user-error.ts';
import { type Data, isFields, isList, readSource } from './document.ts';
import { estateOf } from './testing.ts';
import { ROWS } from './types/index.ts';

const JUNK: readonly Data[] = [
  null,
  true,
  -1,
  'x',
  '',
  [],
  {},
  [[]],
  { Ref: 'Nobody' },
  { Ref: 1 },
  { 'Fn::GetAtt': ['Queue', 'Arn'] },
  { 'Fn::GetAtt': [] },
  { 'Fn::If': ['Nothing', 1] },
  { 'Fn::If': [] },
  { 'Fn::Sub': [1, 2] },
  { 'Fn::Join': ['', { Ref: 'AWS::NoValue' }] },
  { 'Fn::Select': [99, ['a']] },
  { 'Fn::FindInMap': [] },
  { 'Fn::Cidr': ['10.0.0.0/8', 300, 400] },
  { 'Fn::Unheard': {} },
  { $unknown: true },
  { $secret: 'x' },
  { Condition: 'Nothing' },
];

const paths = (data: Data, at: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] => {
  const inner = isList(data)
    ? data.flatMap((one, n) => paths(one, [...at, n]))
    : isFields(data)
      ? Object.entries(data).flatMap(([key, one]) => paths(one, [...at, key]))
      : [];
  return [at, ...inner];
};

const placed = (data: Data, [key, ...rest]: readonly (string | number)[], value: Data): Data => {
  if (key === undefined) return value;
  if (isList(data)) return data.map((one, n) => (n === key ? placed(one, rest, value) : one));
  if (!isFields(data)) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, one]) => [name, name === key ? placed(one, rest, value) : one]),
  );
};

const read = (data: Data): void => {
  try {
    estateOf(JSON.stringify(data));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.place.file).toBe('shop.yaml');
  }
};

it('whatever stands wherever in a template, it is read or refused with its place', () => {
  const file = new URL('everything.example.yaml', import.meta.url);
  const { data } = readSource('everything.yaml', readFileSync(file, 'utf8'));
  const places = paths(data);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...places), fc.constantFrom(...JUNK)), { minLength: 1, maxLength: 4 }),
      (changes) => {
        read(changes.reduce<Data>((before, [path, junk]) => placed(before, path, junk), data));
      },
    ),
    { numRuns: 25 },
  );
});

it('every type is read, whatever its properties are', () => {
  const given: readonly Data[] = [{}, { Tags: 1 }, { $unknown: true }, { Ref: 'Nobody' }];
  for (const properties of given)
    read({
      Resources: Object.fromEntries(ROWS.map(({ type }, n) => [`R${n}`, { Type: type, Properties: properties }])),
    });
});
