/** What the journey makes: dev: databases, caches and tables. */
import * as aws from '@pulumi/aws';
import { legacyDevCache, legacyDevMysqlInstance } from '../../adopted/dev/data.js';
import { legacyDevAllOpen } from '../../adopted/dev/groups.js';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyDevMysqlReaderAGroup, legacyDevRedisGroup } from './groups.js';
import { legacyDevNetwork } from './network.js';
import { legacyDevDatabaseKey } from './secrets.js';

export const legacyDevRedisReplicationGroup = steps.during(
  'legacy-dev-cache-group-legacy-dev-redis',
  'legacy-dev-retired-data',
  (now) =>
    new aws.elasticache.ReplicationGroup(
      'legacy-dev-redis',
      {
        replicationGroupId: 'legacy-dev-redis',
        description: 'legacy-dev-redis',
        engine: 'redis',
        engineVersion: '6.2',
        nodeType: steps.from('legacy-dev-cache-group-legacy-dev-redis').at({
          'legacy-dev-cache-group-legacy-dev-redis': 'cache.t2.small',
          'legacy-dev-cache-newer-legacy-dev-redis': 'cache.t3.small',
        }),
        port: 6379,
        subnetGroupName: now(legacyDevCache).name,
        securityGroupIds: steps.from('legacy-dev-cache-group-legacy-dev-redis', 'legacy-dev-retired-data').at({
          'legacy-dev-cache-group-legacy-dev-redis': (now) => [
            now(legacyDevAllOpen).id,
            now(legacyDevRedisGroup).groupId,
          ],
          'legacy-dev-shared-group-off-cache': (now) => [now(legacyDevRedisGroup).groupId],
        }),
        transitEncryptionEnabled: false,
        snapshotRetentionLimit: 0,
        snapshotWindow: '16:00-17:00',
        maintenanceWindow: 'tue:17:30-tue:18:30',
        networkType: 'ipv4',
        ipDiscovery: 'ipv4',
        tags: { Name: 'legacy-dev-redis', Environment: 'dev' },
        autoMinorVersionUpgrade: false,
        numCacheClusters: 2,
        automaticFailoverEnabled: steps.from('legacy-dev-cache-group-legacy-dev-redis').at({
          'legacy-dev-cache-group-legacy-dev-redis': false,
          'legacy-dev-cache-failover-legacy-dev-redis': true,
        }),
        multiAzEnabled: steps.from('legacy-dev-cache-group-legacy-dev-redis').at({
          'legacy-dev-cache-group-legacy-dev-redis': false,
          'legacy-dev-cache-failover-legacy-dev-redis': true,
        }),
        atRestEncryptionEnabled: false,
        applyImmediately: steps.from('legacy-dev-cache-group-legacy-dev-redis').at({
          'legacy-dev-cache-group-legacy-dev-redis': undefined,
          'legacy-dev-cache-failover-legacy-dev-redis': true,
        }),
      },
      adopted('legacy-dev-redis', {
        protect: steps.from('legacy-dev-cache-group-legacy-dev-redis').at({
          'legacy-dev-cache-group-legacy-dev-redis': true,
          'legacy-dev-retired-programs': false,
        }),
      }),
    ),
);

const legacyDevMysqlPrivate = steps.during(
  'legacy-dev-replicas-legacy-dev-mysql-made',
  'legacy-dev-retired-rest',
  (now) =>
    new aws.rds.SubnetGroup('legacy-dev-mysql-private', {
      name: 'legacy-dev-mysql-private',
      description: 'Private subnets of legacy-dev-mysql',
      subnetIds: [now(legacyDevNetwork).subnet('data-a').id, now(legacyDevNetwork).subnet('data-c').id],
      tags: { Name: 'legacy-dev-mysql-private', ManagedBy: 'underpin' },
    }),
);

// 'legacy-dev-renewed-legacy-dev-mysql-1-switched' puts another in its place in AWS: Pulumi forgets the old one and imports the new.
export const legacyDevMysqlReaderAInstance = steps.during(
  'legacy-dev-replicas-legacy-dev-mysql-made',
  'legacy-dev-retired-data',
  (now) =>
    new aws.rds.Instance(
      'legacy-dev-mysql-reader-a',
      {
        identifier: 'legacy-dev-mysql-reader-a',
        replicateSourceDb: now(legacyDevMysqlInstance).arn,
        instanceClass: 'db.t3.medium',
        dbSubnetGroupName: now(legacyDevMysqlPrivate).id,
        multiAz: true,
        vpcSecurityGroupIds: steps.from('legacy-dev-replicas-legacy-dev-mysql-made', 'legacy-dev-retired-data').at({
          'legacy-dev-replicas-legacy-dev-mysql-made': (now) => [
            now(legacyDevAllOpen).id,
            now(legacyDevMysqlReaderAGroup).groupId,
          ],
          'legacy-dev-shared-group-off-database': (now) => [now(legacyDevMysqlReaderAGroup).groupId],
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
        tags: { Name: 'legacy-dev-mysql-reader-a', ManagedBy: 'underpin' },
        storageEncrypted: steps.from('legacy-dev-replicas-legacy-dev-mysql-made').at({
          'legacy-dev-replicas-legacy-dev-mysql-made': undefined,
          'legacy-dev-renewed-legacy-dev-mysql-1-switched': true,
        }),
        kmsKeyId: steps.from('legacy-dev-replicas-legacy-dev-mysql-made', 'legacy-dev-retired-data').at({
          'legacy-dev-replicas-legacy-dev-mysql-made': undefined,
          'legacy-dev-renewed-legacy-dev-mysql-1-switched': (now) => now(legacyDevDatabaseKey).arn,
        }),
      },
      adopted(
        steps.from('legacy-dev-replicas-legacy-dev-mysql-made').at({
          'legacy-dev-replicas-legacy-dev-mysql-made': undefined,
          'legacy-dev-renewed-legacy-dev-mysql-1-switched': 'legacy-dev-mysql-reader-a',
        }),
        { protect: false },
      ),
    ),
);
