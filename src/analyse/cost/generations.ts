/**
 * Is a machine type of a previous generation, and what is its current equivalent? From AWS's own lists, kept as
 * a dated table (`previous-generations.ts`); a type in no list is unknown, never "current".
 */
import {
  type AwsWord,
  CURRENT_FAMILIES,
  GENERATION_SOURCES,
  GENERATIONS_AS_OF,
  type GenerationService,
  PREVIOUS_FAMILIES,
  type PreviousFamily,
} from './previous-generations.ts';

export type { AwsWord, GenerationService } from './previous-generations.ts';

export interface Equivalent {
  /** Runs the same images and packages (x86-64), but for drivers: see `x86Note`. Undefined when AWS has none alike. */
  readonly x86: string | undefined;
  readonly x86Note: string;
  /** Cheaper for the same size, on arm64. Undefined when AWS has none alike. */
  readonly graviton: string | undefined;
  readonly gravitonNote: string;
}

export interface Generation {
  readonly service: GenerationService;
  readonly type: string;
  readonly generation: 'previous' | 'current' | 'unknown';
  /** Only for `previous`. */
  readonly equivalent?: Equivalent;
  /** Only for `previous`: whether all of AWS's pages and APIs agree. */
  readonly aws?: AwsWord;
  /** AWS's pages that say so; empty for `unknown`. */
  readonly sources: readonly string[];
  /** ISO date at which the table was last compared with AWS's pages. */
  readonly asOf: string;
  readonly note?: string;
}

const PREFIX: Readonly<Record<GenerationService, string>> = { ec2: '', rds: 'db.', elasticache: 'cache.' };

const previous: ReadonlyMap<string, PreviousFamily> = new Map(
  PREVIOUS_FAMILIES.map((row) => [`${row.service} ${row.family}`, row]),
);

interface Parts {
  readonly family: string;
  readonly size: string;
}

/** `db.m4.large` -> m4, large; undefined for what does not look like a type of the service. */
function partsOf(service: GenerationService, type: string): Parts | undefined {
  const prefix = PREFIX[service];
  const text = type.trim().toLowerCase();
  if (!text.startsWith(prefix)) return undefined;
  const [family, size, ...rest] = text.slice(prefix.length).split('.');
  if (family === 'serverless' && size === undefined) return { family, size: '' };
  return family !== undefined && size !== undefined && size !== '' && rest.length === 0 ? { family, size } : undefined;
}

/** Old Graviton sizes start at medium and large: a size that the current family does not have is not named. */
const GRAVITON_SIZES = new Set(['medium', 'large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge']);
const BURST_SIZES = new Set(['nano', 'micro', 'small', 'medium', 'large', 'xlarge', '2xlarge']);

function gravitonType(row: PreviousFamily, x86: string | undefined): string | undefined {
  if (row.graviton === undefined || x86 === undefined) return undefined;
  const [family, size = ''] = x86.split('.');
  if (family?.startsWith('t')) return BURST_SIZES.has(size) ? `t4g.${size}` : undefined;
  if (size === 'medium' && row.service !== 'ec2') return undefined;
  return GRAVITON_SIZES.has(size) ? `${row.graviton}.${size}` : undefined;
}

const X86_NOTE: Readonly<Record<GenerationService, string>> = {
  ec2: 'Needs an image with the ENA and NVMe drivers (Amazon Linux 2 and later, Ubuntu 18.04 and later have them), HVM virtualization, and disks mounted by UUID or label, not by device name.',
  rds: 'Needs an engine version that the new class supports; AWS changes the class with an outage of minutes, or one failover under Multi-AZ.',
  elasticache:
    'Needs an engine version that the new node type supports; online for Redis and Valkey replication groups. Memory for data differs by up to a tenth at the same size: compare it with BytesUsedForCache.',
};
const GRAVITON_NOTE: Readonly<Record<GenerationService, string>> = {
  ec2: 'arm64: the image, every container image and every native package must exist for arm64.',
  rds: 'Graviton is not seen by clients; it needs a newer engine version (MySQL 8.0.17, PostgreSQL 12.3 or later for M6g and R6g).',
  elasticache: 'Graviton is not seen by clients; it needs Redis 5.0.6, Memcached 1.5.16 or later.',
};

function equivalentOf(row: PreviousFamily, size: string): Equivalent {
  const x86 = row.x86 === undefined ? undefined : (row.sizes?.[size] ?? `${row.x86}.${size}`);
  const graviton = gravitonType(row, x86);
  const prefix = PREFIX[row.service];
  return {
    x86: x86 === undefined ? undefined : prefix + x86,
    x86Note: X86_NOTE[row.service],
    graviton: graviton === undefined ? undefined : prefix + graviton,
    gravitonNote: GRAVITON_NOTE[row.service],
  };
}

/** The generation of `t2.micro` (ec2), `db.m4.large` (rds), `cache.m3.medium` (elasticache). */
export function generationOf(service: GenerationService, type: string): Generation {
  const base = { service, type, asOf: GENERATIONS_AS_OF };
  const parts = partsOf(service, type);
  const row = parts && previous.get(`${service} ${parts.family}`);
  if (parts && row) {
    return {
      ...base,
      generation: 'previous',
      aws: row.aws,
      equivalent: equivalentOf(row, parts.size),
      sources: GENERATION_SOURCES[service],
      ...(row.note === undefined ? {} : { note: row.note }),
    };
  }
  if (parts && CURRENT_FAMILIES[service].has(parts.family)) {
    return { ...base, generation: 'current', sources: GENERATION_SOURCES[service] };
  }
  return { ...base, generation: 'unknown', sources: [] };
}
