/**
 * Families that AWS calls previous generation, and what to run instead: the dated table behind `generationOf`.
 *
 * A previous generation still runs. It matters because it costs more for less, its hardware is retired without a
 * replacement in place, and new features (Nitro, larger network, newer engines) do not come to it.
 */

export type GenerationService = 'ec2' | 'rds' | 'elasticache';

/** What AWS itself says of the family. `disputed`: one page or API of AWS says previous, another still says current. */
export type AwsWord = 'previous' | 'disputed';

export interface PreviousFamily {
  readonly service: GenerationService;
  /** Without the service's prefix: `m4` for `db.m4`. */
  readonly family: string;
  readonly aws: AwsWord;
  /** Current family on x86; undefined where AWS offers none that is alike. */
  readonly x86: string | undefined;
  /** Current family on Graviton (arm64); undefined where there is none that is alike. */
  readonly graviton: string | undefined;
  /** Old size -> new type without prefix, where the same size does not exist or is smaller. `x86` only. */
  readonly sizes?: Readonly<Record<string, string>>;
  readonly note?: string;
}

export const GENERATIONS_AS_OF = '2026-09-01';

export const GENERATION_SOURCES: Readonly<Record<GenerationService, readonly string[]>> = {
  ec2: [
    'https://aws.amazon.com/ec2/previous-generation/',
    'https://docs.aws.amazon.com/ec2/latest/instancetypes/pg.html',
  ],
  rds: [
    'https://aws.amazon.com/rds/previous-generation/',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html',
  ],
  elasticache: [
    'https://aws.amazon.com/elasticache/previous-generation/',
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html',
  ],
};

const STILL_CURRENT_IN_API =
  'AWS’s API may still answer that this family is current; it runs on the Xen hypervisor, from before Nitro.';

const ec2 = (
  family: string,
  x86: string | undefined,
  graviton: string | undefined,
  rest: Partial<PreviousFamily> = {},
): PreviousFamily => ({ service: 'ec2', family, aws: 'previous', x86, graviton, ...rest });

const EC2: readonly PreviousFamily[] = [
  ec2('t1', 't3', 't4g'),
  ec2('t2', 't3', 't4g', { aws: 'disputed', note: STILL_CURRENT_IN_API }),
  ec2('m1', 'm7i', 'm7g', { sizes: { small: 't3.small', medium: 't3.medium' } }),
  ec2('m2', 'r7i', 'r7g', { sizes: { xlarge: 'r7i.xlarge', '2xlarge': 'r7i.2xlarge', '4xlarge': 'r7i.4xlarge' } }),
  ec2('m3', 'm7i', 'm7g', { sizes: { medium: 't3.medium' } }),
  ec2('m4', 'm7i', 'm7g', {
    aws: 'disputed',
    sizes: { '10xlarge': 'm7i.12xlarge' },
    note: STILL_CURRENT_IN_API,
  }),
  ec2('c1', 'c7i', 'c7g', { sizes: { medium: 'c7i.large', xlarge: 'c7i.2xlarge' } }),
  ec2('c3', 'c7i', 'c7g'),
  ec2('c4', 'c7i', 'c7g', {
    aws: 'disputed',
    sizes: { '8xlarge': 'c7i.12xlarge' },
    note: STILL_CURRENT_IN_API,
  }),
  ec2('cc2', 'c7i', 'c7g', { sizes: { '8xlarge': 'c7i.8xlarge' } }),
  ec2('cr1', 'r7i', 'r7g'),
  ec2('r3', 'r7i', 'r7g'),
  ec2('r4', 'r7i', 'r7g', { aws: 'disputed', note: STILL_CURRENT_IN_API }),
  ec2('i2', 'i4i', 'i4g', { note: 'Data on the instance’s own disks is lost when it is replaced: copy it first.' }),
  ec2('hi1', 'i4i', 'i4g', { note: 'Data on the instance’s own disks is lost when it is replaced: copy it first.' }),
  ec2('hs1', undefined, undefined, { note: 'Dense storage: D3 and D3en are the current families, in other sizes.' }),
  ec2('g2', undefined, undefined, { note: 'Graphics: G4dn and later are the current families, in other sizes.' }),
  ec2('cg1', undefined, undefined, { note: 'Graphics: G4dn and later are the current families, in other sizes.' }),
  ec2('a1', undefined, undefined, {
    note: 'First Graviton: M7g and C7g are the current Arm families, in other sizes.',
  }),
];

