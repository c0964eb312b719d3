import { expect, it } from 'vitest';
import { adoptedBy, refusedBy } from '../testing.ts';
import { adopter } from './database.ts';

const shop = {
  DBInstanceIdentifier: 'shop',
  DBInstanceArn: 'arn:aws:rds:eu-west-1:111122223333:db:shop',
  Engine: 'mysql',
  EngineVersion: '8.0.39',
  DBInstanceClass: 'db.t3.medium',
  Endpoint: { Address: 'shop.example.eu-west-1.rds.amazonaws.com', Port: 3306 },
  MultiAZ: false,
  AvailabilityZone: 'eu-west-1a',
  PubliclyAccessible: true,
  AutoMinorVersionUpgrade: false,
  DBSubnetGroup: { DBSubnetGroupName: 'shop', VpcId: 'vpc-1' },
  DBParameterGroups: [{ DBParameterGroupName: 'default.mysql8.0' }],
  VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-2' }, { VpcSecurityGroupId: 'sg-1' }],
  ReadReplicaDBInstanceIdentifiers: [],
  StorageEncrypted: false,
  StorageType: 'gp2',
  AllocatedStorage: 100,
  BackupRetentionPeriod: 1,
  DeletionProtection: false,
  IAMDatabaseAuthenticationEnabled: false,
  MasterUsername: 'admin',
  TagList: [],
};
const given = (instance: object) => ({ 'rds:DescribeDBInstances': { DBInstances: [instance] } });

it('writes out the defaults that would change the database after an import', () => {
  const [one] = adoptedBy(adopter, given(shop));
  expect(one?.inputs).toEqual({
    identifier: 'shop',
    engine: 'mysql',
    engineVersion: '8.0.39',
    instanceClass: 'db.t3.medium',
    allocatedStorage: 100,
    storageType: 'gp2',
    storageEncrypted: false,
    multiAz: false,
    publiclyAccessible: true,
    vpcSecurityGroupIds: ['sg-1', 'sg-2'],
    backupRetentionPeriod: 1,
    deletionProtection: false,
    iamDatabaseAuthenticationEnabled: false,
    autoMinorVersionUpgrade: false,
    port: 3306,
    dbSubnetGroupName: 'shop',
    username: 'admin',
    skipFinalSnapshot: true,
    deleteAutomatedBackups: true,
  });
});

it('never declares the zone or the password, and keeps the zone as what AWS chose', () => {
  const [one] = adoptedBy(adopter, given(shop));
  expect(one?.outputs).toMatchObject({
    availabilityZone: 'eu-west-1a',
    endpoint: 'shop.example.eu-west-1.rds.amazonaws.com:3306',
  });
  expect(one?.ignoreChanges).toEqual(['availabilityZone', 'engineVersion', 'password', 'snapshotIdentifier']);
});

it('lets a replica name its primary, and neither user nor database', () => {
  const [one] = adoptedBy(adopter, given({ ...shop, DBName: 'shop', ReadReplicaSourceDBInstanceIdentifier: 'main' }));
  expect(one?.inputs).toMatchObject({ replicateSourceDb: 'main' });
  expect(Object.keys(one?.inputs ?? {})).not.toContain('username');
  expect(Object.keys(one?.inputs ?? {})).not.toContain('dbName');
});

it('does not guess what AWS did not tell', () => {
  const { PubliclyAccessible: _, ...less } = shop;
  expect(refusedBy(adopter, given(less))).toEqual(['rds:DescribeDBInstances did not tell publiclyAccessible']);
});

it('leaves to a CloudFormation stack what it manages', () => {
  const tags = [{ Key: 'aws:cloudformation:stack-name', Value: 'legacy' }];
  expect(refusedBy(adopter, given({ ...shop, TagList: tags }))).toEqual(['the CloudFormation stack legacy manages it']);
});

it('leaves the members of a cluster to the adopter of these', () => {
  expect(adoptedBy(adopter, given({ ...shop, DBClusterIdentifier: 'c' }))).toEqual([]);
});
