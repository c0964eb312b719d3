import { expect, it } from 'vitest';
import { adoptedBy, refusedBy } from '../testing.ts';
import { adopter } from './database-subnet-group.ts';

const group = {
  DBSubnetGroupName: 'shop',
  DBSubnetGroupArn: 'arn:aws:rds:eu-west-1:111122223333:subgrp:shop',
  DBSubnetGroupDescription: 'public subnets',
  VpcId: 'vpc-1',
  Subnets: [{ SubnetIdentifier: 'subnet-b' }, { SubnetIdentifier: 'subnet-a' }],
};
const given = (one: object) => ({ 'rds:DescribeDBSubnetGroups': { DBSubnetGroups: [one] } });

it('keeps tags that were not read', () => {
  const [one] = adoptedBy(adopter, given(group));
  expect(one?.inputs).toEqual({ name: 'shop', description: 'public subnets', subnetIds: ['subnet-a', 'subnet-b'] });
  expect(one?.ignoreChanges).toContain('tags');
});

it('does not adopt a group of which one subnet is not told, nor the default one', () => {
  expect(refusedBy(adopter, given({ ...group, Subnets: [{ SubnetIdentifier: 'subnet-b' }, {}] }))).toEqual([
    'rds:DescribeDBSubnetGroups did not tell subnetIds',
  ]);
  expect(refusedBy(adopter, given({ ...group, DBSubnetGroupName: 'default' }))).toEqual([
    'it is the default group that AWS made',
  ]);
});
