import { describe, expect, it } from 'vitest';
import { derived, type Given, listed, owners, placeOf, SUBNETS } from './testing.ts';

describe('databases', () => {
  const database = (name: string, fields: object = {}) => ({
    DBInstanceIdentifier: name,
    DBInstanceArn: `arn:aws:rds:eu-west-1:111122223333:db:${name}`,
    AvailabilityZone: 'eu-west-1b',
    PubliclyAccessible: true,
    MultiAZ: false,
    VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }],
    DBSubnetGroup: { DBSubnetGroupName: 'shop', VpcId: 'vpc-1' },
    ...fields,
  });
  const group = (...subnets: string[]) => ({
    'rds:DescribeDBSubnetGroups': {
      DBSubnetGroups: [
        {
          DBSubnetGroupName: 'shop',
          DBSubnetGroupArn: 'arn:aws:rds:eu-west-1:111122223333:subgrp:shop',
          VpcId: 'vpc-1',
          Subnets: subnets.map((SubnetIdentifier) => ({ SubnetIdentifier })),
        },
      ],
    },
  });
  const databases = (...DBInstances: object[]): Given => ({
    ...SUBNETS,
    ...group('subnet-a1', 'subnet-a2', 'subnet-b1'),
    'rds:DescribeDBInstances': { DBInstances },
  });
  const SHOP = 'arn:aws:rds:eu-west-1:111122223333:db:shop';

  it('are in the one subnet of their group in their zone', () => {
    expect(derived(databases(database('shop')))).toMatchObject([
      {
        id: `derived:${SHOP}/subnet-b1`,
        subnet: { id: 'subnet-b1' },
        candidateSubnets: [],
        securityGroups: [{ id: 'sg-1' }],
        hasPublicAddress: true,
        owner: { id: SHOP },
      },
    ]);
  });

  it('may be in any subnet of their group in their zone when there are several', () => {
    expect(
      derived(databases(database('shop', { AvailabilityZone: 'eu-west-1a', PubliclyAccessible: false }))),
    ).toMatchObject([
      {
        id: `derived:${SHOP}/eu-west-1a`,
        subnet: undefined,
        candidateSubnets: [{ id: 'subnet-a1' }, { id: 'subnet-a2' }],
        vpc: { id: 'vpc-1' },
        hasPublicAddress: false,
      },
    ]);
  });

  it('have a second interface for the standby, in its zone or in the others', () => {
    const places = (fields: object) =>
      derived(databases(database('shop', { MultiAZ: true, ...fields }))).map((one) => [one.id, placeOf(one)]);
    expect(places({})).toEqual([
      [`derived:${SHOP}/subnet-b1`, 'subnet-b1'],
      [`derived:${SHOP}/standby unknown`, 'subnet-a1|subnet-a2'],
    ]);
    expect(places({ SecondaryAvailabilityZone: 'eu-west-1a' })[1]).toEqual([
      `derived:${SHOP}/standby eu-west-1a`,
      'subnet-a1|subnet-a2',
    ]);
  });

  it('do not say whether they are public when AWS did not', () => {
    expect(
      derived(databases(database('shop', { PubliclyAccessible: undefined })))[0]?.hasPublicAddress,
    ).toBeUndefined();
  });

  it('may be in any subnet of the VPC in their zone when the subnet group was not read', () => {
    const { 'rds:DescribeDBSubnetGroups': _, ...without } = databases(
      database('shop', {
        AvailabilityZone: 'eu-west-1a',
        DBSubnetGroup: { DBSubnetGroupName: 'other', VpcId: 'vpc-1' },
      }),
    );
    expect(derived(without).map(placeOf)).toEqual(['subnet-a1|subnet-a2']);
  });

  const eni = (NetworkInterfaceId: string, SubnetId: string, groupId = 'sg-1') => ({
    NetworkInterfaceId,
    SubnetId,
    VpcId: 'vpc-1',
    Description: 'RDSNetworkInterface',
    Groups: [{ GroupId: groupId }],
    PrivateIpAddress: '10.0.0.9',
  });

  it('own a listed interface when it can be no other database’s', () => {
    const given = { ...databases(database('shop')), ...listed(eni('eni-1', 'subnet-b1')) };
    expect(owners(given)).toEqual({ 'eni-1': SHOP });
    expect(derived(given)).toEqual([]);
  });

  it('leave interfaces that several could own, and are derived beside them', () => {
    const given = {
      ...databases(database('shop'), database('shop-replica')),
      ...listed(eni('eni-1', 'subnet-b1'), eni('eni-2', 'subnet-b1')),
    };
    expect(owners(given)).toEqual({ 'eni-1': undefined, 'eni-2': undefined });
    expect(derived(given).map((one) => one.owner?.id)).toEqual([SHOP, `${SHOP}-replica`]);
  });

  it('do not own an interface with other groups, or two in one place', () => {
    const other = { ...databases(database('shop')), ...listed(eni('eni-1', 'subnet-b1', 'sg-2')) };
    expect(owners(other)).toEqual({ 'eni-1': undefined });
    const two = { ...databases(database('shop')), ...listed(eni('eni-1', 'subnet-b1'), eni('eni-2', 'subnet-b1')) };
    expect(owners(two)).toEqual({ 'eni-1': undefined, 'eni-2': undefined });
    expect(derived(two)).toHaveLength(1);
  });
});

describe('caches', () => {
  const cache: Given = {
    ...SUBNETS,
    'elasticache:DescribeCacheSubnetGroups': {
      CacheSubnetGroups: [
        {
          CacheSubnetGroupName: 'shop',
          ARN: 'arn:aws:elasticache:eu-west-1:111122223333:subnetgroup:shop',
          VpcId: 'vpc-1',
          Subnets: [{ SubnetIdentifier: 'subnet-a1' }, { SubnetIdentifier: 'subnet-b1' }],
        },
      ],
    },
    'elasticache:DescribeCacheClusters': {
      CacheClusters: [
        {
          CacheClusterId: 'redis',
          ARN: 'arn:aws:elasticache:eu-west-1:111122223333:cluster:redis',
          NumCacheNodes: 1,
          PreferredAvailabilityZone: 'eu-west-1a',
          CacheSubnetGroupName: 'shop',
          SecurityGroups: [{ SecurityGroupId: 'sg-1' }],
        },
      ],
    },
  };

  it('have an interface for every node, never with a public address', () => {
    expect(derived(cache)).toMatchObject([
      { subnet: { id: 'subnet-a1' }, vpc: { id: 'vpc-1' }, securityGroups: [{ id: 'sg-1' }], hasPublicAddress: false },
    ]);
  });

  it('own the interface that ElastiCache named after them', () => {
    const given = {
      ...cache,
      ...listed({ NetworkInterfaceId: 'eni-1', SubnetId: 'subnet-a1', Description: 'ElastiCache redis' }),
    };
    expect(owners(given)).toEqual({ 'eni-1': 'arn:aws:elasticache:eu-west-1:111122223333:cluster:redis' });
    expect(derived(given)).toEqual([]);
  });
});
