/** Lists by key. */
import { expect, it } from 'vitest';
import { grouped } from './grouped.ts';

it('keeps the order, has a thing once in a list however often it names its key, and none under an unknown key', () => {
  const things = [
    { name: 'b', keys: ['x', 'y', 'x'] },
    { name: 'a', keys: ['x', undefined] },
    { name: 'c', keys: [] },
  ];
  const names = [...grouped(things, ({ keys }) => keys)].map(([key, list]) => [key, list.map(({ name }) => name)]);
  expect(names).toEqual([
    ['x', ['b', 'a']],
    ['y', ['b']],
  ]);
});
