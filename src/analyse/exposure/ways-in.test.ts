import { expect, it } from 'vitest';
import type { Estate } from '../../estate/estate.ts';
import { loadInputs } from '../../inventory/load.ts';
import { exposureBy, exposures, waysIn } from './index.ts';

const shop = loadInputs(['examples/legacy-shop/inventory.json']).estate;
/** Without the answers of an operation it cannot be told what is open. */
const withoutGroups: Estate = { ...shop, resources: shop.resources.filter(({ kind }) => kind !== 'securityGroup') };

it.each([
  ['of the shop', shop],
  ['where groups were not read', withoutGroups],
])('the ways in and what is undecided are those of all exposures: %s', (_, estate) => {
  const { exposures: told, unknown } = exposures(estate);
  const { ways, undecided } = waysIn(estate);
  expect(told.length + unknown.length).toBeGreaterThan(10);
  expect(ways.map(({ nth: _nth, ...way }) => way)).toEqual(
    told.map(({ resource, via, through, admitted }) => ({ resource, via, through, admitted })),
  );
  expect(undecided).toEqual(unknown.map(({ resource }) => resource));
  for (const [n, way] of ways.entries()) expect(exposureBy(estate, way)?.ports).toEqual(told[n]?.ports);
});
