import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressSetOf, intersect, isEmpty, isSubset } from '../../estate/sets/index.ts';
import { base64, cidr, every, join, MAX_TEXT, not, select, some, split, sub, zone } from './functions.ts';
import { textOf, UNKNOWN } from './values.ts';

const word = fc.stringMatching(/^[a-z0-9.]{0,8}$/);
const three = fc.constantFrom(true, false, undefined);

describe('Join and Split', () => {
  it('are each other’s inverse where the delimiter is in no part', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (parts) => {
        expect(split('|', join('|', parts) ?? '')).toEqual(parts);
      }),
    );
  });

  it('are unknown as soon as one part is', () => {
    fc.assert(
      fc.property(fc.array(word), fc.array(word), (before, after) => {
        expect(join(',', [...before, UNKNOWN, ...after])).toBeUndefined();
      }),
    );
    expect(split(',', UNKNOWN)).toBeUndefined();
  });

  it('keep a secret secret', () => {
    expect(join('', ['a', { $secret: 'b' }])).toEqual({ $secret: 'ab' });
    expect(split(',', { $secret: 'a,b' })).toEqual([{ $secret: 'a' }, { $secret: 'b' }]);
  });

  it('make no text beyond all measure', () => {
    const long = 'x'.repeat(MAX_TEXT);
    expect(join('', [long, 'x'])).toBeUndefined();
    expect(sub(`\${a}\${a}`, () => long)).toBeUndefined();
  });
});

describe('Select', () => {
  it('gives the element that the index counts from 0, and nothing outside of the list', () => {
    fc.assert(
      fc.property(fc.array(word), fc.nat(20), (list, n) => {
        expect(select(String(n), list)).toBe(list[n]);
      }),
    );
    for (const index of ['-1', '1.5', 'first', '', undefined]) expect(select(index, ['a', 'b'])).toBeUndefined();
  });
});

describe('Sub', () => {
  it('fills every name with its value and leaves the rest of the text as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word)), (pairs) => {
        const text = pairs.map(([before], n) => `${before}\${V${n}}`).join('');
        const filled = sub(text, (name) => pairs[Number(name.slice(1))]?.[1]);
        expect(filled).toBe(pairs.map(([before, value]) => before + value).join(''));
      }),
    );
  });

  it('keeps a name that is meant as a text', () => {
    expect(sub(`\${!aws:username}/\${A}`, () => 'x')).toBe(`\${aws:username}/x`);
  });

  it('is unknown where a name is', () => {
    expect(sub(`a\${B}c`, () => undefined)).toBeUndefined();
    expect(sub(`a\${B}c`, () => UNKNOWN)).toBeUndefined();
  });

  it('does not fill a value a second time', () => {
    expect(sub(`\${A}`, () => `\${B}`)).toBe(`\${B}`);
  });
});

it('Base64 is what Node decodes', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(Buffer.from(textOf(base64(text)) ?? '', 'base64').toString()).toBe(Buffer.from(text).toString());
    }),
  );
});

describe('Cidr', () => {
  it('gives blocks within the given one that do not overlap, each of the size asked for', () => {
    fc.assert(
      fc.property(
        fc.nat(255),
        fc.integer({ min: 8, max: 24 }),
        fc.integer({ min: 1, max: 16 }),
        (second, length, bits) => {
          const block = `10.${second}.0.0/${length}`;
          const count = Math.min(8, 2 ** Math.max(0, 32 - length - bits));
          const made = cidr(block, count, bits);
          if (bits > 32 - length) {
            expect(made).toBeUndefined();
            return;
          }
          const whole = addressSetOf([block]);
          const sets = (made ?? []).map((one) => addressSetOf([one]));
          expect(made).toHaveLength(count);
          for (const [n, set] of sets.entries()) {
            if (set === undefined || whole === undefined) throw new Error('not a block');
            expect(isSubset(set, whole)).toBe(true);
            expect(made?.[n]?.endsWith(`/${32 - bits}`)).toBe(true);
            for (const other of sets.slice(n + 1)) if (other) expect(isEmpty(intersect(set, other))).toBe(true);
          }
        },
      ),
    );
  });

  it('does as the documentation’s example', () => {
    expect(cidr('192.168.0.0/24', 6, 5)).toEqual([
      '192.168.0.0/27',
      '192.168.0.32/27',
      '192.168.0.64/27',
      '192.168.0.96/27',
      '192.168.0.128/27',
      '192.168.0.160/27',
    ]);
    expect(cidr('2001:db8::/56', 2, 64)).toEqual(['2001:db8::/64', '2001:db8:0:1::/64']);
  });

  it('refuses what CloudFormation refuses', () => {
    for (const [block, count, bits] of [
      ['10.0.0.0/16', 257, 8],
      ['10.0.0.0/16', 0, 8],
      ['10.0.0.0/24', 2, 8],
      ['not a block', 1, 8],
      ['10.0.0.0', 1, 8],
      ['10.0.0.0/16', 1.5, 8],
    ] as const)
      expect(cidr(block, count, bits)).toBeUndefined();
  });
});

describe('And, Or, Not', () => {
  it('answer only what holds whatever the unknown ones are', () => {
    fc.assert(
      fc.property(fc.array(three, { minLength: 1, maxLength: 6 }), (list) => {
        const worlds = list.reduce<boolean[][]>(
          (before, one) =>
            before.flatMap((made) =>
              one === undefined
                ? [
                    [...made, true],
                    [...made, false],
                  ]
                : [[...made, one]],
            ),
          [[]],
        );
        const answers = (of: (world: boolean[]) => boolean) => new Set(worlds.map(of));
        const only = (found: ReadonlySet<boolean>) => (found.size === 1 ? [...found][0] : undefined);
        expect(every(list)).toBe(only(answers((world) => world.every(Boolean))));
        expect(some(list)).toBe(only(answers((world) => world.some(Boolean))));
      }),
    );
    expect([not(true), not(false), not(undefined)]).toEqual([false, true, undefined]);
  });
});

it('zones of a region differ', () => {
  expect([0, 1, 2].map((n) => zone('eu-west-1', n))).toEqual(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
});
