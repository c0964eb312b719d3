import { describe, expect, it } from 'vitest';
import { bucketAccess } from '../../analyse/buckets/public.ts';
import { exposures } from '../../analyse/exposure/index.ts';
import { all, type Estate } from '../../estate/estate.ts';
import { shopToday } from '../../plan/testing/shop.ts';
import { undecided, waysIn } from './open.ts';

const shop = shopToday().estate;
/** Without the answers of an operation it cannot be told what is open. */
const withoutGroups: Estate = { ...shop, resources: shop.resources.filter(({ kind }) => kind !== 'securityGroup') };

describe('what the picture shows as open', () => {
  it.each([
    ['of the shop', shop],
    ['where groups were not read', withoutGroups],
  ])('is what the analysis of exposures says %s', (_, estate) => {
    const { exposures: told, unknown } = exposures(estate);
    expect(waysIn(estate)).toEqual(
      told.map(({ resource, via, through, admitted }) => ({ resource, via, through, admitted })),
    );
    const buckets = all(estate, 'bucket').filter((one) => bucketAccess(estate, one).answer === 'unknown').length;
    expect(undecided(estate)).toBe(unknown.length + buckets);
  });
});
