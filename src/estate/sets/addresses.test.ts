import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../tests/runs.ts';
import {
  type AddressSet,
  addressSetOf,
  change,
  complement,
  contains,
  equals,
  formatAddress,
  formatCidrs,
  formatInternet,
  formatRanges,
  INTERNET,
  intersect,
  isEmpty,
  isPrivate,
  isSubset,
  isWholeInternet,
  overlaps,
  parseAddress,
  parseBlock,
  parseCidr,
  size,
  subtract,
  union,
} from './index.ts';

const set = (...cidrs: string[]): AddressSet => {
  const result = addressSetOf(cidrs);
  if (result === undefined) throw new Error(`not blocks: ${cidrs.join()}`);
  return result;
};

/** Sets over a universe of 32 addresses of each family, with the addresses they hold told one by one. */
const blocks = fc.array(
  fc.oneof(
    fc
      .tuple(fc.integer({ min: 0, max: 31 }), fc.integer({ min: 27, max: 32 }))
      .map(([last, prefix]) => `192.0.2.${last}/${prefix}`),
    fc
      .tuple(fc.integer({ min: 0, max: 31 }), fc.integer({ min: 123, max: 128 }))
      .map(([last, prefix]) => `2001:db8::${last.toString(16)}/${prefix}`),
  ),
  { maxLength: 6 },
);
const universe = Array.from({ length: 32 }, (_, i) => [`192.0.2.${i}`, `2001:db8::${i.toString(16)}`]).flat();
const naive = (cidrs: readonly string[]): ReadonlySet<string> =>
  new Set(
    universe.filter((address) =>
      cidrs.some((cidr) => {
        const [base = '', prefix] = cidr.split('/');
        const v6 = base.includes(':');
        if (v6 !== address.includes(':')) return false;
        const last = (text: string): number =>
          v6 ? Number.parseInt(text.split('::')[1] ?? '', 16) : Number(text.split('.')[3]);
        const shift = (v6 ? 128 : 32) - Number(prefix);
        return last(base) >> shift === last(address) >> shift;
      }),
    ),
  );
const members = (value: AddressSet): ReadonlySet<string> =>
  new Set(
    universe.filter((text) => {
      const address = parseAddress(text);
      return address !== undefined && contains(value, address);
    }),
  );

