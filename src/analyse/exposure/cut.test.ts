/** What would close an exposure, and what it would cost: nothing that works may be lost without being told. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../tests/runs.ts';
import { all, type Estate, makeEstate } from '../../estate/estate.ts';
import type { Flow, FlowEnd } from '../../estate/flow.ts';
import type { Resource } from '../../estate/resource.ts';
import { reach } from '../reachability/index.ts';
import {
  acl,
  eni,
  estateOf,
  group,
  igw,
  LOCAL,
  OPEN_ACL,
  type RuleSpec,
  ref,
  route,
  subnet,
  table,
  toIgw,
  vpc,
} from '../reachability/testing/build.ts';
import {
  at,
  balancer,
  database,
  flow,
  lambda,
  listener,
  queue,
  target,
  targets,
} from '../reachability/testing/build-services.ts';
import { estateFor, PORTS, randomNetwork } from '../reachability/testing/random-network.ts';
import { endOf, flowEffects, trafficOf } from './flow-effects.ts';
import { type Cut, cutsOf, exposures } from './index.ts';

const MYSQL = [3306, 3306] as const;
const PEOPLE: FlowEnd = { type: 'people' };
const INTERNET: FlowEnd = { type: 'internet' };
const place = { vpc: 'vpc-1', subnet: 'subnet-1' };
const toInternet = route('0.0.0.0/0', toIgw('igw-1'));

interface Spec {
  readonly rules?: readonly RuleSpec[];
  readonly routes?: Parameters<typeof table>[2];
  readonly more?: readonly Resource[];
  readonly flows?: readonly Flow[];
}
/** A database with a public address in a public subnet, and a web host beside it. */
const shop = ({
  rules = [{ ports: MYSQL, peer: '0.0.0.0/0' }],
  routes = [toInternet],
  more = [],
  flows = [],
}: Spec): Estate =>
  estateOf(
    [
      vpc('vpc-1', '10.0.0.0/16'),
      subnet('subnet-1', 'vpc-1', '10.0.1.0/24'),
      igw('igw-1', ['vpc-1']),
      table('rtb-1', 'vpc-1', [route('10.0.0.0/16', LOCAL), ...routes], 'main'),
      acl('acl-1', 'vpc-1', ['subnet-1'], OPEN_ACL),
      group('sg-db', 'vpc-1', rules),
      group('sg-web', 'vpc-1', []),
      database('db'),
      eni('eni-db', place, ['sg-db'], { private: '10.0.1.4', public: '192.0.2.4' }, { owner: ref('db') }),
      eni('eni-web', place, ['sg-web'], { private: '10.0.1.5', public: '192.0.2.5' }),
      lambda('worker', null),
      queue('jobs'),
      ...more,
    ],
    { flows },
  );
const cuts = (estate: Estate, resource = 'db'): readonly Cut[] => {
  const exposure = exposures(estate).exposures.find((one) => one.resource.id === resource);
  if (exposure === undefined) throw new Error(`${resource} is not exposed`);
  return cutsOf(estate, exposure);
};
const cut = (list: readonly Cut[], type: 'rule' | 'publicAddress' | 'route'): Cut => {
  const found = list.find((one) => one.items[0]?.type === type);
  if (found === undefined) throw new Error(`no cut by ${type}`);
  return found;
};

