import { describe, expect, it } from 'vitest';
import { generationOf } from './generations.ts';
import { CURRENT_FAMILIES, PREVIOUS_FAMILIES } from './previous-generations.ts';

describe('generationOf', () => {
  it.each([
    ['ec2', 'm4.large', 'm7i.large', 'm7g.large'],
    ['ec2', 't2.micro', 't3.micro', 't4g.micro'],
    ['ec2', 'm3.medium', 't3.medium', 't4g.medium'],
    ['ec2', 'c4.8xlarge', 'c7i.12xlarge', 'c7g.12xlarge'],
    ['rds', 'db.m4.large', 'db.m5.large', 'db.m6g.large'],
    ['rds', 'db.t2.micro', 'db.t3.micro', 'db.t4g.micro'],
    ['elasticache', 'cache.m3.medium', 'cache.t3.medium', 'cache.t4g.medium'],
    ['elasticache', 'cache.r4.8xlarge', 'cache.r5.12xlarge', 'cache.r7g.12xlarge'],
  ] as const)('names the current equivalent of %s %s', (service, type, x86, graviton) => {
    const answer = generationOf(service, type);
    expect(answer.generation).toBe('previous');
    expect(answer.equivalent).toMatchObject({ x86, graviton });
    expect(answer.sources.length).toBeGreaterThan(0);
  });

  it.each([
    ['ec2', 't3.micro'],
    ['ec2', 'm7i-flex.large'],
    ['rds', 'db.r6g.large'],
    ['rds', 'db.serverless'],
    ['elasticache', 'cache.r7g.large'],
  ] as const)('calls %s %s current', (service, type) => {
    expect(generationOf(service, type).generation).toBe('current');
  });

  it.each([
    ['ec2', 'q9.large'],
    ['ec2', 'db.m4.large'],
    ['rds', 'm4.large'],
    ['rds', 'db.m4'],
    ['ec2', ''],
  ] as const)('does not guess: %s "%s" is unknown', (service, type) => {
    expect(generationOf(service, type)).toMatchObject({ generation: 'unknown', sources: [] });
  });

  it('tells where AWS does not agree with itself', () => {
    expect(generationOf('ec2', 't2.small')).toMatchObject({ aws: 'disputed', note: expect.stringContaining('API') });
    expect(generationOf('ec2', 'm3.large').aws).toBe('previous');
  });
});

describe('the table', () => {
  it('has no family both previous and current, and none twice', () => {
    const seen = new Set<string>();
    for (const row of PREVIOUS_FAMILIES) {
      expect(CURRENT_FAMILIES[row.service].has(row.family), row.family).toBe(false);
      expect(seen.has(`${row.service} ${row.family}`)).toBe(false);
      seen.add(`${row.service} ${row.family}`);
    }
  });

  it('names only current families as equivalents', () => {
    for (const row of PREVIOUS_FAMILIES) {
      const named = [row.x86, row.graviton, ...Object.values(row.sizes ?? {}).map((type) => type.split('.')[0])];
      for (const family of named) {
        if (family !== undefined)
          expect(CURRENT_FAMILIES[row.service].has(family), `${row.family} -> ${family}`).toBe(true);
      }
    }
  });
});
