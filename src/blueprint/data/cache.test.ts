import { describe, expect, it } from 'vitest';
import { testNetwork, without } from '../testing/network.ts';
import { record } from '../testing/record.ts';
import { Cache, type CacheArgs } from './cache.ts';

const make = (changes: Partial<CacheArgs> = {}) =>
  new Cache('redis', { network: testNetwork(), size: 'cache.t4g.small', nodes: ['a', 'b'], ...changes });
const GROUP = 'aws:elasticache/replicationGroup:ReplicationGroup';

describe('Cache', () => {
  it('declares exactly these resources', async () => {
    const { list } = await record(() => make());
    expect(without(list)).toEqual([
      'aws:ec2/securityGroup:SecurityGroup redis',
      'aws:elasticache/replicationGroup:ReplicationGroup redis',
      'aws:elasticache/subnetGroup:SubnetGroup redis',
    ]);
  });

  it('fails over between zones and is encrypted on the wire and at rest', async () => {
    const { inputs } = await record(() => make());
    expect(inputs(GROUP, 'redis')).toMatchObject({
      numCacheClusters: 2,
      preferredCacheClusterAzs: ['eu-west-1a', 'eu-west-1b'],
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      atRestEncryptionEnabled: true,
      securityGroupIds: ['redis-id'],
    });
  });

  it('switches failover off for a single development node', async () => {
    const { inputs } = await record(() => make({ nodes: ['a'] }));
    expect(inputs(GROUP, 'redis')).toMatchObject({
      numCacheClusters: 1,
      automaticFailoverEnabled: false,
      multiAzEnabled: false,
    });
  });

  const refused: readonly [string, Partial<CacheArgs>, RegExp][] = [
    ['no node', { nodes: [] }, /no node/],
    ['two nodes in one zone', { nodes: ['a', 'a'] }, /losing it loses them all/],
    ['seven nodes', { nodes: ['a', 'b', 'a', 'b', 'a', 'b', 'a'] }, /more than 6/],
    ['a zone without a subnet', { nodes: ['a', 'c'] }, /not in zone c/],
  ];
  it.each(refused)('refuses %s', async (_what, changes, message) => {
    await expect(record(() => make(changes))).rejects.toThrow(message);
  });
});
