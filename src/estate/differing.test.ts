/** The walk side by side finds what a comparison by key finds, in order. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { estateOf, vpc } from '../analyse/reachability/testing/build.ts';
import { differing } from './differing.ts';
import type { Resource } from './resource.ts';

const several = fc.uniqueArray(
  fc.record({ name: fc.constantFrom('vpc-a', 'vpc-b', 'vpc-c', 'vpc-d', 'vpc-e'), version: fc.nat(1) }),
  { selector: ({ name }) => name },
);

it('says what came, what went and what is another object', () => {
  const objects = new Map<string, Resource>();
  const listed = (specs: readonly { readonly name: string; readonly version: number }[]): readonly Resource[] =>
    estateOf(
      specs.map(({ name, version }) => {
        const key = `${name} ${version}`;
        const one = objects.get(key) ?? vpc(name, `10.${version}.0.0/16`);
        objects.set(key, one);
        return one;
      }),
    ).resources;
  fc.assert(
    fc.property(several, several, (one, other) => {
      const [before, after] = [listed(one), listed(other)];
      const ids = [...new Set([...before, ...after].map(({ id }) => id))].sort();
      const expected = ids.flatMap((id) => {
        const pair = {
          before: before.find((resource) => resource.id === id),
          after: after.find((resource) => resource.id === id),
        };
        return pair.before === pair.after ? [] : [pair];
      });
      expect([...differing(before, after)]).toEqual(expected);
    }),
  );
});
