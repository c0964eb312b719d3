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
    const known = new Map(listed.map((group) => [group.id, group]));
    for (const instance of answers.items('rds:DescribeDBInstances', 'DBInstances')) {
      const item = instance.item('DBSubnetGroup');
      if (!item?.has('DBSubnetGroupName')) continue;
      const group = subnetGroup(answers, item);
      if (!known.has(group.id)) known.set(group.id, group);
    }
    return [...listed, ...[...known.values()].filter((group) => !listed.includes(group))];
  },
};

function subnetGroup(answers: Answers, item: Item): DatabaseSubnetGroup {
  const { account, region } = item.context;
  const name = idOf(item, 'DBSubnetGroupName');
  const arn = text(item, 'DBSubnetGroupArn');
  const id = arn ?? (item.has('DBSubnetGroupName') ? databaseSubnetGroupArn(account, region, name) : name);
  return {
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
