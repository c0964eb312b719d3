/** Hosts that settings name: an address is asked as that one address, and never as some address of the internet. */
import { describe, expect, it } from 'vitest';
import { byId } from '../../estate/estate.ts';
import type { Route } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import { tcp } from '../../estate/sets/index.ts';
import type { Endpoint } from './endpoint.ts';
import { reach } from './index.ts';
import {
  acl,
  base,
  eni,
  estateOf,
  group,
  igw,
  LOCAL,
  nat,
  OPEN_ACL,
  ref,
  route,
  subnet,
  table,
  toIgw,
  toNat,
  toPeering,
  vpc,
} from './testing/build.ts';

const TASK = { ...base('ecsTask', 'task-1') } as Resource;
const MACHINE = { ...base('instance', 'i-1') } as Resource;
const VPN = { type: 'vpnGateway', id: 'vgw-1' } as const;
const TRANSIT = { type: 'transitGateway', id: 'tgw-1' } as const;

/** `task-1` in a private subnet, out by a NAT gateway; `i-1` in the public one. */
function house(privately: readonly Route[] = [], publicly: readonly Route[] = [], unread: readonly string[] = []) {
  const all = [{ protocol: -1, peer: '0.0.0.0/0' }];
  return estateOf(
    [
      vpc('vpc-1', '10.0.0.0/16'),
      subnet('subnet-app', 'vpc-1', '10.0.1.0/24'),
      subnet('subnet-public', 'vpc-1', '10.0.2.0/24'),
      table(
        'rtb-app',
        'vpc-1',
        [route('10.0.0.0/16', LOCAL), route('0.0.0.0/0', toNat('nat-1')), ...privately],
        ['subnet-app'],
      ),
      table(
        'rtb-public',
        'vpc-1',
        [route('10.0.0.0/16', LOCAL), route('0.0.0.0/0', toIgw('igw-1')), ...publicly],
        ['subnet-public'],
      ),
      acl('acl-1', 'vpc-1', ['subnet-app', 'subnet-public'], OPEN_ACL),
      igw('igw-1', ['vpc-1']),
      nat('nat-1', 'vpc-1', 'subnet-public', '10.0.2.9', '203.0.113.9'),
      group('sg-1', 'vpc-1', all, all),
      TASK,
      MACHINE,
      eni(
        'eni-task',
        { vpc: 'vpc-1', subnet: 'subnet-app' },
        ['sg-1'],
        { private: '10.0.1.5' },
        { owner: ref('task-1') },
      ),
      eni(
        'eni-machine',
        { vpc: 'vpc-1', subnet: 'subnet-public' },
        ['sg-1'],
        { private: '10.0.2.5', public: '203.0.113.5' },
        { owner: ref('i-1') },
      ),
    ],
    { unread },
  );
}

function ask(estate: ReturnType<typeof house>, from: string, host: string) {
  const start = byId(estate, from);
  if (!start) throw new Error(`no ${from}`);
  const to: Endpoint = { type: 'host', host };
  const { verdict } = reach(estate, { type: 'resource', resource: start }, to, tcp(8080));
  const codes =
    verdict.answer === 'unknown'
      ? verdict.missing.map(({ operation }) => operation)
      : verdict.answer === 'no'
        ? verdict.blockers.map(({ code }) => code)
        : [];
  return { answer: verdict.answer, codes };
}

describe('a private address that nobody of the input has', () => {
  it('never arrives by a NAT gateway or an internet gateway', () => {
    expect(ask(house(), 'task-1', '192.168.10.5')).toEqual({ answer: 'no', codes: ['private-address'] });
    expect(ask(house([route('192.168.0.0/16', toIgw('igw-1'))]), 'task-1', '192.168.10.5').answer).toBe('no');
  });

  it.each([
    ['a virtual private gateway', VPN, 'ec2:DescribeVpnConnections'],
    ['a transit gateway', TRANSIT, 'ec2:SearchTransitGatewayRoutes'],
    ['a peering', toPeering('pcx-1'), 'ec2:DescribeVpcPeeringConnections'],
  ] as const)('is unknown beyond %s, and not a yes by the default route', (_, target, operation) => {
    const estate = house([route('192.168.0.0/16', target)]);
    expect(ask(estate, 'task-1', '192.168.10.5')).toEqual({ answer: 'unknown', codes: [operation] });
  });

  it('is unknown where the NAT gateway hands on by the table of its own subnet', () => {
    const estate = house([], [route('192.168.0.0/16', TRANSIT)]);
    expect(ask(estate, 'task-1', '192.168.10.5')).toEqual({
      answer: 'unknown',
      codes: ['ec2:SearchTransitGatewayRoutes'],
    });
    expect(ask(estate, 'task-1', '198.51.100.7').answer).toBe('yes');
  });

  it('may be in a network that only a machine has, such as the bridge of Docker, and not beside a task of its own', () => {
    expect(ask(house(), 'i-1', '172.17.0.1')).toEqual({ answer: 'unknown', codes: ['unknown'] });
    expect(ask(house(), 'task-1', '172.17.0.1').answer).toBe('no');
  });

  it('is unknown inside the VPC as long as not all interfaces were read', () => {
    expect(ask(house(), 'task-1', '10.0.1.77').answer).toBe('no');
    expect(ask(house([], [], ['ec2:DescribeNetworkInterfaces']), 'task-1', '10.0.1.77').answer).toBe('unknown');
  });
});

describe('a public address', () => {
  it('is asked as that one: a more specific route to a VPN is not the way to the internet', () => {
    const estate = house([route('198.51.100.0/24', VPN)]);
    expect(ask(estate, 'task-1', '203.0.113.200').answer).toBe('yes');
    expect(ask(estate, 'task-1', '198.51.100.7').answer).toBe('unknown');
  });
});

describe('what no answer of AWS leads to', () => {
  it.each([
    '127.0.0.1',
    '169.254.170.2',
    '[::1]',
    'erp.corp.internal',
    'erp',
    'shop.abc.eu-west-1.rds.amazonaws.com',
    'internal-shop-1.eu-west-1.elb.amazonaws.com',
  ])('%s is unknown', (host) => {
    expect(ask(house(), 'task-1', host).answer).toBe('unknown');
  });

  it('names of the internet are reached as before', () => {
    expect(ask(house(), 'task-1', 'api.example.com').answer).toBe('yes');
  });

  it('as a caller, a private address is no stranger of the internet', () => {
    const to = byId(house(), 'i-1');
    if (!to) throw new Error('no machine');
    const from: Endpoint = { type: 'host', host: '192.168.10.5' };
    const { verdict } = reach(house([], [route('192.168.0.0/16', VPN)]), from, { type: 'resource', resource: to });
    expect(verdict.answer).toBe('unknown');
  });
});
