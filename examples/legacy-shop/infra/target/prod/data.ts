/** What the journey makes: prod: databases, caches and tables. */
import * as aws from '@pulumi/aws';
import { legacyProdCache, legacyProdMysqlInstance } from '../../adopted/prod/data.js';
import { legacyProdAllOpen } from '../../adopted/prod/groups.js';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyProdMysqlReaderAGroup, legacyProdMysqlReaderCGroup, legacyProdRedisGroup } from './groups.js';
import { legacyProdNetwork } from './network.js';
import { legacyProdDatabaseKey } from './secrets.js';

export const legacyProdRedisReplicationGroup = steps.since(
  'legacy-prod-cache-group-legacy-prod-redis',
  () =>
    new aws.elasticache.ReplicationGroup(
      'legacy-prod-redis',
      {
        replicationGroupId: 'legacy-prod-redis',
        description: 'legacy-prod-redis',
        engine: 'redis',
        engineVersion: '5.0.6',
        nodeType: steps.from('legacy-prod-cache-group-legacy-prod-redis').at({
          'legacy-prod-cache-group-legacy-prod-redis': 'cache.t2.small',
          'legacy-prod-cache-newer-legacy-prod-redis': 'cache.t3.small',
        }),
        port: 6379,
        subnetGroupName: legacyProdCache.name,
        securityGroupIds: steps.from('legacy-prod-cache-group-legacy-prod-redis').at({
          'legacy-prod-cache-group-legacy-prod-redis': (now) => [
            now(legacyProdAllOpen).id,
            now(legacyProdRedisGroup).groupId,
          ],
          'legacy-prod-shared-group-off-cache': (now) => [now(legacyProdRedisGroup).groupId],
        }),
        transitEncryptionEnabled: false,
        snapshotRetentionLimit: 0,
        snapshotWindow: '16:00-17:00',
        maintenanceWindow: 'tue:17:30-tue:18:30',
        networkType: 'ipv4',
        ipDiscovery: 'ipv4',
        tags: { Name: 'legacy-prod-redis', Environment: 'prod' },
        autoMinorVersionUpgrade: false,
        numCacheClusters: 2,
        automaticFailoverEnabled: steps.from('legacy-prod-cache-group-legacy-prod-redis').at({
          'legacy-prod-cache-group-legacy-prod-redis': false,
          'legacy-prod-cache-failover-legacy-prod-redis': true,
        }),
        multiAzEnabled: steps.from('legacy-prod-cache-group-legacy-prod-redis').at({
          'legacy-prod-cache-group-legacy-prod-redis': false,
          'legacy-prod-cache-failover-legacy-prod-redis': true,
        }),
        atRestEncryptionEnabled: false,
        applyImmediately: steps.from('legacy-prod-cache-group-legacy-prod-redis').at({
          'legacy-prod-cache-group-legacy-prod-redis': undefined,
          'legacy-prod-cache-failover-legacy-prod-redis': true,
        }),
      },
      adopted('legacy-prod-redis'),
    ),
);

const legacyProdMysqlPrivate = steps.since(
  'legacy-prod-replicas-legacy-prod-mysql-made',
  (now) =>
    new aws.rds.SubnetGroup('legacy-prod-mysql-private', {
      name: 'legacy-prod-mysql-private',
      description: 'Private subnets of legacy-prod-mysql',
      subnetIds: [now(legacyProdNetwork).subnet('data-a').id, now(legacyProdNetwork).subnet('data-c').id],
      tags: { Name: 'legacy-prod-mysql-private', ManagedBy: 'underpin' },
    }),
);

