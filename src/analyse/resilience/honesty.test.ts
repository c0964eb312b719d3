/**
 * Monotone honesty: taking an answer away may make an outcome unknown, never turn "lost" into "survives".
 * Left out: routing tables as a whole, for a subnet that no table names truly uses the main one.
 */
import { describe, expect, it } from 'vitest';
import type { Flow } from '../../estate/flow.ts';
import type { Resource, ResourceOf } from '../../estate/resource.ts';
import { survive } from './survive.ts';
import { end, estate, flow, INTERNET, made, network, ref, refs, route } from './testing/build.ts';

const node = (id: string, zone: string, role: 'primary' | 'replica') => ({
  id,
  zone: ref<'zone'>(zone),
  role,
  host: undefined,
});

/** A shop of which the loss of zone a takes much, for many different reasons. */
const SHOP: readonly Resource[] = [
  ...network('a', 'b', 'c'),
  made('natGateway', 'nat', { subnet: ref('subnet-a'), availability: 'zonal', vpc: ref('vpc') }),
  made('routeTable', 'rtb-private', {
    vpc: ref('vpc'),
    subnets: refs('subnet-b', 'subnet-c'),
    gateways: [],
    main: false,
    routes: [route('0.0.0.0/0', { type: 'natGateway', ref: ref('nat') })],
  }),
  made('instance', 'i-a', {
    zone: ref('a'),
    subnet: ref('subnet-a'),
    state: 'running',
    instanceType: 't3.medium',
    autoScalingGroup: null,
  }),
  made('instance', 'i-b', {
    zone: ref('b'),
    subnet: ref('subnet-b'),
    state: 'running',
    instanceType: 't3.medium',
    autoScalingGroup: null,
  }),
  made('instanceType', 't3.medium', { memoryMiB: 4096 }),
  made('containerInstance', 'host-a', {
    cluster: ref('shop'),
    instance: ref('i-a'),
    status: 'ACTIVE',
    agentConnected: true,
  }),
  made('containerInstance', 'host-b', {
    cluster: ref('shop'),
    instance: ref('i-b'),
    status: 'ACTIVE',
    agentConnected: true,
  }),
  made('taskDefinition', 'big:1', { memory: 2000 }),
  made('ecsService', 'big', {
    launchType: 'EC2',
    cluster: ref('shop'),
    desired: 1,
    running: 1,
    network: null,
    loadBalancers: [],
    taskDefinition: ref('big:1'),
  }),
  made('ecsTask', 'task', {
    service: ref('big'),
    cluster: ref('shop'),
    containerInstance: ref('host-a'),
    taskDefinition: ref('big:1'),
    lastStatus: 'RUNNING',
  }),
  made('ecsService', 'other', {
    launchType: 'EC2',
    cluster: ref('shop'),
    desired: 1,
    running: 1,
    network: null,
    loadBalancers: [],
  }),
  made('taskDefinition', 'other:1', { memory: 3000 }),
  made('ecsTask', 'other-task', {
    service: ref('other'),
    cluster: ref('shop'),
    containerInstance: ref('host-b'),
    taskDefinition: ref('other:1'),
    lastStatus: 'RUNNING',
  }),
  made('ecsService', 'fargate', {
    launchType: 'FARGATE',
    loadBalancers: [],
    desired: 1,
    running: 1,
    network: { subnets: refs<'subnet'>('subnet-a'), securityGroups: [], assignPublicIp: false },
  }),
  made('databaseSubnetGroup', 'group', { subnets: refs('subnet-a', 'subnet-b') }),
  made('database', 'db', { zone: ref('a'), multiAz: false, cluster: null, subnetGroup: ref('group') }),
  made('databaseCluster', 'aurora', {
    engine: 'aurora-mysql',
    members: [
      { ref: ref<'database'>('w'), writer: true },
      { ref: ref<'database'>('r'), writer: false },
    ],
  }),
  made('database', 'w', { zone: ref('a'), cluster: ref('aurora') }),
  made('database', 'r', { zone: ref('a'), cluster: ref('aurora') }),
  made('cache', 'redis', {
    form: 'replicationGroup',
    automaticFailover: false,
    nodes: [node('x-001', 'a', 'primary'), node('x-002', 'b', 'replica')],
  }),
  made('function', 'f', {
    network: { vpc: ref<'vpc'>('vpc'), subnets: refs<'subnet'>('subnet-a'), securityGroups: [] },
  }),
  made('loadBalancer', 'lb', { type: 'application', zones: refs('a', 'b'), attributes: {} }),
  made('listener', 'listener', {
    loadBalancer: ref('lb'),
    actions: [
      {
        type: 'forward',
        targetGroups: [{ ref: ref<'targetGroup'>('tg'), weight: 1 }],
        redirect: undefined,
        fixedStatus: undefined,
      },
    ],
  }),
  made('targetGroup', 'tg', {
    targetType: 'instance',
    loadBalancers: refs('lb'),
    attributes: {},
    vpc: ref('vpc'),
    targets: [{ target: 'i-a', port: 80, zone: 'a', health: 'healthy' }],
  }),
];
const HOST = { type: 'host', host: 'pay.example.com' } as const;
const FLOWS: readonly Flow[] = [
  flow(INTERNET, end('lb')),
  flow(end('i-b'), HOST),
  ...['big', 'fargate', 'db', 'aurora', 'redis', 'f'].map((target) => flow({ type: 'people' }, end(target))),
];
const ENDS = new Set(FLOWS.flatMap((one) => (one.to.type === 'resource' ? [one.to.id as string] : [])));

const outcomes = (resources: readonly Resource[]): ReadonlyMap<string, string> =>
  new Map(survive(estate(resources, FLOWS), { zone: 'a' }).flows.map((one) => [one.flow, one.outcome]));

const KEPT = new Set([
  'kind',
  'id',
  'name',
  'account',
  'region',
  'source',
  'identifier',
  'networkInterfaces',
  'form',
  'gateways',
  'vpc',
]);

describe('taking away answers', () => {
  it('starts from flows that are all lost', () => {
    expect([...outcomes(SHOP).values()]).toEqual(FLOWS.map(() => 'lost'));
  });

  it('a missing field makes no lost flow survive', () => {
    for (const resource of SHOP) {
      for (const field of Object.keys(resource)) {
        if (KEPT.has(field) || (resource.kind === 'routeTable' && field === 'subnets')) continue;
        const less = SHOP.map((one) =>
          one === resource ? ({ ...one, [field]: undefined } as ResourceOf<typeof one.kind>) : one,
        );
        for (const [id, outcome] of outcomes(less))
          expect(`${resource.id}.${field} ${id} ${outcome}`).toMatch(/ (lost|unknown)$/);
      }
    }
  });

  it('a missing resource makes no lost flow survive', () => {
    for (const resource of SHOP) {
      if (resource.kind === 'routeTable' || ENDS.has(resource.id)) continue;
      const less = SHOP.filter((one) => one !== resource);
      for (const [id, outcome] of outcomes(less)) expect(`${resource.id} ${id} ${outcome}`).toMatch(/ (lost|unknown)$/);
    }
  });
});
