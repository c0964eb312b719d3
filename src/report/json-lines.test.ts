import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linesOf } from './json-lines.ts';

it('finds the line on which each value of a document starts', () => {
  const text = '{\n "a": [\n  1,\n  {"b/c": "x\\"}",\n   "~": null}\n ]\n}';
  const found = linesOf(text, new Set(['', '/a', '/a/0', '/a/1/b~1c', '/a/1/~0', '/absent']));
  expect(Object.fromEntries(found)).toEqual({ '': 1, '/a': 2, '/a/0': 3, '/a/1/b~1c': 4, '/a/1/~0': 5 });
});

it('finds every value of any document, at the line that its text stands on', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const pointers = new Map<string, unknown>();
      const walk = (inner: unknown, pointer: string): void => {
        pointers.set(pointer, inner);
        if (typeof inner !== 'object' || inner === null) return;
        for (const [key, child] of Object.entries(inner))
          walk(child, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
      };
      walk(value, '');
      const text = JSON.stringify(value, null, 2);
      const lines = text.split('\n');
      const found = linesOf(text, new Set(pointers.keys()));
      for (const [pointer, inner] of pointers) {
        const start = JSON.stringify(inner, null, 2).split('\n')[0] ?? '';
        expect(lines[(found.get(pointer) ?? 0) - 1]).toContain(start);
      }
    }),
  );
});
