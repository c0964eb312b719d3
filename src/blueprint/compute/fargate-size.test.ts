import { describe, expect, it } from 'vitest';
import { FARGATE_SIZES, fargateSize } from './fargate-size.ts';

describe('Fargate sizes', () => {
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html: GiB from, to and step by CPU units.
  it.each([
    [512, 1, 4, 1],
    [1024, 2, 8, 1],
    [2048, 4, 16, 1],
    [4096, 8, 30, 1],
    [8192, 16, 60, 4],
    [16384, 32, 120, 8],
  ] as const)('with %i CPU units go from %i to %i GiB in steps of %i', (cpu, from, to, step) => {
    const expected = [];
    for (let gib = from; gib <= to; gib += step) expected.push(gib * 1024);
    expect(FARGATE_SIZES[cpu]).toEqual(expected);
  });

  it('are accepted from configuration when Fargate takes them', () => {
    for (const [cpu, memories] of Object.entries(FARGATE_SIZES)) {
      for (const memory of memories)
        expect(fargateSize('web', Number(cpu), memory)).toEqual({ cpu: Number(cpu), memory });
    }
  });

  it('are refused otherwise, with the ones that fit', () => {
    expect(() => fargateSize('web', 8192, 21504)).toThrow(/does not take 21504 MiB with 8192.*16384, 20480/);
    expect(() => fargateSize('web', 300, 1024)).toThrow(/no tasks with 300 CPU units.*256, 512/);
  });
});
