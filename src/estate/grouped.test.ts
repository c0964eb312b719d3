/** Lists by key, also of an estate in which some resources were edited. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { estateOf, group, subnet, vpc } from '../analyse/reachability/testing/build.ts';
import { edited } from './edited.ts';
import { all, makeEstate } from './estate.ts';
import { foundBy, grouped, listedBy } from './grouped.ts';
import { indexed } from './watched.ts';

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

const PLACES = ['vpc-1', 'vpc-2', 'vpc-3'];
const place = fc.constantFrom(...PLACES);
const byPlace = listedBy('subnet', ({ vpc: where, zone }) => [where.id, zone?.id]);
const lastOf = foundBy('subnet', ({ vpc: where }) => [where.id]);
/** Made of another index: what that was made of counts. */
const crowded = indexed(
  (estate) => new Map(all(estate, 'vpc').map(({ id }) => [id as string, (byPlace(estate).get(id) ?? []).length > 1])),
);

it('an index of an edited estate is that of an estate made anew', () => {
  fc.assert(
    fc.property(
      fc.array(place, { minLength: 1, maxLength: 6 }),
      fc.array(fc.tuple(fc.nat(5), place), { maxLength: 3 }),
      fc.boolean(),
      (places, moves, andGroup) => {
        const before = estateOf([
          ...PLACES.map((one) => vpc(one, '10.0.0.0/16')),
          ...places.map((where, n) => subnet(`subnet-${n}`, where, `10.0.${n}.0/24`)),
          group('sg-1', 'vpc-1', []),
        ]);
        // asked before too: what the original is asked must not show
        for (const one of PLACES) expect(crowded(before).get(one)).toBe(places.filter((at) => at === one).length > 1);
        const moved = moves.flatMap(([n, where]) =>
          all(before, 'subnet')
            .filter(({ name }) => name === `subnet-${n}`)
            .map((one) => ({ ...one, vpc: { ...one.vpc, id: subnet('x', where, '10.0.9.0/24').vpc.id } })),
        );
        const others = [
          ...moved,
          ...(andGroup ? all(before, 'securityGroup').map((one) => ({ ...one, tags: {} })) : []),
        ];
        const after = edited(before, others);
        const anew = makeEstate({ ...after, resources: after.resources });
        for (const one of [...PLACES, ...places.map((_, n) => `eu-west-1${'abc'[n % 3]}`), 'nowhere']) {
          expect(byPlace(after).get(one)).toEqual(byPlace(anew).get(one));
          expect(lastOf(after).get(one)).toEqual(lastOf(anew).get(one));
          expect(crowded(after).get(one)).toEqual(crowded(anew).get(one));
        }
      },
    ),
  );
});
