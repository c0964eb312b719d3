/** Whom a cut may matter to: who is left out here is never asked whether a flow of theirs still works. */
import { expect, it } from 'vitest';
import type { NetworkInterface, RouteTarget } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import {
  eni,
  estateOf,
  group,
  igw,
  LOCAL,
  nat,
  ref,
  route,
  subnet,
  table,
  toIgw,
  toPeering,
  vpc,
} from '../reachability/testing/build.ts';
import { vpcEndpoint } from '../reachability/testing/build-services.ts';
import { concernedBy } from './concerned.ts';
import type { CutItem } from './cut.ts';

const RULE: CutItem = { type: 'rule', resource: 'sg-nat', by: 'sg-nat/ingress/0', detail: '' };
const ROUTE: CutItem = { type: 'route', resource: 'rtb-1', by: '0.0.0.0/0', detail: '' };
/** In a subnet of the same VPC that has a table of its own. */
const far: readonly Resource[] = [
  subnet('subnet-3', 'vpc-1', '10.0.3.0/24'),
  table('rtb-far', 'vpc-1', [route('10.0.0.0/16', LOCAL)], ['subnet-3']),
  eni('eni-far', { vpc: 'vpc-1', subnet: 'subnet-3' }, [], { private: '10.0.3.4' }),
];
const toEndpoint: RouteTarget = { type: 'vpcEndpoint', ref: ref('vpce-1') };

/** Two VPCs: one with a machine that forwards beside a worker, another with a client of its own. */
const affected = (item: CutItem, others: readonly RouteTarget[], more: readonly Resource[] = [], forwarding = true) =>
  concernedBy(
    estateOf([
      vpc('vpc-1', '10.0.0.0/16'),
      vpc('vpc-2', '10.1.0.0/16'),
      subnet('subnet-1', 'vpc-1', '10.0.1.0/24'),
      subnet('subnet-2', 'vpc-2', '10.1.1.0/24'),
      igw('igw-1', ['vpc-1']),
      table('rtb-1', 'vpc-1', [route('10.0.0.0/16', LOCAL), route('0.0.0.0/0', toIgw('igw-1'))], 'main'),
      table(
        'rtb-2',
        'vpc-2',
        others.map((one) => route('0.0.0.0/0', one)),
        'main',
      ),
      group('sg-nat', 'vpc-1', [{ ports: [0, 65535], peer: '0.0.0.0/0' }]),
      eni(
        'eni-nat',
        { vpc: 'vpc-1', subnet: 'subnet-1' },
        ['sg-nat'],
        { private: '10.0.1.4' },
        {
          sourceDestCheck: !forwarding,
        },
      ),
      eni('eni-worker', { vpc: 'vpc-1', subnet: 'subnet-1' }, [], { private: '10.0.1.5' }),
      eni('eni-client', { vpc: 'vpc-2', subnet: 'subnet-2' }, [], { private: '10.1.1.4' }),
      ...more,
    ]),
    [item],
  ).affected;

it('what forwards nothing matters to itself alone', () => {
  expect(affected(RULE, [], [], false)).toEqual(new Set(['eni-nat']));
});

it.each([RULE, ROUTE])('what forwards matters to its own VPC where nothing else can come through: $type', (item) => {
  expect(affected(item, [])).toEqual(new Set(['eni-nat', 'eni-worker']));
});

it('it may matter to any when its VPC has a way to another', () => {
  const peered = table('rtb-3', 'vpc-1', [route('10.1.0.0/16', toPeering('pcx-1'))], []);
  expect(affected(RULE, [], [peered])).toBeUndefined();
});

it('what nobody tells may be concerned', () => {
  const untold = (more: Partial<NetworkInterface>): Resource =>
    eni('eni-x', { vpc: 'vpc-1', subnet: 'subnet-1' }, [], { private: '10.0.1.6' }, more);
  expect(affected(RULE, [], [untold({ securityGroups: undefined })], false)).toEqual(new Set(['eni-nat', 'eni-x']));
  expect(affected(ROUTE, [], [untold({ subnet: undefined })], false)).toContain('eni-x');
  // a client of the machine that forwards may stand anywhere
  expect(affected(RULE, [], [untold({ subnet: undefined, vpc: undefined })])).toContain('eni-x');
  // the table of an unknown VPC may be this one's
  expect(
    affected(RULE, [], [table('rtb-3', 'unknown', [route('10.1.0.0/16', toPeering('pcx-1'))], [])]),
  ).toBeUndefined();
  expect(affected(RULE, [], [table('rtb-3', 'vpc-2', [], [], { routes: undefined })])).toBeUndefined();
});

it('a NAT gateway passes on the traffic of its VPC, also where its interface is not listed', () => {
  const gateway = nat('nat-1', 'vpc-1', 'subnet-1', '10.0.1.7', '192.0.2.7');
  expect(affected(ROUTE, [], [], false)).toEqual(new Set(['eni-nat', 'eni-worker']));
  expect(affected(ROUTE, [], [gateway, ...far], false)).toContain('eni-far');
  expect(affected(ROUTE, [], [...far], false)).not.toContain('eni-far');
});

it('the endpoint of a gateway load balancer takes the traffic of any VPC to appliances in another', () => {
  const endpoint = (type: 'Gateway' | 'GatewayLoadBalancer' | undefined): Resource =>
    vpcEndpoint('vpce-1', 'com.amazonaws.vpce.eu-central-1.vpce-svc-1', { type });
  expect(affected(RULE, [toEndpoint], [endpoint('GatewayLoadBalancer')])).toBeUndefined();
  expect(affected(RULE, [toEndpoint], [endpoint(undefined)])).toBeUndefined();
  expect(affected(RULE, [toEndpoint])).toBeUndefined();
  // a one-armed appliance gets packets of the balancer's, and sends them back
  expect(affected(RULE, [toEndpoint], [endpoint('GatewayLoadBalancer')], false)).toBeUndefined();
  expect(affected(RULE, [toEndpoint], [endpoint('Gateway')])).toEqual(new Set(['eni-nat', 'eni-worker']));
});