describe('a function without a VPC reaches a database by its public address only', () => {
  const worker = flow(at('worker'), at('db'), 3306);
  it('open to the whole internet: every cut breaks it', () => {
    const list = cuts(shop({ flows: [worker] }));
    expect(list.map(({ items }) => items[0]?.type).sort()).toEqual(['publicAddress', 'route', 'rule']);
    for (const one of list) expect([one.breaks, one.undecided]).toEqual([[worker.id], []]);
  });
  it('open to some addresses: nobody can tell whether it works, so it is undecided', () => {
    for (const one of cuts(shop({ rules: [{ ports: MYSQL, peer: '198.51.100.0/24' }], flows: [worker] })))
      expect([one.breaks, one.undecided]).toEqual([[], [worker.id]]);
  });
  it('whether it is in a VPC was not read: undecided, never silent', () => {
    const unread = { ...lambda('worker-2', null), network: undefined };
    const lost = flow(at('worker-2'), at('db'), 3306);
    for (const one of cuts(shop({ more: [unread], flows: [lost] })))
      expect([one.breaks, one.undecided]).toEqual([[], [lost.id]]);
  });
  it('what AWS carries itself does not hang on the network', () => {
    const events = flow(at('jobs'), at('worker'), null, 'eventSource');
    const sends = flow(at('worker'), at('jobs'), 443);
    for (const one of cuts(shop({ flows: [events, sends] })))
      expect([one.breaks, one.undecided, one.alsoCloses]).toEqual([[], [], []]);
  });
});

describe('flows', () => {
  it('the way in that nobody declared is told apart', () => {
    const open = flow(PEOPLE, at('db'), 3306, 'open');
    for (const one of cuts(shop({ flows: [open] })))
      expect([one.breaks, one.undecided, one.alsoCloses]).toEqual([[], [], [open.id]]);
  });
  it('a flow from inside survives the loss of the public address, but not of the rule it needs', () => {
    const web = flow(at('eni-web'), at('db'), 3306);
    const list = cuts(shop({ flows: [web] }));
    expect(cut(list, 'publicAddress').breaks).toEqual([]);
    expect(cut(list, 'rule').breaks).toEqual([web.id]);
    expect(list[0]?.items[0]?.type).toBe('publicAddress');
  });
  it('a flow that keeps only some of those who used it is broken', () => {
    const world = flow({ type: 'internet' }, at('db'), 3306, 'declared');
    expect(cut(cuts(shop({ flows: [world] })), 'rule').breaks).toEqual([world.id]);
  });
  it('a thing of two interfaces is broken where one of them is', () => {
    const second = eni(
      'eni-db-2',
      { vpc: 'vpc-1', subnet: 'subnet-2' },
      ['sg-2'],
      { private: '10.0.2.4' },
      { owner: ref('db') },
    );
    const more = [
      subnet('subnet-2', 'vpc-1', '10.0.2.0/24'),
      acl('acl-2', 'vpc-1', ['subnet-2'], OPEN_ACL),
      group('sg-2', 'vpc-1', [{ ports: MYSQL, peer: '10.0.0.0/16' }]),
      second,
    ];
    const out = flow(at('db'), { type: 'host', host: 'api.example.com' }, 443);
    expect(cut(cuts(shop({ more, flows: [out] })), 'publicAddress').breaks).toEqual([out.id]);
  });
  it('a flow that does not work today is not broken', () => {
    const dead = flow(at('db'), at('eni-web'), 22);
    for (const one of cuts(shop({ flows: [dead] }))) expect(one.breaks).toEqual([]);
  });
});

/** The estate with all items of a cut removed but one; written apart from the code that it checks. */
function without(estate: Estate, items: Cut['items']): Estate {
  const gone = (type: string, resource: string, by: string): boolean =>
    items.some((one) => one.type === type && one.by === by && (type === 'publicAddress' || one.resource === resource));
  return makeEstate({
    ...estate,
    resources: estate.resources.map((one): Resource => {
      if (one.kind === 'securityGroup')
        return { ...one, ingress: one.ingress?.filter((rule) => !gone('rule', one.id, rule.id)) };
      if (one.kind === 'routeTable')
        return {
          ...one,
          routes: one.routes?.filter(
            ({ destination }) => !(destination?.type === 'cidr' && gone('route', one.id, destination.cidr)),
          ),
        };
      if (one.kind === 'networkInterface' && gone('publicAddress', '', one.id))
        return { ...one, hasPublicAddress: false, addresses: one.addresses?.map((a) => ({ ...a, public: null })) };
      return one;
    }),
  });
}
const isOpen = (estate: Estate): boolean => exposures(estate).exposures.some((one) => one.resource.id === 'db');

