import { allStringsIn, tagsOf, text } from '../../fields.ts';
import { databaseSubnetGroupArn } from '../../ids.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:rds/subnetGroup:SubnetGroup';

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSubnetGroups.html */
export const adopter: Adopter = {
  name: 'database-subnet-group',
  types: [TYPE],
  operations: ['rds:DescribeDBSubnetGroups', 'rds:ListTagsForResource'],
  adopt: (answers) =>
    answers.items('rds:DescribeDBSubnetGroups', 'DBSubnetGroups').flatMap((item): readonly Adoption[] => {
      const name = text(item, 'DBSubnetGroupName');
      if (name === undefined) return [];
      const arn =
        text(item, 'DBSubnetGroupArn') ?? databaseSubnetGroupArn(item.context.account, item.context.region, name);
      const of: Whole = { kind: 'databaseSubnetGroup', id: arn };
      const tags = tagged(answers, arn, tagsOf(answers, 'rds:ListTagsForResource', 'ResourceName', arn, item.context));
      const needed = {
        description: item.string('DBSubnetGroupDescription'),
        subnetIds: allStringsIn(item, 'Subnets', 'SubnetIdentifier'),
        vpcId: text(item, 'VpcId'),
      };
      const other = managed(TYPE, of, tags);
      if (other) return [other];
      if (name === 'default') return [refused(TYPE, of, 'it is the default group that AWS made')];
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
          outputs: { arn, vpcId, ...tags.outputs },
          ignoreChanges: tags.ignoreChanges,
          protect: true,
          of,
          place: placeOf(item),
          source: item.source,
        },
      ];
    }),
};
