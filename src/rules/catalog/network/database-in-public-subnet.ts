import { subnetsText, tellSubnets } from '../../../analyse/internet/subnets.ts';
import { find } from '../../../estate/estate.ts';
import { join } from '../../example.ts';
import { database, databaseAnswer, placed } from '../../examples/database.ts';
import { network } from '../../examples/network.ts';
import { PRIVATE_SUBNETS, PUBLIC_SUBNETS } from '../../examples/open.ts';
import { link, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

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
  messages: {
    all: '{name} stands in public subnets only: {subnets} lead to an internet gateway',
    some: '{n} of the {m} subnets that {name} may stand in are public: {subnets}',
  },
  check(subject, estate) {
    if (subject.subnetGroup === null) return { state: 'notApplicable' };
    const group = find(estate, subject.subnetGroup);
    if (group?.subnets === undefined)
      return unknown(subject, 'rds:DescribeDBSubnetGroups', 'the subnet group of a database');
    const { open, closed, missing } = tellSubnets(estate, group.subnets);
    if (open.length === 0) return missing.length > 0 ? { state: 'unknown', missing } : { state: 'pass' };
    return {
      state: 'fail',
      message: closed.length + missing.length === 0 ? 'all' : 'some',
      data: {
        name: subject.name,
        subnets: subnetsText(open.map(({ subnet }) => subnet)),
        n: open.length,
        m: group.subnets.length,
      },
      proof: [
        ...open.flatMap(({ subnet }) => {
          const ref = group.subnets?.find(({ id }) => id === subnet.id);
          return ref ? [link(group, ref, `subnet group ${group.name} has ${subnet.id}`)] : [];
        }),
        ...open.flatMap(({ proof }) => proof),
      ],
      related: [group, ...open.map(({ subnet }) => subnet)],
    };
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
