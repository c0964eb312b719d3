import { describe, expect, it } from 'vitest';
import type { ResourceOf } from '../../estate/resource.ts';
import { end, flow, made, network, ref, refs, route } from './testing/build.ts';
import { only } from './testing/only.ts';

const AB = network('a', 'b');

describe('the way out', () => {
  const nat = (zone: string, name = 'nat', fields: Partial<ResourceOf<'natGateway'>> = {}) =>
    made('natGateway', name, { subnet: ref(`subnet-${zone}`), availability: 'zonal', ...fields });
  const byNat = (subnets: readonly string[], name: string) =>
    made('routeTable', `rtb-${name}`, {
      vpc: ref('vpc'),
      subnets: refs(...subnets),
      gateways: [],
      main: false,
      routes: [route('0.0.0.0/0', { type: 'natGateway', ref: ref(name) })],
    });
  const worker = made('instance', 'i-b', { zone: ref('b'), subnet: ref('subnet-b'), state: 'running' });
  const out = flow(end('i-b'), { type: 'host', host: 'pay.example.com' });

  it('is lost with the NAT gateway of another zone', () => {
    const answer = only([...AB, worker, nat('a'), byNat(['subnet-b'], 'nat')], out);
    expect(answer).toMatchObject({ outcome: 'lost', because: [{ code: 'nat-in-lost-zone', resource: 'nat' }] });
  });

  it('stands with a NAT gateway of its own zone, a regional one, or an internet gateway', () => {
    expect(only([...AB, worker, nat('b'), byNat(['subnet-b'], 'nat')], out).outcome).toBe('survives');
    expect(
      only([...AB, worker, nat('a', 'nat', { availability: 'regional' }), byNat(['subnet-b'], 'nat')], out).outcome,
    ).toBe('survives');
    expect(only([...AB, worker], out).outcome).toBe('survives');
  });

  it('is lost with the gateway itself', () => {
    expect(only([...AB, worker, nat('b'), byNat(['subnet-b'], 'nat')], out, { resource: 'nat' }).outcome).toBe('lost');
  });

  it('is lost when one part that goes on working has none', () => {
    const c = network('a', 'b', 'c');
    const group = made('autoScalingGroup', 'asg', {
      suspendedProcesses: [],
      instances: refs('i-b', 'i-c'),
      zones: refs('b', 'c'),
      max: 2,
    });
    const other = made('instance', 'i-c', { zone: ref('c'), subnet: ref('subnet-c'), state: 'running' });
    const parts = [
      ...c,
      worker,
      other,
      group,
      nat('a', 'nat-a'),
      nat('b', 'nat-b'),
      byNat(['subnet-b'], 'nat-b'),
      byNat(['subnet-c'], 'nat-a'),
    ];
    expect(only(parts, flow(end('asg'), { type: 'host', host: 'pay.example.com' })).outcome).toBe('lost');
  });

  it('to S3 does not need the NAT gateway where a gateway endpoint stands', () => {
    const toBucket = flow(end('i-b'), end('bucket'));
    const parts = [...AB, worker, made('bucket', 'bucket'), nat('a'), byNat(['subnet-b'], 'nat')];
    expect(only(parts, toBucket).outcome).toBe('lost');
    const endpoint = made('vpcEndpoint', 'vpce', {
      vpc: ref('vpc'),
      type: 'Gateway',
      service: 'com.amazonaws.us-east-1.s3',
      routeTables: refs('rtb-nat'),
    });
    expect(only([...parts, endpoint], toBucket).outcome).toBe('survives');
  });

  it('by an interface endpoint is lost with its only interface', () => {
    const endpoint = (zone: string) =>
      made('vpcEndpoint', 'vpce', {
        vpc: ref('vpc'),
        type: 'Interface',
        service: 'com.amazonaws.us-east-1.sqs',
        subnets: refs(`subnet-${zone}`),
        privateDns: true,
        state: 'available',
      });
    const toQueue = flow(end('i-b'), { type: 'service', service: 'sqs', region: 'us-east-1' });
    expect(only([...AB, worker, endpoint('a')], toQueue)).toMatchObject({
      outcome: 'lost',
      because: [{ code: 'endpoint-in-lost-zone' }],
    });
    expect(only([...AB, worker, endpoint('b')], toQueue).outcome).toBe('survives');
  });

  it('to the image registry needs both of its endpoints, or goes by the NAT gateway', () => {
    const endpoint = (name: string) =>
      made('vpcEndpoint', name, {
        vpc: ref('vpc'),
        type: 'Interface',
        service: `com.amazonaws.us-east-1.${name}`,
        subnets: refs('subnet-b'),
        privateDns: true,
      });
    const toImages = flow(end('i-b'), { type: 'service', service: 'ecr', region: 'us-east-1' });
    const parts = [...AB, worker, nat('a'), byNat(['subnet-b'], 'nat')];
    expect(only([...parts, endpoint('ecr.api')], toImages).outcome).toBe('lost');
    expect(only([...parts, endpoint('ecr.api'), endpoint('ecr.dkr')], toImages).outcome).toBe('survives');
  });

  it('is unknown without route tables, naming the operation', () => {
    const parts = AB.filter((one) => one.kind !== 'routeTable');
    expect(only([...parts, worker], out).missing.map((one) => one.operation)).toEqual(['ec2:DescribeRouteTables']);
  });
});
