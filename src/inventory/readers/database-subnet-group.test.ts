import { expect, it } from 'vitest';
import { databaseSubnetGroupArn } from '../ids.ts';
import { ACCOUNT, answersOf, REGION } from '../testing.ts';
import { reader } from './database-subnet-group.ts';

const group = { DBSubnetGroupName: 'db', VpcId: 'vpc-1', Subnets: [{ SubnetIdentifier: 'subnet-a' }] };
const instances = {
  DBInstances: [
    { DBInstanceIdentifier: 'a', DBSubnetGroup: group },
    { DBInstanceIdentifier: 'b', DBSubnetGroup: group },
  ],
};
const expected = {
  id: databaseSubnetGroupArn(ACCOUNT, REGION, 'db'),
  vpc: { id: 'vpc-1' },
  subnets: [{ id: 'subnet-a' }],
};

it('reads the group out of its instances where the list was refused, once', () => {
  const answers = answersOf({
    'rds:DescribeDBInstances': instances,
    'rds:DescribeDBSubnetGroups': [{ error: { name: 'AccessDenied' } }],
  });
  const groups = reader.read(answers);
  expect(groups).toMatchObject([expected]);
  expect(groups[0]?.source.operation).toBe('rds:DescribeDBInstances');
});

it('prefers the list', () => {
  const answers = answersOf({
    'rds:DescribeDBInstances': instances,
    'rds:DescribeDBSubnetGroups': { DBSubnetGroups: [group] },
  });
  const groups = reader.read(answers);
  expect(groups).toMatchObject([expected]);
  expect(groups[0]?.source.operation).toBe('rds:DescribeDBSubnetGroups');
});
