/** Ways between networks and to services: peering, transit gateways, endpoints, NAT of a region, IPv6, zones, client ports. */
import { afterAll, describe, expect, it } from 'vitest';
import { byId, type Estate } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { ALL_TRAFFIC, type TrafficSet, tcp } from '../../estate/sets/index.ts';
import type { Verdict } from '../verdict.ts';
import { CODES } from './codes.ts';
import { endpointOf, type ReachAnswer, reach } from './index.ts';
import {
  acl,
  base,
  type EntrySpec,
  eni,
  estateOf,
  group,
  igw,
  LOCAL,
  nat,
  OPEN_ACL,
  peering,
  type RuleSpec,
  ref,
  route,
  subnet,
  table,
  toIgw,
  toNat,
  toPeering,
  vpc,
} from './testing/build.ts';
import {
  balancer,
  distribution,
  lambda,
  listener,
  queue,
  target,
  targets,
  vpcEndpoint,
} from './testing/build-services.ts';

const told = new Set<string>();
const links = (verdict: Verdict) =>
  verdict.answer === 'yes' ? verdict.proof : verdict.answer === 'no' ? verdict.blockers : [];
const codes = (verdict: Verdict): readonly string[] =>
  verdict.answer === 'unknown' ? verdict.missing.map((one) => one.operation) : links(verdict).map((one) => one.code);
function ask(estate: Estate, from: string, to: string, traffic: TrafficSet = ALL_TRAFFIC): ReachAnswer {
  const end = (text: string) => {
    const found = endpointOf(estate, text);
    if (found.state !== 'found') throw new Error(`no ${text}`);
    return found.endpoint;
  };
  const answer = reach(estate, end(from), end(to), traffic);
  for (const link of links(answer.verdict)) told.add(link.code);
  return answer;
}
afterAll(() => {
  // Every code that came up here is one that docs/codes.md explains.
  expect([...told].filter((code) => !(code in CODES))).toEqual([]);
  expect(told.size).toBeGreaterThan(20);
});

const ALL: readonly RuleSpec[] = [
  { protocol: -1, peer: '0.0.0.0/0' },
  { protocol: -1, peer: '::/0' },
];
const own = route('10.0.0.0/16', LOCAL);
const place = { vpc: 'vpc-1', subnet: 'subnet-1' };
const host = (more: Parameters<typeof eni>[4] = {}, groups = ['sg-all']): Resource =>
  eni('eni-1', place, groups, { private: '10.0.1.4' }, more);
const home = (routes: Parameters<typeof table>[2], entries: readonly EntrySpec[] = OPEN_ACL): readonly Resource[] => [
  vpc('vpc-1', '10.0.0.0/16'),
  subnet('subnet-1', 'vpc-1', '10.0.1.0/24'),
  table('rtb-1', 'vpc-1', [own, ...routes], 'main'),
  acl('acl-1', 'vpc-1', ['subnet-1'], entries),
  group('sg-all', 'vpc-1', ALL),
  igw('igw-1', ['vpc-1']),
];

it('two estates with the same ids are judged apart', () => {
  const other = [
    subnet('subnet-2', 'vpc-1', '10.0.2.0/24'),
    acl('acl-2', 'vpc-1', ['subnet-2'], OPEN_ACL),
    eni('eni-2', { vpc: 'vpc-1', subnet: 'subnet-2' }, ['sg-all'], { private: '10.0.2.4' }),
  ];
  const around = route('10.0.2.0/24', { type: 'networkInterface', ref: ref('eni-appliance') });
  const answers = [[], [around], []].map(
    (routes) => ask(estateOf([...home(routes), host(), ...other]), 'eni-1', 'eni-2').verdict.answer,
  );
  expect(answers).toEqual(['yes', 'unknown', 'yes']);
});

