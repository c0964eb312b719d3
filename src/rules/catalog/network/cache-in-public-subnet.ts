import { subnetsText, tellSubnets } from '../../../analyse/internet/subnets.ts';
import { find } from '../../../estate/estate.ts';
import { join } from '../../example.ts';
import { cacheAnswer, cacheCluster, cacheSubnetGroupAnswer } from '../../examples/caches.ts';
import { network } from '../../examples/network.ts';
import { PRIVATE_SUBNETS, PUBLIC_SUBNETS } from '../../examples/open.ts';
import { link, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'cache-in-public-subnet',
  problem: 1,
  severity: 'low',
  title: 'A cache stands in public subnets',
  why: 'ElastiCache gives its nodes no public address, so nobody comes in straight today. But the cache shares its subnet with whatever is public there, and the first server that is broken into stands right beside it.',
  fix: 'Make a cache in a subnet group of private subnets beside the old one, move the clients over, then remove the old one.',
  fixedBy: ['private-network', 'cache-private'],
  subject: 'cache',
  needs: [
    'elasticache:DescribeCacheClusters',
    'ec2:DescribeSubnets',
    'ec2:DescribeRouteTables',
    'ec2:DescribeInternetGateways',
  ],
  messages: {
    all: '{name} stands in public subnets only: {subnets} lead to an internet gateway',
    some: '{n} of the {m} subnets that {name} may stand in are public: {subnets}',
  },
  check(subject, estate) {
    const group = find(estate, subject.subnetGroup);
    if (group?.subnets === undefined)
      return unknown(subject, 'elasticache:DescribeCacheSubnetGroups', 'the subnet group of a cache');
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
  sources: ['https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VPCs.EC.html'],
  examples: {
    bad: join(
      network(),
      cacheAnswer([cacheCluster('sessions', { CacheSubnetGroupName: 'shop-cache' })]),
      cacheSubnetGroupAnswer('shop-cache', PUBLIC_SUBNETS),
    ),
    good: join(
      network(),
      cacheAnswer([cacheCluster('sessions', { CacheSubnetGroupName: 'shop-cache' })]),
      cacheSubnetGroupAnswer('shop-cache', PRIVATE_SUBNETS),
    ),
  },
});
