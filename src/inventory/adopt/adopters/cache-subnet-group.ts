import { allStringsIn, tagsOf, text } from '../../fields.ts';
import { cacheSubnetGroupArn } from '../../ids.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:elasticache/subnetGroup:SubnetGroup';

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeCacheSubnetGroups.html */
export const adopter: Adopter = {
  name: 'cache-subnet-group',
  types: [TYPE],
  operations: ['elasticache:DescribeCacheSubnetGroups', 'elasticache:ListTagsForResource'],
  adopt: (answers) =>
    answers.items('elasticache:DescribeCacheSubnetGroups', 'CacheSubnetGroups').flatMap((item): readonly Adoption[] => {
      const name = text(item, 'CacheSubnetGroupName');
      if (name === undefined) return [];
      const id = cacheSubnetGroupArn(item.context.account, item.context.region, name);
      const of: Whole = { kind: 'cacheSubnetGroup', id };
      const arn = text(item, 'ARN');
      const own = tagsOf(answers, 'elasticache:ListTagsForResource', 'ResourceName', arn ?? id, item.context);
      const tags = tagged(answers, arn ?? id, own);
      const needed = {
        description: item.string('CacheSubnetGroupDescription'),
        subnetIds: allStringsIn(item, 'Subnets', 'SubnetIdentifier'),
        vpcId: text(item, 'VpcId'),
      };
      const other = managed(TYPE, of, tags);
      if (other) return [other];
      if (!isKnown(needed)) return [refused(TYPE, of, untold(item.context.operation, needed))];
      const { vpcId, subnetIds, description } = needed;
      return [
        {
          state: 'adopted',
          type: TYPE,
          name,
          id: name,
          importId: name,
          inputs: said({ name, description, subnetIds: [...subnetIds].sort(), ...tags.inputs }),
          outputs: said({ arn, vpcId, ...tags.outputs }),
          ignoreChanges: tags.ignoreChanges,
          protect: true,
          of,
          place: placeOf(item),
          source: item.source,
        },
      ];
    }),
};
