import { describe, expect, it } from 'vitest';
import { cacheClusterArn, cacheSubnetGroupArn, replicationGroupArn } from '../ids.ts';
import { ACCOUNT, answersOf, REGION } from '../testing.ts';
import { reader } from './cache.ts';

const read = (clusters: readonly object[], groups?: readonly object[]) =>
  reader.read(
    answersOf({
      'elasticache:DescribeCacheClusters': { CacheClusters: clusters },
      ...(groups && { 'elasticache:DescribeReplicationGroups': { ReplicationGroups: groups } }),
    }),
  );
const member = (name: string, zone: string, more: object = {}) => ({
  CacheClusterId: name,
  Engine: 'redis',
  EngineVersion: '7.1',
  CacheNodeType: 'cache.t4g.small',
  NumCacheNodes: 1,
  PreferredAvailabilityZone: zone,
  CacheSubnetGroupName: 'cache',
  SecurityGroups: [{ SecurityGroupId: 'sg-1', Status: 'active' }],
  ReplicationGroupId: 'shop',
  ...more,
});
const group = {
  ReplicationGroupId: 'shop',
  MemberClusters: ['shop-001', 'shop-002'],
  AutomaticFailover: 'enabled',
  MultiAZ: 'disabled',
  TransitEncryptionEnabled: false,
  NodeGroups: [
    {
      PrimaryEndpoint: { Address: 'shop.example.com', Port: 6379 },
      NodeGroupMembers: [
        { CacheClusterId: 'shop-001', PreferredAvailabilityZone: 'eu-west-1a', CurrentRole: 'primary' },
        { CacheClusterId: 'shop-002', CurrentRole: 'replica' },
      ],
    },
  ],
};

describe('caches', () => {
  it('makes one of a replication group and its clusters, each telling what the other lacks', () => {
    expect(read([member('shop-002', 'eu-west-1b'), member('shop-001', 'eu-west-1a')], [group])).toMatchObject([
      {
        id: replicationGroupArn(ACCOUNT, REGION, 'shop'),
        form: 'replicationGroup',
        engine: 'redis',
        engineVersion: '7.1',
        nodes: [
          { id: 'shop-001', zone: { id: 'eu-west-1a' }, role: 'primary' },
          { id: 'shop-002', zone: { id: 'eu-west-1b' }, role: 'replica' },
        ],
        securityGroups: [{ id: 'sg-1' }],
        subnetGroup: { id: cacheSubnetGroupArn(ACCOUNT, REGION, 'cache') },
        automaticFailover: true,
        multiAz: false,
        endpoints: [{ host: 'shop.example.com', port: 6379 }],
        port: 6379,
        transitEncryption: false,
      },
    ]);
  });

  it('does not know the groups in front of it when one of its clusters was not read', () => {
    expect(read([member('shop-001', 'eu-west-1a')], [group])).toMatchObject([{ securityGroups: undefined }]);
  });

  it('keeps a cluster in its group even where the cluster does not say so', () => {
    expect(read([member('shop-001', 'eu-west-1a', { ReplicationGroupId: undefined })], [group])).toHaveLength(1);
  });

  it('knows a group from its clusters alone, but not whether it fails over', () => {
    expect(read([member('shop-001', 'eu-west-1a'), member('shop-002', 'eu-west-1a')])).toMatchObject([
      {
        id: replicationGroupArn(ACCOUNT, REGION, 'shop'),
        derived: { because: expect.stringContaining('DescribeReplicationGroups') },
        nodes: [{ id: 'shop-001' }, { id: 'shop-002' }],
        automaticFailover: undefined,
        multiAz: undefined,
      },
    ]);
  });

  it('reads a cluster that stands alone, with unknown groups where AWS tells none', () => {
    const alone = member('one', 'eu-west-1a', { ReplicationGroupId: undefined, SecurityGroups: undefined });
    expect(read([alone])).toMatchObject([
      {
        id: cacheClusterArn(ACCOUNT, REGION, 'one'),
        form: 'cluster',
        nodes: [{ id: 'one/0001', zone: { id: 'eu-west-1a' }, role: 'primary' }],
        securityGroups: undefined,
        automaticFailover: false,
        port: undefined,
      },
    ]);
  });

  it('reads memcached nodes and their zones, and does not invent those it was not told', () => {
    const memcached = {
      CacheClusterId: 'm',
      Engine: 'memcached',
      NumCacheNodes: 2,
      PreferredAvailabilityZone: 'Multiple',
    };
    const nodes = [
      {
        CacheNodeId: '0001',
        CustomerAvailabilityZone: 'eu-west-1a',
        Endpoint: { Address: 'n1.example.com', Port: 11211 },
      },
      { CacheNodeId: '0002', Endpoint: { Address: 'n2.example.com', Port: 11211 } },
    ];
    expect(read([memcached])).toMatchObject([{ nodes: undefined }]);
    expect(read([{ ...memcached, CacheNodes: nodes }])).toMatchObject([
      {
        nodes: [
          { id: 'm/0001', zone: { id: 'eu-west-1a' }, role: undefined, host: 'n1.example.com' },
          { id: 'm/0002', zone: undefined },
        ],
        endpoints: [{ host: 'n1.example.com' }, { host: 'n2.example.com' }],
        port: 11211,
      },
    ]);
  });
});
