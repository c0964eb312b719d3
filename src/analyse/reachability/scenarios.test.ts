/** Networks where attribute checks and the path disagree, and inputs that do not tell enough. */
import { describe, expect, it } from 'vitest';
import { byId, type Estate } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { ALL_TRAFFIC, tcp } from '../../estate/sets/index.ts';
import { exposures } from '../exposure/index.ts';
import type { Verdict } from '../verdict.ts';
import { endpointOf, INTERNET_END, publicSubnet, reach, resourceEnd } from './index.ts';
import {
  acl,
  type EntrySpec,
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
} from './testing/build.ts';

const place = { vpc: 'vpc-1', subnet: 'subnet-1' };
const find = (estate: Estate, id: string): Resource => {
  const resource = byId(estate, id);
  if (resource === undefined) throw new Error(`no ${id}`);
  return resource;
};
const fromInternet = (estate: Estate, to: string, traffic = ALL_TRAFFIC) =>
  reach(estate, INTERNET_END, resourceEnd(find(estate, to)), traffic);
const codes = (verdict: Verdict): readonly string[] =>
  verdict.answer === 'no'
    ? verdict.blockers.map((one) => one.code)
    : verdict.answer === 'yes'
      ? verdict.proof.map((one) => one.code)
      : verdict.missing.map((one) => one.operation);

interface Spec {
  readonly rules: readonly RuleSpec[];
  readonly public: boolean;
  readonly entries?: readonly EntrySpec[];
}
/** One host in a subnet with a route to the internet. */
const parts = ({ rules, public: open, entries = OPEN_ACL }: Spec): readonly Resource[] => [
  vpc('vpc-1', '10.0.0.0/16'),
  subnet('subnet-1', 'vpc-1', '10.0.1.0/24'),
  igw('igw-1', ['vpc-1']),
  table('rtb-1', 'vpc-1', [route('10.0.0.0/16', LOCAL), route('0.0.0.0/0', toIgw('igw-1'))], 'main'),
  acl('acl-1', 'vpc-1', ['subnet-1'], entries),
  group('sg-1', 'vpc-1', rules),
  group('sg-other', 'vpc-1', []),
  eni('eni-1', place, ['sg-1'], { private: '10.0.1.4', ...(open ? { public: '192.0.2.4' } : {}) }),
  eni('eni-2', place, ['sg-other'], { private: '10.0.1.5' }),
];
const estate = (spec: Spec, unread: readonly string[] = []): Estate => estateOf(parts(spec), { unread });
const MYSQL = [3306, 3306] as const;

describe('where attribute checks are wrong', () => {
  it('a public address with a group for 172.16.0.0/12 only is not reached from the internet', () => {
    const told = fromInternet(
      estate({ public: true, rules: [{ ports: MYSQL, peer: '172.16.0.0/12' }] }),
      'eni-1',
      tcp(3306),
    );
    expect(codes(told.verdict)).toEqual(['group-no-ingress']);
  });

  it('an open group without a public address is not reached, is one attribute away, and is open to the whole VPC', () => {
    const world = estate({ public: false, rules: [{ ports: MYSQL, peer: '0.0.0.0/0' }] });
    expect(codes(fromInternet(world, 'eni-1').verdict)).toEqual(['no-public-address']);
    const report = exposures(world);
    expect(report.exposures).toEqual([]);
    expect(
      report.latent.map((one) => [one.resource.id, one.only.map((blocker) => blocker.code), one.ports, one.sources]),
    ).toEqual([['eni-1', ['no-public-address'], ['tcp/3306'], ['0.0.0.0/0']]]);
    expect(report.inside.map((one) => [one.resource.id, one.ports])).toEqual([['eni-1', ['tcp/3306']]]);
    expect(
      reach(world, resourceEnd(find(world, 'eni-2')), resourceEnd(find(world, 'eni-1')), tcp(3306)).verdict.answer,
    ).toBe('yes');
  });

  it('the answer is a set of ports, not "exposed"', () => {
    const told = fromInternet(estate({ public: true, rules: [{ ports: [22, 22], peer: '0.0.0.0/0' }] }), 'eni-1');
    expect(told.sets).toEqual([{ addresses: ['0.0.0.0/0'], traffic: ['tcp/22'] }]);
  });

  it('four named hosts, a network inside and a group: only the four are told of the internet', () => {
    const hosts = ['192.0.2.10', '192.0.2.77', '198.51.100.3', '203.0.113.5'].map(
      (host): RuleSpec => ({ ports: MYSQL, peer: `${host}/32` }),
    );
    const told = fromInternet(
      estate({
        public: true,
        rules: [...hosts, { ports: MYSQL, peer: '10.193.0.0/16' }, { ports: MYSQL, peer: 'sg-other' }],
      }),
      'eni-1',
    );
    expect(told.sets).toEqual([
      { addresses: ['192.0.2.10/32', '192.0.2.77/32', '198.51.100.3/32', '203.0.113.5/32'], traffic: ['tcp/3306'] },
    ]);
  });

  it.each([[['192.168.1.0/0']], [['0.0.0.0/1', '128.0.0.0/1']]])('%j is the world', (blocks) => {
    const told = fromInternet(estate({ public: true, rules: blocks.map((peer) => ({ ports: MYSQL, peer })) }), 'eni-1');
    expect(told.sets).toEqual([{ addresses: ['0.0.0.0/0'], traffic: ['tcp/3306'] }]);
    expect(told.complete).toBe(false);
  });

  it('groups open to the world behind an ACL for one host are open to that host, for TCP', () => {
    const only: readonly EntrySpec[] = [
      { number: 100, protocol: 6, cidr: '198.51.100.192/32' },
      { number: 100, egress: true },
    ];
    const told = fromInternet(
      estate({ public: true, rules: [{ protocol: -1, peer: '0.0.0.0/0' }], entries: only }),
      'eni-1',
    );
    expect(told.sets).toEqual([{ addresses: ['198.51.100.192/32'], traffic: ['tcp'] }]);
  });

  it('all blockers are told, not the first', () => {
    const none: readonly EntrySpec[] = [];
    const told = fromInternet(estate({ public: false, rules: [], entries: none }), 'eni-1');
    expect([...codes(told.verdict)].sort()).toEqual([
      'acl-deny',
      'group-no-ingress',
      'no-public-address',
      'return-acl-deny',
    ]);
  });
});

