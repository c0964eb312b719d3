import { expect, it } from 'vitest';
import { adoptedBy, refusedBy } from '../testing.ts';
import { adopter } from './cache-cluster.ts';

const redis = {
  CacheClusterId: 'shop',
  Engine: 'redis',
  EngineVersion: '6.2.6',
  CacheNodeType: 'cache.t3.small',
  NumCacheNodes: 1,
  PreferredAvailabilityZone: 'eu-west-1a',
  CacheSubnetGroupName: 'shop',
  SecurityGroups: [{ SecurityGroupId: 'sg-1' }],
  SnapshotRetentionLimit: 0,
  TransitEncryptionEnabled: false,
  AtRestEncryptionEnabled: false,
  AutoMinorVersionUpgrade: false,
  CacheNodes: [{ CacheNodeId: '0001', Endpoint: { Address: 'shop.example.com', Port: 6379 } }],
};
const given = (one: object) => ({ 'elasticache:DescribeCacheClusters': { CacheClusters: [one] } });

it('writes two numbers of the version and the setting of minor upgrades as a text', () => {
  expect(adoptedBy(adopter, given(redis))[0]?.inputs).toEqual({
    clusterId: 'shop',
    engine: 'redis',
    engineVersion: '6.2',
    nodeType: 'cache.t3.small',
    numCacheNodes: 1,
    port: 6379,
    availabilityZone: 'eu-west-1a',
    subnetGroupName: 'shop',
    securityGroupIds: ['sg-1'],
    snapshotRetentionLimit: 0,
    transitEncryptionEnabled: false,
    autoMinorVersionUpgrade: 'false',
  });
});

it('does not guess the port where the nodes were not shown', () => {
  const { CacheNodes: _, ...less } = redis;
  expect(refusedBy(adopter, given(less))).toEqual(['elasticache:DescribeCacheClusters did not tell cacheNodes, port']);
});