describe('peering', () => {
  const there = (routes: Parameters<typeof table>[2]): readonly Resource[] => [
    vpc('vpc-2', '10.2.0.0/16'),
    subnet('subnet-2', 'vpc-2', '10.2.1.0/24'),
    table('rtb-2', 'vpc-2', [route('10.2.0.0/16', LOCAL), ...routes], 'main'),
    acl('acl-2', 'vpc-2', ['subnet-2'], OPEN_ACL),
    group('sg-2', 'vpc-2', [{ ports: [80, 80], peer: 'sg-all' }]),
    eni('eni-2', { vpc: 'vpc-2', subnet: 'subnet-2' }, ['sg-2'], { private: '10.2.1.4' }),
  ];
  const world = (out: boolean, back: boolean, state?: string): Estate =>
    estateOf([
      ...home(out ? [route('10.2.0.0/16', toPeering('pcx-1'))] : []),
      host(),
      ...there(back ? [route('10.0.0.0/16', toPeering('pcx-1'))] : []),
      peering('pcx-1', 'vpc-1', 'vpc-2', state),
    ]);
  it('needs a route on both sides, and a rule may name a group of the peer', () => {
    const both = ask(world(true, true), 'eni-1', 'eni-2');
    expect([both.verdict.answer, both.sets]).toEqual(['yes', [{ addresses: ['10.0.1.4/32'], traffic: ['tcp/80'] }]]);
    expect(codes(both.verdict)).toContain('peering');
    expect(codes(ask(world(false, true), 'eni-1', 'eni-2').verdict)).toEqual(['route-missing']);
    expect(codes(ask(world(true, false), 'eni-1', 'eni-2').verdict)).toEqual(['return-route-missing']);
  });
  it('must be active', () =>
    expect(codes(ask(world(true, true, 'pending-acceptance'), 'eni-1', 'eni-2').verdict)).toContain(
      'peering-inactive',
    ));
  it('leads no further than the peer', () => {
    const estate = estateOf([
      ...home([route('0.0.0.0/0', toPeering('pcx-1'))]),
      host(),
      ...there([]),
      peering('pcx-1', 'vpc-1', 'vpc-2'),
    ]);
    expect(codes(ask(estate, 'eni-1', '198.51.100.7').verdict)).toContain('peering-not-transitive');
  });
});

describe('what lies beyond a transit gateway or a VPN is not known', () => {
  it.each([
    ['transitGateway', 'ec2:SearchTransitGatewayRoutes'],
    ['vpnGateway', 'ec2:DescribeVpnConnections'],
  ] as const)('%s', (type, operation) => {
    const estate = estateOf([...home([route('10.0.0.0/8', { type, id: 'gw-1' })]), host()]);
    expect(codes(ask(estate, 'eni-1', '10.9.0.1').verdict)).toEqual([operation]);
    const shut = estateOf([
      ...home([route('10.0.0.0/8', { type, id: 'gw-1' })]),
      group('sg-none', 'vpc-1', [], []),
      host({}, ['sg-none']),
    ]);
    expect(ask(shut, 'eni-1', '10.9.0.1').verdict.answer).toBe('no');
  });
  it('a host behind it gets in only if the group admits it, and then it is not known', () => {
    const estate = estateOf([...home([route('10.0.0.0/8', { type: 'transitGateway', id: 'tgw-1' })]), host()]);
    expect(ask(estate, '10.9.0.1', 'eni-1').verdict.answer).toBe('unknown');
    expect(codes(ask(estateOf([...home([]), host()]), '10.9.0.1', 'eni-1').verdict)).toEqual(['return-route-missing']);
  });
});