describe('a cut is minimal: all of it closes, and without any one item it stays open', () => {
  const estate = shop({
    rules: [
      { ports: MYSQL, peer: '0.0.0.0/0' },
      { ports: MYSQL, peer: '198.51.100.0/24' },
      { ports: [0, 65535], peer: '203.0.113.0/24' },
      { ports: [22, 22], peer: '0.0.0.0/0' },
      { ports: MYSQL, peer: '10.0.0.0/16' },
      { ports: MYSQL, peer: 'sg-web' },
    ],
    routes: [
      toInternet,
      route('198.51.100.0/24', toIgw('igw-1')),
      route('203.0.113.0/25', toIgw('igw-1'), 'blackhole'),
      route('::/0', toIgw('igw-1')),
    ],
    more: [
      eni('eni-db-2', place, ['sg-db'], { private: '10.0.1.9', public: '192.0.2.9' }, { owner: ref('db') }),
      eni('eni-db-3', place, ['sg-web'], { private: '10.0.1.10', public: '192.0.2.10' }, { owner: ref('db') }),
    ],
  });
  it.each([
    ['rule', 3],
    ['publicAddress', 2],
    ['route', 2],
  ] as const)('%s', (type, count) => {
    const { items } = cut(cuts(estate), type);
    expect(items).toHaveLength(count);
    expect(isOpen(without(estate, items))).toBe(false);
    for (const left of items)
      expect(
        isOpen(
          without(
            estate,
            items.filter((one) => one !== left),
          ),
        ),
      ).toBe(true);
  });
});

describe('through a load balancer', () => {
  const parts = (own: readonly RuleSpec[]): readonly Resource[] => [
    group('sg-lb', 'vpc-1', own),
    balancer('lb', 'application', ['subnet-1'], { securityGroups: [ref('sg-lb')] }),
    eni('eni-lb', place, ['sg-lb'], { private: '10.0.1.20', public: '192.0.2.20' }, { owner: ref('lb') }),
    listener('lb', 'tg'),
    targets('tg', 'lb', 'ip', [target('10.0.1.30')]),
    group('sg-app', 'vpc-1', [{ ports: [8080, 8080], peer: 'sg-lb' }]),
    eni('eni-app', place, ['sg-app'], { private: '10.0.1.30' }),
  ];
  it('the rule of the balancer closes what is behind it, though the ports differ', () => {
    const uses = flow({ type: 'internet' }, at('lb'), 80, 'targetGroup');
    const [best] = cuts(
      shop({
        more: parts([
          { ports: [80, 80], peer: '0.0.0.0/0' },
          { ports: [99, 99], peer: '0.0.0.0/0' },
        ]),
        flows: [uses],
      }),
      'eni-app',
    );
    expect(best?.items.map(({ by }) => by)).toEqual(['sg-lb/ingress/0']);
    expect(best?.breaks).toEqual([uses.id]);
  });
});

it('nothing is promised where the rest is not known: a cut closes surely or is not told', () => {
  const vague = group('sg-vague', 'vpc-1', [], undefined, { ingress: undefined });
  const estate = shop({
    more: [vague, eni('eni-both', place, ['sg-db', 'sg-vague'], { private: '10.0.1.9', public: '192.0.2.9' })],
  });
  expect(cuts(estate, 'eni-both').map(({ items }) => items[0]?.type)).not.toContain('rule');
});

it('the order of the input does not show', () => {
  const estate = shop({ flows: [flow(at('worker'), at('db'), 3306), flow(PEOPLE, at('db'), 3306, 'open')] });
  const turned = makeEstate({
    ...estate,
    resources: [...estate.resources].reverse(),
    flows: [...estate.flows].reverse(),
  });
  expect(cuts(turned)).toEqual(cuts(estate));
});

