/** What was built by hand: prod: databases, caches and tables. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import {
  legacyProdMysqlGroup,
  legacyProdMysqlReplica1Group,
  legacyProdMysqlReplica2Group,
  legacyProdRedisGroup,
} from '../../target/prod/groups.js';
import { legacyProdDatabaseKey } from '../../target/prod/secrets.js';
import { legacyProdAllOpen } from './groups.js';
import { legacyProdPublicASubnet, legacyProdPublicCSubnet } from './network.js';

export const legacyProdSessions = new aws.dynamodb.Table(
  'legacy-prod-sessions',
  {
    name: 'legacy-prod-sessions',
    billingMode: 'PROVISIONED',
    hashKey: 'id',
    attributes: [{ name: 'id', type: 'S' }],
    deletionProtectionEnabled: steps.at({ adopt: false, 'legacy-prod-safeguards-on': true }),
    readCapacity: 5,
    writeCapacity: 5,
    pointInTimeRecovery: steps.at({ adopt: { enabled: false }, 'legacy-prod-safeguards-on': { enabled: true } }),
    tags: { Name: 'legacy-prod-sessions', Environment: 'prod' },
  },
  adopted('legacy-prod-sessions'),
);

export const legacyProdCache = new aws.elasticache.SubnetGroup(
  'legacy-prod-cache',
  {
    name: 'legacy-prod-cache',
    description: 'public subnets',
    subnetIds: [legacyProdPublicASubnet.id, legacyProdPublicCSubnet.id],
  },
  adopted('legacy-prod-cache', { ignoreChanges: ['tags', 'tagsAll'] }),
);

steps.until(
  'legacy-prod-cache-group-legacy-prod-redis',
  () =>
    new aws.elasticache.Cluster(
      'legacy-prod-redis',
      {
        clusterId: 'legacy-prod-redis',
        engine: 'redis',
        nodeType: 'cache.t2.small',
        numCacheNodes: 1,
        port: 6379,
        subnetGroupName: legacyProdCache.name,
        securityGroupIds: steps.from('adopt', 'legacy-prod-cache-group-legacy-prod-redis').at({
          adopt: (now) => [now(legacyProdAllOpen).id],
          'legacy-prod-groups-beside': (now) => [now(legacyProdAllOpen).id, now(legacyProdRedisGroup).groupId],
        }),
        transitEncryptionEnabled: false,
        engineVersion: '5.0.6',
        availabilityZone: 'ap-northeast-2a',
        snapshotRetentionLimit: 0,
        snapshotWindow: '16:00-17:00',
        autoMinorVersionUpgrade: 'false',
        maintenanceWindow: 'tue:17:30-tue:18:30',
        networkType: 'ipv4',
        ipDiscovery: 'ipv4',
        tags: { Name: 'legacy-prod-redis', Environment: 'prod' },
      },
      adopted('legacy-prod-redis', { ignoreChanges: ['engineVersion'] }),
    ),
);

const legacyProdDb = new aws.rds.SubnetGroup(
  'legacy-prod-db',
  {
    name: 'legacy-prod-db',
    description: 'public subnets',
    subnetIds: [legacyProdPublicASubnet.id, legacyProdPublicCSubnet.id],
  },
  adopted('legacy-prod-db', { ignoreChanges: ['tags', 'tagsAll'] }),
);

// From 'legacy-prod-renewed-legacy-prod-mysql-1-switched' on the program changes what it left alone until then.
export const legacyProdMysqlInstance = new aws.rds.Instance(
  'legacy-prod-mysql',
  {
    identifier: 'legacy-prod-mysql',
    engine: 'mysql',
    engineVersion: steps.at({
      adopt: '5.7.44',
      'legacy-prod-renewed-legacy-prod-mysql-1-switched': '8.0',
      'legacy-prod-renewed-legacy-prod-mysql-2-switched': '8.4',
    }),
    instanceClass: steps.at({ adopt: 'db.m4.large', 'legacy-prod-newer-class-legacy-prod-mysql': 'db.m5.large' }),
    allocatedStorage: 100,
    storageType: 'gp2',
    storageEncrypted: steps.at({ adopt: false, 'legacy-prod-renewed-legacy-prod-mysql-1-switched': true }),
    multiAz: steps.at({ adopt: false, 'legacy-prod-two-zones-legacy-prod-mysql': true }),
    publiclyAccessible: steps.at({ adopt: true, 'legacy-prod-database-closed': false }),
    backupRetentionPeriod: steps.at({ adopt: 1, 'legacy-prod-safeguards-on': 7 }),
    deletionProtection: steps.at({ adopt: false, 'legacy-prod-safeguards-on': true }),
    iamDatabaseAuthenticationEnabled: false,
    autoMinorVersionUpgrade: false,
    port: 3306,
    vpcSecurityGroupIds: steps.at({
      adopt: (now) => [now(legacyProdAllOpen).id],
      'legacy-prod-groups-beside': (now) => [now(legacyProdAllOpen).id, now(legacyProdMysqlGroup).groupId],
      'legacy-prod-shared-group-off-database': (now) => [now(legacyProdMysqlGroup).groupId],
    }),
    username: 'admin',
    dbName: 'shop',
    dbSubnetGroupName: legacyProdDb.name,
    backupWindow: '13:14-13:44',
    maintenanceWindow: 'wed:06:38-wed:07:08',
    caCertIdentifier: 'rds-ca-rsa2048-g1',
    copyTagsToSnapshot: false,
    licenseModel: 'general-public-license',
    monitoringInterval: 0,
    performanceInsightsEnabled: false,
    networkType: 'IPV4',
    skipFinalSnapshot: true,
    deleteAutomatedBackups: true,
    tags: steps.at({
      adopt: { Name: 'legacy-prod-mysql', Environment: 'prod' },
      'adopt-signed': { Name: 'legacy-prod-mysql', Environment: 'prod', ManagedBy: 'underpin' },
    }),
    applyImmediately: steps.at({ adopt: undefined, 'legacy-prod-two-zones-legacy-prod-mysql': true }),
    kmsKeyId: steps.at({
      adopt: undefined,
      'legacy-prod-renewed-legacy-prod-mysql-1-switched': (now) => now(legacyProdDatabaseKey).arn,
    }),
  },
  adopted('legacy-prod-mysql', {
    ignoreChanges: steps.at({
      adopt: ['availabilityZone', 'engineVersion', 'password', 'snapshotIdentifier'],
      'legacy-prod-renewed-legacy-prod-mysql-1-switched': ['availabilityZone', 'password', 'snapshotIdentifier'],
    }),
  }),
);

steps.until(
  'legacy-prod-replicas-legacy-prod-mysql-dropped',
  () =>
    new aws.rds.Instance(
      'legacy-prod-mysql-replica-1',
      {
        identifier: 'legacy-prod-mysql-replica-1',
        engine: 'mysql',
        engineVersion: '5.7.44',
        instanceClass: 'db.m4.large',
        allocatedStorage: 100,
        storageType: 'gp2',
        storageEncrypted: false,
        multiAz: false,
        publiclyAccessible: true,
        backupRetentionPeriod: 0,
        deletionProtection: false,
        iamDatabaseAuthenticationEnabled: false,
        autoMinorVersionUpgrade: false,
        port: 3306,
        vpcSecurityGroupIds: steps.from('adopt', 'legacy-prod-replicas-legacy-prod-mysql-dropped').at({
          adopt: (now) => [now(legacyProdAllOpen).id],
          'legacy-prod-groups-beside': (now) => [now(legacyProdAllOpen).id, now(legacyProdMysqlReplica1Group).groupId],
        }),
        replicateSourceDb: legacyProdMysqlInstance.identifier,
        backupWindow: '13:14-13:44',
        maintenanceWindow: 'wed:06:38-wed:07:08',
        caCertIdentifier: 'rds-ca-rsa2048-g1',
        copyTagsToSnapshot: false,
        licenseModel: 'general-public-license',
        monitoringInterval: 0,
        performanceInsightsEnabled: false,
        networkType: 'IPV4',
        skipFinalSnapshot: true,
        deleteAutomatedBackups: true,
        tags: steps.at({
          adopt: { Name: 'legacy-prod-mysql-replica-1', Environment: 'prod' },
          'adopt-signed': { Name: 'legacy-prod-mysql-replica-1', Environment: 'prod', ManagedBy: 'underpin' },
        }),
      },
      adopted('legacy-prod-mysql-replica-1', {
        protect: steps.at({ adopt: true, 'legacy-prod-replicas-legacy-prod-mysql-watched': false }),
        ignoreChanges: ['availabilityZone', 'engineVersion', 'password', 'snapshotIdentifier'],
      }),
    ),
);

steps.until(
  'legacy-prod-replicas-legacy-prod-mysql-dropped',
  () =>
    new aws.rds.Instance(
      'legacy-prod-mysql-replica-2',
      {
        identifier: 'legacy-prod-mysql-replica-2',
        engine: 'mysql',
        engineVersion: '5.7.44',
        instanceClass: 'db.m4.large',
        allocatedStorage: 100,
        storageType: 'gp2',
        storageEncrypted: false,
        multiAz: false,
        publiclyAccessible: true,
        backupRetentionPeriod: 0,
        deletionProtection: false,
        iamDatabaseAuthenticationEnabled: false,
        autoMinorVersionUpgrade: false,
        port: 3306,
        vpcSecurityGroupIds: steps.from('adopt', 'legacy-prod-replicas-legacy-prod-mysql-dropped').at({
          adopt: (now) => [now(legacyProdAllOpen).id],
          'legacy-prod-groups-beside': (now) => [now(legacyProdAllOpen).id, now(legacyProdMysqlReplica2Group).groupId],
        }),
        replicateSourceDb: legacyProdMysqlInstance.identifier,
        backupWindow: '13:14-13:44',
        maintenanceWindow: 'wed:06:38-wed:07:08',
        caCertIdentifier: 'rds-ca-rsa2048-g1',
        copyTagsToSnapshot: false,
        licenseModel: 'general-public-license',
        monitoringInterval: 0,
        performanceInsightsEnabled: false,
        networkType: 'IPV4',
        skipFinalSnapshot: true,
        deleteAutomatedBackups: true,
        tags: steps.at({
          adopt: { Name: 'legacy-prod-mysql-replica-2', Environment: 'prod' },
          'adopt-signed': { Name: 'legacy-prod-mysql-replica-2', Environment: 'prod', ManagedBy: 'underpin' },
        }),
      },
      adopted('legacy-prod-mysql-replica-2', {
        protect: steps.at({ adopt: true, 'legacy-prod-replicas-legacy-prod-mysql-watched': false }),
        ignoreChanges: ['availabilityZone', 'engineVersion', 'password', 'snapshotIdentifier'],
      }),
    ),
);
