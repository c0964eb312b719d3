import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, formatBlock, freeBlocks, overlaps, parseBlock } from './cidr.ts';
import {
  type PlannedSubnet,
  planSubnets,
  type Slot,
  type SubnetRequest,
  type Tier,
  ZONE_LETTERS,
  type ZoneLetter,
} from './plan.ts';

const block = (text: string) => {
  const parsed = parseBlock(text);
  if (parsed === undefined) throw new Error(`not a block: ${text}`);
  return parsed;
};

const vpcCidrs = fc
  .tuple(fc.integer({ min: 16, max: 21 }), fc.nat(2 ** 21 - 1))
  .map(([prefix, at]) => formatBlock({ first: (at % 2 ** prefix) * 2 ** (32 - prefix), last: 0, prefix }));
const zoneSets = fc.uniqueArray(fc.constantFrom<ZoneLetter>(...ZONE_LETTERS), { minLength: 2, maxLength: 8 });
const extraTiers = fc
  .uniqueArray(fc.constantFrom<Slot>('narrow-3', 'narrow-4'), { maxLength: 2 })
  .map(
    (slots): Record<string, Tier> =>
      Object.fromEntries(
        slots.map((slot) => [slot === 'narrow-3' ? 'reporting' : 'batch', { slot, reach: 'private' }]),
      ),
  );
const requests = fc
  .record({ cidr: vpcCidrs, zones: zoneSets, tiers: extraTiers })
  .map((each): SubnetRequest => ({ network: 'shop', ...each }));

const byKey = (planned: readonly PlannedSubnet[]) => new Map(planned.map((each) => [each.key, each.cidr]));

describe('planSubnets', () => {
  it('gives every tier one subnet in every zone, all inside the VPC, none overlapping, all of a size that AWS takes', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const planned = planSubnets(request);
        expect(planned).toHaveLength((3 + Object.keys(request.tiers ?? {}).length) * request.zones.length);
        for (const [at, subnet] of planned.entries()) {
          const mine = block(subnet.cidr);
          expect(contains(block(request.cidr), mine)).toBe(true);
          expect(mine.prefix).toBeGreaterThanOrEqual(16);
          expect(mine.prefix).toBeLessThanOrEqual(subnet.reach === 'isolated' ? 28 : 27);
          expect(subnet.usable).toBe(2 ** (32 - mine.prefix) - 5);
          for (const other of planned.slice(at + 1)) expect(overlaps(mine, block(other.cidr))).toBe(false);
        }
      }),
    );
  });

  it('moves no subnet when a zone or a tier is added, whatever the order they are written in', () => {
    fc.assert(
      fc.property(requests, zoneSets, extraTiers, (request, moreZones, moreTiers) => {
        const before = byKey(planSubnets(request));
        const zones = [...new Set([...moreZones, ...request.zones])];
        const after = byKey(planSubnets({ ...request, zones, tiers: { ...moreTiers, ...request.tiers } }));
        for (const [key, cidr] of before) expect(after.get(key)).toBe(cidr);
      }),
    );
  });

  it('keeps these blocks for ever: a change here would replace the subnets of everybody who uses the network', () => {
    expect(
      planSubnets({ network: 'shop', cidr: '10.20.0.0/16', zones: ['a', 'c'] }).map(
        (each) => `${each.key} ${each.cidr}`,
      ),
    ).toEqual([
      'app-a 10.20.0.0/20',
      'app-c 10.20.64.0/20',
      'data-a 10.20.20.0/22',
      'data-c 10.20.84.0/22',
      'public-a 10.20.16.0/22',
      'public-c 10.20.80.0/22',
    ]);
  });

  it('takes blocks chosen by hand, for an existing VPC whose first addresses are in use', () => {
    const planned = planSubnets({
      network: 'shop',
      cidr: '172.31.0.0/16',
      zones: ['a', 'c'],
      taken: ['172.31.0.0/20', '172.31.16.0/20', '172.31.32.0/20'],
      cidrs: { 'app-a': '172.31.128.0/20', 'public-a': '172.31.144.0/22', 'data-a': '172.31.148.0/22' },
    });
    expect(byKey(planned).get('app-a')).toBe('172.31.128.0/20');
    expect(byKey(planned).get('app-c')).toBe('172.31.64.0/20');
  });

  const refused: readonly [string, Partial<SubnetRequest>, RegExp][] = [
    ['one zone', { zones: ['a'] }, /One zone is not enough.*at least two zones/],
    ['a zone twice', { zones: ['a', 'a'] }, /stands twice/],
    [
      'a block in use',
      { taken: ['10.20.4.0/22'] },
      /app-a overlaps 10\.20\.4\.0\/22, which is in use.*free are 10\.20\.32\.0\/20/,
    ],
    ['two chosen blocks that overlap', { cidrs: { 'data-a': '10.20.64.0/24' } }, /overlaps/],
    ['a chosen block outside the VPC', { cidrs: { 'data-a': '10.30.0.0/24' } }, /not inside the VPC/],
    ['a block for a subnet that does not exist', { cidrs: { 'data-b': '10.20.128.0/24' } }, /no subnet here.*app-a/],
    ['a public subnet too small for a load balancer', { cidrs: { 'public-a': '10.20.16.0/28' } }, /\/27 or larger/],
    ['a VPC too small for the layout', { cidr: '10.20.0.0/24' }, /\/21 or larger/],
    ['a VPC larger than AWS takes', { cidr: '10.0.0.0/8' }, /\/16 to \/28/],
    ['a block with bits beyond its prefix', { cidr: '10.20.0.1/16' }, /not an IPv4 block/],
    ['two tiers in one slot', { tiers: { batch: { slot: 'narrow-2', reach: 'private' } } }, /share the slot narrow-2/],
    ['a tier named like a standard one', { tiers: { data: { slot: 'narrow-3', reach: 'private' } } }, /always there/],
  ];
  it.each(refused)('refuses %s and says what to do', (_what, change, message) => {
    expect(() => planSubnets({ network: 'shop', cidr: '10.20.0.0/16', zones: ['a', 'c'], ...change })).toThrow(message);
  });
});

describe('blocks', () => {
  it('are read and written without loss', () => {
    fc.assert(
      fc.property(vpcCidrs, (text) => {
        expect(formatBlock(block(text))).toBe(text);
      }),
    );
  });

  it.each(['10.0.0.0', '10.0.0.0/33', '256.0.0.0/8', '010.0.0.0/8', '10.0.0.0/08', '10.0.1.0/16', '::/0', ''])(
    '%s is not one',
    (text) => {
      expect(parseBlock(text)).toBeUndefined();
    },
  );

  it('that are free touch nothing taken, lie inside and are missed by none', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 18, max: 24 }), fc.nat(1000)), { maxLength: 8 }), (cuts) => {
        const space = block('10.20.0.0/16');
        const taken = cuts.map(([prefix, at]) => {
          const size = 2 ** (32 - prefix);
          const first = space.first + (at % (65536 / size)) * size;
          return { first, last: first + size - 1, prefix };
        });
        const found = freeBlocks(space, taken, 20, 16);
        const expected = Array.from({ length: 16 }, (_, at) => block(`10.20.${at * 16}.0/20`)).filter(
          (each) => !taken.some((used) => overlaps(used, each)),
        );
        expect(found.map(formatBlock)).toEqual(expected.map(formatBlock));
      }),
    );
  });
});