describe('endpoints', () => {
  const gateway = vpcEndpoint('vpce-1', 's3', { type: 'Gateway', routeTables: [ref('rtb-1')] });
  it('a gateway endpoint leads to its own service, without an internet gateway', () => {
    const estate = estateOf([...home([]), host(), gateway]);
    expect(codes(ask(estate, 'eni-1', 'service:s3').verdict)).toEqual(
      expect.arrayContaining(['start', 'vpc-endpoint', 'service-api']),
    );
    expect(ask(estate, 'eni-1', 'service:sqs').verdict.answer).toBe('no');
  });
  it('not from a table that it is not in', () =>
    expect(
      ask(estateOf([...home([]), host(), { ...gateway, routeTables: [] }]), 'eni-1', 'service:s3').verdict.answer,
    ).toBe('no'));
  const face = (rules: readonly RuleSpec[]): readonly Resource[] => [
    vpcEndpoint('vpce-2', 'sqs', { networkInterfaces: [ref('eni-vpce')] }),
    group('sg-vpce', 'vpc-1', rules),
    eni(
      'eni-vpce',
      place,
      ['sg-vpce'],
      { private: '10.0.1.9' },
      { owner: ref('vpce-2'), interfaceType: 'vpc_endpoint' },
    ),
  ];
  it('an interface endpoint must admit the caller itself', () => {
    expect(
      ask(estateOf([...home([]), host(), ...face([{ ports: [443, 443], peer: 'sg-all' }])]), 'eni-1', 'service:sqs')
        .verdict.answer,
    ).toBe('yes');
    expect(ask(estateOf([...home([]), host(), ...face([])]), 'eni-1', 'service:sqs').verdict.answer).toBe('no');
  });
});

it('a NAT gateway of the region needs no subnet, but an internet gateway', () => {
  const regional = {
    ...nat('nat-1', 'vpc-1', '', '10.0.1.9', '192.0.2.9'),
    subnet: undefined,
    availability: 'regional',
  } as Resource;
  const parts = [...home([route('0.0.0.0/0', toNat('nat-1'))]), host(), regional];
  expect(codes(ask(estateOf(parts), 'eni-1', 'internet').verdict)).toContain('nat-gateway');
  const cut = parts.map((one) => (one.kind === 'internetGateway' ? { ...one, vpcs: [] } : one));
  expect(codes(ask(estateOf(cut), 'eni-1', 'internet').verdict)).toContain('no-internet-gateway');
});

describe('IPv6', () => {
  const v6 = (target: Parameters<typeof route>[1]): Estate =>
    estateOf([
      ...home([route('::/0', target)]).map((one) =>
        one.kind === 'subnet' || one.kind === 'vpc' ? { ...one, ipv6Cidrs: ['2001:db8:0:1::/64'] } : one,
      ),
      eni('eni-6', place, ['sg-all'], { private: '10.0.1.6', ipv6: '2001:db8:0:1::6' }),
    ]);
  it('is reached through an internet gateway without any public IPv4 address', () => {
    const addresses = ask(v6(toIgw('igw-1')), 'internet', 'eni-6').sets.flatMap((one) => one.addresses);
    expect(addresses).toContain('3000::/4');
    expect(addresses.filter((one) => !one.includes(':'))).toEqual([]);
  });
  it('through an egress-only gateway goes out, and nobody comes in', () => {
    const only = v6({ type: 'egressOnlyInternetGateway', id: 'eigw-1' });
    expect(codes(ask(only, 'eni-6', 'internet').verdict)).toContain('egress-only-gateway');
    expect(ask(only, 'internet', 'eni-6').verdict.answer).toBe('no');
  });
});

