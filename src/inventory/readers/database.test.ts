import { describe, expect, it } from 'vitest';
import { databaseArn, databaseClusterArn, databaseSubnetGroupArn } from '../ids.ts';
import { ACCOUNT, answersOf, REGION } from '../testing.ts';
import { reader } from './database.ts';

const arn = (name: string) => databaseArn(ACCOUNT, REGION, name);
const instance = (name: string, more: object = {}) => ({
  DBInstanceIdentifier: name,
  DBInstanceArn: arn(name),
  Engine: 'mysql',
  ...more,
});
const read = (instances: readonly object[], more: object = {}) =>
  reader.read(answersOf({ 'rds:DescribeDBInstances': { DBInstances: instances }, ...more }));

describe('databases', () => {
  it('reads what AWS tells and leaves unknown what it does not', () => {
    const [full, bare] = read([
      instance('shop', {
        MultiAZ: false,
        PubliclyAccessible: true,
        AvailabilityZone: 'eu-west-1a',
        Endpoint: { Address: 'shop.example.com', Port: 3306 },
        DBSubnetGroup: { DBSubnetGroupName: 'db', VpcId: 'vpc-1' },
        VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1', Status: 'active' }],
        PendingModifiedValues: { MasterUserPassword: '****', DBInstanceClass: 'db.t4g.small' },
        TagList: [{ Key: 'Environment', Value: 'prod' }],
      }),
      { DBInstanceIdentifier: 'bare' },
    ]);
    expect(full).toMatchObject({
      multiAz: false,
      secondaryZone: null,
      publiclyAccessible: true,
      endpoint: { host: 'shop.example.com', port: 3306 },
      subnetGroup: { id: databaseSubnetGroupArn(ACCOUNT, REGION, 'db'), field: 'DBSubnetGroupName' },
      vpc: { id: 'vpc-1' },
      securityGroups: [{ id: 'sg-1' }],
      pendingChanges: ['DBInstanceClass', 'MasterUserPassword'],
      tags: { Environment: 'prod' },
    });
    expect(bare).toMatchObject({ id: arn('bare'), cluster: undefined, replicas: undefined });
    for (const field of [
      'multiAz',
      'publiclyAccessible',
      'storageEncrypted',
      'securityGroups',
      'secondaryZone',
      'pendingChanges',
    ])
      expect(bare).toHaveProperty(field, undefined);
  });

  it('finds the primary by name, by ARN over regions, and by the primary when the replica does not say', () => {
    const far = databaseArn(ACCOUNT, 'us-east-1', 'shop');
    expect(
      read([
        instance('shop', { ReadReplicaDBInstanceIdentifiers: ['shop-r1', 'shop-r2'] }),
        instance('shop-r1', { ReadReplicaSourceDBInstanceIdentifier: 'shop' }),
        instance('shop-r2'),
        instance('shop-far', { ReadReplicaSourceDBInstanceIdentifier: far }),
      ]),
    ).toMatchObject([
      { replicaOf: null, replicas: [{ id: arn('shop-r1') }, { id: arn('shop-r2') }] },
      { replicaOf: { id: arn('shop'), field: 'ReadReplicaSourceDBInstanceIdentifier' } },
      { replicaOf: { id: arn('shop'), field: 'ReadReplicaDBInstanceIdentifiers/1' } },
      { replicaOf: { id: far } },
    ]);
  });

  it('does not call a replicating instance of unknown source a primary', () => {
    const [one, two] = read([
      instance('a', { StatusInfos: [{ StatusType: 'read replication', Status: 'replicating' }] }),
      instance('b', { ReadReplicaSourceDBClusterIdentifier: 'c' }),
    ]);
    expect(one).toHaveProperty('replicaOf', undefined);
    expect(two).toHaveProperty('replicaOf', undefined);
  });

  it('knows the cluster from the member or from the cluster, and that Aurora is always in one', () => {
    const id = databaseClusterArn(ACCOUNT, REGION, 'shop');
    const clusters = {
      'rds:DescribeDBClusters': {
        DBClusters: [
          { DBClusterIdentifier: 'shop', DBClusterMembers: [{ DBInstanceIdentifier: 'told', IsClusterWriter: true }] },
        ],
      },
    };
    expect(
      read(
        [
          instance('own', { DBClusterIdentifier: 'shop' }),
          instance('told'),
          instance('lost', { Engine: 'aurora-mysql' }),
          instance('single'),
        ],
        clusters,
      ),
    ).toMatchObject([{ cluster: { id } }, { cluster: { id } }, { cluster: undefined }, { cluster: null }]);
  });
});
