import { cacheAnswer, cacheCluster } from '../../examples/caches.ts';
import { GENERATION_MESSAGES, judgeGeneration } from '../../generation.ts';
import { unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const OPERATION = 'elasticache:DescribeCacheClusters';

export const rule = defineRule({
  id: 'previous-generation-cache',
  problem: 5,
  severity: 'medium',
  title: 'A cache node is of a previous generation',
  why: 'The node has less memory and network for more money than its successor, and AWS retires its hardware on a date of its own. A cache that is replaced in a hurry comes back empty, and the database behind it takes the whole load.',
  fix: 'A replication group of the current equivalent; the type of one that exists is changed online.',
  fixedBy: ['cache-failover'],
  subject: 'cache',
  needs: [OPERATION],
  messages: GENERATION_MESSAGES,
  check(subject) {
    const type = subject.nodeType;
    if (type === undefined) return unknown(subject, OPERATION, 'the node type of a cache');
    return judgeGeneration(subject, 'elasticache', type, 'CacheNodeType', OPERATION);
  },
  sources: [
    'https://aws.amazon.com/elasticache/previous-generation/',
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html',
  ],
  examples: {
    bad: cacheAnswer([cacheCluster('sessions', { CacheNodeType: 'cache.m3.medium' })]),
    good: cacheAnswer([cacheCluster('sessions', { CacheNodeType: 'cache.t4g.small' })]),
  },
});
