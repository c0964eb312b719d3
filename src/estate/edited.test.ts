import { expect, it } from 'vitest';
import { estateOf, subnet, vpc } from '../analyse/reachability/testing/build.ts';
import { edited } from './edited.ts';
import { all, byId } from './estate.ts';
import { indexed } from './watched.ts';

const before = estateOf([
  vpc('vpc-1', '10.0.0.0/16'),
  subnet('subnet-1', 'vpc-1', '10.0.1.0/24'),
  subnet('subnet-2', 'vpc-1', '10.0.2.0/24'),
]);
const [first] = all(before, 'subnet');
if (first === undefined) throw new Error('no subnet');
const other = { ...first, name: 'another' };

it('is looked up in as an estate that was made anew', () => {
  const after = edited(before, [other]);
  expect(byId(after, first.id)).toBe(other);
  expect(byId(after, 'vpc-1')).toBe(byId(before, 'vpc-1'));
  expect(all(after, 'vpc')).toBe(all(before, 'vpc'));
  expect(all(after, 'subnet')).toEqual([other, ...all(before, 'subnet').slice(1)]);
  expect(after.resources).toEqual(before.resources.map((one) => (one === first ? other : one)));
  expect({ ...after }).toEqual({ ...before, resources: after.resources });
  expect(all(before, 'subnet')[0]).toBe(first);
});

it('adds nothing, and makes nothing another kind of thing', () => {
  expect(() => edited(before, [{ ...other, id: 'subnet-9' as typeof other.id }])).toThrow('no subnet subnet-9');
});

it('leaves what has the same id and is of another kind', () => {
  const namesake = { ...vpc('vpc-1', '10.1.0.0/16'), id: first.id as string as ReturnType<typeof vpc>['id'] };
  const both = estateOf([first, namesake]);
  const after = edited(both, [{ ...namesake, name: 'another' }]);
  expect(after.resources.map(({ kind, name }) => [kind, name])).toEqual([
    ['subnet', first.name],
    ['vpc', 'another'],
  ]);
  expect(all(after, 'subnet')).toEqual([first]);
});

it('has the index of the estate that it was made of only where nothing in it is edited', () => {
  const byKind = indexed((estate) => new Map(all(estate, 'subnet').map(({ id, name }) => [id as string, name])));
  const byAny = indexed(({ resources }) => new Map(resources.map(({ id, name }) => [id as string, name])));
  for (const index of [byKind, byAny]) {
    expect(index(before).get(first.id)).toBe(first.name);
    expect(index(edited(before, [other])).get(first.id)).toBe('another');
  }
});
