import { describe, expect, it } from 'vitest';
import { testNetwork, without } from '../testing/network.ts';
import { record } from '../testing/record.ts';
import { AuroraDatabase, type AuroraDatabaseArgs } from './aurora-database.ts';

const make = (changes: Partial<AuroraDatabaseArgs> = {}) =>
  new AuroraDatabase('shop-db', {
    network: testNetwork(),
    engine: 'postgres',
    version: '16.4',
    size: 'db.r7g.large',
    instances: ['a', 'b'],
    readerScaling: { max: 5 },
    ...changes,
  });

describe('AuroraDatabase', () => {
  it('declares exactly these resources', async () => {
    const { list } = await record(() => make());
    expect(without(list)).toEqual([
      'aws:appautoscaling/policy:Policy shop-db-readers-by-cpu',
      'aws:appautoscaling/target:Target shop-db-readers',
      'aws:ec2/securityGroup:SecurityGroup shop-db',
      'aws:rds/cluster:Cluster shop-db',
      'aws:rds/clusterInstance:ClusterInstance shop-db-a',
      'aws:rds/clusterInstance:ClusterInstance shop-db-b',
      'aws:rds/clusterParameterGroup:ClusterParameterGroup shop-db-aurora-postgresql16',
      'aws:rds/subnetGroup:SubnetGroup shop-db',
      'aws:route53/record:Record shop-db-read',
      'aws:route53/record:Record shop-db-writer',
    ]);
  });

  it('calls its last snapshot after letters that are new each time it is made', async () => {
    const { inputs } = await record(() => make());
    expect(inputs('aws:rds/cluster:Cluster', 'shop-db').finalSnapshotIdentifier).toMatch(
      /^shop-db\.name-final-[0-9a-f]{6}$/,
    );
  });

  it('is encrypted, protected, backed up, requires TLS and keeps no password in the program', async () => {
    const { one, inputs, all } = await record(() => make());
    const cluster = one('aws:rds/cluster:Cluster', 'shop-db');
    expect(cluster.inputs).toMatchObject({
      storageEncrypted: true,
      deletionProtection: true,
      backupRetentionPeriod: 7,
      manageMasterUserPassword: true,
    });
    expect(cluster.protect).toBe(true);
    expect(
      inputs('aws:rds/clusterParameterGroup:ClusterParameterGroup', 'shop-db-aurora-postgresql16').parameters,
    ).toEqual([{ name: 'rds.force_ssl', value: '1' }]);
    expect(
      all('aws:rds/clusterInstance:ClusterInstance').every((each) => each.inputs.publiclyAccessible === false),
    ).toBe(true);
  });

  it('scales between capacity units when asked, on db.serverless', async () => {
    const { inputs } = await record(() => make({ size: { minUnits: 0.5, maxUnits: 4 } }));
    expect(inputs('aws:rds/cluster:Cluster', 'shop-db').serverlessv2ScalingConfiguration).toEqual({
      minCapacity: 0.5,
      maxCapacity: 4,
    });
    expect(inputs('aws:rds/clusterInstance:ClusterInstance', 'shop-db-a').instanceClass).toBe('db.serverless');
  });

  it('never scales below the readers that are named', async () => {
    const { inputs } = await record(() => make());
    expect(inputs('aws:appautoscaling/target:Target', 'shop-db-readers')).toMatchObject({
      minCapacity: 1,
      maxCapacity: 5,
      scalableDimension: 'rds:cluster:ReadReplicaCount',
    });
  });

  const refused: readonly [string, Partial<AuroraDatabaseArgs>, RegExp][] = [
    ['no instance', { instances: [] }, /no instance/],
    ['all instances in one zone', { instances: ['a', 'a'] }, /losing it loses them all/],
    ['more readers than Aurora takes', { readerScaling: { max: 16 } }, /more than the 15/],
    ['scaling without a reader', { instances: ['a'] }, /needs a reader/],
    ['a quarter of a capacity unit', { size: { minUnits: 0.25, maxUnits: 4 } }, /half steps/],
  ];
  it.each(refused)('refuses %s', async (_what, changes, message) => {
    await expect(record(() => make(changes))).rejects.toThrow(message);
  });
});
