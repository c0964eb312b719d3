/**
 * The CPU and memory that Fargate takes together, as a table and as a type: a wrong pair does not compile.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
import { refuse } from '../refuse.ts';

/** MiB of memory by CPU units (1024 is one virtual CPU). */
export const FARGATE_SIZES = {
  256: [512, 1024, 2048],
  512: [1024, 2048, 3072, 4096],
  1024: [2048, 3072, 4096, 5120, 6144, 7168, 8192],
  2048: [4096, 5120, 6144, 7168, 8192, 9216, 10240, 11264, 12288, 13312, 14336, 15360, 16384],
  // biome-ignore format: one row a size
  4096: [8192, 9216, 10240, 11264, 12288, 13312, 14336, 15360, 16384, 17408, 18432, 19456, 20480, 21504, 22528, 23552, 24576, 25600, 26624, 27648, 28672, 29696, 30720],
  8192: [16384, 20480, 24576, 28672, 32768, 36864, 40960, 45056, 49152, 53248, 57344, 61440],
  16384: [32768, 40960, 49152, 57344, 65536, 73728, 81920, 90112, 98304, 106496, 114688, 122880],
} as const;

type Sizes = typeof FARGATE_SIZES;
export type FargateCpu = keyof Sizes;

/** For example `{ cpu: 512, memory: 1024 }`: half a virtual CPU and 1 GiB. */
export type FargateSize = { [C in FargateCpu]: { readonly cpu: C; readonly memory: Sizes[C][number] } }[FargateCpu];

/** Takes numbers from configuration, where the type cannot look, and refuses a pair that Fargate would. */
export function fargateSize(component: string, cpu: number, memory: number): FargateSize {
  for (const size of allSizes()) if (size.cpu === cpu && size.memory === memory) return size;
  const row = Object.entries(FARGATE_SIZES).find(([each]) => Number(each) === cpu);
  return row === undefined
    ? refuse(
        component,
        `Fargate has no tasks with ${cpu} CPU units.`,
        `Use one of ${Object.keys(FARGATE_SIZES).join(', ')} (1024 is one virtual CPU).`,
      )
    : refuse(
        component,
        `Fargate does not take ${memory} MiB with ${cpu} CPU units.`,
        `With ${cpu} it takes ${row[1].join(', ')} MiB.`,
      );
}

function allSizes(): readonly FargateSize[] {
  return [
    ...FARGATE_SIZES[256].map((memory) => ({ cpu: 256, memory }) as const),
    ...FARGATE_SIZES[512].map((memory) => ({ cpu: 512, memory }) as const),
    ...FARGATE_SIZES[1024].map((memory) => ({ cpu: 1024, memory }) as const),
    ...FARGATE_SIZES[2048].map((memory) => ({ cpu: 2048, memory }) as const),
    ...FARGATE_SIZES[4096].map((memory) => ({ cpu: 4096, memory }) as const),
    ...FARGATE_SIZES[8192].map((memory) => ({ cpu: 8192, memory }) as const),
    ...FARGATE_SIZES[16384].map((memory) => ({ cpu: 16384, memory }) as const),
  ];
}
