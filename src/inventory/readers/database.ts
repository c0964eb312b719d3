import type { Database } from '../../estate/kinds/data.ts';
import type { Ref } from '../../estate/source.ts';
import type { Answers } from '../answers.ts';
import { allRefs, allRefsIn, endpointIn, tagsOf, text } from '../fields.ts';
import { databaseArn, databaseClusterArn, databaseSubnetGroupArn } from '../ids.ts';
import type { Item } from '../item.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'database',
  kinds: ['database'],
  operations: ['rds:DescribeDBInstances', 'rds:DescribeDBClusters', 'rds:ListTagsForResource'],
  read: (answers) => {
    const items = answers.items('rds:DescribeDBInstances', 'DBInstances');
    const primaries = primariesOf(items);
    const clusters = clustersOf(answers);
    return items.map((item): Database => {
      const identifier = idOf(item, 'DBInstanceIdentifier');
      const id = idOfInstance(item);
      const multiAz = item.boolean('MultiAZ');
      const group = item.item('DBSubnetGroup');
      const tags = item.tags() ?? tagsOf(answers, 'rds:ListTagsForResource', 'ResourceName', id, item.context);
      return {
        kind: 'database',
        ...base('database', item, { id, name: identifier, arn: text(item, 'DBInstanceArn') }, tags),
        identifier,
        engine: item.string('Engine'),
        engineVersion: item.string('EngineVersion'),
        instanceClass: item.string('DBInstanceClass'),
        status: item.string('DBInstanceStatus'),
        endpoint: endpointIn(item, 'Endpoint'),
        multiAz,
        zone: item.ref('AvailabilityZone'),
        secondaryZone: item.ref('SecondaryAvailabilityZone') ?? (multiAz === false ? null : undefined),
        publiclyAccessible: item.boolean('PubliclyAccessible'),
        subnetGroup:
          group?.ref('DBSubnetGroupArn') ??
          group?.ref('DBSubnetGroupName', (name) => databaseSubnetGroupArn(...placeOf(item), name)),
        vpc: group?.ref('VpcId'),
        securityGroups: allRefsIn(item, 'VpcSecurityGroups', 'VpcSecurityGroupId'),
        replicaOf: replicaOf(item, primaries.get(id)),
        replicas: replicasOf(item),
        cluster: clusterOf(item, clusters.get(id)),
        storageEncrypted: item.boolean('StorageEncrypted'),
        storageType: item.string('StorageType'),
        allocatedStorage: item.number('AllocatedStorage'),
        iops: item.number('Iops'),
        backupRetention: item.number('BackupRetentionPeriod'),
        deletionProtection: item.boolean('DeletionProtection'),
        iamAuthentication: item.boolean('IAMDatabaseAuthenticationEnabled'),
        pendingChanges: pendingOf(item),
        ...resourceIdOf(item),
        ...settingGroupsOf(item),
      };
    });
  },
};

function resourceIdOf(item: Item): Pick<Database, 'resourceId'> {
  const resourceId = text(item, 'DbiResourceId');
  return resourceId === undefined ? {} : { resourceId };
}

function settingGroupsOf(item: Item): Pick<Database, 'settingGroups'> {
  const [parameter, option] = [
    namesIn(item, 'DBParameterGroups', 'DBParameterGroupName'),
    namesIn(item, 'OptionGroupMemberships', 'OptionGroupName'),
  ];
  return parameter && option ? { settingGroups: { parameter, option } } : {};
}

/** Undefined where one of them has no name: then it may be any. */
function namesIn(item: Item, list: string, field: string): readonly string[] | undefined {
  const names = item.items(list)?.map((one) => text(one, field));
  return names?.every((name) => name !== undefined) ? names : undefined;
}

const placeOf = (item: Item): [account: string, region: string] => [item.context.account, item.context.region];

/** Also clusters that copy from it (Aurora, Multi-AZ DB clusters), so that nobody takes the instances for all. */
function replicasOf(item: Item): readonly Ref<'database'>[] | undefined {
  const instances = allRefs<'database'>(item, 'ReadReplicaDBInstanceIdentifiers', (name) =>
    databaseArn(...placeOf(item), name),
  );
  const clusters = item.has('ReadReplicaDBClusterIdentifiers')
    ? allRefs<'database'>(item, 'ReadReplicaDBClusterIdentifiers', (name) =>
        name.startsWith('arn:') ? name : databaseClusterArn(...placeOf(item), name),
      )
    : [];
  return instances && clusters && [...instances, ...clusters].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const idOfInstance = (item: Item): string => {
  const name = text(item, 'DBInstanceIdentifier');
  return text(item, 'DBInstanceArn') ?? (name ? databaseArn(...placeOf(item), name) : idOf(item, 'DBInstanceArn'));
};

/** Replica to primary, as the primaries tell it. */
function primariesOf(items: readonly Item[]): ReadonlyMap<string, Ref<'database'>> {
  const primaries = new Map<string, Ref<'database'>>();
  for (const item of items)
    item.strings('ReadReplicaDBInstanceIdentifiers')?.forEach((name, n) => {
      const ref = item.refTo<'database'>(`ReadReplicaDBInstanceIdentifiers/${n}`, idOfInstance(item));
      primaries.set(databaseArn(...placeOf(item), name), ref);
    });
  return primaries;
}

/**
 * AWS leaves the field out of what is no replica. The primary's own list and the replication status contradict a
 * field that was lost on the way; a replica of a cluster has a source that is no database instance.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html
 */
function replicaOf(item: Item, told: Ref<'database'> | undefined): Ref<'database'> | null | undefined {
  const source = item.ref<'database'>('ReadReplicaSourceDBInstanceIdentifier', (name) =>
    databaseArn(...placeOf(item), name),
  );
  if (source ?? told) return source ?? told;
  const replicating = item.items('StatusInfos')?.some((info) => info.string('StatusType') === 'read replication');
  return replicating || item.has('ReadReplicaSourceDBClusterIdentifier') ? undefined : null;
}

/** Member to cluster, as the clusters tell it. */
function clustersOf(answers: Answers): ReadonlyMap<string, Ref<'databaseCluster'>> {
  const clusters = new Map<string, Ref<'databaseCluster'>>();
  for (const item of answers.items('rds:DescribeDBClusters', 'DBClusters')) {
    const name = text(item, 'DBClusterIdentifier');
    const cluster = text(item, 'DBClusterArn') ?? (name && databaseClusterArn(...placeOf(item), name));
    if (cluster)
      item.items('DBClusterMembers')?.forEach((member, n) => {
        const instance = text(member, 'DBInstanceIdentifier');
        if (instance !== undefined)
          clusters.set(
            databaseArn(...placeOf(item), instance),
            item.refTo(`DBClusterMembers/${n}/DBInstanceIdentifier`, cluster),
          );
      });
  }
  return clusters;
}

/** Instances of these engines exist only in clusters. */
const CLUSTERED = /^(aurora|docdb|neptune)/;

function clusterOf(item: Item, told: Ref<'databaseCluster'> | undefined): Ref<'databaseCluster'> | null | undefined {
  const own = item.ref<'databaseCluster'>('DBClusterIdentifier', (name) => databaseClusterArn(...placeOf(item), name));
  if (own ?? told) return own ?? told;
  const engine = item.string('Engine');
  return engine === undefined || CLUSTERED.test(engine) ? undefined : null;
}

/** Names only: a pending password is among the values. */
function pendingOf(item: Item): readonly string[] | undefined {
  const pending = item.item('PendingModifiedValues');
  return (
    pending &&
    Object.keys(pending.value)
      .filter((field) => pending.has(field))
      .sort()
  );
}
