import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Estate, makeEstate } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { loadInputs } from '../../inventory/load.ts';
import { isPassing } from './by-aws.ts';
import { type Difference, differenceOf } from './difference.ts';

const SHOP = 'examples/legacy-shop/inventory.json';
const shop = loadInputs([SHOP]).estate;

const changedEstate = (change: (resource: Resource) => Resource | undefined, of: Estate = shop): Estate =>
  makeEstate({
    ...of,
    resources: of.resources.flatMap((one) => {
      const now = change(one);
      return now === undefined ? [] : [now];
    }),
  });
const one = (name: string, change: (resource: Resource) => Resource | undefined): Estate =>
  changedEstate((resource) =>
    resource.name === name && resource.kind !== 'networkInterface' ? change(resource) : resource,
  );

const nothing = ({ come, gone, changed, opened, closed, flowsCome, flowsGone, zones, notCompared }: Difference) => ({
  come,
  gone,
  changed,
  opened,
  closed,
  flowsCome,
  flowsGone,
  zones,
  notCompared,
});
const NOTHING = {
  come: [],
  gone: [],
  changed: [],
  opened: [],
  closed: [],
  flowsCome: [],
  flowsGone: [],
  zones: [],
  notCompared: [],
};

describe('two estates', () => {
  it('that are the same differ in nothing', () => {
    expect(nothing(differenceOf(shop, loadInputs([SHOP]).estate))).toEqual(NOTHING);
  });

  it('of which one has a resource more: it came, and seen from the other side it went', () => {
    const without = one('legacy-prod-jobs', () => undefined);
    const [there, back] = [differenceOf(without, shop), differenceOf(shop, without)];
    expect(there.come.map(({ name }) => name)).toContain('legacy-prod-jobs');
    expect(back.gone.map(({ name }) => name)).toContain('legacy-prod-jobs');
    expect([there.gone, back.come]).toEqual([[], []]);
  });

  it('of which one has another value: the field, both values in words, and who changes such a thing', () => {
    const after = one('legacy-prod-mysql', (db) =>
      db.kind === 'database' ? { ...db, deletionProtection: true, status: 'modifying' } : db,
    );
    const [changed] = differenceOf(shop, after).changed;
    expect(changed?.fields).toEqual([
      { field: 'deletionProtection', before: 'off', after: 'on', more: [], less: [], byAws: false },
      { field: 'status', before: 'available', after: 'modifying', more: [], less: [], byAws: true },
    ]);
  });

  it('of which one was not told something: that is not compared, and neither came, went nor changed', () => {
    const after = one('legacy-prod-mysql', (db) =>
      db.kind === 'database' ? { ...db, deletionProtection: undefined } : db,
    );
    const found = differenceOf(shop, after);
    expect(found.changed).toEqual([]);
    expect(found.notCompared).toEqual([
      { side: 'after', operation: 'rds:DescribeDBInstances', resources: 0, fields: 1 },
    ]);
  });

  it('of which one was denied a listing: nothing of it went', () => {
    const denied = makeEstate({
      ...shop,
      resources: shop.resources.filter(({ kind }) => kind !== 'queue'),
      coverage: {
        ...shop.coverage,
        entries: shop.coverage.entries.map((entry) =>
          entry.operation.startsWith('sqs:') ? { ...entry, status: 'denied' as const } : entry,
        ),
      },
    });
    const found = differenceOf(shop, denied);
    expect(found.gone).toEqual([]);
    expect(found.notCompared).toEqual([{ side: 'after', operation: 'sqs:ListQueues', resources: 2, fields: 0 }]);
  });

  it('in which the same things have other ids: they are found by their names, and nothing differs', () => {
    const ids = new Map(
      shop.resources.flatMap((resource) =>
        resource.kind === 'securityGroup' || resource.kind === 'subnet' ? [[`${resource.id}`, `${resource.id}x`]] : [],
      ),
    );
    const renamed = JSON.parse(
      JSON.stringify(shop.resources, (_, value) => (typeof value === 'string' ? (ids.get(value) ?? value) : value)),
    ) as readonly Resource[];
    const before = makeEstate({
      ...shop,
      resources: JSON.parse(JSON.stringify(shop.resources)) as readonly Resource[],
    });
    const found = differenceOf(before, makeEstate({ ...shop, resources: renamed }));
    expect(found.byName).toBe(ids.size);
    expect([found.come, found.gone, found.changed, found.ambiguous]).toEqual([[], [], [], []]);
  });
});

describe('what the internet reaches', () => {
  it('is closed when its group admits nobody, and opened when it admits everybody', () => {
    const closed = changedEstate((resource) =>
      resource.kind === 'securityGroup' && resource.groupName === 'legacy-prod-all-open'
        ? { ...resource, ingress: [] }
        : resource,
    );
    const names = (doors: Difference['opened']) => doors.map(({ resource }) => resource.name);
    const [there, back] = [differenceOf(shop, closed), differenceOf(closed, shop)];
    expect(names(there.closed)).toContain('legacy-prod-mysql');
    expect(names(back.opened)).toContain('legacy-prod-mysql');
    expect([there.opened, back.closed]).toEqual([[], []]);
  });
});

it('any set of resources that goes is told whole, and comes back the same way round', () => {
  const mine = shop.resources.filter((resource) => !isPassing(resource));
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(mine.length - 1), { maxLength: 6 }), (picked) => {
      const going = new Set(picked.map((n) => mine[n]));
      const less = changedEstate((resource) => (going.has(resource) ? undefined : resource));
      const [gone, come] = [differenceOf(shop, less).gone, differenceOf(less, shop).come];
      expect(gone.map(({ id }) => id).sort()).toEqual([...going].map((resource) => `${resource?.id}`).sort());
      expect(come).toEqual(gone);
    }),
    { numRuns: 15 },
  );
});
