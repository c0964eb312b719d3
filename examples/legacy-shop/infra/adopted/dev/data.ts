/** What was built by hand: dev: databases, caches and tables. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyDevMysqlGroup, legacyDevMysqlReplica1Group, legacyDevRedisGroup } from '../../target/dev/groups.js';
import { legacyDevDatabaseKey } from '../../target/dev/secrets.js';
import { legacyDevAllOpen } from './groups.js';
import { legacyDevPublicASubnet, legacyDevPublicCSubnet } from './network.js';

steps.until(
  'legacy-dev-retired-data',
  () =>
    new aws.dynamodb.Table(
      'legacy-dev-sessions',
      {
        name: 'legacy-dev-sessions',
        billingMode: 'PROVISIONED',
        hashKey: 'id',
        attributes: [{ name: 'id', type: 'S' }],
        deletionProtectionEnabled: steps.at({
          adopt: false,
          'legacy-dev-safeguards-on': true,
          'legacy-dev-retired-unprotected': false,
        }),
        readCapacity: 5,
        writeCapacity: 5,
        pointInTimeRecovery: steps.at({ adopt: { enabled: false }, 'legacy-dev-safeguards-on': { enabled: true } }),
        tags: { Name: 'legacy-dev-sessions', Environment: 'dev' },
      },
      adopted('legacy-dev-sessions', { protect: steps.at({ adopt: true, 'legacy-dev-retired-programs': false }) }),
    ),
);

export const legacyDevCache = steps.until(
  'legacy-dev-retired-rest',
  (now) =>
    new aws.elasticache.SubnetGroup(
      'legacy-dev-cache',
      {
        name: 'legacy-dev-cache',
        description: 'public subnets',
        subnetIds: [now(legacyDevPublicCSubnet).id, now(legacyDevPublicASubnet).id],
      },
      adopted('legacy-dev-cache', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-data': false }),
        ignoreChanges: ['tags', 'tagsAll'],
      }),
    ),
);

steps.until(
  'legacy-dev-cache-group-legacy-dev-redis',
  (now) =>
    new aws.elasticache.Cluster(
      'legacy-dev-redis',
      {
        clusterId: 'legacy-dev-redis',
        engine: 'redis',
        nodeType: 'cache.t2.small',
        numCacheNodes: 1,
        port: 6379,
        subnetGroupName: now(legacyDevCache).name,
        securityGroupIds: steps.from('adopt', 'legacy-dev-cache-group-legacy-dev-redis').at({
          adopt: (now) => [now(legacyDevAllOpen).id],
          'legacy-dev-groups-beside': (now) => [now(legacyDevAllOpen).id, now(legacyDevRedisGroup).groupId],
        }),
        transitEncryptionEnabled: false,
        engineVersion: '6.2',
        availabilityZone: 'ap-northeast-2a',
        snapshotRetentionLimit: 0,
        snapshotWindow: '16:00-17:00',
        autoMinorVersionUpgrade: 'false',
        maintenanceWindow: 'tue:17:30-tue:18:30',
        networkType: 'ipv4',
        ipDiscovery: 'ipv4',
        tags: { Name: 'legacy-dev-redis', Environment: 'dev' },
      },
      adopted('legacy-dev-redis', { ignoreChanges: ['engineVersion'] }),
    ),
);

const legacyDevDb = steps.until(
  'legacy-dev-retired-rest',
  (now) =>
    new aws.rds.SubnetGroup(
      'legacy-dev-db',
      {
        name: 'legacy-dev-db',
        description: 'public subnets',
        subnetIds: [now(legacyDevPublicCSubnet).id, now(legacyDevPublicASubnet).id],
      },
      adopted('legacy-dev-db', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-data': false }),
        ignoreChanges: ['tags', 'tagsAll'],
      }),
    ),
);

// From 'legacy-dev-renewed-legacy-dev-mysql-1-switched' on the program changes what it left alone until then.
export const legacyDevMysqlInstance = steps.until(
  'legacy-dev-retired-data',
  (now) =>
    new aws.rds.Instance(
      'legacy-dev-mysql',
      {
        identifier: 'legacy-dev-mysql',
        engine: 'mysql',
        engineVersion: steps.at({ adopt: '8.0.39', 'legacy-dev-renewed-legacy-dev-mysql-1-switched': '8.4' }),
        instanceClass: steps.at({ adopt: 'db.t2.medium', 'legacy-dev-newer-class-legacy-dev-mysql': 'db.t3.medium' }),
        allocatedStorage: 20,
        storageType: 'gp2',
        storageEncrypted: steps.at({ adopt: false, 'legacy-dev-renewed-legacy-dev-mysql-1-switched': true }),
        multiAz: steps.at({ adopt: false, 'legacy-dev-two-zones-legacy-dev-mysql': true }),
        publiclyAccessible: steps.at({ adopt: true, 'legacy-dev-database-closed': false }),
        backupRetentionPeriod: steps.at({ adopt: 1, 'legacy-dev-safeguards-on': 7 }),
        deletionProtection: steps.at({
          adopt: false,
          'legacy-dev-safeguards-on': true,
          'legacy-dev-retired-unprotected': false,
        }),
        iamDatabaseAuthenticationEnabled: false,
        autoMinorVersionUpgrade: false,
        port: 3306,
        vpcSecurityGroupIds: steps.from('adopt', 'legacy-dev-retired-data').at({
          adopt: (now) => [now(legacyDevAllOpen).id],
          'legacy-dev-groups-beside': (now) => [now(legacyDevAllOpen).id, now(legacyDevMysqlGroup).groupId],
          'legacy-dev-shared-group-off-database': (now) => [now(legacyDevMysqlGroup).groupId],
        }),
        username: 'admin',
        dbName: 'shop',
        dbSubnetGroupName: now(legacyDevDb).name,
        backupWindow: '13:14-13:44',
        maintenanceWindow: 'wed:06:38-wed:07:08',
        caCertIdentifier: 'rds-ca-rsa2048-g1',
        copyTagsToSnapshot: false,
        licenseModel: 'general-public-license',
        monitoringInterval: 0,
        performanceInsightsEnabled: false,
        networkType: 'IPV4',
        skipFinalSnapshot: steps.at({ adopt: true, 'legacy-dev-retired-unprotected': false }),
        deleteAutomatedBackups: true,
        tags: steps.at({
          adopt: { Name: 'legacy-dev-mysql', Environment: 'dev' },
          'adopt-signed': { Name: 'legacy-dev-mysql', Environment: 'dev', ManagedBy: 'underpin' },
        }),
        applyImmediately: steps.at({ adopt: undefined, 'legacy-dev-two-zones-legacy-dev-mysql': true }),
        kmsKeyId: steps.from('adopt', 'legacy-dev-retired-data').at({
          adopt: undefined,
          'legacy-dev-renewed-legacy-dev-mysql-1-switched': (now) => now(legacyDevDatabaseKey).arn,
        }),
        finalSnapshotIdentifier: steps.at({
          adopt: undefined,
          'legacy-dev-retired-unprotected': 'legacy-dev-mysql-final',
        }),
      },
      adopted('legacy-dev-mysql', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-programs': false }),
        ignoreChanges: steps.at({
          adopt: ['availabilityZone', 'engineVersion', 'password', 'snapshotIdentifier'],
          'legacy-dev-renewed-legacy-dev-mysql-1-switched': ['availabilityZone', 'password', 'snapshotIdentifier'],
        }),
      }),
    ),
);

steps.until(
  'legacy-dev-replicas-legacy-dev-mysql-dropped',
  (now) =>
    new aws.rds.Instance(
      'legacy-dev-mysql-replica-1',
      {
        identifier: 'legacy-dev-mysql-replica-1',
        engine: 'mysql',
        engineVersion: '8.0.39',
        instanceClass: 'db.t2.medium',
        allocatedStorage: 20,
        storageType: 'gp2',
        storageEncrypted: false,
        multiAz: false,
        publiclyAccessible: true,
        backupRetentionPeriod: 0,
        deletionProtection: false,
        iamDatabaseAuthenticationEnabled: false,
        autoMinorVersionUpgrade: false,
        port: 3306,
        vpcSecurityGroupIds: steps.from('adopt', 'legacy-dev-replicas-legacy-dev-mysql-dropped').at({
          adopt: (now) => [now(legacyDevAllOpen).id],
          'legacy-dev-groups-beside': (now) => [now(legacyDevAllOpen).id, now(legacyDevMysqlReplica1Group).groupId],
        }),
        replicateSourceDb: now(legacyDevMysqlInstance).identifier,
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
          adopt: { Name: 'legacy-dev-mysql-replica-1', Environment: 'dev' },
          'adopt-signed': { Name: 'legacy-dev-mysql-replica-1', Environment: 'dev', ManagedBy: 'underpin' },
        }),
      },
      adopted('legacy-dev-mysql-replica-1', {
        protect: steps.at({ adopt: true, 'legacy-dev-replicas-legacy-dev-mysql-watched': false }),
        ignoreChanges: ['availabilityZone', 'engineVersion', 'password', 'snapshotIdentifier'],
      }),
    ),
);
