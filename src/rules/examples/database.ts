/** Databases of example inventories, as rds:DescribeDBInstances answers. */
import { ACCOUNT, REGION } from '../example.ts';
import type { Example } from '../rule.ts';

export const database = (identifier: string, fields: Readonly<Record<string, unknown>> = {}): object => ({
  DBInstanceIdentifier: identifier,
  DBInstanceArn: `arn:aws:rds:${REGION}:${ACCOUNT}:db:${identifier}`,
  DBInstanceClass: 'db.m6g.large',
  Engine: 'mysql',
  DBInstanceStatus: 'available',
  Endpoint: { Address: `${identifier}.abcdefghijkl.${REGION}.rds.amazonaws.com`, Port: 3306 },
  AvailabilityZone: 'eu-west-1a',
  MultiAZ: true,
  PubliclyAccessible: false,
  ReadReplicaDBInstanceIdentifiers: [],
  VpcSecurityGroups: [],
  ...fields,
});

export const databaseAnswer = (...databases: readonly object[]): Example => ({
  'rds:DescribeDBInstances': { DBInstances: databases },
});

/** The fields of a database that stands in a VPC: the subnet group of its own, and the security groups it carries. */
export const placed = (
  subnets: readonly string[],
  groups: readonly string[] = [],
): Readonly<Record<string, unknown>> => ({
  DBSubnetGroup: {
    DBSubnetGroupName: 'shop-db',
    VpcId: 'vpc-0example0000000001',
    SubnetGroupStatus: 'Complete',
    Subnets: subnets.map((SubnetIdentifier) => ({
      SubnetIdentifier,
      SubnetAvailabilityZone: { Name: `eu-west-1${SubnetIdentifier.slice(-1)}` },
      SubnetStatus: 'Active',
    })),
  },
  VpcSecurityGroups: groups.map((VpcSecurityGroupId) => ({ VpcSecurityGroupId, Status: 'active' })),
});
