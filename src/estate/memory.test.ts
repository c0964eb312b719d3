import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../tests/runs.ts';
import { reach, resourceEnd } from '../analyse/reachability/index.ts';
import { estateOf, subnet, vpc } from '../analyse/reachability/testing/build.ts';
import { estateFor, randomNetwork } from '../analyse/reachability/testing/random-network.ts';
import { all, byId, type Estate, makeEstate, memoised } from './estate.ts';
import { newMemory, recalled, remember } from './memory.ts';
import type { Resource } from './resource.ts';
import { indexed } from './watched.ts';

const COVERAGE = { entries: [] };

/** Points of one journey: what is not changed is the same object in each. */
function journey(): (resources: readonly Resource[], more?: Partial<Estate>) => Estate {
  const memory = newMemory();
  return (resources, more = {}) => {
    const estate = makeEstate({
      resources,
      flows: [],
      coverage: COVERAGE,
      notices: [],
      collectedAt: undefined,
      ...more,
    });
    remember(estate, memory);
    return estate;
  };
}

/** A question that counts how often it is asked. */
function counted<T>(ask: (estate: Estate, subject: string) => T) {
  const times = { asked: 0 };
  const question = recalled((estate: Estate, subject: string) => {
    times.asked += 1;
    return ask(estate, subject);
  });
  return { question, times };
}

const [home, other] = [vpc('vpc-a', '10.0.0.0/16'), vpc('vpc-b', '10.1.0.0/16')];
const [first, second] = [subnet('subnet-a', 'vpc-a', '10.0.0.0/24'), subnet('subnet-b', 'vpc-b', '10.1.0.0/24')];
const moved = subnet('subnet-a', 'vpc-b', '10.1.1.0/24');

