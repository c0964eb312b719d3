import { expect, it } from 'vitest';
import { estateOf, subnet, vpc } from '../analyse/reachability/testing/build.ts';
import { edited } from './edited.ts';
import { all, byId } from './estate.ts';

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