// 'legacy-prod-renewed-legacy-prod-mysql-1-switched' puts another in its place in AWS: Pulumi forgets the old one and imports the new.
export const legacyProdMysqlReaderAInstance = steps.since(
  'legacy-prod-replicas-legacy-prod-mysql-made',
  (now) =>
    new aws.rds.Instance(
      'legacy-prod-mysql-reader-a',
      {
        identifier: 'legacy-prod-mysql-reader-a',
        replicateSourceDb: legacyProdMysqlInstance.arn,
        instanceClass: 'db.m5.large',
        dbSubnetGroupName: now(legacyProdMysqlPrivate).id,
        availabilityZone: 'ap-northeast-2a',
        vpcSecurityGroupIds: steps.from('legacy-prod-replicas-legacy-prod-mysql-made').at({
          'legacy-prod-replicas-legacy-prod-mysql-made': (now) => [
            now(legacyProdAllOpen).id,
            now(legacyProdMysqlReaderAGroup).groupId,
          ],
          'legacy-prod-shared-group-off-database': (now) => [now(legacyProdMysqlReaderAGroup).groupId],
        }),
        publiclyAccessible: false,
        port: 3306,
        autoMinorVersionUpgrade: false,
        caCertIdentifier: 'rds-ca-rsa2048-g1',
        copyTagsToSnapshot: false,
        monitoringInterval: 0,
        performanceInsightsEnabled: false,
        iamDatabaseAuthenticationEnabled: false,
        networkType: 'IPV4',
        skipFinalSnapshot: true,
        tags: { Name: 'legacy-prod-mysql-reader-a', ManagedBy: 'underpin' },
        storageEncrypted: steps.from('legacy-prod-replicas-legacy-prod-mysql-made').at({
          'legacy-prod-replicas-legacy-prod-mysql-made': undefined,
          'legacy-prod-renewed-legacy-prod-mysql-1-switched': true,
        }),
        kmsKeyId: steps.from('legacy-prod-replicas-legacy-prod-mysql-made').at({
          'legacy-prod-replicas-legacy-prod-mysql-made': undefined,
          'legacy-prod-renewed-legacy-prod-mysql-1-switched': (now) => now(legacyProdDatabaseKey).arn,
        }),
      },
      adopted(
        steps.from('legacy-prod-replicas-legacy-prod-mysql-made').at({
          'legacy-prod-replicas-legacy-prod-mysql-made': undefined,
          'legacy-prod-renewed-legacy-prod-mysql-1-switched': 'legacy-prod-mysql-reader-a',
        }),
        { protect: false },
      ),
    ),
);

// 'legacy-prod-renewed-legacy-prod-mysql-1-switched' puts another in its place in AWS: Pulumi forgets the old one and imports the new.
export const legacyProdMysqlReaderCInstance = steps.since(
  'legacy-prod-replicas-legacy-prod-mysql-made',
  (now) =>
    new aws.rds.Instance(
      'legacy-prod-mysql-reader-c',
      {
        identifier: 'legacy-prod-mysql-reader-c',
        replicateSourceDb: legacyProdMysqlInstance.arn,
        instanceClass: 'db.m5.large',
        dbSubnetGroupName: now(legacyProdMysqlPrivate).id,
        availabilityZone: 'ap-northeast-2c',
        vpcSecurityGroupIds: steps.from('legacy-prod-replicas-legacy-prod-mysql-made').at({
          'legacy-prod-replicas-legacy-prod-mysql-made': (now) => [
            now(legacyProdAllOpen).id,
            now(legacyProdMysqlReaderCGroup).groupId,
          ],
          'legacy-prod-shared-group-off-database': (now) => [now(legacyProdMysqlReaderCGroup).groupId],
        }),
        publiclyAccessible: false,
        port: 3306,
        autoMinorVersionUpgrade: false,
        caCertIdentifier: 'rds-ca-rsa2048-g1',
        copyTagsToSnapshot: false,
        monitoringInterval: 0,
        performanceInsightsEnabled: false,
        iamDatabaseAuthenticationEnabled: false,
        networkType: 'IPV4',
        skipFinalSnapshot: true,
        tags: { Name: 'legacy-prod-mysql-reader-c', ManagedBy: 'underpin' },
        storageEncrypted: steps.from('legacy-prod-replicas-legacy-prod-mysql-made').at({
          'legacy-prod-replicas-legacy-prod-mysql-made': undefined,
          'legacy-prod-renewed-legacy-prod-mysql-1-switched': true,
        }),
        kmsKeyId: steps.from('legacy-prod-replicas-legacy-prod-mysql-made').at({
          'legacy-prod-replicas-legacy-prod-mysql-made': undefined,
          'legacy-prod-renewed-legacy-prod-mysql-1-switched': (now) => now(legacyProdDatabaseKey).arn,
        }),
      },
      adopted(
        steps.from('legacy-prod-replicas-legacy-prod-mysql-made').at({
          'legacy-prod-replicas-legacy-prod-mysql-made': undefined,
          'legacy-prod-renewed-legacy-prod-mysql-1-switched': 'legacy-prod-mysql-reader-c',
        }),
        { protect: false },
      ),
    ),
);
