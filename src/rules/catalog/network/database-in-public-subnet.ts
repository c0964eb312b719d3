import { find } from '../../../estate/estate.ts';
import { join } from '../../example.ts';
import { database, databaseAnswer, placed } from '../../examples/database.ts';
import { network } from '../../examples/network.ts';
import { PRIVATE_SUBNETS, PUBLIC_SUBNETS } from '../../examples/open.ts';
import { defineRule } from '../../rule.ts';
import { judgeSubnetGroup, PUBLIC_SUBNET_MESSAGES } from '../../subnet-group.ts';

export const rule = defineRule({
  id: 'database-in-public-subnet',
  problem: 1,
  severity: 'medium',
  title: 'A database stands in public subnets',
  why: 'In a public subnet only the settings of the database itself keep the internet out, and each of them is one click. In a private one there is no road: no single mistake makes it public.',
  fix: 'Give the database a subnet group of private subnets; a replica there, promoted in a planned minute, moves it.',
  fixedBy: ['private-network', 'database-private'],
  subject: 'database',
  needs: ['rds:DescribeDBInstances', 'ec2:DescribeSubnets', 'ec2:DescribeRouteTables', 'ec2:DescribeInternetGateways'],
  messages: PUBLIC_SUBNET_MESSAGES,
  check(subject, estate) {
    if (subject.subnetGroup === null) return { state: 'notApplicable' };
    return judgeSubnetGroup(estate, subject, find(estate, subject.subnetGroup), 'rds:DescribeDBSubnetGroups');
  },
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-types',
  ],
  examples: {
    bad: join(network(), databaseAnswer(database('orders', placed(PUBLIC_SUBNETS)))),
    good: join(network(), databaseAnswer(database('orders', placed(PRIVATE_SUBNETS)))),
  },
});