describe('what the input does not tell is unknown, with the operation that would', () => {
  const open: Spec = { public: true, rules: [{ ports: [80, 80], peer: '0.0.0.0/0' }] };
  const without = (kind: Resource['kind'], operation: string, spec: Spec = open): Estate =>
    estateOf(
      parts(spec).filter((one) => one.kind !== kind),
      { unread: [operation] },
    );

  it.each([
    ['routeTable', 'ec2:DescribeRouteTables'],
    ['networkAcl', 'ec2:DescribeNetworkAcls'],
    ['securityGroup', 'ec2:DescribeSecurityGroups'],
    ['internetGateway', 'ec2:DescribeInternetGateways'],
  ] as const)('without any %s', (kind, operation) => {
    const told = fromInternet(without(kind, operation), 'eni-1');
    expect(told.verdict.answer).toBe('unknown');
    expect(codes(told.verdict)).toContain(operation);
  });

  it('a group whose egress was not read lets out nobody knows what', () => {
    const world = estateOf(
      parts(open).map((one) =>
        one.kind === 'securityGroup' && one.id === 'sg-1' ? { ...one, egress: undefined } : one,
      ),
    );
    const told = reach(world, resourceEnd(find(world, 'eni-1')), INTERNET_END);
    expect(codes(told.verdict)).toEqual(['ec2:DescribeSecurityGroups']);
  });

  it('a closed group is a no, even where routes and ACLs are not known', () => {
    const world = without('routeTable', 'ec2:DescribeRouteTables', { ...open, rules: [] });
    expect(codes(fromInternet(world, 'eni-1').verdict)).toContain('group-no-ingress');
  });

  it('an interface in one of two subnets is decided only where both agree', () => {
    const two = [subnet('subnet-2', 'vpc-1', '10.0.2.0/24'), acl('acl-2', 'vpc-1', ['subnet-2'], OPEN_ACL)];
    const vague = eni(
      'eni-3',
      place,
      ['sg-1'],
      { private: '10.0.1.9' },
      {
        subnet: undefined,
        candidateSubnets: [ref('subnet-1'), ref('subnet-2')],
        addresses: undefined,
        hasPublicAddress: true,
        derived: { because: 'a database has one' },
      },
    );
    const agree = estateOf([...parts(open), ...two, vague]);
    const yes = fromInternet(agree, 'eni-3');
    expect(yes.verdict.answer).toBe('yes');
    expect(yes.verdict.assumptions.join()).toContain('derived');
    const shut = table('rtb-2', 'vpc-1', [route('10.0.0.0/16', LOCAL)], ['subnet-2']);
    const told = fromInternet(estateOf([...parts(open), ...two, vague, shut]), 'eni-3');
    expect(told.verdict.answer).toBe('unknown');
    expect(codes(told.verdict)).toContain('ec2:DescribeNetworkInterfaces');
  });

  it('taking any one thing from the input never turns a yes into a no', () => {
    const all = parts(open);
    for (const gone of all) {
      if (gone.id === 'eni-1') continue;
      const told = fromInternet(estateOf(all.filter((one) => one !== gone)), 'eni-1');
      expect([gone.id, told.verdict.answer]).not.toEqual([gone.id, 'no']);
    }
  });
});

describe('subnets', () => {
  const spec: Spec = { public: false, rules: [] };
  const answer = (world: Estate): string => {
    const one = find(world, 'subnet-1');
    return one.kind === 'subnet' ? publicSubnet(world, one).answer : '';
  };
  it('are public with a route to an attached gateway, private without, unknown without tables', () => {
    expect(answer(estate(spec))).toBe('yes');
    expect(
      answer(estateOf([...parts(spec), table('rtb-2', 'vpc-1', [route('10.0.0.0/16', LOCAL)], ['subnet-1'])])),
    ).toBe('no');
    expect(answer(estateOf(parts(spec).filter((one) => one.kind !== 'routeTable')))).toBe('unknown');
    const dead = table('rtb-2', 'vpc-1', [route('0.0.0.0/0', toIgw('igw-1'), 'blackhole')], ['subnet-1']);
    expect(answer(estateOf([...parts(spec), dead]))).toBe('no');
  });
});

describe('endpoints', () => {
  const world = estate({ public: true, rules: [] });
  it.each([
    ['internet', 'internet'],
    ['eni-1', 'resource'],
    ['10.0.1.4', 'addresses'],
    ['203.0.113.0/24', 'addresses'],
    ['service:s3', 'service'],
  ])('%s is read as %s', (text, type) => {
    const found = endpointOf(world, text);
    expect(found.state === 'found' && found.endpoint.type).toBe(type);
  });
  it('a name that nothing has is not found', () => expect(endpointOf(world, 'shop').state).toBe('notFound'));
});
