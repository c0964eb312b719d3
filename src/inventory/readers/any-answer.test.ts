/** What holds of every reader, whatever an answer holds: it never throws and makes only well-formed resources. */
import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Answers } from '../answers.ts';
import type { Entry } from '../entry.ts';
import { readers } from './index.ts';

/** The field names that a reader looks at: the quoted words of its file and of the files of this room it imports. */
function wordsOf(path: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(path) || !existsSync(path)) return [];
  seen.add(path);
  const text = readFileSync(path, 'utf8');
  const imported = [...text.matchAll(/from '\.\.\/([\w-]+\.ts)'/g)].map(([, file = '']) => file);
  const own = [...text.matchAll(/'([A-Za-z]\w+)'/g)].map(([, word = '']) => word);
  return [...new Set([...own, ...imported.flatMap((file) => wordsOf(`${import.meta.dirname}/../${file}`, seen))])];
}

// few values, so that names and references often meet
const leaf = fc.constantFrom<unknown>(
  'a',
  'b',
  '',
  'arn:aws:sns:eu-west-1:111122223333:a',
  'https://sqs.eu-west-1.amazonaws.com/111122223333/a',
  'eu-west-1a',
  '2020-01-01T00:00:00Z',
  '{"Statement":[]}',
  '%7B',
  'true',
  '7',
  0,
  443,
  -1.5,
  1e300,
  true,
  false,
  null,
);

const answer = (words: readonly string[]): fc.Arbitrary<unknown> => {
  const key = fc.constantFrom(...words, 'Tags', 'Key', 'Value', '__proto__');
  return fc.letrec<{ tree: unknown; object: unknown }>((tie) => ({
    tree: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('tree'), { maxLength: 3 }), tie('object')),
    object: fc.dictionary(key, tie('tree'), { maxKeys: 12 }),
  })).object;
};

const entryOf = (operation: string, input: unknown, output: unknown, n: number): Entry => ({
  operation,
  account: '111122223333',
  region: 'eu-west-1',
  input: input as Entry['input'],
  status: n % 7 === 6 ? 'absent' : 'read',
  output,
  error: undefined,
  file: 'any.json',
  path: `/${n}`,
});

describe.each(readers.map((reader) => [reader.name, reader] as const))('%s', (name, reader) => {
  it('reads any answer without throwing, the same every time', () => {
    const one = answer(wordsOf(`${import.meta.dirname}/${name}.ts`));
    const request = fc.tuple(fc.constantFrom(...reader.operations), one, one);
    fc.assert(
      fc.property(fc.array(request, { maxLength: 6 }), (requests) => {
        const entries = requests.map(([operation, input, output], n) => entryOf(operation, input, output, n));
        const resources = reader.read(new Answers(entries));
        for (const resource of resources) {
          expect(reader.kinds).toContain(resource.kind);
          expect(resource.id).toEqual(expect.stringMatching(/./));
          expect(resource.name).toEqual(expect.any(String));
        }
        expect(reader.read(new Answers(entries))).toEqual(resources);
      }),
      { numRuns: 60 },
    );
  });
});
