/** The mutation check: with any single clause of the evaluator left out, something that is proven elsewhere goes wrong. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byId, type Estate } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { ALL_TRAFFIC, type TrafficSet, tcp } from '../../estate/sets/index.ts';
import { CLAUSES, type Clause, NO_CLAUSES } from './clauses.ts';
import { type Endpoint, INTERNET_END, resourceEnd } from './endpoint.ts';
import { reach } from './reach.ts';
import {
  acl,
  base,
  eni,
  estateOf,
  group,
  igw,
  LOCAL,
  OPEN_ACL,
  ref,
  route,
  subnet,
  table,
  toIgw,
  vpc,
} from './testing/build.ts';
import { disagreements } from './testing/compare.ts';
import { estateFor, randomNetwork } from './testing/random-network.ts';

const place = { vpc: 'vpc-1', subnet: 'subnet-1' };
const world: readonly Resource[] = [
  vpc('vpc-1', '10.0.0.0/16'),
  subnet('subnet-1', 'vpc-1', '10.0.1.0/24'),
  subnet('subnet-2', 'vpc-1', '10.0.2.0/24'),
  igw('igw-1', ['vpc-1']),
  table('rtb-1', 'vpc-1', [route('10.0.0.0/16', LOCAL), route('0.0.0.0/0', toIgw('igw-1'))], ['subnet-1']),
  table(
    'rtb-2',
    'vpc-1',
    [route('10.0.0.0/16', LOCAL), route('0.0.0.0/0', { type: 'networkInterface', ref: ref('eni-forward') })],
    ['subnet-2'],
  ),
  acl('acl-1', 'vpc-1', ['subnet-1', 'subnet-2'], OPEN_ACL),
  group('sg-open', 'vpc-1', [{ protocol: -1, peer: '0.0.0.0/0' }]),
];
const instance = (name: string, state: string): Resource => ({
  ...base('instance', name),
  vpc: ref('vpc-1'),
  subnet: ref('subnet-1'),
  zone: undefined,
  instanceType: 't3.small',
  state,
  image: undefined,
  architecture: undefined,
  securityGroups: [ref('sg-open')],
  networkInterfaces: undefined,
  instanceProfile: null,
  autoScalingGroup: null,
  publicAddress: undefined,
  privateAddress: undefined,
  sourceDestCheck: true,
  keyName: null,
  httpTokens: 'required',
  launchTime: undefined,
  volumes: undefined,
  userData: undefined,
  managedBySsm: undefined,
});
const balancer: Resource = {
  ...base('loadBalancer', 'nlb-1'),
  type: 'network',
  scheme: 'internet-facing',
  dnsName: 'nlb-1.example.com',
  vpc: ref('vpc-1'),
  subnets: [ref('subnet-1')],
  zones: [],
  securityGroups: [],
  state: 'active',
  ipAddressType: 'ipv4',
  attributes: {},
  classic: undefined,
  webAcl: null,
};

interface Scenario {
  readonly estate: Estate;
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly traffic: TrafficSet;
}
const end = (estate: Estate, id: string): Endpoint => {
  const resource = byId(estate, id);
  if (resource === undefined) throw new Error(id);
  return resourceEnd(resource);
};
const scenario = (
  resources: readonly Resource[],
  from: string,
  to: string,
  traffic: TrafficSet = ALL_TRAFFIC,
): Scenario => {
  const estate = estateOf([...world, ...resources]);
  const at = (id: string): Endpoint => (id === 'internet' ? INTERNET_END : end(estate, id));
  return { estate, from: at(from), to: at(to), traffic };
};

/** Clauses that single packets between plain interfaces do not meet: each has a connection that must not be. */
const SCENARIOS: Partial<Record<Clause, Scenario>> = {
  'nat-session': scenario(
    [eni('eni-nat', place, [], { private: '10.0.1.9', public: '192.0.2.9' }, { interfaceType: 'nat_gateway' })],
    'internet',
    'eni-nat',
  ),
  'source-dest-check': scenario(
    [
      eni('eni-forward', place, ['sg-open'], { private: '10.0.1.8', public: '192.0.2.8' }, { sourceDestCheck: true }),
      eni('eni-inside', { vpc: 'vpc-1', subnet: 'subnet-2' }, ['sg-open'], { private: '10.0.2.8' }),
    ],
    'eni-inside',
    'internet',
  ),
  running: scenario(
    [
      instance('i-stopped', 'stopped'),
      eni('eni-1', place, ['sg-open'], { private: '10.0.1.4', public: '192.0.2.4' }, { owner: ref('i-stopped') }),
    ],
    'internet',
    'i-stopped',
  ),
  listening: scenario(
    [
      balancer,
      {
        ...base('listener', 'listener-1'),
        loadBalancer: ref('nlb-1'),
        port: 443,
        protocol: 'TCP',
        certificates: [],
        sslPolicy: null,
        actions: [],
      },
      eni(
        'eni-1',
        place,
        [],
        { private: '10.0.1.4', public: '192.0.2.4' },
        { owner: ref('nlb-1'), interfaceType: 'network_load_balancer' },
      ),
    ],
    'internet',
    'nlb-1',
    tcp(80),
  ),
  target: scenario(
    [
      balancer,
      {
        ...base('listener', 'listener-1'),
        loadBalancer: ref('nlb-1'),
        port: 443,
        protocol: 'TCP',
        certificates: [],
        sslPolicy: null,
        actions: [
          {
            type: 'forward',
            targetGroups: [{ ref: ref('tg-1'), weight: 1 }],
            redirect: undefined,
            fixedStatus: undefined,
          },
        ],
      },
      {
        ...base('targetGroup', 'tg-1'),
        targetType: 'instance',
        protocol: 'TCP',
        port: 443,
        vpc: ref('vpc-1'),
        loadBalancers: [ref('nlb-1')],
        healthCheckPath: undefined,
        attributes: {},
        targets: [],
      },
      eni(
        'eni-1',
        place,
        [],
        { private: '10.0.1.4', public: '192.0.2.4' },
        { owner: ref('nlb-1'), interfaceType: 'network_load_balancer' },
      ),
    ],
    'internet',
    'nlb-1',
  ),
};

const networks = fc.sample(randomNetwork, { numRuns: 600, seed: 7 }).map(estateFor);

describe('every clause of the evaluator is needed: without it', () => {
  it.each(CLAUSES)('%s, a wrong answer is noticed', (clause) => {
    const known = SCENARIOS[clause];
    if (known) {
      const { estate, from, to, traffic } = known;
      expect(reach(estate, from, to, traffic, NO_CLAUSES).verdict.answer).toBe('no');
      expect(reach(estate, from, to, traffic, new Set([clause])).verdict.answer).not.toBe('no');
    } else expect(networks.some((estate) => disagreements(estate, new Set([clause])).length > 0)).toBe(true);
  });
});
