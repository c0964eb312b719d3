import type { Answers } from '../../answers.ts';
import { tagsOf, text } from '../../fields.ts';
import { databaseArn } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isAurora, memberships, ownGroup, unlikeAurora } from '../databases.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:rds/clusterInstance:ClusterInstance';

/** The instances of Aurora clusters. What a cluster has for all of them is the cluster's. */
export const adopter: Adopter = {
  name: 'cluster-instance',
  types: [TYPE],
  operations: ['rds:DescribeDBInstances', 'rds:DescribeDBClusters', 'rds:ListTagsForResource'],
  adopt: (answers) => {
    const clusters = memberships(answers);
    return answers
      .items('rds:DescribeDBInstances', 'DBInstances')
      .flatMap((item): readonly Adoption[] => instance(answers, item, clusters));
  },
};

function instance(answers: Answers, item: Item, clusters: ReadonlyMap<string, Item>): readonly Adoption[] {
  const { account, region } = item.context;
  const name = text(item, 'DBInstanceIdentifier');
  if (name === undefined) return [];
  const arn = text(item, 'DBInstanceArn') ?? databaseArn(account, region, name);
  const cluster = text(item, 'DBClusterIdentifier') ?? text(clusters.get(arn), 'DBClusterIdentifier');
  if (cluster === undefined) return [];
  const of: Whole = { kind: 'database', id: arn };
  const own = item.tags() ?? tagsOf(answers, 'rds:ListTagsForResource', 'ResourceName', arn, item.context);
  const tags = tagged(answers, arn, own);
  const endpoint = item.item('Endpoint');
  const group = item.item('DBSubnetGroup');
  const needed = {
    engine: text(item, 'Engine'),
    engineVersion: text(item, 'EngineVersion'),
    instanceClass: text(item, 'DBInstanceClass'),
    publiclyAccessible: item.boolean('PubliclyAccessible'),
    dbSubnetGroupName: text(group, 'DBSubnetGroupName'),
    autoMinorVersionUpgrade: item.boolean('AutoMinorVersionUpgrade'),
    promotionTier: item.number('PromotionTier'),
    address: text(endpoint, 'Address'),
  };
  const other = managed(TYPE, of, tags);
  if (other) return [other];
  if (needed.engine !== undefined && !isAurora(needed.engine)) return [refused(TYPE, of, unlikeAurora(needed.engine))];
  if (!isKnown(needed)) return [refused(TYPE, of, untold(item.context.operation, needed))];
  const { address, ...told } = needed;
  return [
    {
      state: 'adopted',
      type: TYPE,
      name: tags.tags?.Name || name,
      id: name,
      importId: name,
      inputs: said({
        identifier: name,
        clusterIdentifier: cluster,
        ...told,
        ...ownGroup('dbParameterGroupName', text(item.items('DBParameterGroups')?.[0], 'DBParameterGroupName')),
        caCertIdentifier: text(item, 'CACertificateIdentifier'),
        copyTagsToSnapshot: item.boolean('CopyTagsToSnapshot'),
        monitoringInterval: item.number('MonitoringInterval'),
        monitoringRoleArn: text(item, 'MonitoringRoleArn'),
        performanceInsightsEnabled: item.boolean('PerformanceInsightsEnabled'),
        performanceInsightsKmsKeyId: text(item, 'PerformanceInsightsKMSKeyId'),
        performanceInsightsRetentionPeriod: item.number('PerformanceInsightsRetentionPeriod'),
        preferredMaintenanceWindow: text(item, 'PreferredMaintenanceWindow'),
        ...tags.inputs,
      }),
      outputs: said({
        arn,
        endpoint: address,
        port: endpoint?.number('Port'),
        availabilityZone: text(item, 'AvailabilityZone'),
        storageType: text(item, 'StorageType'),
        allocatedStorage: item.number('AllocatedStorage'),
        deletionProtection: item.boolean('DeletionProtection'),
        dbSubnetGroupArn: text(group, 'DBSubnetGroupArn'),
        vpcId: text(group, 'VpcId'),
        ...tags.outputs,
      }),
      ignoreChanges: ['availabilityZone', 'engineVersion', ...tags.ignoreChanges],
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}