describe('balancers', () => {
  const app = eni('eni-app', { vpc: 'vpc-1', subnet: 'subnet-b' }, ['sg-all'], { private: '10.0.2.4' });
  const zones = (crossing: string | undefined, type: 'network' | 'application' = 'network'): Estate =>
    estateOf([
      ...home([route('0.0.0.0/0', toIgw('igw-1'))]),
      subnet('subnet-b', 'vpc-1', '10.0.2.0/24', { zone: ref('eu-west-1b') }),
      acl('acl-b', 'vpc-1', ['subnet-b'], OPEN_ACL),
      balancer('lb', type, ['subnet-1'], {
        attributes: crossing === undefined ? undefined : { 'load_balancing.cross_zone.enabled': crossing },
      }),
      eni(
        'eni-lb',
        place,
        type === 'network' ? [] : ['sg-all'],
        { private: '10.0.1.20', public: '192.0.2.20' },
        { owner: ref('lb') },
      ),
      listener('lb', 'tg', type === 'network' ? 'TCP' : 'HTTP'),
      targets('tg', 'lb', 'ip', [target('10.0.2.4')], type === 'network' ? { protocol: 'TCP' } : {}),
      app,
    ]);
  it.each([
    ['network', 'true', 'yes'],
    ['network', 'false', 'no'],
    ['network', undefined, 'unknown'],
    ['application', undefined, 'yes'],
  ] as const)('a target in a zone without a node: %s, cross-zone %s, is reached: %s', (type, crossing, answer) => {
    const { verdict } = ask(zones(crossing, type), 'internet', 'eni-app');
    expect(verdict.answer).toBe(answer);
    if (answer === 'no') expect(codes(verdict)).toContain('zone-not-crossed');
    if (answer === 'unknown') expect(codes(verdict)).toContain('elbv2:DescribeLoadBalancerAttributes');
  });

  it('a classic balancer hands on to its instances on their own port', () => {
    const classic = {
      instances: [ref<'instance'>('i-1')],
      listeners: [{ protocol: 'HTTP', port: 80, instanceProtocol: 'HTTP', instancePort: 8080 }],
    };
    const estate = estateOf([
      ...home([route('0.0.0.0/0', toIgw('igw-1'))]),
      balancer('clb', 'classic', ['subnet-1'], { classic, securityGroups: [ref('sg-all')] }),
      eni('eni-clb', place, ['sg-all'], { private: '10.0.1.20', public: '192.0.2.20' }, { owner: ref('clb') }),
      host({ owner: ref('i-1') }),
    ]);
    const answer = ask(estate, 'internet', 'eni-1');
    expect([answer.via, answer.sets]).toEqual(['through', [{ addresses: ['0.0.0.0/0'], traffic: ['tcp/8080'] }]]);
  });

  it('a function behind one is called from the internet, and by the balancer whatever its network is', () => {
    const estate = estateOf([
      ...home([route('0.0.0.0/0', toIgw('igw-1'))]),
      balancer('lb', 'application', ['subnet-1'], { securityGroups: [ref('sg-all')] }),
      eni('eni-lb', place, ['sg-all'], { private: '10.0.1.20', public: '192.0.2.20' }, { owner: ref('lb') }),
      listener('lb', 'tg'),
      targets('tg', 'lb', 'lambda', [target('fn', undefined)]),
      lambda('fn', null),
    ]);
    expect([ask(estate, 'internet', 'fn').verdict.answer, ask(estate, 'lb', 'fn').verdict.answer]).toEqual([
      'yes',
      'yes',
    ]);
    expect(ask(estate, 'internet', 'fn', tcp(443)).via).toBe('through');
  });

  it('CloudFront enters a private balancer by a VPC origin, where its group admits CloudFront', () => {
    const estate = (peer: string): Estate =>
      estateOf([
        ...home([]),
        {
          ...base('prefixList', 'pl-cdn'),
          listName: 'com.amazonaws.global.cloudfront.origin-facing',
          cidrs: undefined,
        },
        { ...base('vpcOrigin', 'vo-1'), endpointArn: 'lb', status: 'Deployed' },
        distribution('cdn', { type: 'vpc', vpcOrigin: 'vo-1' }),
        group('sg-lb', 'vpc-1', [{ ports: [80, 80], peer }]),
        balancer('lb', 'application', ['subnet-1'], { scheme: 'internal', securityGroups: [ref('sg-lb')] }),
        eni('eni-lb', place, ['sg-lb'], { private: '10.0.1.20' }, { owner: ref('lb') }),
        listener('lb', 'tg'),
      ]);
    const open = ask(estate('pl-cdn'), 'internet', 'lb');
    expect([open.verdict.answer, open.via]).toEqual(['yes', 'through']);
    expect(codes(open.verdict)).toContain('vpc-origin');
    expect(ask(estate('pl-cdn'), 'cdn', 'lb').verdict.answer).toBe('yes');
    expect(ask(estate('10.9.0.0/16'), 'internet', 'lb').verdict.answer).toBe('no');
  });
});

