import fc from 'fast-check';
import { expect, it } from 'vitest';
import { few, harmless, short, wrap } from './layout.ts';

it('keeps every word and no line longer than the width, but for words that are longer themselves', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/)), fc.integer({ min: 12, max: 80 }), (words, width) => {
      const lines = wrap(words.join(' '), width);
      expect(lines.join(' ').split(' ').filter(Boolean)).toEqual(words);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    }),
  );
});

it('makes escape sequences and direction overrides of hostile names visible', () => {
  expect(harmless('db\u001b[2Jname\u202e')).toBe('db\ufffd[2Jname\ufffd');
});

it('lists a few names and counts the rest', () => {
  expect(few(['a'])).toBe('a');
  expect(few(['a', 'b', 'c'])).toBe('a, b and c');
  expect(few(['a', 'b', 'c', 'd', 'e'])).toBe('a, b and 3 more');
});

it('cuts a long name in its middle', () => {
  expect(short('abcdefghij', 5)).toHaveLength(5);
  expect(short('abc', 5)).toBe('abc');
});
