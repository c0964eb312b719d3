import { describe, expect, it } from 'vitest';
import { regionName } from '../../estate/ids.ts';
import type { ResourceOf } from '../../estate/resource.ts';
import { survivals, survive } from './survive.ts';
import { end, estate, flow, INTERNET, made, network, ref, refs } from './testing/build.ts';
import { only } from './testing/only.ts';

const AB = network('a', 'b');

describe('an ECS service', () => {
  const fargate = (
    zones: readonly string[],
    tasks: readonly string[],
    fields: Partial<ResourceOf<'ecsService'>> = {},
  ) => [
    made('ecsService', 'web', {
      launchType: 'FARGATE',
      desired: tasks.length,
      running: tasks.length,
      network: {
        subnets: refs<'subnet'>(...zones.map((zone) => `subnet-${zone}`)),
        securityGroups: [],
        assignPublicIp: true,
      },
      ...fields,
    }),
    ...tasks.map((zone, n) =>
      made('ecsTask', `task-${n}`, { service: ref('web'), zone: ref(zone), lastStatus: 'RUNNING' }),
    ),
  ];
  const to = flow({ type: 'people' }, end('web'));

  it('survives with the tasks that are left, and tells how many', () => {
    const answer = survive(estate([...AB, ...fargate(['a', 'b'], ['a', 'b', 'b'])], [to]), { zone: 'a' });
    expect(answer.flows[0]?.outcome).toBe('survives');
    expect(answer.capacity).toEqual([{ resource: 'web', unit: 'task', left: 2, now: 3, restored: 'yes' }]);
  });

  it('on Fargate starts its tasks again where it has a subnet, and promises no time', () => {
    const answer = only([...AB, ...fargate(['a', 'b'], ['a', 'a'])], to);
    expect(answer).toMatchObject({ outcome: 'survivesAfterFailover', failover: [{ seconds: null }] });
    expect(only([...AB, ...fargate(['a'], ['a', 'a'])], to).outcome).toBe('lost');
  });

  it('is unknown when only some of its tasks were read', () => {
    expect(
      only([...AB, ...fargate(['a', 'b'], ['a'], { running: 2, launchType: 'EC2', network: null })], to),
    ).toMatchObject({
      outcome: 'unknown',
      missing: [{ operation: 'ecs:DescribeTasks' }],
    });
  });

  const onEc2 = (
    memory: number | undefined,
    group: Partial<ResourceOf<'autoScalingGroup'>> | undefined,
    hosts: readonly string[],
  ) => [
    ...AB,
    made('ecsService', 'web', {
      launchType: 'EC2',
      cluster: ref('shop'),
      desired: 1,
      running: 1,
      network: null,
      taskDefinition: ref('web:1'),
    }),
    made('taskDefinition', 'web:1', { memory: 2048 }),
    made('instanceType', 't3.medium', memory === undefined ? {} : { memoryMiB: memory }),
    made('ecsTask', 'task', {
      service: ref('web'),
      cluster: ref('shop'),
      containerInstance: ref('host-0'),
      taskDefinition: ref('web:1'),
    }),
    ...hosts.flatMap((zone, n) => [
      made('instance', `i-${n}`, {
        zone: ref(zone),
        subnet: ref(`subnet-${zone}`),
        instanceType: 't3.medium',
        state: 'running',
        autoScalingGroup: group ? ref('asg') : null,
      }),
      made('containerInstance', `host-${n}`, {
        cluster: ref('shop'),
        instance: ref(`i-${n}`),
        status: 'ACTIVE',
        agentConnected: true,
      }),
    ]),
    ...(group
      ? [
          made('autoScalingGroup', 'asg', {
            suspendedProcesses: [],
            instances: refs(...hosts.map((_, n) => `i-${n}`)),
            max: 2,
            ...group,
          }),
        ]
      : []),
  ];

  it('on EC2 needs an instance that is left with room for a task', () => {
    expect(only(onEc2(4096, undefined, ['a', 'b']), to).outcome).toBe('survivesAfterFailover');
    expect(only(onEc2(2048, undefined, ['a', 'b']), to)).toMatchObject({
      outcome: 'lost',
      because: [{ code: 'no-room-for-tasks' }],
    });
    expect(only(onEc2(undefined, undefined, ['a', 'b']), to).outcome).toBe('unknown');
    expect(only(onEc2(4096, undefined, ['a']), to).outcome).toBe('lost');
  });

  it('on EC2 is carried by an Auto Scaling group that has another zone', () => {
    expect(only(onEc2(4096, { zones: refs('a', 'b') }, ['a']), to).outcome).toBe('survivesAfterFailover');
    expect(only(onEc2(4096, { zones: refs('a') }, ['a']), to).outcome).toBe('lost');
  });

  it('on EC2 is lost where somebody has told the group to start nothing, and unknown where that is not told', () => {
    const suspended = (processes: readonly string[] | undefined) =>
      only(onEc2(4096, { zones: refs('a', 'b'), suspendedProcesses: processes }, ['a']), to).outcome;
    expect(suspended(['AZRebalance'])).toBe('survivesAfterFailover');
    expect(suspended(['Launch'])).toBe('lost');
    expect(suspended(undefined)).toBe('unknown');
  });

  it('on EC2 is unknown when the group that may have another zone was not read', () => {
    const unread = onEc2(4096, {}, ['a']).filter(({ kind }) => kind !== 'autoScalingGroup');
    expect(only(unread, to).outcome).toBe('unknown');
    expect(only(onEc2(4096, { zones: undefined, subnets: undefined }, ['a']), to).outcome).toBe('unknown');
  });
});

