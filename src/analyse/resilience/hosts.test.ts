/** Hosts that no resource of the input is: those of the internet stand, those of a VPC may be lost with the zone. */
import { describe, expect, it } from 'vitest';
import { end, flow, made, network, ref, refs, route } from './testing/build.ts';
import { only } from './testing/only.ts';

const AB = network('a', 'b');
const worker = made('instance', 'i-b', { zone: ref('b'), subnet: ref('subnet-b'), state: 'running' });
const answer = (host: string, more: Parameters<typeof only>[0] = []) =>
  only([...AB, worker, ...more], flow(end('i-b'), { type: 'host', host }));

describe('without a zone', () => {
  it.each(['pay.example.com', '203.0.113.9', '2001:4860::1', 'files.s3.us-east-1.amazonaws.com'])(
    '%s stands',
    (host) => {
      expect(answer(host).outcome).toBe('survives');
    },
  );

  it.each([
    ['shop.c1x2.us-east-1.rds.amazonaws.com', 'rds:DescribeDBInstances'],
    ['proxy.proxy-c1x2.us-east-1.rds.amazonaws.com', 'rds:DescribeDBInstances'],
    ['shop.abc.0001.use1.cache.amazonaws.com', 'elasticache:DescribeCacheClusters'],
    ['vpc-search-abc.us-east-1.es.amazonaws.com', 'es:DescribeDomains'],
    ['b-1.shop.c1.c2.kafka.us-east-1.amazonaws.com', 'kafka:ListClustersV2'],
    ['efs.c1x2.us-east-1.rds.amazonaws.com', 'rds:DescribeDBInstances'],
    ['db.shop.internal', 'route53:ListResourceRecordSets'],
    ['constructor', 'route53:ListResourceRecordSets'],
    ['10.99.0.5', 'ec2:DescribeNetworkInterfaces'],
  ])('%s is not known', (host, operation) => {
    expect(answer(host)).toMatchObject({ outcome: 'unknown', missing: [{ operation }] });
  });

  it('an address stands where its subnet does', () => {
    const subnet = (zone: string, cidr: string) =>
      made('subnet', `subnet-of-${zone}`, { vpc: ref('vpc'), zone: ref(zone), cidr, ipv6Cidrs: [] });
    const parts = [made('vpc', 'vpc', {}), subnet('a', '10.0.1.0/24'), subnet('b', '10.0.2.0/24')];
    expect(answer('10.0.2.9', parts).outcome).toBe('survives');
    expect(answer('10.0.1.9', parts).outcome).toBe('unknown');
  });

  it('no NAT gateway is asked on the way to what stands inside', () => {
    const byNat = made('routeTable', 'rtb-nat', {
      vpc: ref('vpc'),
      subnets: refs('subnet-b'),
      gateways: [],
      main: false,
      routes: [route('0.0.0.0/0', { type: 'natGateway', ref: ref('nat') })],
    });
    const nat = made('natGateway', 'nat', { subnet: ref('subnet-a'), availability: 'zonal' });
    expect(answer('db.shop.internal', [byNat, nat]).outcome).toBe('unknown');
    expect(answer('pay.example.com', [byNat, nat]).outcome).toBe('lost');
  });
});
