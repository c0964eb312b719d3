import type { Answers } from '../../answers.ts';
import { allStrings, allStringsIn, tagsOf, text } from '../../fields.ts';
import { databaseArn } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { memberships, ownGroup } from '../databases.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:rds/instance:Instance';

/** Database instances that stand alone, and read replicas. Members of a cluster are in `database-cluster.ts`. */
export const adopter: Adopter = {
  name: 'database',
  types: [TYPE],
  operations: ['rds:DescribeDBInstances', 'rds:DescribeDBClusters', 'rds:ListTagsForResource'],
  adopt: (answers) => {
    const members = memberships(answers);
    return answers
      .items('rds:DescribeDBInstances', 'DBInstances')
      .flatMap((item): readonly Adoption[] => instance(answers, item, members));
  },
  observed: { database: ['status', 'pendingChanges', 'resourceId', 'settingGroups'] },
};

function instance(answers: Answers, item: Item, members: ReadonlyMap<string, Item>): readonly Adoption[] {
  const { account, region } = item.context;
  const name = text(item, 'DBInstanceIdentifier');
  if (name === undefined) return [];
  const arn = text(item, 'DBInstanceArn') ?? databaseArn(account, region, name);
  if (item.has('DBClusterIdentifier') || members.has(arn)) return [];
  const of: Whole = { kind: 'database', id: arn };
  const tags = tagged(
    answers,
    arn,
    item.tags() ?? tagsOf(answers, 'rds:ListTagsForResource', 'ResourceName', arn, item.context),
  );
  const endpoint = item.item('Endpoint');
  const needed = {
    engine: text(item, 'Engine'),
    engineVersion: text(item, 'EngineVersion'),
    instanceClass: text(item, 'DBInstanceClass'),
    allocatedStorage: item.number('AllocatedStorage'),
    storageType: text(item, 'StorageType'),
    storageEncrypted: item.boolean('StorageEncrypted'),
    multiAz: item.boolean('MultiAZ'),
    publiclyAccessible: item.boolean('PubliclyAccessible'),
    vpcSecurityGroupIds: allStringsIn(item, 'VpcSecurityGroups', 'VpcSecurityGroupId'),
    backupRetentionPeriod: item.number('BackupRetentionPeriod'),
    deletionProtection: item.boolean('DeletionProtection'),
    iamDatabaseAuthenticationEnabled: item.boolean('IAMDatabaseAuthenticationEnabled'),
    autoMinorVersionUpgrade: item.boolean('AutoMinorVersionUpgrade'),
    port: endpoint?.number('Port'),
    address: text(endpoint, 'Address'),
    // whether there are any: a primary is not taken for one without replicas
    replicas: allStrings(item, 'ReadReplicaDBInstanceIdentifiers'),
  };
  const group = item.item('DBSubnetGroup');
  const other = managed(TYPE, of, tags);
  if (other) return [other];
  if (!isKnown(needed)) return [refused(TYPE, of, untold(item.context.operation, needed))];
  if (item.has('ReadReplicaSourceDBClusterIdentifier'))
    return [refused(TYPE, of, 'it replicates a database cluster, which a program does not declare of an instance')];
  const { address, replicas: _, vpcSecurityGroupIds, ...told } = needed;
  const primary = text(item, 'ReadReplicaSourceDBInstanceIdentifier');
  const groupName = text(group, 'DBSubnetGroupName');
  return [
    {
      state: 'adopted',
      type: TYPE,
      name: tags.tags?.Name || name,
      id: name,
      importId: name,
      inputs: said({
        identifier: name,
        ...told,
        vpcSecurityGroupIds: [...vpcSecurityGroupIds].sort(),
        replicateSourceDb: primary,
        // a replica has these from its primary, and the provider refuses them beside the name of one
        ...(primary === undefined
          ? { username: text(item, 'MasterUsername'), dbName: text(item, 'DBName'), dbSubnetGroupName: groupName }
          : {}),
        ...settings(item),
        ...tags.inputs,
      }),
      outputs: said({
        arn,
        address,
        endpoint: `${address}:${told.port}`,
        hostedZoneId: endpoint?.string('HostedZoneId'),
        // never an input: it changes at every failover, and another one replaces the database
        availabilityZone: text(item, 'AvailabilityZone'),
        secondaryAvailabilityZone: text(item, 'SecondaryAvailabilityZone'),
        dbSubnetGroupArn: text(group, 'DBSubnetGroupArn'),
        ...(primary === undefined ? {} : { dbSubnetGroupName: groupName }),
        vpcId: text(group, 'VpcId'),
        ...tags.outputs,
      }),
      ignoreChanges: [
        'availabilityZone',
        'engineVersion',
        'password',
        'snapshotIdentifier',
        ...(item.has('MaxAllocatedStorage') ? ['allocatedStorage'] : []),
        ...tags.ignoreChanges,
      ],
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}

const settings = (item: Item): Parameters<typeof said>[0] => ({
  ...ownGroup('parameterGroupName', item.items('DBParameterGroups')?.[0]?.string('DBParameterGroupName')),
  ...ownGroup('optionGroupName', item.items('OptionGroupMemberships')?.[0]?.string('OptionGroupName')),
  // gp3 tells both whether they were chosen or not; the older types have them only where they were
  iops: item.number('Iops') || undefined,
  storageThroughput: item.number('StorageThroughput') || undefined,
  maxAllocatedStorage: item.number('MaxAllocatedStorage'),
  kmsKeyId: text(item, 'KmsKeyId'),
  backupWindow: text(item, 'PreferredBackupWindow'),
  maintenanceWindow: text(item, 'PreferredMaintenanceWindow'),
  caCertIdentifier: text(item, 'CACertificateIdentifier'),
  copyTagsToSnapshot: item.boolean('CopyTagsToSnapshot'),
  enabledCloudwatchLogsExports: item.strings('EnabledCloudwatchLogsExports')?.length
    ? allStrings(item, 'EnabledCloudwatchLogsExports')
    : undefined,
  licenseModel: text(item, 'LicenseModel'),
  monitoringInterval: item.number('MonitoringInterval'),
  monitoringRoleArn: text(item, 'MonitoringRoleArn'),
  performanceInsightsEnabled: item.boolean('PerformanceInsightsEnabled'),
  performanceInsightsKmsKeyId: text(item, 'PerformanceInsightsKMSKeyId'),
  performanceInsightsRetentionPeriod: item.number('PerformanceInsightsRetentionPeriod'),
  networkType: text(item, 'NetworkType'),
  manageMasterUserPassword: item.item('MasterUserSecret') ? true : undefined,
  // no answer of AWS tells these two: they are what importing sets, and `protect` stands before any deletion
  skipFinalSnapshot: true,
  deleteAutomatedBackups: true,
});
