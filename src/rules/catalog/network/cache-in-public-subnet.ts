import { find } from '../../../estate/estate.ts';
import { join } from '../../example.ts';
import { cacheAnswer, cacheCluster, cacheSubnetGroupAnswer } from '../../examples/caches.ts';
import { network } from '../../examples/network.ts';
import { PRIVATE_SUBNETS, PUBLIC_SUBNETS } from '../../examples/open.ts';
import { defineRule } from '../../rule.ts';
import { judgeSubnetGroup, PUBLIC_SUBNET_MESSAGES } from '../../subnet-group.ts';

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
  messages: PUBLIC_SUBNET_MESSAGES,
  check(subject, estate) {
    return judgeSubnetGroup(
      estate,
      subject,
      find(estate, subject.subnetGroup),
      'elasticache:DescribeCacheSubnetGroups',
    );
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
