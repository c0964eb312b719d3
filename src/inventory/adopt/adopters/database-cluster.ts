import type { Answers } from '../../answers.ts';
import { allStrings, allStringsIn, tagsOf, text } from '../../fields.ts';
import { databaseClusterArn } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { allItems } from '../../listing.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isAurora, ownGroup, unlikeAurora } from '../databases.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:rds/cluster:Cluster';

/** Aurora clusters; their instances are in `cluster-instance.ts`. */
export const adopter: Adopter = {
  name: 'database-cluster',
  types: [TYPE],
  operations: ['rds:DescribeDBClusters', 'rds:ListTagsForResource'],
  adopt: (answers) => answers.items('rds:DescribeDBClusters', 'DBClusters').flatMap((item) => cluster(answers, item)),
};

function cluster(answers: Answers, item: Item): readonly Adoption[] {
  const name = text(item, 'DBClusterIdentifier');
  if (name === undefined) return [];
  const { account, region } = item.context;
  const arn = text(item, 'DBClusterArn') ?? databaseClusterArn(account, region, name);
  const of: Whole = { kind: 'databaseCluster', id: arn };
  const tags = tagged(
    answers,
    arn,
    item.tags() ?? tagsOf(answers, 'rds:ListTagsForResource', 'ResourceName', arn, item.context),
  );
  const members = allItems(item, 'DBClusterMembers');
  const needed = {
    engine: text(item, 'Engine'),
    engineVersion: text(item, 'EngineVersion'),
    port: item.number('Port'),
    dbSubnetGroupName: text(item, 'DBSubnetGroup'),
    vpcSecurityGroupIds: allStringsIn(item, 'VpcSecurityGroups', 'VpcSecurityGroupId')?.toSorted(),
    storageEncrypted: item.boolean('StorageEncrypted'),
    backupRetentionPeriod: item.number('BackupRetentionPeriod'),
    deletionProtection: item.boolean('DeletionProtection'),
    iamDatabaseAuthenticationEnabled: item.boolean('IAMDatabaseAuthenticationEnabled'),
    endpoint: text(item, 'Endpoint'),
    readerEndpoint: text(item, 'ReaderEndpoint'),
    members: allStringsIn(item, 'DBClusterMembers', 'DBInstanceIdentifier'),
  };
  const other = managed(TYPE, of, tags);
  if (other) return [other];
  if (needed.engine !== undefined && !isAurora(needed.engine)) return [refused(TYPE, of, unlikeAurora(needed.engine))];
  if (!isKnown(needed)) return [refused(TYPE, of, untold(item.context.operation, needed))];
  const { endpoint, readerEndpoint, members: names, ...told } = needed;
  return [
    {
      state: 'adopted',
      type: TYPE,
      name: tags.tags?.Name || name,
      id: name,
      importId: name,
      inputs: said({ clusterIdentifier: name, ...told, ...settings(item), ...tags.inputs }),
      outputs: said({
        arn,
        endpoint,
        readerEndpoint,
        hostedZoneId: text(item, 'HostedZoneId'),
        // AWS adds zones to those that a program names, and chooses who writes
        availabilityZones: allStrings(item, 'AvailabilityZones'),
        clusterMembers: names,
        writer: text(
          members?.find((member) => member.boolean('IsClusterWriter')),
          'DBInstanceIdentifier',
        ),
        ...tags.outputs,
      }),
      ignoreChanges: [
        'availabilityZones',
        'engineVersion',
        'globalClusterIdentifier',
        'masterPassword',
        'snapshotIdentifier',
        ...tags.ignoreChanges,
      ],
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}

function settings(item: Item): Parameters<typeof said>[0] {
  const scaling = item.item('ServerlessV2ScalingConfiguration');
  const storage = text(item, 'StorageType');
  const roles = allStringsIn(item, 'AssociatedRoles', 'RoleArn');
  return {
    ...ownGroup('dbClusterParameterGroupName', text(item, 'DBClusterParameterGroup')),
    engineMode: text(item, 'EngineMode'),
    databaseName: text(item, 'DatabaseName'),
    masterUsername: text(item, 'MasterUsername'),
    manageMasterUserPassword: item.item('MasterUserSecret') ? true : undefined,
    kmsKeyId: text(item, 'KmsKeyId'),
    // Aurora's ordinary storage has no name in the provider
    storageType: storage === 'aurora' ? undefined : storage,
    preferredBackupWindow: text(item, 'PreferredBackupWindow'),
    preferredMaintenanceWindow: text(item, 'PreferredMaintenanceWindow'),
    copyTagsToSnapshot: item.boolean('CopyTagsToSnapshot'),
    enabledCloudwatchLogsExports: some(allStrings(item, 'EnabledCloudwatchLogsExports')),
    enableHttpEndpoint: item.boolean('HttpEndpointEnabled'),
    backtrackWindow: item.number('BacktrackWindow') || undefined,
    iamRoles: some(roles),
    replicationSourceIdentifier: text(item, 'ReplicationSourceIdentifier'),
    networkType: text(item, 'NetworkType'),
    serverlessv2ScalingConfiguration:
      scaling &&
      said({
        minCapacity: scaling.number('MinCapacity'),
        maxCapacity: scaling.number('MaxCapacity'),
        secondsUntilAutoPause: scaling.number('SecondsUntilAutoPause'),
      }),
    // no answer of AWS tells it: it is what importing sets, and `protect` stands before any deletion
    skipFinalSnapshot: true,
  };
}

const some = <T>(list: readonly T[] | undefined): readonly T[] | undefined => (list?.length ? list : undefined);