describe('a load balancer', () => {
  const balancer = (
    zones: readonly string[],
    targets: readonly string[],
    fields: Partial<ResourceOf<'loadBalancer'>> = {},
  ) => [
    ...AB,
    made('loadBalancer', 'lb', { type: 'application', zones: refs(...zones), attributes: {}, ...fields }),
    made('targetGroup', 'tg', {
      targetType: 'instance',
      loadBalancers: refs('lb'),
      attributes: {},
      vpc: ref('vpc'),
      targets: targets.map((_, n) => ({ target: `i-${n}`, port: 80, zone: undefined, health: 'healthy' })),
    }),
    ...targets.map((zone, n) => made('instance', `i-${n}`, { zone: ref(zone), state: 'running' })),
  ];
  const to = flow(INTERNET, end('lb'));

  it('needs a zone and a target that are left', () => {
    expect(only(balancer(['a', 'b'], ['a', 'b']), to).outcome).toBe('survives');
    expect(only(balancer(['a', 'b'], ['a', 'a']), to)).toMatchObject({
      outcome: 'lost',
      because: [{ code: 'no-targets-left' }],
    });
    expect(only(balancer(['a'], ['a', 'b']), to).outcome).toBe('lost');
  });

  it('does not count targets in a zone that it is not enabled in', () => {
    expect(only([...network('c'), ...balancer(['a', 'b'], ['a', 'c'])], to).outcome).toBe('lost');
  });

  it('does not take a target of untold health for a healthy one', () => {
    const withHealth = (...health: readonly (string | undefined)[]) =>
      balancer(['a', 'b'], ['a', 'b']).map((one) =>
        one.kind === 'targetGroup'
          ? {
              ...one,
              targets: health.map((state, n) => ({ target: `i-${n}`, port: 80, zone: undefined, health: state })),
            }
          : one,
      );
    expect(only(withHealth('healthy', 'unhealthy'), to).outcome).toBe('lost');
    expect(only(withHealth('healthy', undefined), to).outcome).toBe('unknown');
  });

  it('is unknown when the zone of a target is not told and no other is left', () => {
    const parts = balancer(['a', 'b'], ['a', 'b']);
    const dark = parts.map((one) => (one.id === 'i-1' ? made('instance', 'i-1', { state: 'running' }) : one));
    expect(only(dark, to)).toMatchObject({
      outcome: 'unknown',
      missing: [{ operation: 'elbv2:DescribeTargetHealth' }],
    });
  });

  it('is unknown when target health was not read, or a target group is missing', () => {
    const parts = balancer(['a', 'b'], []).filter((one) => one.kind !== 'targetGroup');
    const unread = made('targetGroup', 'tg', { loadBalancers: refs('lb') });
    expect(only([...parts, unread], to).missing[0]?.operation).toBe('elbv2:DescribeTargetHealth');
    expect(only(parts, to).outcome).toBe('unknown');
  });

  it('is unknown when a service that may fill it anew, or the group of its targets, was not read', () => {
    const parts = balancer(['a', 'b'], ['a']);
    expect(only(parts, to).outcome).toBe('lost');
    const unread = made('ecsService', 'web', { loadBalancers: undefined });
    expect(only([...parts, unread], to).outcome).toBe('unknown');
    const grouped = parts.map((one) =>
      one.kind === 'instance' ? { ...one, autoScalingGroup: ref<'autoScalingGroup'>('asg') } : one,
    );
    expect(only(grouped, to).outcome).toBe('unknown');
  });

  it('finds the zone of an address by the interface that has it', () => {
    const answer = only(
      [
        ...balancer(['a', 'b'], []).filter((one) => one.kind !== 'targetGroup'),
        made('targetGroup', 'tg', {
          targetType: 'ip',
          loadBalancers: refs('lb'),
          vpc: ref('vpc'),
          attributes: {},
          targets: [{ target: '10.0.0.5', port: 80, zone: undefined, health: 'healthy' }],
        }),
        made('networkInterface', 'eni', {
          vpc: ref('vpc'),
          subnet: ref('subnet-b'),
          addresses: [{ private: '10.0.0.5', public: null }],
        }),
      ],
      to,
    );
    expect(answer.outcome).toBe('survives');
  });

  it('stays as unknown what does not work today: no claim that the zone breaks it', () => {
    const dead = balancer(['a', 'b'], ['a']).map((one) => (one.kind === 'targetGroup' ? { ...one, targets: [] } : one));
    expect(only(dead, to)).toMatchObject({
      outcome: 'unknown',
      missing: [{ reason: expect.stringContaining('today') }],
    });
  });

  it('behind CloudFront takes the distribution with it', () => {
    const parts = balancer(['a', 'b'], ['a', 'a'], { dnsName: 'Shop.elb.example.com' });
    const distribution = made('distribution', 'cdn', {
      origins: [
        {
          id: 'o',
          domain: 'shop.elb.example.com',
          type: 'custom',
          originAccess: null,
          customHeaders: [],
          protocolPolicy: undefined,
          httpPort: 80,
          httpsPort: 443,
          vpcOrigin: undefined,
        },
      ],
    });
    expect(only([...parts, distribution], flow(INTERNET, end('cdn'))).outcome).toBe('lost');
  });
});