describe('an answer is given again while what was looked at is the same, and asked anew otherwise', () => {
  const cidrOf = (estate: Estate, name: string) => {
    const found = byId(estate, name);
    return found?.kind === 'subnet' ? found.cidr : undefined;
  };

  it('by an id: others may come and go', () => {
    const { question, times } = counted(cidrOf);
    const at = journey();
    expect(question(at([home, first]), 'subnet-a')).toBe('10.0.0.0/24');
    expect(question(at([home, other, first, second]), 'subnet-a')).toBe('10.0.0.0/24');
    expect(times.asked).toBe(1);
    expect(question(at([home, moved]), 'subnet-a')).toBe('10.1.1.0/24');
    expect(question(at([home]), 'subnet-a')).toBeUndefined();
    expect(times.asked).toBe(3);
  });

  it('what was not there may come', () => {
    const { question } = counted(cidrOf);
    const at = journey();
    expect(question(at([home]), 'subnet-a')).toBeUndefined();
    expect(question(at([home, second]), 'subnet-a')).toBeUndefined();
    expect(question(at([home, first]), 'subnet-a')).toBe('10.0.0.0/24');
  });

  it('all of a kind: one that comes, goes or changes counts', () => {
    const { question, times } = counted((estate) => all(estate, 'subnet').map(({ cidr }) => cidr));
    const at = journey();
    expect(question(at([home, first]), '')).toHaveLength(1);
    expect(question(at([home, other, first]), '')).toHaveLength(1);
    expect(times.asked).toBe(1);
    expect(question(at([first, second]), '')).toHaveLength(2);
    expect(question(at([moved, second]), '')).toEqual(['10.1.1.0/24', '10.1.0.0/24']);
    expect(question(at([second]), '')).toHaveLength(1);
    expect(times.asked).toBe(4);
  });

  it('parts of the estate: its coverage, its flows, all of its resources', () => {
    const { question, times } = counted(({ coverage, flows, resources, collectedAt }) =>
      [coverage.entries.length, flows.length, resources.length, collectedAt].join(),
    );
    const at = journey();
    expect(question(at([home]), '')).toBe('0,0,1,');
    expect(question(at([home]), '')).toBe('0,0,1,');
    expect(times.asked).toBe(1);
    expect(question(at([home, other]), '')).toBe('0,0,2,');
    expect(question(at([home], { collectedAt: 'today' }), '')).toBe('0,0,1,today');
    expect(question(at([home], { coverage: estateOf([]).coverage }), '')).toMatch(/^[1-9]/);
    expect(times.asked).toBe(4);
  });

  it('through what is kept of an estate, and through an index: its other entries may change', () => {
    const byVpc = indexed((estate) => {
      const found = new Map<string, string[]>();
      for (const one of all(estate, 'subnet')) found.set(one.vpc.id, [...(found.get(one.vpc.id) ?? []), one.id]);
      return found;
    });
    const kept = memoised((estate) => byVpc(estate).get('vpc-a')?.length ?? 0);
    const { question, times } = counted((estate, id) => [kept(estate), byVpc(estate).get(id)]);
    const at = journey();
    expect(question(at([first]), 'vpc-a')).toEqual([1, ['subnet-a']]);
    expect(question(at([first, second]), 'vpc-a')).toEqual([1, ['subnet-a']]);
    expect(times.asked).toBe(1);
    expect(question(at([moved, second]), 'vpc-a')).toEqual([0, undefined]);
    expect(question(at([second]), 'vpc-a')).toEqual([0, undefined]);
    expect(times.asked).toBe(2);
  });

  it('through another question: only another answer of it counts', () => {
    const inner = counted((estate) => all(estate, 'subnet').length);
    const outer = counted((estate) => `${inner.question(estate, '')} subnets`);
    const at = journey();
    expect(outer.question(at([first]), '')).toBe('1 subnets');
    expect(outer.question(at([moved]), '')).toBe('1 subnets');
    expect([inner.times.asked, outer.times.asked]).toEqual([2, 1]);
    expect(outer.question(at([first, second]), '')).toBe('2 subnets');
    expect([inner.times.asked, outer.times.asked]).toEqual([3, 2]);
  });

  it('on the way back the earlier answer is still known', () => {
    const { question, times } = counted(cidrOf);
    const at = journey();
    for (const one of [first, moved, first, moved]) expect(question(at([one]), 'subnet-a')).toBe(one.cidr);
    expect(times.asked).toBe(2);
  });

  it('without a memory it is asked once an estate', () => {
    const { question, times } = counted(cidrOf);
    for (const estate of [estateOf([first]), estateOf([moved])])
      expect([question(estate, 'subnet-a'), question(estate, 'subnet-a')]).toHaveLength(2);
    expect(times.asked).toBe(2);
  });
});

it('who reaches whom is remembered from one random network to another as it is found anew', () => {
  const between = recalled((estate: Estate, ends: string) => {
    const [from, to] = ends.split(' ').map((end) => byId(estate, end));
    if (!from || !to) return undefined;
    const { verdict, admitted, possible, via, way } = reach(estate, resourceEnd(from), resourceEnd(to));
    return { verdict, admitted, possible, via, way };
  });
  const { coverage } = estateOf([]);
  fc.assert(
    fc.property(fc.array(randomNetwork, { minLength: 2, maxLength: 3 }), (networks) => {
      const at = journey();
      const known = new Map<string, Resource>();
      // parts of one network among those of another: what says the same is the same object
      const points = networks.flatMap((network, n) => {
        const next = networks[n + 1];
        const whole = estateFor(network).resources;
        const mixed = next ? whole.map((one, i) => (i % 3 === 0 ? (byId(estateFor(next), one.id) ?? one) : one)) : [];
        return next ? [whole, mixed] : [whole];
      });
      for (const resources of points) {
        const shared = resources.map((one) => {
          const key = JSON.stringify(one);
          known.set(key, known.get(key) ?? one);
          return known.get(key) ?? one;
        });
        const [remembering, fresh] = [at(shared, { coverage }), makeEstate({ ...estateOf(shared), coverage })];
        const ids = all(fresh, 'networkInterface').map(({ id }) => id);
        for (const from of ids)
          for (const to of ids) expect(between(remembering, `${from} ${to}`)).toEqual(between(fresh, `${from} ${to}`));
      }
    }),
    { numRuns: runs(100) },
  );
});
