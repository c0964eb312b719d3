/** What holds of every reader, whatever an answer holds: it never throws and makes only well-formed resources. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Answers } from '../answers.ts';
import type { Entry } from '../entry.ts';
import { readers } from './index.ts';

// few values, so that names and references often meet
const LEAVES: readonly unknown[] = [
  'a',
  'b',
  '',
  'arn:aws:sns:eu-west-1:111122223333:a',
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/a/b/c/d',
  'https://sqs.eu-west-1.amazonaws.com/111122223333/a',
  'eu-west-1a',
  '2020-01-01T00:00:00Z',
  '{"Statement":[]}',
  '%7B',
  'true',
  '7',
  0,
  443,
  1e300,
  true,
  false,
  null,
];

/** A number from a text, always the same (FNV-1a). */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let n = 0; n < text.length; n++) value = Math.imul(value ^ text.charCodeAt(n), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
};

const leafAt = (place: string): unknown => LEAVES[hash(`${place}!`) % LEAVES.length];

/** Whatever field a reader looks at, there is something in it, made of the seed and the place. */
function valueAt(place: string, depth: number): unknown {
  const n = hash(place) % 100;
  if (n < 4) return undefined;
  if (depth > 6 || n < 50) return leafAt(place);
  if (n < 75) return objectAt(place, depth);
  return Array.from({ length: hash(`${place}#`) % 3 }, (_, i) =>
    hash(`${place}${i}`) % 8 === 0 ? leafAt(`${place}${i}`) : objectAt(`${place}/${i}`, depth),
  );
}

const objectAt = (place: string, depth: number): Readonly<Record<string, unknown>> =>
  new Proxy(
    {},
    {
      get: (target, field) =>
        typeof field === 'string' && !(field in target) && field !== 'toJSON'
          ? valueAt(`${place}/${field}`, depth + 1)
          : Reflect.get(target, field),
    },
  );

const entryOf = (operation: string, seed: string, n: number): Entry => ({
  operation,
  account: '111122223333',
  region: 'eu-west-1',
  input: objectAt(`${seed} input ${n}`, 6),
  status: n % 7 === 6 ? 'absent' : 'read',
  output: objectAt(`${seed} output ${n}`, 0),
  error: undefined,
  file: 'any.json',
  path: `/${n}`,
});

describe.each(readers.map((reader) => [reader.name, reader] as const))('%s', (_, reader) => {
  it('reads any answer without throwing, the same every time', () => {
    const made = new Set<string>();
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const entries = [0, 1].flatMap((round) =>
          reader.operations.map((operation, n) => entryOf(operation, `${seed}`, n * 2 + round)),
        );
        const resources = reader.read(new Answers(entries));
        for (const resource of resources) {
          made.add(resource.id);
          expect(reader.kinds).toContain(resource.kind);
          expect(resource.id).toEqual(expect.stringMatching(/./));
          expect(resource.name).toEqual(expect.any(String));
        }
        expect(reader.read(new Answers(entries))).toEqual(resources);
      }),
      { numRuns: 100, seed: 1 },
    );
    // else the test would say nothing
    expect(made.size).toBeGreaterThan(0);
  });
});
