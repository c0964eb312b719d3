import type { DatabaseCluster, Endpoint } from '../../estate/kinds/data.ts';
import { allRefs, allRefsIn, tagsOf, text } from '../fields.ts';
import { databaseArn, databaseClusterArn, databaseSubnetGroupArn } from '../ids.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'database-cluster',
  kinds: ['databaseCluster'],
  operations: ['rds:DescribeDBClusters', 'rds:ListTagsForResource'],
  read: (answers) =>
    answers.items('rds:DescribeDBClusters', 'DBClusters').map((item): DatabaseCluster => {
      const { account, region } = item.context;
      const identifier = idOf(item, 'DBClusterIdentifier');
      const arn = text(item, 'DBClusterArn');
      const id =
        arn ?? (item.has('DBClusterIdentifier') ? databaseClusterArn(account, region, identifier) : identifier);
      const tags = item.tags() ?? tagsOf(answers, 'rds:ListTagsForResource', 'ResourceName', id, item.context);
      return {
        kind: 'databaseCluster',
        ...base('databaseCluster', item, { id, name: identifier, arn }, tags),
        identifier,
        engine: item.string('Engine'),
        engineVersion: item.string('EngineVersion'),
        endpoint: hostIn(item, 'Endpoint'),
        readerEndpoint: hostIn(item, 'ReaderEndpoint'),
        members: membersOf(item),
        zones: allRefs(item, 'AvailabilityZones'),
        // a cluster names its group; an instance holds it whole
        subnetGroup: item.ref('DBSubnetGroup', (name) => databaseSubnetGroupArn(account, region, name)),
        securityGroups: allRefsIn(item, 'VpcSecurityGroups', 'VpcSecurityGroupId'),
        multiAz: item.boolean('MultiAZ'),
        storageEncrypted: item.boolean('StorageEncrypted'),
        backupRetention: item.number('BackupRetentionPeriod'),
        deletionProtection: item.boolean('DeletionProtection'),
      };
    }),
};

function hostIn(item: Item, field: string): Endpoint | undefined {
  const host = item.string(field);
  return host ? { host, port: item.number('Port') } : undefined;
}

function membersOf(item: Item): DatabaseCluster['members'] {
  const { account, region } = item.context;
  const given = allItems(item, 'DBClusterMembers');
  const members = given?.flatMap((member) => {
    const ref = member.ref<'database'>('DBInstanceIdentifier', (name) => databaseArn(account, region, name));
    return ref ? [{ ref, writer: member.boolean('IsClusterWriter') }] : [];
  });
  return members?.length === given?.length ? members : undefined;
}
