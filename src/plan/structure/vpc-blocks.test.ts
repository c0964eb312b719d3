import { expect, it } from 'vitest';
import type { Vpc } from '../../estate/kinds/network.ts';
import { estateOf, ref, some } from '../../inventory/flows/testing.ts';
import { blocksFor } from './vpc-blocks.ts';

const TIERS = ['app', 'data', 'public'] as const;

function blocks(cidrs: readonly string[], used: readonly string[]) {
  const vpc: Vpc = some('vpc', 'vpc-1', { cidrs });
  const estate = estateOf(vpc, ...used.map((cidr, n) => some('subnet', `subnet-${n}`, { cidr, vpc: ref('vpc-1') })));
  return blocksFor(estate, vpc, 'shop', ['a', 'c'], TIERS);
}

it('fits beside the subnets of a default VPC without a further block', () => {
  const found = blocks(['172.31.0.0/16'], ['172.31.0.0/20', '172.31.16.0/20', '172.31.32.0/20', '172.31.48.0/20']);
  expect(found?.added).toBeUndefined();
  expect(found?.subnets.map(({ key, cidr }) => `${key} ${cidr}`)).toEqual([
    'app-a 172.31.96.0/20',
    'app-c 172.31.64.0/20',
    'data-a 172.31.88.0/22',
    'data-c 172.31.84.0/22',
    'public-a 172.31.92.0/22',
    'public-c 172.31.80.0/22',
  ]);
});

it('asks for a further block where the VPC is full, or too small to be grown into', () => {
  expect(blocks(['10.3.0.0/16'], ['10.3.0.0/17', '10.3.128.0/17'])?.added).toBe('10.0.0.0/16');
  const small = blocks(['192.168.7.0/24'], []);
  expect(small?.added).toBe('192.168.64.0/18');
  for (const { cidr } of small?.subnets ?? []) expect(cidr).toMatch(/^192\.168\.(6[4-9]|[789]\d|1[01]\d|12[0-7])\./);
});

it('finds the room in a second block that the VPC has already', () => {
  const found = blocks(['10.3.0.0/20', '10.4.0.0/16'], ['10.3.0.0/20']);
  expect(found?.added).toBeUndefined();
  for (const { cidr } of found?.subnets ?? []) expect(cidr).toMatch(/^10\.4\./);
});

it('has no answer where AWS allows no further block', () => {
  const full = ['10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16', '10.4.0.0/16', '10.5.0.0/16'];
  expect(blocks(full, full)).toBeUndefined();
});
