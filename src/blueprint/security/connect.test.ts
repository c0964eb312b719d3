import { describe, expect, it } from 'vitest';
import { Cache } from '../data/cache.ts';
import { Database } from '../data/database.ts';
import { testNetwork } from '../testing/network.ts';
import { record } from '../testing/record.ts';
import { allowFromAddresses, connect } from './connect.ts';

const IN = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule';
const OUT = 'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule';

const two = () => {
  const network = testNetwork();
  const cache = new Cache('redis', { network, size: 'cache.t4g.small', nodes: ['a', 'b'] });
  const database = new Database('mysql', { network, engine: 'mysql', version: '8.4', size: 'db.m7g.large' });
  return { cache, database };
};

describe('connect', () => {
  it('makes one way out and one way in, between the two groups, on the port of the peer, named after both', async () => {
    const { all, one } = await record(() => {
      const { cache, database } = two();
      connect(cache, database);
    });
    expect(all(OUT).map((each) => each.name)).toEqual(['redis-to-mysql']);
    expect(all(IN).map((each) => each.name)).toEqual(['mysql-from-redis']);
    const rule = { ipProtocol: 'tcp', fromPort: 3306, toPort: 3306 };
    expect(one(OUT, 'redis-to-mysql')).toMatchObject({
      parent: 'redis',
      inputs: { ...rule, securityGroupId: 'redis-id', referencedSecurityGroupId: 'mysql-id' },
    });
    expect(one(IN, 'mysql-from-redis')).toMatchObject({
      parent: 'mysql',
      inputs: { ...rule, securityGroupId: 'mysql-id', referencedSecurityGroupId: 'redis-id' },
    });
  });

  it('names rules on another port after it too', async () => {
    const { all } = await record(() => {
      const { cache, database } = two();
      connect(cache, database, { port: 33060 });
    });
    expect(all(IN).map((each) => each.name)).toEqual(['mysql-from-redis-33060']);
  });

  it('keeps rules out of the groups themselves, so nobody overwrites another one', async () => {
    const { all } = await record(() => two());
    for (const each of all('aws:ec2/securityGroup:SecurityGroup')) {
      expect(each.inputs).not.toHaveProperty('ingress');
      expect(each.inputs).not.toHaveProperty('egress');
    }
  });

  it.each(['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '0.0.0.0/7'])('refuses to open a port to %s', async (cidr) => {
    await expect(record(() => allowFromAddresses(two().database, [{ name: 'world', cidr }], 3306))).rejects.toThrow(
      /world or to most of it.*Name the addresses/,
    );
  });

  it('counts an address once however many blocks hold it', async () => {
    const twice = [
      { name: 'office', cidr: '10.0.0.0/8' },
      { name: 'floor', cidr: '10.1.0.0/16' },
    ];
    const { all } = await record(() => allowFromAddresses(two().database, twice, 3306));
    expect(all(IN).map((each) => each.name)).toEqual(['mysql-from-floor', 'mysql-from-office']);
  });

  it.each([0, 65_536, 22.5])('refuses port %d', async (port) => {
    await expect(
      record(() => {
        const { cache, database } = two();
        connect(cache, database, { port });
      }),
    ).rejects.toThrow(/no port.*1 to 65535/);
  });

  it('refuses a peer that listens nowhere, and says how to name the port', async () => {
    const silent = () => {
      const { cache, database } = two();
      const { port: _, ...deaf } = { ...cache, peerName: 'deaf', groupId: cache.groupId, owner: cache };
      connect(database, deaf);
    };
    await expect(record(silent)).rejects.toThrow(/deaf has no port of its own.*connect\(from, to/);
  });

  it('refuses half a block', async () => {
    await expect(
      record(() => allowFromAddresses(two().database, [{ name: 'office', cidr: '203.0.113.7/24' }], 22)),
    ).rejects.toThrow(/not an IPv4 block/);
  });
});
