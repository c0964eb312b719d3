import type { CacheSubnetGroup } from '../../estate/kinds/data.ts';
import { allRefsIn, tagsOf, text } from '../fields.ts';
import { cacheSubnetGroupArn } from '../ids.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'cache-subnet-group',
  kinds: ['cacheSubnetGroup'],
  operations: ['elasticache:DescribeCacheSubnetGroups', 'elasticache:ListTagsForResource'],
  read: (answers) =>
    answers.items('elasticache:DescribeCacheSubnetGroups', 'CacheSubnetGroups').map((item): CacheSubnetGroup => {
      const { account, region } = item.context;
      const name = idOf(item, 'CacheSubnetGroupName');
      const arn = text(item, 'ARN');
      // by name, as the clusters refer to it: some answers leave the ARN out
      const id = item.has('CacheSubnetGroupName') ? cacheSubnetGroupArn(account, region, name) : name;
      const tags = tagsOf(answers, 'elasticache:ListTagsForResource', 'ResourceName', arn ?? id, item.context);
      return {
        kind: 'cacheSubnetGroup',
        ...base('cacheSubnetGroup', item, { id, name, arn }, tags),
        vpc: item.ref('VpcId'),
        subnets: allRefsIn(item, 'Subnets', 'SubnetIdentifier'),
      };
    }),
};