const rds = (family: string, x86: string, graviton: string, rest: Partial<PreviousFamily> = {}): PreviousFamily => ({
  service: 'rds',
  family,
  aws: 'previous',
  x86,
  graviton,
  ...rest,
});

const RDS: readonly PreviousFamily[] = [
  rds('t1', 't3', 't4g'),
  rds('t2', 't3', 't4g'),
  rds('m1', 'm5', 'm6g', { sizes: { small: 't3.small', medium: 't3.medium' } }),
  rds('m2', 'r5', 'r6g', { sizes: { xlarge: 'r5.xlarge', '2xlarge': 'r5.2xlarge', '4xlarge': 'r5.4xlarge' } }),
  rds('m3', 'm5', 'm6g', { sizes: { medium: 't3.medium' } }),
  rds('m4', 'm5', 'm6g', { sizes: { '10xlarge': 'm5.12xlarge' } }),
  rds('r3', 'r5', 'r6g'),
  rds('r4', 'r5', 'r6g'),
];

const cache = (family: string, x86: string, graviton: string, rest: Partial<PreviousFamily> = {}): PreviousFamily => ({
  service: 'elasticache',
  family,
  aws: 'previous',
  x86,
  graviton,
  ...rest,
});

const ELASTICACHE_DISPUTED =
  'AWS’s node list still has this family among the current ones; it runs on hardware from before Nitro.';

/** Node memory, not only size, decides here: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SelectSize.html */
const ELASTICACHE: readonly PreviousFamily[] = [
  cache('t1', 't3', 't4g'),
  cache('t2', 't3', 't4g', { note: 'New T2 clusters can no longer be made; those that exist keep running.' }),
  cache('m1', 'm5', 'm7g', { sizes: { small: 't3.small', medium: 'm5.large' } }),
  cache('m2', 'r5', 'r7g', { sizes: { xlarge: 'r5.xlarge', '2xlarge': 'r5.2xlarge', '4xlarge': 'r5.4xlarge' } }),
  cache('m3', 'm5', 'm7g', { sizes: { medium: 't3.medium' } }),
  cache('m4', 'm5', 'm7g', { aws: 'disputed', sizes: { '10xlarge': 'm5.12xlarge' }, note: ELASTICACHE_DISPUTED }),
  cache('c1', 'm5', 'm7g', { sizes: { xlarge: 'm5.xlarge' } }),
  cache('r3', 'r5', 'r7g', { sizes: { '8xlarge': 'r5.12xlarge' } }),
  cache('r4', 'r5', 'r7g', {
    aws: 'disputed',
    sizes: { '8xlarge': 'r5.12xlarge', '16xlarge': 'r5.24xlarge' },
    note: ELASTICACHE_DISPUTED,
  }),
];

export const PREVIOUS_FAMILIES: readonly PreviousFamily[] = [...EC2, ...RDS, ...ELASTICACHE];

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Families that AWS calls current. What stands in neither table is unknown: new families come every year. */
export const CURRENT_FAMILIES: Readonly<Record<GenerationService, ReadonlySet<string>>> = {
  ec2: new Set(
    words(`
      t3 t3a t4g
      m5 m5a m5ad m5d m5dn m5n m5zn m6a m6g m6gd m6i m6id m6idn m6in m7a m7g m7gd m7i m7i-flex m8g m8gd
      c5 c5a c5ad c5d c5n c6a c6g c6gd c6gn c6i c6id c6in c7a c7g c7gd c7gn c7i c7i-flex c8g c8gd
      r5 r5a r5ad r5b r5d r5dn r5n r6a r6g r6gd r6i r6id r6idn r6in r7a r7g r7gd r7i r7iz r8g r8gd
      x2gd x2idn x2iedn x2iezn x8g z1d
      i3en i4g i4i i7ie i8g im4gn is4gen d3 d3en
      g4ad g4dn g5 g5g g6 g6e p4d p4de p5 p5e inf1 inf2 trn1 trn1n`),
  ),
  rds: new Set(
    words(
      't3 t4g m5 m5d m6g m6gd m6i m6id m7g m7i m8g r5 r5b r5d r6g r6gd r6i r6id r7g r7i r8g x2g x2idn x2iedn serverless',
    ),
  ),
  elasticache: new Set(words('t3 t4g m5 m6g m7g r5 r6g r6gd r7g c7gn')),
};
