import { describe, expect, it } from 'vitest';
import { testNetwork, without } from '../testing/network.ts';
import { record } from '../testing/record.ts';
import { Database } from './database.ts';
import type { DatabaseArgs } from './database-args.ts';

type Changes = Partial<DatabaseArgs>;
const make = (changes: Changes = {}) =>
  new Database('mysql', { network: testNetwork(), engine: 'mysql', version: '8.4', size: 'db.m7g.large', ...changes });
const withReplicas: Changes = { replicas: ['b', 'a'], masterPassword: 'not-a-real-one' };
const INSTANCE = 'aws:rds/instance:Instance';

describe('Database', () => {
  it('declares exactly these resources with two replicas', async () => {
    const { list } = await record(() => make(withReplicas));
    expect(without(list)).toEqual([
      'aws:cloudwatch/metricAlarm:MetricAlarm mysql-replica-a-serves',
      'aws:cloudwatch/metricAlarm:MetricAlarm mysql-replica-b-serves',
      'aws:ec2/securityGroup:SecurityGroup mysql',
      'aws:ec2/securityGroup:SecurityGroup mysql-readers',
      'aws:rds/instance:Instance mysql',
      'aws:rds/instance:Instance mysql-replica-a',
      'aws:rds/instance:Instance mysql-replica-b',
      'aws:rds/parameterGroup:ParameterGroup mysql-mysql8-4',
      'aws:rds/subnetGroup:SubnetGroup mysql',
      'aws:route53/healthCheck:HealthCheck mysql-replica-a-serves',
      'aws:route53/healthCheck:HealthCheck mysql-replica-b-serves',
      'aws:route53/record:Record mysql-read-a',
      'aws:route53/record:Record mysql-read-b',
      'aws:route53/record:Record mysql-read-writer',
      'aws:route53/record:Record mysql-writer',
      'aws:secretsmanager/secret:Secret mysql-password',
      'aws:secretsmanager/secretVersion:SecretVersion mysql-password',
    ]);
  });

  it('is closed to the internet, encrypted, in two zones, backed up, protected, and its password is managed by RDS', async () => {
    const { one } = await record(() => make());
    const { inputs, protect } = one(INSTANCE, 'mysql');
    expect(inputs).toMatchObject({
      publiclyAccessible: false,
      storageEncrypted: true,
      multiAz: true,
      backupRetentionPeriod: 7,
      deletionProtection: true,
      skipFinalSnapshot: false,
      manageMasterUserPassword: true,
      vpcSecurityGroupIds: ['mysql-id'],
    });
    expect(inputs).not.toHaveProperty('password');
    expect(protect).toBe(true);
  });

  it('keeps replicas as closed and as encrypted as the primary, behind a group of their own', async () => {
    const { inputs } = await record(() => make(withReplicas));
    expect(inputs(INSTANCE, 'mysql-replica-a')).toMatchObject({
      publiclyAccessible: false,
      storageEncrypted: true,
      vpcSecurityGroupIds: ['mysql-readers-id'],
      replicateSourceDb: 'mysql.identifier',
    });
  });

  it('never names a zone for the primary, and names one for every replica', async () => {
    const { all } = await record(() => make(withReplicas));
    expect(all(INSTANCE).map((each) => [each.name, each.inputs.availabilityZone])).toEqual([
      ['mysql', undefined],
      ['mysql-replica-a', 'eu-west-1a'],
      ['mysql-replica-b', 'eu-west-1b'],
    ]);
  });

  it.each([
    ['mysql', '8.4', 'mysql8.4', 'require_secure_transport'],
    ['postgres', '17', 'postgres17', 'rds.force_ssl'],
  ] as const)('turns clients without TLS away on %s', async (engine, version, family, parameter) => {
    const { all } = await record(() => make({ engine, version }));
    expect(all('aws:rds/parameterGroup:ParameterGroup')[0]?.inputs).toMatchObject({
      family,
      parameters: [{ name: parameter, value: '1' }],
    });
  });

  it('stands in the data tier only', async () => {
    const { inputs } = await record(() => make());
    expect(inputs('aws:rds/subnetGroup:SubnetGroup', 'mysql').subnetIds).toEqual(['net-data-a-id', 'net-data-b-id']);
  });

  it('has a writer name, and a reader name that falls back to the writer without replicas', async () => {
    const alone = await record(() => make());
    expect(alone.inputs('aws:route53/record:Record', 'mysql-writer')).toMatchObject({
      name: 'mysql.net.internal',
      type: 'CNAME',
      ttl: 5,
      records: ['mysql.address'],
    });
    expect(alone.inputs('aws:route53/record:Record', 'mysql-read-writer')).toMatchObject({
      name: 'mysql-read.net.internal',
      records: ['mysql.address'],
    });
  });

  it('answers to readers with the replicas in turn, without those that are silent or late, and with the writer when none is left', async () => {
    const { inputs } = await record(() => make({ ...withReplicas, replicaLag: 120 }));
    expect(inputs('aws:route53/record:Record', 'mysql-read-b')).toMatchObject({
      name: 'mysql-read.net.internal',
      setIdentifier: 'b',
      weightedRoutingPolicies: [{ weight: 1 }],
      healthCheckId: 'mysql-replica-b-serves-id',
      records: ['mysql-replica-b.address'],
    });
    const writer = inputs('aws:route53/record:Record', 'mysql-read-writer');
    expect(writer).toMatchObject({ setIdentifier: 'writer', weightedRoutingPolicies: [{ weight: 0 }] });
    expect(writer).not.toHaveProperty('healthCheckId');
    expect(inputs('aws:route53/healthCheck:HealthCheck', 'mysql-replica-b-serves')).toMatchObject({
      type: 'CLOUDWATCH_METRIC',
      cloudwatchAlarmName: 'mysql-replica-b-serves.name',
      cloudwatchAlarmRegion: 'eu-west-1',
      insufficientDataHealthStatus: 'Unhealthy',
    });
    expect(inputs('aws:cloudwatch/metricAlarm:MetricAlarm', 'mysql-replica-b-serves')).toMatchObject({
      metricName: 'ReplicaLag',
      dimensions: { DBInstanceIdentifier: 'mysql-replica-b.identifier' },
      threshold: 120,
      treatMissingData: 'breaching',
    });
  });

  it('calls its last snapshot differently each time it is made anew, and the same until then', async () => {
    const named = async (changes: Changes) => {
      const { inputs } = await record(() => make(changes));
      return inputs(INSTANCE, 'mysql').finalSnapshotIdentifier;
    };
    // The subnet group's name ends with letters that Pulumi chooses anew whenever the database is made again.
    expect(await named({})).toMatch(/^mysql\.name-final-[0-9a-f]{6}$/);
    expect(await named({ size: 'db.m7g.xlarge', version: '8.4.6' })).toBe(await named({}));
    const replacing: readonly Changes[] = [
      {},
      { engine: 'postgres', version: '17' },
      { masterUser: 'root' },
      { database: 'shop' },
      { kmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/one' },
    ];
    const names = new Set();
    for (const changes of replacing) names.add(await named(changes));
    expect(names.size).toBe(replacing.length);
  });

  it('adding a replica changes nothing else', async () => {
    const before = await record(() => make({ ...withReplicas, replicas: ['b'] }));
    const after = await record(() => make(withReplicas));
    for (const each of before.resources) expect(after.one(each.type, each.name).inputs).toEqual(each.inputs);
  });

  it('wants to be watched: cpu, storage, connections, and each replica by its lag', async () => {
    let about: readonly string[] = [];
    await record(() => {
      about = make(withReplicas).alarms.map((each) => each.about);
    });
    expect(about).toEqual([
      'cpu',
      'storage',
      'connections',
      'replica-b-lag',
      'replica-b-stopped',
      'replica-a-lag',
      'replica-a-stopped',
    ]);
  });

  const refused: readonly [string, Changes, RegExp][] = [
    ['replicas with a password that RDS should manage', { replicas: ['b'] }, /does not manage.*--secret/],
    ['a replica in a zone without a subnet', { ...withReplicas, replicas: ['c'] }, /not in zone c/],
    ['all replicas in one zone', { ...withReplicas, replicas: ['a', 'a'] }, /losing it loses them all/],
    ['a replica that may never be late', { ...withReplicas, replicaLag: 5 }, /60 or more/],
    ['more replicas than RDS takes', { ...withReplicas, replicas: Array(16).fill('a') }, /more than the 15/],
    ['no backups', { backupDays: 0 }, /1 to 35 days/],
    ['storage that cannot grow', { storage: 100, maxStorage: 100 }, /no room/],
    ['TLS switched off', { parameters: { require_secure_transport: '0' } }, /always requires TLS/],
  ];
  it.each(refused)('refuses %s', async (_what, changes, message) => {
    await expect(record(() => make(changes))).rejects.toThrow(message);
  });
});
