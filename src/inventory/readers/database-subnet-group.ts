import type { DatabaseSubnetGroup } from '../../estate/kinds/data.ts';
import type { Answers } from '../answers.ts';
import { allRefsIn, tagsOf, text } from '../fields.ts';
import { databaseSubnetGroupArn } from '../ids.ts';
import type { Item } from '../item.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'database-subnet-group',
  kinds: ['databaseSubnetGroup'],
  operations: ['rds:DescribeDBSubnetGroups', 'rds:DescribeDBInstances', 'rds:ListTagsForResource'],
  read: (answers) => {
    const listed = answers
      .items('rds:DescribeDBSubnetGroups', 'DBSubnetGroups')
      .map((item) => subnetGroup(answers, item));
    // an instance holds its whole group, so the group is known even where the list was refused
    const known = new Set<string>(listed.map((group) => group.id));
    const embedded = answers.items('rds:DescribeDBInstances', 'DBInstances').flatMap((instance) => {
      const item = instance.item('DBSubnetGroup');
      const group = item?.has('DBSubnetGroupName') ? subnetGroup(answers, item) : undefined;
      if (!group || known.has(group.id)) return [];
      known.add(group.id);
      return [group];
    });
    return [...listed, ...embedded];
  },
};

function subnetGroup(answers: Answers, item: Item): DatabaseSubnetGroup {
  const { account, region } = item.context;
  const name = idOf(item, 'DBSubnetGroupName');
  const arn = text(item, 'DBSubnetGroupArn');
  const id = arn ?? (item.has('DBSubnetGroupName') ? databaseSubnetGroupArn(account, region, name) : name);
  return {
    kind: 'databaseSubnetGroup',
    ...base(
      'databaseSubnetGroup',
      item,
      { id, name, arn },
      tagsOf(answers, 'rds:ListTagsForResource', 'ResourceName', id, item.context),
    ),
    vpc: item.ref('VpcId'),
    subnets: allRefsIn(item, 'Subnets', 'SubnetIdentifier'),
  };
}
