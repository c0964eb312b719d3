import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planSubnets, type SubnetRequest } from './plan.ts';
import { proposeCidrs } from './propose.ts';

const defaultVpc: SubnetRequest = {
  network: 'shop',
  cidr: '172.31.0.0/16',
  zones: ['a', 'c'],
  taken: ['172.31.0.0/20', '172.31.16.0/20', '172.31.32.0/20'],
};

describe('proposeCidrs', () => {
  it('finds a place beside the subnets of a default VPC, and leaves alone what has one', () => {
    expect(proposeCidrs(defaultVpc)).toEqual({
      'app-a': '172.31.48.0/20',
      'data-a': '172.31.88.0/22',
      'public-a': '172.31.92.0/22',
    });
  });

  it('always proposes what planSubnets takes, whatever is in use, as long as a /20 is free', () => {
    const uses = fc.array(fc.tuple(fc.integer({ min: 18, max: 26 }), fc.nat(1023)), { maxLength: 12 });
    fc.assert(
      fc.property(uses, (cuts) => {
        const taken = cuts.flatMap(([prefix, at]) => {
          const size = 2 ** (32 - prefix);
          const offset = (at % (65_536 / size)) * size;
          const inLast20 = offset + size > 240 * 256;
          return inLast20 ? [] : [`172.31.${Math.floor(offset / 256)}.${offset % 256}/${prefix}`];
        });
        const request = { ...defaultVpc, taken };
        expect(planSubnets({ ...request, cidrs: proposeCidrs(request) })).toHaveLength(6);
      }),
    );
  });

  it('takes smaller blocks when no large one is free, a second block of the VPC when the first is full, and says so when nothing is', () => {
    const nearlyFull = {
      ...defaultVpc,
      taken: ['172.31.0.0/17', '172.31.128.0/18', '172.31.192.0/19', '172.31.224.0/20'],
    };
    expect(proposeCidrs(nearlyFull)).toMatchObject({
      'app-a': '172.31.240.0/22',
      'app-c': '172.31.244.0/22',
      'public-c': '172.31.251.0/24',
    });
    const full = { ...defaultVpc, taken: ['172.31.0.0/16'] };
    expect(() => proposeCidrs(full)).toThrow(/There is no room for app-a.*secondary/);
    const second = { ...full, secondary: ['172.30.0.0/16'] };
    expect(proposeCidrs(second)).toMatchObject({ 'app-a': '172.30.0.0/20', 'app-c': '172.30.16.0/20' });
    expect(planSubnets({ ...second, cidrs: proposeCidrs(second) })).toHaveLength(6);
  });

  it('keeps what was chosen, so that asking again moves nothing', () => {
    const first = proposeCidrs(defaultVpc);
    expect(proposeCidrs({ ...defaultVpc, cidrs: first })).toEqual(first);
  });
});
