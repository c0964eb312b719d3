/** Cases of the rules on resilience, machines, data and watch that their two examples do not show. */
import { describe, expect, it } from 'vitest';
import { assemble } from '../inventory/assemble.ts';
import { readInventory } from '../inventory/format.ts';
import { rules } from './catalog/index.ts';
import { inventoryOf, join } from './example.ts';
import { balancer, balancerAnswer, targetGroupAnswer, targetGroupArn } from './examples/balancers.ts';
import { cacheAnswer, cacheCluster, replicationGroup } from './examples/caches.ts';
import { service, serviceAnswer, task, taskAnswer } from './examples/containers.ts';
import { database, databaseAnswer } from './examples/database.ts';
import { functionAnswer, lambda } from './examples/functions.ts';
import { instance, instanceAnswer, network, VPC } from './examples/network.ts';
import { alarm, alarmAnswer, callerAnswer, flowLogAnswer, trailAnswer } from './examples/records.ts';
import { queueAnswer } from './examples/stores.ts';
import type { Finding } from './finding.ts';
import type { Example } from './rule.ts';
import { runRule } from './run.ts';

function findings(id: string, example: Example): readonly Finding[] {
  const rule = rules.find((one) => one.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  const { entries, notices, collectedAt } = readInventory('example.json', inventoryOf(example));
  return runRule(rule, assemble(entries, notices, collectedAt));
}
/** `fail:message-words`-like lines: the state, and for a failure its claim. */
const said = (id: string, example: Example): readonly string[] =>
  findings(id, example).map(({ state, claim }) => (state === 'fail' ? `fail: ${claim}` : state));
const states = (id: string, example: Example): readonly string[] => findings(id, example).map(({ state }) => state);

const TWO = ['eu-west-1a', 'eu-west-1b'];
const web = instance('i-0web0000000000001', 'web');
const withType = (InstanceType: string, current?: boolean): Example =>
  join(
    network(),
    instanceAnswer(instance('i-0web0000000000001', 'web', { fields: { InstanceType } })),
    current === undefined
      ? {}
      : { 'ec2:DescribeInstanceTypes': { InstanceTypes: [{ InstanceType, CurrentGeneration: current }] } },
  );

it('an account is not found empty by listings that were refused', () => {
  const refused = [{ error: { name: 'AccessDenied', message: 'no' } }];
  const denied = states('bucket-block-public-access-off', { ...callerAnswer(), 's3:ListBuckets': refused });
  expect([...new Set(denied)]).toEqual(['unknown']);
  expect(states('bucket-block-public-access-off', { ...callerAnswer(), 's3:ListBuckets': { Buckets: [] } })).toEqual([
    'notApplicable',
  ]);
});

/** Operations that are asked for one resource or namespace at a time: the rules judge themselves what they did not tell. */
it.each([
  ['table-without-recovery', 'dynamodb:DescribeContinuousBackups'],
  ['queue-without-dead-letter', 'sqs:GetQueueAttributes'],
  ['bucket-without-versioning', 's3:GetBucketVersioning'],
  ['targets-in-one-zone', 'elbv2:DescribeTargetHealth'],
  ['service-without-autoscaling', 'application-autoscaling:DescribeScalableTargets'],
  ['database-replicas-by-hand', 'application-autoscaling:DescribeScalableTargets'],
  ['no-trail', 'cloudtrail:GetTrailStatus'],
])('%s does not pass without %s', (id, operation) => {
  const { [operation]: left, ...rest } = rules.find((rule) => rule.id === id)?.examples.good ?? {};
  expect(left).toBeDefined();
  expect(new Set(states(id, rest))).toEqual(new Set(['unknown']));
});

it('the URL of an alias is judged by the policy of the alias, which is not that of the function', () => {
  const { examples } = rules.find(({ id }) => id === 'function-url-public') ?? {};
  const text = JSON.stringify(examples?.bad);
  const aliased = text.replace(
    /("FunctionUrl":)/,
    '"FunctionArn":"arn:aws:lambda:eu-west-1:111122223333:function:webhook:live",$1',
  );
  expect(aliased).not.toBe(text);
  expect(states('function-url-public', JSON.parse(text))).toContain('fail');
  expect(states('function-url-public', JSON.parse(aliased))).toEqual(['unknown']);
});

describe('environments-in-one-account', () => {
  const account = (bucket: string): Example =>
    join(
      trailAnswer({ everything: { multiRegion: true, logging: true } }),
      { 'ec2:DescribeInstances': { Reservations: [] }, 's3:ListBuckets': { Buckets: [{ Name: bucket }] } },
      databaseAnswer(database('shop-prod')),
    );
  it('takes the bucket of a trail for the account’s own', () => {
    expect(states('environments-in-one-account', account('shop-trail'))).toEqual(['pass']);
  });
  it('names what nobody knows the environment of', () => {
    const [found] = findings('environments-in-one-account', account('things'));
    expect(found).toMatchObject({ state: 'unknown' });
    expect(found?.missing[0]?.reason).toContain('things');
  });
});

describe('replicas-in-primary-zone', () => {
  const orders = (primary: object, replica: object): Example =>
    databaseAnswer(
      database('orders', { ReadReplicaDBInstanceIdentifiers: ['orders-replica'], ...primary }),
      database('orders-replica', { ReadReplicaSourceDBInstanceIdentifier: 'orders', ...replica }),
    );
  it('does not say that a primary with a standby is lost with its zone', () => {
    const [found] = findings('replicas-in-primary-zone', orders({ MultiAZ: true }, { MultiAZ: false }));
    expect(found).toMatchObject({ state: 'fail', severity: 'medium' });
    expect(found?.claim).toContain('every reader lost');
  });
  it('takes nothing for milder that is not told, and does not count a cluster that copies from it among what falls', () => {
    const { MultiAZ: _, ...untold } = database('orders', { ReadReplicaDBInstanceIdentifiers: ['orders-replica'] }) as {
      readonly MultiAZ: boolean;
    };
    const replica = database('orders-replica', { MultiAZ: false, ReadReplicaSourceDBInstanceIdentifier: 'orders' });
    expect(findings('replicas-in-primary-zone', databaseAnswer(untold, replica))[0]).toMatchObject({
      state: 'fail',
      severity: 'high',
    });
    const copied = { ...untold, MultiAZ: false, ReadReplicaDBClusterIdentifiers: ['orders-aurora'] };
    expect(states('replicas-in-primary-zone', databaseAnswer(copied, replica))).toEqual(['unknown']);
  });
  it('knows that a replica with a standby outlives the zone, whichever it stands in', () => {
    const { AvailabilityZone: _, ...placeless } = database('orders-replica', { MultiAZ: true }) as Record<
      string,
      unknown
    >;
    const answer = databaseAnswer(
      database('orders', { MultiAZ: false, ReadReplicaDBInstanceIdentifiers: ['orders-replica'] }),
      { ...placeless, ReadReplicaSourceDBInstanceIdentifier: 'orders' },
    );
    expect(states('replicas-in-primary-zone', answer)).toEqual(['pass']);
  });
});

describe('cache-without-failover', () => {
  const group = (zones: readonly string[], fields: object = {}) =>
    cacheAnswer([], [replicationGroup('sessions', zones, { ...fields })]);

  it('leaves Memcached alone, which has no replicas at all', () => {
    expect(states('cache-without-failover', cacheAnswer([cacheCluster('pages', { Engine: 'memcached' })]))).toEqual([
      'notApplicable',
    ]);
  });
  it('fails replicas that nothing promotes', () => {
    expect(said('cache-without-failover', group(TWO, { AutomaticFailover: 'disabled' }))[0]).toContain(
      'automatic failover is off',
    );
  });
  it('fails replicas that all stand in one zone', () => {
    expect(said('cache-without-failover', group(['eu-west-1a', 'eu-west-1a']))[0]).toContain(
      'all of them in eu-west-1a',
    );
  });
  it('fails shards without replicas although automatic failover is on', () => {
    const shard = (n: number, zone: string) => ({
      NodeGroupId: `000${n}`,
      NodeGroupMembers: [{ CacheClusterId: `sessions-000${n}-001`, PreferredAvailabilityZone: zone }],
    });
    const bare = group(TWO, {
      NodeGroups: [shard(1, 'eu-west-1a'), shard(2, 'eu-west-1b')],
      MemberClusters: ['sessions-0001-001', 'sessions-0002-001'],
    });
    expect(said('cache-without-failover', bare)[0]).toContain('2 of the 2 shards');
  });
  it('does not take nodes in two zones for replicas when the shards are not told', () => {
    const members = TWO.map((PreferredAvailabilityZone, n) =>
      cacheCluster(`sessions-00${n + 1}`, { ReplicationGroupId: 'sessions', PreferredAvailabilityZone }),
    );
    const untold = cacheAnswer(members, [replicationGroup('sessions', TWO, { NodeGroups: undefined })]);
    expect(states('cache-without-failover', untold)).toEqual(['unknown']);
  });
});

describe('service-in-one-zone', () => {
  it('fails two tasks in one zone, and a single task', () => {
    const together = join(
      network(),
      serviceAnswer(service('web')),
      taskAnswer(task('web', 1, 'eu-west-1a'), task('web', 2, 'eu-west-1a')),
    );
    expect(said('service-in-one-zone', together)[0]).toContain('all 2 running tasks');
    const one = join(network(), serviceAnswer(service('web', { desiredCount: 1, runningCount: 1 })), taskAnswer());
    expect(said('service-in-one-zone', one)[0]).toContain('runs as one task');
  });
  it('does not conclude from subnets in two zones that tasks are in both', () => {
    expect(states('service-in-one-zone', join(network(), serviceAnswer(service('web')), taskAnswer()))).toEqual([
      'unknown',
    ]);
  });
  it('says nothing of a service that is switched off', () => {
    const off = join(network(), serviceAnswer(service('web', { desiredCount: 0, runningCount: 0 })), taskAnswer());
    expect(states('service-in-one-zone', off)).toEqual(['notApplicable']);
  });
});

describe('nat-in-one-zone', () => {
  it('passes a zonal gateway that only its own zone uses', () => {
    expect(states('nat-in-one-zone', network(['eu-west-1a']))).toEqual(['pass']);
  });
  it('is unknown while the route tables were not read', () => {
    const { 'ec2:DescribeRouteTables': _, ...rest } = network();
    expect(states('nat-in-one-zone', rest)).toEqual(['unknown']);
  });
});

describe('targets-in-one-zone', () => {
  const targets = (...health: readonly (string | undefined)[]): Example =>
    join(
      network(),
      balancerAnswer(balancer('shop', TWO)),
      { 'elbv2:DescribeTargetGroups': targetGroupAnswer('web', 'shop', [])['elbv2:DescribeTargetGroups'] ?? {} },
      {
        'elbv2:DescribeTargetHealth': [
          {
            input: { TargetGroupArn: targetGroupArn('web') },
            output: {
              TargetHealthDescriptions: health.map((State, n) => ({
                Target: { Id: `i-0web000000000000${n + 1}` },
                TargetHealth: { State },
              })),
            },
          },
        ],
      },
      instanceAnswer(web, instance('i-0web0000000000002', 'web', { zone: 'eu-west-1b' })),
    );
  it('fails when only the targets of one zone are healthy', () => {
    expect(states('targets-in-one-zone', targets('healthy', 'healthy'))).toEqual(['pass']);
    expect(said('targets-in-one-zone', targets('healthy', 'unhealthy'))[0]).toContain(
      'only the targets of web in eu-west-1a',
    );
  });
  it('does not take a target whose health is not told for a healthy one', () => {
    expect(states('targets-in-one-zone', targets('healthy', undefined))).toEqual(['unknown']);
  });
});

describe('previous generations', () => {
  const rule = 'previous-generation-instance';
  it('names the equivalent, and lets the API settle what AWS’s pages dispute', () => {
    expect(said(rule, withType('m4.large', false))[0]).toMatch(
      /calls a previous generation; today it would be m7i\.large \(or m7g\.large/,
    );
    expect(said(rule, withType('t2.micro', true))[0]).toContain('from before Nitro; today it would be t3.micro');
  });
  it('asks the API about a family that it does not know', () => {
    expect(states(rule, withType('q9.large'))).toEqual(['unknown']);
    expect(states(rule, withType('q9.large', true))).toEqual(['pass']);
    expect(states(rule, withType('q9.large', false))).toEqual(['fail']);
  });
  it('believes the API when it calls old what was current here', () => {
    expect(states(rule, withType('m5.large', false))).toEqual(['fail']);
  });
  it('does not guess at a class that it does not know', () => {
    expect(
      states('previous-generation-database', databaseAnswer(database('orders', { DBInstanceClass: 'db.q9.large' }))),
    ).toEqual(['unknown']);
  });
});

describe('imdsv1-allowed', () => {
  const metadata = (fields: object) =>
    join(network(), instanceAnswer(instance('i-0web0000000000001', 'web', { fields: { MetadataOptions: fields } })));
  it('passes an instance that has no metadata service', () => {
    expect(states('imdsv1-allowed', metadata({ HttpTokens: 'optional', HttpEndpoint: 'disabled' }))).toEqual(['pass']);
  });
  it('is unknown when the options are not told', () => {
    expect(states('imdsv1-allowed', metadata({}))).toEqual(['unknown']);
  });
});

describe('ends of support', () => {
  it('warns of an end that is near, and does not guess at one that was moved', () => {
    expect(said('function-runtime-ended', functionAnswer(lambda('resize', 'nodejs20.x')))[0]).toContain(
      'stops patching on 2026-04-30',
    );
    expect(states('function-runtime-ended', functionAnswer(lambda('resize', 'python3.99')))).toEqual(['unknown']);
  });
  it('tells of a replica with its primary, once', () => {
    const pair = databaseAnswer(
      database('orders', { EngineVersion: '5.7.44', ReadReplicaDBInstanceIdentifiers: ['orders-replica'] }),
      database('orders-replica', { EngineVersion: '5.7.44', ReadReplicaSourceDBInstanceIdentifier: 'orders' }),
    );
    const found = findings('database-engine-ended', pair);
    expect(found.map(({ resources }) => resources.map(({ name }) => name))).toEqual([['orders', 'orders-replica']]);
  });
});

describe('what protects a database', () => {
  const clustered = (cluster: object) =>
    join(
      databaseAnswer(
        database('orders-1', { Engine: 'aurora-mysql', DBClusterIdentifier: 'orders', BackupRetentionPeriod: 0 }),
      ),
      {
        'rds:DescribeDBClusters': {
          DBClusters: [
            {
              DBClusterIdentifier: 'orders',
              DBClusterArn: 'arn:aws:rds:eu-west-1:111122223333:cluster:orders',
              Engine: 'aurora-mysql',
              DBClusterMembers: [{ DBInstanceIdentifier: 'orders-1', IsClusterWriter: true }],
              ...cluster,
            },
          ],
        },
      },
    );
  it('is read from the cluster for a member of one', () => {
    expect(states('database-without-backups', clustered({ BackupRetentionPeriod: 14 }))).toEqual(['pass']);
    expect(states('database-deletable', clustered({ DeletionProtection: false }))).toEqual(['fail']);
    expect(states('database-deletable', clustered({}))).toEqual(['unknown']);
  });
  it('does not count a read replica as a database without backups', () => {
    const replica = database('orders-replica', {
      ReadReplicaSourceDBInstanceIdentifier: 'orders',
      BackupRetentionPeriod: 0,
    });
    const pair = databaseAnswer(
      database('orders', { BackupRetentionPeriod: 7, ReadReplicaDBInstanceIdentifiers: ['orders-replica'] }),
      replica,
    );
    expect(states('database-without-backups', pair)).toEqual(['pass']);
  });
});

it('does not take scalable targets of another service for an answer about ECS', () => {
  const asked = (ServiceNamespace: string) => ({
    'application-autoscaling:DescribeScalableTargets': [
      { input: { ServiceNamespace }, output: { ScalableTargets: [] } },
    ],
  });
  expect(states('service-without-autoscaling', join(serviceAnswer(service('web')), asked('dynamodb')))).toEqual([
    'unknown',
  ]);
  expect(states('service-without-autoscaling', join(serviceAnswer(service('web')), asked('ecs')))).toEqual(['fail']);
});

it('does not ask a dead-letter queue for one of its own', () => {
  expect(states('queue-without-dead-letter', queueAnswer({ 'orders-dlq': null }))).toEqual(['notApplicable']);
});

describe('no-trail', () => {
  it('tells a trail that is off, and one of a single region, from none', () => {
    expect(said('no-trail', trailAnswer({ audit: { multiRegion: true, logging: false } }))[0]).toContain(
      'none of them is logging',
    );
    expect(said('no-trail', trailAnswer({ audit: { multiRegion: false, logging: true } }))[0]).toContain(
      'eu-west-1 only',
    );
  });
});

describe('no-flow-logs', () => {
  const used = join(network(), instanceAnswer(web));
  const log = (fields: object): Example => ({
    'ec2:DescribeFlowLogs': {
      FlowLogs: [
        { FlowLogId: 'fl-0example0000000001', ResourceId: VPC, FlowLogStatus: 'ACTIVE', TrafficType: 'ALL', ...fields },
      ],
    },
  });
  it('does not count a log of rejected traffic', () => {
    expect(said('no-flow-logs', join(used, log({ TrafficType: 'REJECT' })))[0]).toContain('rejected traffic only');
  });
  it('does not pass a log whose state or network is not told', () => {
    expect(states('no-flow-logs', join(used, log({ FlowLogStatus: undefined })))).toEqual(['unknown']);
    expect(states('no-flow-logs', join(used, log({ ResourceId: undefined })))).toEqual(['unknown']);
  });
  it('says nothing of a network in which nothing stands', () => {
    const { 'ec2:DescribeNatGateways': _, ...bare } = network();
    const databases = { 'rds:DescribeDBInstances': { DBInstances: [] } };
    expect(states('no-flow-logs', join(bare, flowLogAnswer(), instanceAnswer(), databases))).toEqual(['notApplicable']);
    expect(states('no-flow-logs', join(bare, flowLogAnswer(), instanceAnswer()))).toEqual(['unknown']);
  });
});

describe('no-alarms', () => {
  const shop = join(callerAnswer(), databaseAnswer(database('orders')), balancerAnswer(balancer('shop', TWO)));
  const storage = alarm('orders-storage', 'AWS/RDS', 'FreeStorageSpace', ['DBInstanceIdentifier', 'orders']);
  it('names what has no alarm', () => {
    expect(said('no-alarms', join(shop, alarmAnswer(storage)))[0]).toMatch(/1 of the 2 .* have no alarm: shop/);
  });
  it('does not count an alarm that tells nobody', () => {
    expect(said('no-alarms', join(shop, alarmAnswer({ ...storage, ActionsEnabled: false })))[0]).toContain(
      'any of the 2',
    );
  });
  it('is unknown when an alarm does not tell what it watches', () => {
    const { MetricName, Namespace, Dimensions, ...opaque } = storage;
    expect(states('no-alarms', join(shop, alarmAnswer(opaque)))).toEqual(['unknown']);
  });
  it('is not "not applicable" when nobody looked for databases', () => {
    expect(states('no-alarms', join(callerAnswer(), alarmAnswer()))).toEqual(['unknown']);
  });
});
