/** A door that only a few named addresses reach is not red. */
import { expect, it } from 'vitest';
import { makeEstate } from '../../estate/estate.ts';
import { readInputs } from '../../inventory/load.ts';
import { modelOf } from './model.ts';

it('draws in red what everybody reaches, and not what the office alone does', () => {
  const shop = readInputs(['examples/legacy-shop/inventory.json']);
  const text = JSON.stringify(shop.resources)
    .replaceAll('0.0.0.0/0', '203.0.113.0/24')
    .replaceAll('::/0', '2001:db8::/64');
  const office = JSON.parse(text) as typeof shop.resources;
  // the routes stay: only the rules of the groups name the office
  const mixed = shop.resources.map((one, n) => (one.kind === 'securityGroup' ? (office[n] ?? one) : one));
  const red = (estate: typeof shop): readonly string[] =>
    modelOf(estate).nodes.flatMap(({ exposed, glyph, label }) => (exposed && glyph !== 'bucket' ? [label] : []));
  expect(red(shop)).toContain('mysql');
  expect(red(makeEstate({ ...shop, resources: mixed }))).toEqual([]);
});
