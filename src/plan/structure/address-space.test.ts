import { describe, expect, it } from 'vitest';
import { makeEstate } from '../../estate/estate.ts';
import { id } from '../../estate/ids.ts';
import { secondaryBlock } from './address-space.ts';

const nothing = makeEstate({
  resources: [],
  coverage: { entries: [] },
  flows: [],
  notices: [],
  collectedAt: undefined,
});

const beside = (...cidrs: string[]) => secondaryBlock(nothing, { id: id<'vpc'>('vpc-0example0000000001'), cidrs });

describe('a second block of addresses', () => {
  it('stays in the private family of the VPC, since AWS mixes none of them', () => {
    expect(beside('10.7.0.0/16')).toBe('10.0.0.0/16');
    expect(beside('192.168.0.0/20')).toBe('192.168.64.0/18');
    expect(beside('172.20.0.0/16')).toBe('172.16.0.0/16');
  });

  it('is not 10.0.0.0/16 for a VPC of 10.0.0.0/15', () => {
    expect(beside('10.1.0.0/16')).toBe('10.2.0.0/16');
  });

  it('is neither 172.31.0.0/16 nor the block of Docker for a default VPC', () => {
    expect(beside('172.31.0.0/16')).toBe('172.16.0.0/16');
    expect(beside('172.31.0.0/16', '172.16.0.0/16')).toBe('172.18.0.0/16');
  });

  it('comes from 100.64.0.0/10 where the family is full, and for public addresses', () => {
    expect(beside('192.168.0.0/16')).toBe('100.64.0.0/16');
    expect(beside('203.0.113.0/24')).toBe('100.64.0.0/16');
    expect(beside('10.7.0.0/16', '100.64.0.0/16')).toBe('100.65.0.0/16');
  });

  it('is none where the VPC has as many as AWS allows, or where its blocks are not known', () => {
    expect(beside('10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16', '10.4.0.0/16', '10.5.0.0/16')).toBeUndefined();
    expect(secondaryBlock(nothing, { id: id<'vpc'>('vpc-0example0000000001'), cidrs: undefined })).toBeUndefined();
  });
});