describe('functions and regional services', () => {
  it('a function survives by its other subnets, or by being in no VPC', () => {
    const lambda = (subnets: readonly string[] | null) =>
      made('function', 'f', {
        network:
          subnets === null ? null : { vpc: ref<'vpc'>('vpc'), subnets: refs<'subnet'>(...subnets), securityGroups: [] },
      });
    const to = flow(end('queue'), end('f'));
    const queue = made('queue', 'queue');
    expect(only([...AB, queue, lambda(null)], to).outcome).toBe('survives');
    expect(only([...AB, queue, lambda(['subnet-a', 'subnet-b'])], to).outcome).toBe('survives');
    expect(only([...AB, queue, lambda(['subnet-a'])], to).outcome).toBe('lost');
    expect(only([...AB, queue, made('function', 'f')], to).outcome).toBe('unknown');
  });

  it('what is not modelled is unknown, not regional', () => {
    expect(only([...AB, made('other', 'x', { type: 'efs:filesystem' })], flow(INTERNET, end('x'))).outcome).toBe(
      'unknown',
    );
  });
});

const group = (...zones: readonly string[]) =>
  made('databaseSubnetGroup', 'group', { subnets: refs(...zones.map((zone) => `subnet-${zone}`)) });
const db = (name: string, fields: Partial<ResourceOf<'database'>>) =>
  made('database', name, { cluster: null, replicaOf: null, multiAz: false, subnetGroup: ref('group'), ...fields });
const TO_DB = flow({ type: 'people' }, end('db'), 3306);

describe('one resource lost', () => {
  it('takes what it is, whatever its kind', () => {
    for (const kind of ['ecsService', 'function', 'loadBalancer', 'queue', 'natGateway'] as const) {
      const to = flow({ type: 'people' }, end('x'));
      expect(only([...AB, made(kind, 'x')], to, { resource: 'x' }), kind).toMatchObject({
        outcome: 'lost',
        because: [{ code: 'itself-lost' }],
      });
    }
  });
});

describe('survivals', () => {
  it('judges every zone, in order, the same whatever the order of the input', () => {
    const resources = [...AB, group('a', 'b'), db('db', { zone: ref('a') })];
    const answer = survivals(estate(resources, [TO_DB]));
    expect(answer.zones.map((one) => [one.zone, one.flows[0]?.outcome])).toEqual([
      ['a', 'lost'],
      ['b', 'survives'],
    ]);
    expect(survivals(estate([...resources].reverse(), [TO_DB]))).toEqual(answer);
  });

  it('gives every outcome other than unknown a proof', () => {
    const { zones } = survivals(estate([...AB, group('a', 'b'), db('db', { zone: ref('a') })], [TO_DB]));
    for (const { flows } of zones) for (const one of flows) expect(one.because.length).toBeGreaterThan(0);
  });
});

describe('what is not told of single tasks', () => {
  const parts = (...zones: readonly string[]) => [
    ...network('a', 'b'),
    made('ecsService', 'web', { launchType: 'EC2', cluster: ref('shop'), desired: 2, running: 2, network: null }),
    ...zones.flatMap((zone, n) => [
      made('instance', `i-${n}`, { zone: ref(zone), state: 'running', autoScalingGroup: null }),
      made('containerInstance', `host-${n}`, { cluster: ref('shop'), instance: ref(`i-${n}`), status: 'ACTIVE' }),
    ]),
  ];
  const to = flow({ type: 'people' }, end('web'));

  it('follows from the instances of the cluster where all of them agree', () => {
    expect(only(parts('a', 'a'), to).outcome).toBe('lost');
    expect(only(parts('b', 'b'), to).outcome).toBe('survives');
    expect(only(parts('a', 'b'), to).outcome).toBe('unknown');
  });
});

it('a zone of one region takes nothing of another', () => {
  const there = { region: regionName('eu-west-1') };
  const far = made('database', 'far', { ...there, cluster: null });
  const to = flow({ type: 'people' }, end('far'), 3306);
  expect(only([...network('a'), made('zone', 'far-a', there), far], to).outcome).toBe('survives');
  // a region of which nothing else is known may be one that was taken for want of another
  expect(only([...network('a'), far], to).outcome).toBe('unknown');
  expect(only([...network('a'), made('database', 'far', { cluster: null })], to).outcome).toBe('unknown');
});