describe('calls that leave AWS itself', () => {
  const world = (rules: readonly RuleSpec[]): Estate =>
    estateOf([
      ...home([route('0.0.0.0/0', toIgw('igw-1'))]),
      group('sg-db', 'vpc-1', rules),
      eni('eni-db', place, ['sg-db'], { private: '10.0.1.8', public: '192.0.2.8' }),
      lambda('fn', null),
      queue('jobs'),
    ]);
  it.each([
    ['0.0.0.0/0', 'yes'],
    ['198.51.100.0/24', 'unknown'],
    ['10.0.0.0/16', 'no'],
  ] as const)('a rule for %s: %s', (peer, answer) => {
    const { verdict } = ask(world([{ protocol: -1, peer }]), 'fn', 'eni-db');
    expect(verdict.answer).toBe(answer);
    if (answer === 'yes') expect(codes(verdict)[0]).toBe('aws-address');
  });
  it('reach other services, and are carried to functions', () => {
    const estate = world([]);
    expect(ask(estate, 'fn', 'jobs').verdict.answer).toBe('yes');
    expect(ask(estate, 'jobs', 'fn').verdict.answer).toBe('yes');
    expect(ask(estate, 'fn', 'internet').verdict.answer).toBe('yes');
  });
});

describe('the answer says what it rests on', () => {
  const out: EntrySpec = { number: 100, egress: true };
  const open = (back: EntrySpec): Estate =>
    estateOf([
      ...home([route('0.0.0.0/0', toIgw('igw-1'))], [{ number: 100 }, back]),
      eni('eni-web', place, ['sg-all'], { private: '10.0.1.5', public: '192.0.2.5' }),
    ]);
  it('answers to some client ports only are an assumption, to all of them none', () => {
    const some = ask(open({ ...out, protocol: 6, ports: [32768, 60999] }), 'internet', 'eni-web', tcp(80));
    expect(some.verdict.answer).toBe('yes');
    expect(some.verdict.assumptions.join()).toContain('tcp/32768-60999');
    expect(
      ask(open({ ...out, protocol: 6, ports: [1024, 65535] }), 'internet', 'eni-web', tcp(80)).verdict.assumptions,
    ).toEqual([]);
  });
  it('the proof begins where the connection starts', () => {
    const { verdict } = ask(open(out), 'eni-web', 'internet');
    expect(verdict.answer === 'yes' && verdict.proof[0]).toMatchObject({ code: 'start', resource: 'eni-web' });
  });
  it('four things that block at once are all told, each with where it stands in the input', () => {
    const estate = estateOf([
      vpc('vpc-1', '10.0.0.0/16'),
      subnet('subnet-1', 'vpc-1', '10.0.1.0/24'),
      table('rtb-1', 'vpc-1', [own], 'main'),
      acl('acl-1', 'vpc-1', ['subnet-1'], [out]),
      group('sg-none', 'vpc-1', []),
      igw('igw-1', ['vpc-1']),
      host({}, ['sg-none']),
    ]);
    const { verdict } = ask(estate, 'internet', 'eni-1', tcp(22));
    expect(codes(verdict)).toEqual(['no-public-address', 'acl-deny', 'group-no-ingress', 'return-route-missing']);
    for (const link of links(verdict))
      expect([link.code, link.provenance]).toEqual([link.code, byId(estate, link.resource)?.source]);
  });
});