describe('address sets agree with enumeration', () => {
  it('in every operation', () => {
    fc.assert(
      fc.property(blocks, blocks, (a, b) => {
        const [A, B, na, nb] = [set(...a), set(...b), naive(a), naive(b)];
        expect(members(A)).toEqual(na);
        expect(members(union(A, B))).toEqual(new Set(universe.filter((x) => na.has(x) || nb.has(x))));
        expect(members(intersect(A, B))).toEqual(new Set(universe.filter((x) => na.has(x) && nb.has(x))));
        expect(members(subtract(A, B))).toEqual(new Set(universe.filter((x) => na.has(x) && !nb.has(x))));
        expect(members(change(A, B))).toEqual(new Set(universe.filter((x) => na.has(x) !== nb.has(x))));
        expect(members(complement(A))).toEqual(new Set(universe.filter((x) => !na.has(x))));
        expect(isEmpty(A)).toBe(na.size === 0);
        expect(size(A)).toBe(BigInt(na.size));
        expect(overlaps(A, B)).toBe([...na].some((x) => nb.has(x)));
        expect(isSubset(A, B)).toBe([...na].every((x) => nb.has(x)));
        expect(equals(A, B)).toBe([...na].every((x) => nb.has(x)) && na.size === nb.size);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('however a set was made, equal sets have one representation', () => {
    fc.assert(
      fc.property(blocks, blocks, (a, b) => {
        const [A, B] = [set(...a), set(...b)];
        expect(subtract(union(A, B), subtract(B, A))).toEqual(A);
        expect(complement(complement(A))).toEqual(A);
      }),
    );
  });

  it('as text they come back as themselves, in the fewest blocks', () => {
    fc.assert(
      fc.property(blocks, (a) => {
        const cidrs = formatCidrs(set(...a));
        expect(set(...cidrs)).toEqual(set(...a));
        // No two blocks are the halves of one.
        const parents = cidrs.map(
          (cidr) => formatCidrs(parseBlock(cidr.replace(/\d+$/, (n) => `${Number(n) - 1}`))?.set ?? set())[0],
        );
        for (const [i, parent] of parents.entries()) if (parents.indexOf(parent) !== i) expect(cidrs).toEqual([]);
      }),
    );
  });
});

describe('text', () => {
  it.each([
    ['192.168.1.0/0', ['0.0.0.0/0']],
    ['10.1.2.3/8', ['10.0.0.0/8']],
    ['192.0.2.7', ['192.0.2.7/32']],
    ['2001:DB8:0:0:1::/64', ['2001:db8::/64']],
    ['::ffff:192.0.2.1/128', ['::ffff:c000:201/128']],
    ['::/0', ['::/0']],
  ])('%s is the block %s', (text, cidrs) => expect(formatCidrs(set(text))).toEqual(cidrs));

  it.each([
    '',
    '10.0.0.0/33',
    '10.0.0/8',
    '256.0.0.0/8',
    '10.0.0.0/8/8',
    '10.0.0.0/x',
    '1::2::3/64',
    '::/129',
    'shop',
    ':1',
    '1:2:3:4:5:6:7:8:9',
    '10.0.0.0/',
  ])('%j is not a block', (text) => expect(parseCidr(text)).toBeUndefined());

  it('one block that is not understood makes the whole set unknown', () =>
    expect(addressSetOf(['10.0.0.0/8', 'shop'])).toBeUndefined());

  it('addresses come back as themselves', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV6(), (v4, v6) => {
        for (const text of [v4, v6]) {
          const address = parseAddress(text);
          expect(address).toBeDefined();
          if (address) expect(parseAddress(formatAddress(address))).toEqual(address);
        }
      }),
    );
  });

  it('ranges name first and last', () =>
    expect(formatRanges(set('10.0.0.0/31', '10.0.0.2', '192.0.2.9', '2001:db8::/127'))).toEqual([
      '10.0.0.0-10.0.0.2',
      '192.0.2.9',
      '2001:db8::-2001:db8::1',
    ]));
});

describe('the internet', () => {
  it.each([
    [['0.0.0.0/0']],
    [['192.168.1.0/0']],
    [['0.0.0.0/1', '128.0.0.0/1']],
    [['::/0']],
    [['2000::/3']],
    [formatCidrs(INTERNET)],
  ])('%j is the whole of it', (cidrs) => expect(isWholeInternet(set(...cidrs))).toBe(true));
  it.each([[['0.0.0.0/1']], [['10.0.0.0/8']], [[]], [['0.0.0.0/2', '128.0.0.0/1']]])('%j is not', (cidrs) =>
    expect(isWholeInternet(set(...cidrs))).toBe(false),
  );
  it('private blocks are private, mixed ones are not', () => {
    expect(isPrivate(set('10.0.0.0/8', '192.168.1.0/24'))).toBe(true);
    expect(isPrivate(set('10.0.0.0/7'))).toBe(false);
    expect(isPrivate(set())).toBe(false);
  });
  it('is written as people write it', () => {
    const show = (...cidrs: string[]): readonly string[] => formatInternet(intersect(set(...cidrs), INTERNET));
    expect(show('0.0.0.0/0')).toEqual(['0.0.0.0/0']);
    expect(show('0.0.0.0/0', '::/0')).toEqual(['0.0.0.0/0', '::/0']);
    expect(show('0.0.0.0/1')).toEqual(['0.0.0.0/1']);
    expect(show('11.0.0.0/8', '203.0.113.7/32')).toEqual(['11.0.0.0/8', '203.0.113.7/32']);
    expect(show('10.0.0.0/8')).toEqual([]);
    expect(show('2001:db8::/32')).toEqual(['2001:db8::/32']);
  });
  it('writing a set of the internet loses nothing of it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })), { maxLength: 4 }), (list) => {
        const asked = intersect(set(...list.map(([base, prefix]) => `${base}/${prefix}`)), INTERNET);
        expect(intersect(set(...formatInternet(asked)), INTERNET)).toEqual(asked);
      }),
    );
  });
});