it('what a cut breaks is the same when every flow is asked, in random networks', () => {
  const tally = { cuts: 0, breaking: 0 };
  fc.assert(
    fc.property(randomNetwork, (network) => {
      const bare = estateFor(network);
      const ends = all(bare, 'networkInterface').map(({ id }) => at(id));
      const flows = [...ends, PEOPLE].flatMap((from) =>
        [...ends, INTERNET].flatMap((to) => (from === to ? [] : PORTS.map((port) => flow(from, to, port)))),
      );
      const estate = { ...bare, flows };
      for (const exposure of exposures(estate).exposures)
        for (const { items, breaks, undecided, alsoCloses } of cutsOf(estate, exposure)) {
          const asked = flowEffects(estate, without(estate, items), undefined);
          const sorted = (list: readonly string[]): readonly string[] => [...list].sort();
          expect([breaks, undecided, alsoCloses].map(sorted)).toEqual(
            [asked.breaks, asked.undecided, asked.alsoCloses].map(sorted),
          );
          tally.cuts += 1;
          tally.breaking += breaks.length > 0 ? 1 : 0;
        }
    }),
    { numRuns: runs(400), seed: 11 },
  );
  expect(tally.breaking).toBeGreaterThan(runs(400) / 40);
});

/** The same network, of which a part is not told. */
function vaguer(estate: Estate, picks: readonly { readonly at: number; readonly what: number }[]): Estate {
  const resources = [...estate.resources];
  for (const { at: n, what } of picks) {
    const one = resources[n % resources.length];
    if (one?.kind === 'networkInterface')
      resources[n % resources.length] = [
        { ...one, securityGroups: undefined },
        { ...one, subnet: undefined },
        { ...one, vpc: undefined },
        { ...one, subnet: undefined, vpc: undefined },
      ][what % 4] as Resource;
    if (one?.kind === 'routeTable')
      resources[n % resources.length] = [
        { ...one, routes: undefined },
        { ...one, subnets: undefined },
        { ...one, vpc: ref('unknown') },
        { ...one, main: undefined },
      ][what % 4] as Resource;
  }
  return makeEstate({ ...estate, resources });
}

it('where a part is not told, no flow is passed over that the cut may end', () => {
  let cut = 0;
  const picks = fc.array(fc.record({ at: fc.nat(), what: fc.nat(3) }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(randomNetwork, picks, (network, untold) => {
      const bare = vaguer(estateFor(network), untold);
      const ends = all(bare, 'networkInterface').map(({ id }) => at(id));
      const flows = [...ends, PEOPLE].flatMap((from) =>
        [...ends, INTERNET].flatMap((to) => (from === to ? [] : PORTS.map((port) => flow(from, to, port)))),
      );
      const estate = { ...bare, flows };
      for (const exposure of exposures(estate).exposures)
        for (const { items, breaks, undecided, alsoCloses } of cutsOf(estate, exposure)) {
          cut += 1;
          const after = without(estate, items);
          const told = new Set([...breaks, ...undecided, ...alsoCloses]);
          for (const passedOver of flows.filter(({ id }) => !told.has(id))) {
            const [was, will] = [estate, after].map((now) => {
              const [from, to] = [endOf(now, passedOver.from), endOf(now, passedOver.to)];
              return from && to && reach(now, from, to, trafficOf(passedOver));
            });
            if (was?.answer === 'yes') expect([passedOver.id, will?.answer]).toEqual([passedOver.id, 'yes']);
            if (was?.answer === 'unknown') expect([passedOver.id, will?.answer]).not.toEqual([passedOver.id, 'no']);
          }
        }
    }),
    { numRuns: runs(200), seed: 12 },
  );
  expect(cut).toBeGreaterThan(runs(200) / 10);
});
